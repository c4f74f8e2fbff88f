"""Nesting has an end: what is nested deeper than a person could follow is text."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

DEEPEST: Final = 100
"""Levels of tokens (a quote is one, a list with its item two) after which no further block opens."""


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level < DEEPEST:
        return False
    if silent:
        return True
    content = state.getLines(start, end, 0, False).strip()
    state.push("paragraph_open", "p", 1).map = [start, end]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [start, end], []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def depth_plugin(md: MarkdownIt) -> None:
    """Keep all text of blocks that are nested beyond :data:`DEEPEST`; the parser alone would drop it."""
    md.options["maxNesting"] = DEEPEST + 20
    md.block.ruler.before("table", "too_deep", _too_deep, {"alt": []})


def plain_blocks(text: str) -> list[Token]:
    """``text`` as paragraphs of plain text, line by line: what is left if nothing else is possible."""
    tokens: list[Token] = []
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            span = [number, number + 1]
            child = Token("text", "", 0, content=line.strip())
            tokens.append(Token("paragraph_open", "p", 1, map=list(span), block=True))
            tokens.append(Token("inline", "", 0, content=line, map=list(span), children=[child], block=True, level=1))
            tokens.append(Token("paragraph_close", "p", -1, block=True))
    return tokens
