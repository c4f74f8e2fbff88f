"""Lines made for the width there is: a sheet to look at, and a list of lines some of which lead somewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from sgtui.typeset.span import Span
from sgtui.ui.widgets.lines import LineList, LineWidget, target_at

Lines = Sequence[Sequence[Span]]
Make = Callable[[int], Lines]
MARGIN = 1


class Sheet(LineWidget):
    """Lines to look at; a click on a span with a target is told to the screen."""

    DEFAULT_CSS = "Sheet { overflow: hidden hidden; }"

    @dataclass
    class Clicked(Message):
        """A span with a target was clicked."""

        sheet: "Sheet"
        target: str

        @property
        def control(self) -> "Sheet":
            return self.sheet

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._make: Make = lambda _cells: ()
        self._made: tuple[int, Lines] = (-1, ())

    def show(self, make: Make) -> None:
        """Show what ``make`` gives for a width in cells; it is asked when the sheet is painted."""
        self._make = make
        self._made = (-1, ())
        self.refresh()

    def _lines(self) -> Lines:
        cells = max(4, self.size.width - 2 * MARGIN)
        if self._made[0] != cells:
            self._made = (cells, self._make(cells))
        return self._made[1]

    def render_line(self, y: int) -> Strip:
        lines = self._lines()
        return self.strip(lines[y] if y < len(lines) else (), self.size.width, left=MARGIN)

    def on_click(self, event: events.Click) -> None:
        lines = self._lines()
        target = target_at(lines[event.y], event.x - MARGIN) if event.y < len(lines) and event.x >= MARGIN else ""
        if target:
            event.stop()
            self.post_message(self.Clicked(self, target))


class LinkedLines(LineList):
    """Lines some of which lead somewhere: the cursor goes from one of those to the next, the rest scrolls by."""

    def __init__(self, make: Make, *, id: str) -> None:
        super().__init__(id=id)
        self._make = make
        self._made: tuple[int, Lines] = (-1, ())
        self._moved = False

    def _lines(self) -> Lines:
        cells = max(4, self.size.width - 2 * MARGIN)
        if self._made[0] != cells:
            self._made = (cells, self._make(cells))
        return self._made[1]

    def _keep_cursor_in_view(self) -> None:
        """Until somebody moves, the beginning is what is to be seen."""
        if self._moved:
            super()._keep_cursor_in_view()

    @property
    def count(self) -> int:
        return len(self._lines())

    def target(self, index: int) -> str:
        """Where line ``index`` leads, or nothing."""
        lines = self._lines()
        return next((span.target for span in lines[index] if span.target), "") if index < len(lines) else ""

    def row(self, index: int, width: int) -> Sequence[Span]:
        return [Span(" " * MARGIN), *self._lines()[index]]

    def on_resize(self) -> None:
        self.set_rows(self.count)
        if not self.target(self.cursor):
            self.cursor = next((i for i in range(self.count) if self.target(i)), 0)

    def action_cursor(self, step: int) -> None:
        """To the next line that leads somewhere; past the last one the rest of the lines comes into view."""
        if not self._moved:
            self._moved = True
            if not 0 <= self.cursor - self.scroll_offset.y < self.size.height:
                self._keep_cursor_in_view()
                return
        index = self.cursor + step
        while 0 <= index < self.count and not self.target(index):
            index += step
        if 0 <= index < self.count:
            self.cursor = index
        else:
            self.scroll_to(y=self.scroll_offset.y + step, animate=False)

    def action_page(self, step: int) -> None:
        self._moved = True
        self.cursor = self._nearest(self.cursor + step * max(1, self.size.height - 1), step)

    def action_edge(self, last: int) -> None:
        self._moved = True
        self.cursor = self._nearest(self.count - 1 if last else 0, -1 if last else 1)
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False)

    def _nearest(self, index: int, step: int) -> int:
        """The line with a target at ``index`` or past it; else the one before it."""
        index = max(0, min(index, self.count - 1))
        onward = range(index, self.count) if step > 0 else range(index, -1, -1)
        back = range(index, -1, -1) if step > 0 else range(index, self.count)
        return next((i for i in (*onward, *back) if self.target(i)), self.cursor)

    def action_choose(self) -> None:
        if self.target(self.cursor):
            self.post_message(self.Chosen(self, self.cursor, self.target(self.cursor)))
