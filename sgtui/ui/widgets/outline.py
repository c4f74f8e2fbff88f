"""The outline at the side of a page: where one is, what is finished, what is marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sgtui.articles.model import Section
from sgtui.typeset.model import Span
from sgtui.ui.text import padded, shorten
from sgtui.ui.widgets.lines import LineList


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A section as the outline shows it."""

    section: Section
    finished: bool
    marked: bool


class Outline(LineList):
    """The sections of an article; the one being read is marked, whatever the cursor is on."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._rows: Sequence[OutlineRow] = ()
        self._here = -1
        self._indent = 1

    @property
    def count(self) -> int:
        return len(self._rows)

    def show(self, rows: Sequence[OutlineRow], here: int) -> None:
        """Show these rows; ``here`` is the index (of the article's sections) being read."""
        before, was = self._rows, self._here
        self._rows, self._here = rows, here
        at = next((i for i, row in enumerate(rows) if row.section.index == here), None)
        follow = here != was and not self.has_focus
        if len(rows) != len(before) or (rows and rows[0].section is not before[0].section):
            self._indent = min((row.section.level for row in rows), default=1)
            self.rows_changed(cursor=at if follow else None)
            return
        for index, (old, new) in enumerate(zip(before, rows, strict=True)):
            if (old is not new and old != new) or (here != was and new.section.index in (here, was)):
                self.refresh_line(index)
        if follow and at is not None:
            top, height = self.scroll_offset.y, self.size.height
            if not top <= at < top + height:  # with what comes next below it, and not a line at a time
                self.scroll_to(y=max(0, at - height // 3), animate=False, force=True)
            self.cursor = at

    def section(self, index: int) -> Section:
        return self._rows[index].section

    def row(self, index: int, width: int) -> Sequence[Span]:
        row = self._rows[index]
        here = row.section.index == self._here
        tick = Span(" ✓ ", "good") if row.finished else Span(" ▸ " if here else "   ", "accent")
        star = Span("★", "star") if row.marked else Span(" ")
        title = "  " * (row.section.level - self._indent) + row.section.title
        style = "here" if here else "faint" if row.finished else ""
        return [tick, Span(padded(shorten(title, width - 5), max(1, width - 5)), style), star]
