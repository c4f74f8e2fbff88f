"""Chips in as many lines as they need; a click runs what a chip stands for."""

from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from sgtui.typeset.span import Span
from sgtui.ui.widgets.lines import LineWidget, target_at

Lines = Sequence[Sequence[Span]]


class ChipBar(LineWidget):
    """Lines of chips, made for the width there is."""

    DEFAULT_CSS = "ChipBar { height: auto; width: 1fr; overflow: hidden hidden; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], Lines] = lambda _cells: ()
        self._made: tuple[int, Lines] = (-1, ())

    def show(self, make: Callable[[int], Lines]) -> None:
        """Show what ``make`` gives for a width in cells."""
        before = len(self._made[1])
        self._make = make
        self._made = (-1, ())
        width = self.size.width
        if width and len(self.lines(width)) == before:
            self.refresh()
        else:
            self.refresh(layout=True)

    def lines(self, width: int) -> Lines:
        """The lines for a width in cells."""
        if self._made[0] != width:
            self._made = (width, self._make(width))
        return self._made[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        lines = self.lines(self.size.width)
        return self.strip(lines[y] if y < len(lines) else (), self.size.width)

    async def on_click(self, event: events.Click) -> None:
        lines = self.lines(self.size.width)
        action = target_at(lines[event.y], event.x) if 0 <= event.y < len(lines) else ""
        if action:
            event.stop()
            await self.screen.run_action(action)
