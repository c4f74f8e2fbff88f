"""Short texts made to fit: cut, filled and spread by cells."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

from sgtui.typeset.span import Span

_PLAIN = re.compile(r"[…“”○◐✓✗★▶▸▍│━╌─–·\x20-\x7e\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff60]*")
"""Text in which every character is a grapheme of known width that harms no terminal: most titles."""


def width(text: str) -> int:
    """Cells of ``text``."""
    if _PLAIN.fullmatch(text):
        return cell_len(text)
    from sgtui.typeset.cells import width as exact

    return exact(text)


def shorten(text: str, cells: int) -> str:
    """``text`` as it is if it fits into ``cells``, else its beginning and …; never mid-grapheme, one line, harmless."""
    if _PLAIN.fullmatch(text) and cell_len(text) <= cells:
        return text
    from sgtui.typeset.cells import cut, sanitize

    text = sanitize(text).replace("\n", " ").replace("\t", " ")
    if width(text) <= cells:
        return text
    return cut(text, cells - 1) + "…" if cells > 0 else ""


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """``text`` cut and filled with blanks to ``cells``."""
    text = shorten(text, cells)
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, cells: int) -> list[str]:
    """Plain ``text`` broken into lines of at most ``cells`` by the typesetter's rules."""
    from sgtui.typeset.cells import sanitize
    from sgtui.typeset.linebreak import break_text
    from sgtui.typeset.model import TypesetOptions

    text = sanitize(text)
    return [text[e.start : e.end] for e in break_text(text, max(4, cells), TypesetOptions())] if text else [""]


def spread(left: Sequence[Span], right: Sequence[Span], cells: int) -> list[Span]:
    """One line of ``cells`` with ``left`` at its beginning and ``right`` at its end, a cell or more between them.

    The left is cut where there is no room for both.
    """
    gap = 1 if right else 0
    room = cells - sum(width(s.text) for s in right) - 1 - gap
    if room < 4:
        room, right, gap = cells, (), 0
    fitted: list[Span] = []
    for span in left:
        text = shorten(span.text, room)
        room -= width(text)
        fitted.append(span._replace(text=text))
        if room <= 1:
            break
    return [*fitted, Span(" " * (max(0, room) + gap)), *right, Span(" ")]
