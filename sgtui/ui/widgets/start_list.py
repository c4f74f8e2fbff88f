"""What a returning learner sees first: where to go on."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.geometry import Size

from sgtui.typeset.span import Span
from sgtui.ui.text import padded
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.lines import LineList

LEAST = 24
"""Cells for what there is to go on with; the name of the way gives way to it."""


class StartRow(NamedTuple):
    """One way to go on: its name, what exactly, how much is left, and what to do on Enter."""

    name: str
    what: str
    left: str
    run: Callable[[], None]

    @property
    def said(self) -> tuple[str, str, str]:
        """What can be read of it."""
        return self.name, self.what, self.left


class StartList(LineList):
    """Continue reading, today's reviews; nothing at all for a new learner."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._rows: Sequence[StartRow] = ()

    @property
    def count(self) -> int:
        return len(self._rows)

    def show(self, rows: Sequence[StartRow]) -> None:
        """Show these rows; with none the list takes no room."""
        self._rows = rows
        self.set_class(not rows, "-empty")
        self.rows_changed()
        self.refresh(layout=True)

    def run(self, index: int) -> None:
        """Do what row ``index`` offers."""
        if index < len(self._rows):
            self._rows[index].run()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows)

    def row(self, index: int, width: int) -> Sequence[Span]:
        row = self._rows[index]
        name = f" ▶ {row.name}   "
        if width - text_width(name) - text_width(row.left) < LEAST:
            name = " ▶ "
        room = width - text_width(name) - text_width(row.left) - 3
        left = row.left if room >= LEAST else ""
        what = padded(row.what, room if left else max(1, width - text_width(name) - 1))
        return [Span(name, "accent strong"), Span(what), Span("  "), Span(left, "faint"), Span(" ")]
