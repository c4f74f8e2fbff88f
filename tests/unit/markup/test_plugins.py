import pytest
from markdown_it.token import Token

from sgtui.markup.factory import markdown, parse
from sgtui.markup.footnotes import notes
from sgtui.markup.text import plain_text
from tests.unit.markup.fixtures import Fixture, fixtures, ids

TEXTS = fixtures("markup/text.md")
BLOCKS = fixtures("markup/plugins.md")
INLINES = fixtures("markup/inline.md")


def outline(tokens: list[Token]) -> str:
    """Block tokens as an indented list; a paragraph is one line."""
    lines = []
    depth = 0
    for index, token in enumerate(tokens):
        kind = token.type
        if kind in ("paragraph_open", "paragraph_close") or "_title_" in kind:
            continue
        depth -= kind.endswith("_close")
        content = token.content.rstrip("\n").replace("\n", "⏎")
        if kind == "inline":
            kind = tokens[index - 1].type.removesuffix("_open").replace("dt", "inline")
        if "kind" in token.meta:
            meta = token.meta
            kind += f"({' '.join(filter(None, (meta['kind'], meta['fold'])))})"
        elif "name" in token.meta:
            kind += f"({token.meta['name']})"
        lines.append("  " * depth + kind + (f": {content}" if content else ""))
        depth += kind.split("(")[0].endswith("_open")
    return "\n".join(lines)


def inline(children: list[Token]) -> str:
    """Inline tokens in one line; text is joined."""
    parts: list[str] = []
    text = False
    for child in children:
        if child.type == "text":
            if text:
                parts[-1] += child.content
            elif child.content:
                parts.append(child.content)
                text = True
            continue
        detail = child.attrGet("href") or child.attrGet("src") or child.meta.get("id", "")
        parts.append(
            f"<{child.type}{'' if detail == '' else f' {detail}'}>{child.content if not child.children else ''}"
        )
        text = False
    return " ".join(parts)


@pytest.mark.parametrize("case", TEXTS, ids=ids(TEXTS))
def test_plain_text(case: Fixture) -> None:
    assert plain_text(parse(case.source).tokens) == case.expected


@pytest.mark.parametrize("case", BLOCKS, ids=ids(BLOCKS))
def test_blocks(case: Fixture) -> None:
    assert outline(parse(case.source).tokens) == case.expected


@pytest.mark.parametrize("case", INLINES, ids=ids(INLINES))
def test_inlines(case: Fixture) -> None:
    children = parse(case.source).tokens[1].children
    assert children is not None
    assert inline(children) == case.expected


def test_plain_text_of_inline_tokens() -> None:
    children = parse("これは**「重要」**です").tokens[1].children
    assert plain_text(children or []) == "これは「重要」です"


def test_notes_are_numbered_by_their_first_reference() -> None:
    parsed = parse("甲[^b]乙[^a]丙[^b]丁^[その**場**]\n\n[^a]: あ\n[^b]: い\n\n    続き\n[^c]: 使われない\n")
    assert [(number, plain_text(tokens)) for number, tokens in notes(parsed.env)] == [
        (1, "い\n続き"),
        (2, "あ"),
        (3, "その場"),
    ]


def test_lines_of_blocks_are_counted_from_0() -> None:
    tokens = parse("> [!NOTE] 題\n> 本文\n\n:::note\n中\n:::\n\n$$\nx\n$$\n\n{/* a */}\n<Foo />\n").tokens
    maps = {token.type: token.map for token in tokens if token.type in ("math_block", "html_block", "mdx_block")}
    assert maps == {"math_block": [7, 10], "html_block": [11, 12], "mdx_block": [12, 13]}
    assert [token.map for token in tokens if token.type == "callout_open"] == [[0, 2], [3, 6]]


def test_the_parser_is_made_once() -> None:
    assert markdown() is markdown()
