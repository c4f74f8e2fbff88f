"""The answer sheet of a mock exam: every question's number and whether it is answered or flagged."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from sgtui.study.exam import Mark
from sgtui.typeset.model import Span
from sgtui.ui.widgets.lines import LineWidget, target_at

GAP = "  "


def sign(mark: Mark, flagged: bool) -> str:
    """✓ answered, – blank; ⚑ answered and flagged, ⚐ blank and flagged."""
    if flagged:
        return "⚑" if mark == "answered" else "⚐"
    return "✓" if mark == "answered" else "–"


class AnswerSheet(LineWidget):
    """``1✓ 2✓ 3⚑ 4–``: as many lines as there is room for, with the current question among them; a click goes there."""

    DEFAULT_CSS = "AnswerSheet { height: auto; overflow: hidden hidden; }"

    @dataclass
    class Chosen(Message):
        """A question (from 0) was clicked."""

        place: int

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._marks: Sequence[tuple[Mark, bool]] = ()
        self._place = 0

    def show(self, marks: Sequence[tuple[Mark, bool]], place: int) -> None:
        """Show ``marks``, with question ``place`` as the current one."""
        resized = len(marks) != len(self._marks)
        self._marks, self._place = marks, place
        self.refresh(layout=resized)

    @property
    def _most(self) -> int:
        """Lines that the terminal can spare."""
        height = self.app.size.height
        return 1 if height < 24 else 2 if height < 32 else 4

    def _cell(self, place: int, digits: int) -> list[Span]:
        mark, flagged = self._marks[place]
        style = "warn" if flagged else "good" if mark == "answered" else "faint"
        here = "here cursor" if place == self._place else ""
        number = str(place + 1).rjust(digits)
        target = str(place)
        return [Span(number, here or "faint", target), Span(sign(mark, flagged), f"{style} {here}", target), Span(GAP)]

    def lines(self, width: int) -> list[list[Span]]:
        """The lines in view for a width in cells."""
        if not self._marks:
            return []
        digits = len(str(len(self._marks)))
        each = max(1, (width - 2) // (digits + 1 + len(GAP)))
        rows = range(0, len(self._marks), each)
        here = self._place // each
        first = max(0, min(here - self._most // 2, len(rows) - self._most))
        return [
            [span for place in range(start, min(start + each, len(self._marks))) for span in self._cell(place, digits)]
            for start in rows[first : first + self._most]
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        lines = self.lines(self.size.width)
        return self.strip(lines[y] if y < len(lines) else (), self.size.width, left=1)

    def on_click(self, event: events.Click) -> None:
        lines = self.lines(self.size.width)
        target = target_at(lines[event.y], event.x - 1) if event.y < len(lines) and event.x >= 1 else ""
        if target:
            event.stop()
            self.post_message(self.Chosen(int(target)))
