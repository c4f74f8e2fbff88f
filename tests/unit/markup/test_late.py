"""Markup that is read late is what it would have been at once."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from sgtui.markup.factory import markdown, parse
from sgtui.markup.late import Late, late, source_of, with_source
from sgtui.markup.text import inline_text, plain_text, quick_text, token_text

PIECES = st.sampled_from(
    [
        *("あ", "い。", "「", "」", "ab", "1", " ", "　", "\n", "**", "*", "_", "`", "``", "[", "](x.md)", "]("),
        *(")", "!", "![", "\\", "~~", "<b>", "<br>", "&amp;", "$", "{漢|かん}", "[[", "]]", "한", "…", "、"),
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
@settings(max_examples=400, deadline=None)
def test_the_quick_text_is_what_the_parser_makes(source: str) -> None:
    children = markdown().parseInline(source)[0].children or []
    assert quick_text(source) in (None, inline_text(children))


def test_ordinary_paragraphs_are_seen_through() -> None:
    assert quick_text("**情報**は`code`と[リンク](a.md)で、\n次の行へ続く") == "情報はcodeとリンクで、次の行へ続く"
    assert quick_text("実は **部門** です") == "実は部門です"
    assert quick_text("two\nlines") == "two lines"
    assert quick_text("`a``b`") is None
    assert quick_text("**「引用」**") is None


def inline(text: str) -> Token:
    return next(token for token in parse(text).tokens if token.type == "inline")


def test_paragraphs_are_read_when_somebody_asks() -> None:
    token = inline("これは**「重要」**です")
    assert isinstance(late(token), Late)
    assert [child.type for child in token.children or ()][1] == "strong_open"
    assert token.children is token.children, "whoever looks twice gets the same"
    assert token_text(token) == "これは「重要」です"
    assert late(token) is not None, "nothing is kept in the token"


def test_references_are_known_when_a_paragraph_is_read() -> None:
    children = inline("[甲][1]\n\n[1]: https://a.example/\n").children or []
    assert children[0].attrs == {"href": "https://a.example/"}


def test_notes_are_read_at_once_for_their_numbers() -> None:
    parsed = parse("後[^b]と先[^a]\n\n[^a]: 甲\n[^b]: 乙\n\n注なし\n")
    numbered = [late(token) is None for token in parsed.tokens if token.type == "inline"]
    assert numbered == [True, False]
    listed = parsed.env["footnotes"]["list"]
    assert [listed[number]["label"] for number in sorted(listed)] == ["b", "a"]


def test_a_shorter_copy_is_late_too() -> None:
    token = inline("[x] **太字**です")
    reader = late(token)
    assert reader is not None
    cut = with_source(token, "**太字**です", reader)
    assert late(cut) is reader
    assert token_text(cut) == plain_text(cut.children or ()) == "太字です"
    assert source_of(cut) is reader
    assert source_of(Token("inline", "", 0, children=[])) == ()


def test_many_texts_are_forgotten_again() -> None:
    tokens = [token for token in parse("\n\n".join(f"*{n}*" for n in range(100))).tokens if token.type == "inline"]
    first = tokens[0].children
    assert [plain_text(token.children or ()) for token in tokens] == [str(n) for n in range(100)]
    assert tokens[0].children is not first
    assert tokens[0].children == first


def test_a_paragraph_beyond_the_stack_is_plain_text() -> None:
    def overflow(*_: object) -> None:
        raise RecursionError

    reader = Late(markdown().__class__("zero"), {})
    reader._md.inline.parse = overflow  # type: ignore[assignment,method-assign]
    assert [child.content for child in reader.children("**二**")] == ["**二**"]
