"""Setting a few blocks at once: the prompt, the choices and the reasons of a quiz."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sgtui.typeset.document import build_tokens
from sgtui.typeset.model import Line, TypesetOptions

if TYPE_CHECKING:
    from markdown_it.token import Token


def compose(tokens: "Sequence[Token]", width: int, options: TypesetOptions) -> list[Line]:
    """The lines of block tokens (or of inline tokens alone) at most ``width`` cells wide; nothing is folded.

    Offsets count the blocks' texts joined by line feeds, as :func:`sgtui.markup.text.plain_text` gives them.
    """
    if tokens and not any(token.block or token.type == "inline" for token in tokens):
        tokens = [_as_inline(tokens)]
    lines: list[Line] = []
    base = 0
    for block in build_tokens(tokens, options):
        for line in block.lines(max(1, width), options):
            if base:
                pieces = tuple((index, start + base, end + base) for index, start, end in line.pieces)
                line = replace(line, start=line.start + base, end=line.end + base, pieces=pieces)  # noqa: PLW2901
            lines.append(line)
        base += len(block.text) + 1
    return lines


def _as_inline(children: "Sequence[Token]") -> "Token":
    from markdown_it.token import Token  # noqa: PLC0415 - whoever has tokens has it already

    return Token("inline", "", 0, children=list(children), content="".join(child.content for child in children))
