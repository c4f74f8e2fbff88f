"""Other people's files: set whatever they hold, and let nothing harmful through."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.typeset.ansi import to_text
from sgtui.typeset.html import html_pieces
from sgtui.typeset.model import TypesetOptions
from tests.unit.markup.test_hostile import PIECES
from tests.unit.typeset.setting import lines, page, settled

HARM = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(16, 80), st.booleans())
@settings(max_examples=120, deadline=None)
def test_any_mixture_is_set(source: str, width: int, plain: bool) -> None:
    made = settled(source, width, TypesetOptions(plain=plain))
    for line in lines(made):
        assert not HARM.search(line.text)
        assert not HARM.search(re.sub(r"\x1b\[[0-9;]*m", "", to_text(line, color=True)))
        assert line.width <= width


@pytest.mark.parametrize(
    "source",
    [
        "# 題\x1b]0;a\x07",
        "本文\x1b[2J",
        "`\x1b[31m`",
        "```\n\x1b[31m\x9b\n```",
        "```\x1b[31m\nx\n```",
        "| \x1b[1m |\n|---|\n| \u202e |",
        "[リンク\u202e](https://a.example/\x1b)",
        "![\x1b](\x1b.png)",
        "- [ ] \x07",
        "> [!NOTE] \x1b",
        "$\x1b[31m$",
        "<details><summary>\x1b</summary>\n\n\x1b\n\n</details>",
        "<b>\x1b</b> &#x1b; &#x9b;",
        "[^a\x1b]\n\n[^a\x1b]: \x1b",
        "<Chart\x1b />",
        "用語\x1b\n: \x1b",
        "<!-- quiz -->\n問\x1b\n\n- [ ] \x1b\n- [x] \u202e\n",
        "\ud800",
    ],
)
def test_nothing_harmful_is_set(source: str) -> None:
    made = settled(source)
    for index, block in enumerate(made.blocks):
        assert not HARM.search(block.text.replace("\n", "").replace("\t", ""))
        for span in (span for line in made.block_lines(index) for span in line.spans):
            assert not HARM.search(span.text + span.style + span.target)


def test_a_line_of_200_000_characters() -> None:
    made = page("漢字かな" * 50_000, 40)
    made.ensure(0, 50)
    assert made.height == 10_000


@pytest.mark.parametrize("marker", ["> ", "- ", "1. "])
def test_text_nested_60_deep_is_readable(marker: str) -> None:
    made = settled("".join(marker for _ in range(60)) + "底の文", 40)
    assert "底の文" in "".join(line.text for line in lines(made)).replace(" ", "")


def test_folds_within_folds_have_an_end_and_hide_nothing() -> None:
    deep = "\n".join(f"<details><summary>{n}</summary>\n" for n in range(500))
    made = settled(f"{deep}\n底の文\n\n{'</details>' * 500}\n\n後の文\n", 40)
    assert max(len(block.folds) for block in made.blocks) <= 40
    assert {"0", "39", "499"} <= {block.text for block in made.blocks}
    assert made.blocks[-1].folds == ()
    assert made.blocks[-1].text == "後の文"


@pytest.mark.parametrize("unit", ["<? ", "<!a ", "a    "])
def test_long_raw_html_is_read(unit: str) -> None:
    assert list(html_pieces(f"<div>{unit * 40_000}b</div>"))


def test_an_unclosed_fence_is_code_to_the_end() -> None:
    made = settled("```py\nx = 1\n\n# 題\n", 30)
    assert [block.kind for block in made.blocks] == ["code"]


def test_long_code_is_not_coloured() -> None:
    made = page("```python\n" + "x = 1\n" * 5_000 + "```\n", 30)
    assert {span.style for span in made.line(4_000)[0].spans} == {"code.bar", "code"}


def test_code_may_be_empty() -> None:
    assert settled("```python\n```\n", 30).line(0)[0].text == "┊"
    assert settled("```\n\n\n```\n", 30).blocks[0].text == ""


def test_code_is_coloured_by_what_it_is() -> None:
    made = settled('```python\ndef f():\n    return "あ"  # 注\n```\n', 40)
    styles = {span.text.strip(): span.style for line in lines(made) for span in line.spans}
    assert styles["def"] == styles["return"] == "code code.keyword"
    assert styles["f"] == "code code.name"
    assert styles['"あ"'] == "code code.string"
    assert styles["# 注"] == "code code.comment"


@pytest.mark.parametrize("language", ["no-such-language", "text", "", "python {1,3}", "js:app.js"])
def test_any_language_may_be_named(language: str) -> None:
    made = settled(f"```{language}\na = 1\n```\n", 40)
    assert lines(made)[-1].text == "┊ a = 1"


def test_targets_of_links_notes_and_pictures() -> None:
    made = settled("[a](b.md#c) [[記事#節]] ![図](d.png) 注[^1]\n\n[^1]: 注\n", 60)
    targets = [span.target for line in lines(made) for span in line.spans if span.target]
    assert targets == ["b.md#c", "wiki:記事#節", "image:d.png", "footnote:1", "footref:1"]
