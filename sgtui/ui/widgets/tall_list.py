"""A list whose every item takes several lines: what was found, and the text around it."""

from collections.abc import Sequence

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from sgtui.typeset.model import Span
from sgtui.ui.widgets.lines import Hit, LineList, target_at


class TallList(LineList):
    """Items of :attr:`LINES` lines each, drawn on demand."""

    LINES = 2

    def item(self, index: int, width: int) -> Sequence[Sequence[Span]]:
        """The lines of item ``index``, for a view ``width`` cells wide."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> Sequence[Span]:
        return self.item(index, width)[0]

    def refresh_line(self, y: int) -> None:
        """Draw item ``y`` anew."""
        self.refresh(Region(0, y * self.LINES - self.scroll_offset.y, self.size.width, self.LINES))

    def render_line(self, y: int) -> Strip:
        index, line = divmod(y + self.scroll_offset.y, self.LINES)
        width = self.size.width
        if not 0 <= index < self.count:
            return Strip.blank(width, self.rich_style)
        base = "cursor" if index == self.cursor else ""
        lines = self.item(index, width)
        return self.strip(lines[line] if line < len(lines) else (), width, base=base)

    @property
    def in_view(self) -> range:
        """The items that can be seen."""
        top = self.scroll_offset.y // self.LINES
        return range(top, min(self.count, top + self.size.height // self.LINES + 2))

    def _keep_cursor_in_view(self) -> None:
        height, top = self.size.height, self.scroll_offset.y
        if not height:
            return
        first, after = self.cursor * self.LINES, (self.cursor + 1) * self.LINES
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif after > top + height:
            self.scroll_to(y=after - height, animate=False, force=True)

    def action_page(self, step: int) -> None:
        self.cursor += step * max(1, self.size.height // self.LINES - 1)

    def hit(self, event: events.MouseEvent) -> Hit | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        index, line = divmod(offset.y + self.scroll_offset.y, self.LINES)
        if not 0 <= index < self.count:
            return None
        lines = self.item(index, self.size.width)
        return Hit(index, target_at(lines[line], offset.x) if line < len(lines) else "")
