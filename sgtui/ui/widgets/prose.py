"""A few lines of plain text, broken by the program's own rules."""

from textual.geometry import Size
from textual.strip import Strip

from sgtui.typeset.span import Span
from sgtui.ui.text import wrapped
from sgtui.ui.widgets.lines import LineWidget


class Prose(LineWidget):
    """Plain text with paragraphs; ``style`` is a style name for all of it."""

    DEFAULT_CSS = "Prose { height: auto; overflow: hidden hidden; }"

    def __init__(self, text: str = "", *, style: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text
        self._style = style
        self._lines: tuple[int, list[str]] = (0, [])

    def show(self, text: str) -> None:
        """Show ``text`` from now on."""
        if text != self._text:
            self._text = text
            self._lines = (0, [])
            self.refresh(layout=True)

    def _set(self, width: int) -> list[str]:
        if self._lines[0] != width:
            broken = [line for part in self._text.split("\n") for line in wrapped(part, width)] if self._text else []
            self._lines = (width, broken)
        return self._lines[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._set(max(10, width - 2))) if self._text else 0

    def render_line(self, y: int) -> Strip:
        lines = self._set(max(10, self.size.width - 2))
        return self.strip([Span(lines[y], self._style)] if y < len(lines) else [], self.size.width, left=1)
