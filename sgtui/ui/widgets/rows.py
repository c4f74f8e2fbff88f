"""A list whose rows are made beforehand: for the short lists of dialogs and secondary screens."""

from collections.abc import Sequence

from textual import events

from sgtui.typeset.model import Span
from sgtui.ui.text import shorten
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.lines import LineList


class RowList(LineList):
    """Rows of spans, each cut at the view's right edge."""

    def __init__(self, rows: Sequence[Sequence[Span]] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows

    @property
    def count(self) -> int:
        return len(self._rows)

    def show(self, rows: Sequence[Sequence[Span]]) -> None:
        """Show these rows from now on."""
        self._rows = rows
        self.rows_changed()

    def _on_mount(self, event: events.Mount) -> None:
        super()._on_mount(event)
        self.rows_changed()

    def row(self, index: int, width: int) -> Sequence[Span]:
        room = width
        spans: list[Span] = []
        for span in self._rows[index]:
            text = shorten(span.text, room)
            room -= text_width(text)
            spans.append(span._replace(text=text))
            if room <= 0:
                break
        return spans
