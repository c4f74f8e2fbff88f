"""A page made of lines some of which lead somewhere, set in a column in the middle of the view."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from sgtui.i18n import N_
from sgtui.typeset.model import Span
from sgtui.ui.widgets.sheet import MARGIN, Lines, LinkedLines, Make

COLUMN = 84
"""Cells of the column, at most."""


class PageLines(LinkedLines):
    """Linked lines whose text is no wider than can be read well.

    It is read like a page: what lies between two links is scrolled through, never jumped over.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page(1)", N_("Next page"), show=False, id="lines.page_down", tooltip=N_("One screen on")),
        Binding("b", "page(-1)", N_("Previous page"), show=False, id="lines.page_up", tooltip=N_("One screen back")),
    ]

    def __init__(self, make: Make, *, id: str) -> None:
        super().__init__(make, id=id)

    def show(self, make: Make) -> None:
        """Show what ``make`` gives for a width in cells from now on."""
        self._make = make
        self._made = (-1, ())
        self.rows_changed()
        if not self.target(self.cursor):
            self.cursor = next((index for index in range(self.count) if self.target(index)), 0)

    @property
    def _column(self) -> int:
        return max(4, min(COLUMN, self.size.width - 2 * MARGIN))

    def _lines(self) -> Lines:
        cells = self._column
        if self._made[0] != cells:
            self._made = (cells, self._make(cells))
        return self._made[1]

    def row(self, index: int, width: int) -> Sequence[Span]:
        left = max(MARGIN, (width - self._column) // 2)
        return [Span(" " * left), *self._lines()[index]]

    def _in_view(self, index: int) -> bool:
        return self.scroll_offset.y <= index < self.scroll_offset.y + self.size.height

    def _seen(self) -> list[int]:
        """The lines in view that lead somewhere."""
        top = self.scroll_offset.y
        return [index for index in range(top, min(self.count, top + self.size.height)) if self.target(index)]

    def action_cursor(self, step: int) -> None:
        """To the next link if it is in view, else a line on."""
        self._moved = True
        seen = self._seen() if step > 0 else self._seen()[::-1]
        beyond = [index for index in seen if (index - self.cursor) * step > 0]
        if not self._in_view(self.cursor):
            beyond = seen
        if beyond:
            self.cursor = beyond[0]
        else:
            self._turn_to(self.scroll_offset.y + step)

    def action_page(self, step: int) -> None:
        self._moved = True
        self._turn_to(self.scroll_offset.y + step * max(1, self.size.height - 2))
        seen = self._seen()
        if seen and not self._in_view(self.cursor):
            self.cursor = seen[0 if step > 0 else -1]

    def action_choose(self) -> None:
        if self._in_view(self.cursor):
            super().action_choose()

    def _turn_to(self, row: int) -> None:
        self.scroll_to(y=max(0, min(row, self.max_scroll_y)), animate=False, force=True)
