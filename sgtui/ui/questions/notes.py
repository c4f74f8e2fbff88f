"""What is said below a question once it is answered: that it comes again, that its article would help, that it rests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sgtui.typeset.model import Line, Span
from sgtui.ui.text import shorten, wrapped


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence; with a ``target`` it can be clicked.  ``style`` is a style name, ``mark`` its twin in the margin."""

    text: str
    style: str = ""
    mark: str = " "
    target: str = ""


def note_lines(notes: Iterable[Note], width: int) -> Sequence[Line]:
    """The lines of ``notes``, at most ``width`` cells wide, below an empty one."""
    lines = [Line((), 0)]
    for note in notes:
        mark = Span(f" {note.mark} ", note.style)
        if note.target:
            lines.append(Line((mark, Span(shorten(note.text, width - 3), "link", note.target)), 0))
            continue
        for row, text in enumerate(wrapped(note.text, width - 3)):
            lines.append(Line((mark if not row else Span("   "), Span(text, note.style)), 0))
    return [*lines, Line((), 0)] if len(lines) > 1 else ()
