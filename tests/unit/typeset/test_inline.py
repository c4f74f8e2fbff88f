import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sgtui.markup.factory import parse
from sgtui.markup.text import plain_text
from sgtui.typeset.compose import compose
from sgtui.typeset.document import build_tokens
from sgtui.typeset.inline import runs
from sgtui.typeset.model import Span, TypesetOptions

OPTIONS = TypesetOptions()


def styled(source: str, options: TypesetOptions = OPTIONS) -> list[Span]:
    children = parse(source).tokens[1].children
    return runs(children or [], options)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**太*斜*字**", [("太", "strong"), ("斜", "strong em"), ("字", "strong")]),
        ("~~消~~`c`", [("消", "strike"), ("c", "code")]),
        ("<kbd>Ctrl</kbd><mark>印</mark>", [("Ctrl", "kbd"), ("印", "mark")]),
        ("H<sub>2</sub>O x<sup>-3</sup>", [("H", ""), ("₂", "sub"), ("O x", ""), ("⁻³", "sup")]),
        ("<sup>注</sup>", [("注", "sup")]),
        ("$x^2$", [("x²", "math")]),
        ("![図](a.png)", [("[Figure: 図]", "image")]),
        ("**一 **", [("**一 **", "")]),
        ("<b><b>二重</b></b>", [("二重", "strong")]),
    ],
)
def test_styles(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(span.text, span.style) for span in styled(source)] == expected


def test_line_ends_between_japanese_leave_no_space() -> None:
    assert "".join(span.text for span in styled("日本語\n**太字**\nword\nword2\n한국어\n문장")) == (
        "日本語太字 word word2 한국어 문장"
    )


def test_the_authors_spaces_are_a_matter_of_taste() -> None:
    loose = TypesetOptions(tighten_cjk_emphasis=False)
    assert "".join(span.text for span in styled("実は **重要** な")) == "実は重要な"
    assert "".join(span.text for span in styled("実は **重要** な", loose)) == "実は **重要** な".replace("*", "")


def test_links_carry_their_target_through_styles() -> None:
    spans = styled("[一**二**](a.md)三")
    assert [(span.text, span.target) for span in spans] == [("一", "a.md"), ("二", "a.md"), ("三", "")]


def test_for_screen_readers_an_address_is_said() -> None:
    spoken = TypesetOptions(plain=True)
    assert "".join(span.text for span in styled("[一](https://a.example/)", spoken)) == "一 (https://a.example/)"
    assert "".join(span.text for span in styled("<https://a.example/>", spoken)) == "https://a.example/"
    assert "".join(span.text for span in styled("[一](b.md)", spoken)) == "一"


PIECES = st.sampled_from(
    [
        "あ",
        "い。",
        "「う」",
        "ab",
        " ",
        "\n",
        "**",
        "*",
        "`c`",
        "[",
        "](x)",
        "<b>",
        "</b>",
        "<br>",
        "  \n",
        "한",
        "…",
        "[^1]",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
@example("\n\n<b>\n<b> あ")
@example("\n\n<b>あ <b>\n<i>\n\nい")
@example("\n\n<b>\nあ <b>あ")
@example("\n\n<b>\nあ <br>あ")
@settings(max_examples=400, deadline=None)
def test_the_page_says_what_the_plain_text_says(source: str) -> None:
    tokens = parse("あ" + source).tokens
    blocks = build_tokens(tokens, OPTIONS)
    shown = "\n".join(block.text for block in blocks if block.text)
    assert re.sub("\n+", "\n", shown.strip()) == re.sub("\n+", "\n", plain_text(tokens).strip())


@given(st.lists(PIECES, max_size=25).map("".join), st.integers(4, 40))
@settings(max_examples=100, deadline=None)
def test_composed_lines_count_the_plain_text(source: str, width: int) -> None:
    tokens = parse("あ\n\n- い\n\n" + source).tokens
    text = "\n".join(block.text for block in build_tokens(tokens, OPTIONS))
    for line in compose(tokens, width, OPTIONS):
        for index, start, end in line.pieces:
            assert line.text[index : index + end - start] == text[start:end]


def test_inline_tokens_alone_are_composed() -> None:
    children = parse("これは**「重要」**です").tokens[1].children or []
    assert [line.text for line in compose(children, 10, OPTIONS)] == ["これは「重", "要」です"]
    assert compose([], 10, OPTIONS) == []
