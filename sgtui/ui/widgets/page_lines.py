"""A page made of lines some of which lead somewhere, set in a column in the middle of the view."""

from collections.abc import Sequence

from sgtui.typeset.model import Span
from sgtui.ui.widgets.sheet import MARGIN, Lines, LinkedLines, Make

COLUMN = 84
"""Cells of the column, at most."""


class PageLines(LinkedLines):
    """Linked lines whose text is no wider than can be read well."""

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
