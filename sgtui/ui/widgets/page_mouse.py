"""The mouse over a page: following what is clicked, drawing over text to select it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.page import Page
from sgtui.typeset.ranges import offset_at
from sgtui.ui.widgets.lines import LineWidget, target_at


class PageMouse(LineWidget):
    """The part of the page's view that the mouse reaches for."""

    ALLOW_SELECT = False  # the page has a selection of its own, which knows the text

    @dataclass
    class Clicked(Message):
        """Something on the page that has a target was clicked; ``block`` is where."""

        view: "PageMouse"
        target: str
        block: int

        @property
        def control(self) -> "PageMouse":
            return self.view

    @dataclass
    class Dragged(Message):
        """Text was drawn over with the mouse, from ``start`` to ``end`` so far; ``word``: it was clicked twice."""

        view: "PageMouse"
        start: Place
        end: Place
        word: bool = False

    @dataclass
    class Hovered(Message):
        """The mouse is over something that has a target, or (empty) no longer is."""

        view: "PageMouse"
        target: str

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.page: Page | None = None
        self.decorate: Callable[[Line, Place], Sequence[Span]] = lambda line, _place: line.spans
        self.side = 0
        self.tail_lines: Sequence[Line] = ()
        self._drawn_from: Place | None = None
        self._drawn = False
        self._hovered = ""

    # What the rest of the view has

    @property
    def text_width(self) -> int:
        """Cells of the text column."""
        raise NotImplementedError

    @property
    def left(self) -> int:
        """Cells to the left of the text column."""
        raise NotImplementedError

    @property
    def top(self) -> int:
        """The first row in view."""
        raise NotImplementedError

    @property
    def bottom(self) -> int:
        """The row after the last one in view."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        """Rows of the page and what stands below it."""
        raise NotImplementedError

    def scroll_to_row(self, row: int) -> None:
        """Have ``row`` at the top, as far as the page goes."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """Cells from the left edge of the text to the scrollbar."""
        return self.scrollable_content_region.width - self.left

    def slid_by(self, line_width: int) -> int:
        """How many cells of a line so wide are out of sight at the left."""
        if line_width <= self.text_width:
            return 0
        return max(0, min(self.side, line_width - self.room + 1))

    # What the mouse does

    def _under(self, event: events.MouseEvent) -> tuple[int, int]:
        """The row and the cell of the text column that the mouse is over."""
        offset = event.get_content_offset(self)
        x, y = (offset.x, offset.y) if offset else (event.x, event.y)
        return y + self.top, x - self.left

    def _target(self, row: int, x: int) -> tuple[str, int]:
        """The target at a row and a cell, and the block it belongs to (-1: below the page)."""
        if self.page is None or not 0 <= row < self.rows or x < 0:
            return "", -1
        if row >= self.page.height:
            return target_at(self.tail_lines[row - self.page.height].spans, x), -1
        line, place = self.page.line(row)
        target = target_at(self.decorate(line, place), x + self.slid_by(line.width))
        if not target and x < line.width and self.page.blocks[place.block].kind == "summary":
            target = f"fold:{place.block}"  # the words do what the sign before them does
        return target, place.block

    def _place_under(self, row: int, x: int) -> Place | None:
        if self.page is None or not 0 <= row < self.page.height:
            return None
        line, place = self.page.line(row)
        if not line.pieces:
            return Place(place.block, line.start)
        return Place(place.block, offset_at(line, max(0, x) + self.slid_by(line.width), self.page.options.ambiguous))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1:
            return
        self.focus(scroll_visible=False)
        self._drawn_from, self._drawn = self._place_under(*self._under(event)), False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        row, x = self._under(event)
        if self._drawn_from is None or event.button != 1:
            target = self._target(row, x)[0]
            if target != self._hovered:
                self._hovered = target
                self.post_message(self.Hovered(self, target))
            return
        if row < self.top or row >= self.bottom:
            self.scroll_to_row(self.top + (1 if row >= self.bottom else -1))
        place = self._place_under(max(self.top, min(row, self.bottom - 1)), x)
        if place is not None and (self._drawn or place != self._drawn_from):
            self._drawn = True
            self.post_message(self.Dragged(self, self._drawn_from, place))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        self.release_mouse()
        self._drawn_from = None

    def on_leave(self) -> None:
        if self._hovered:
            self._hovered = ""
            self.post_message(self.Hovered(self, ""))

    def on_click(self, event: events.Click) -> None:
        if self._drawn:  # the end of drawing over text is no click
            self._drawn = False
            event.stop()
            return
        row, x = self._under(event)
        self.focus(scroll_visible=False)
        target, block = self._target(row, x)
        place = self._place_under(row, x)
        if target:
            event.stop()
            self.post_message(self.Clicked(self, target, block))
        elif event.chain == 2 and place is not None:
            event.stop()
            self.post_message(self.Dragged(self, place, place, word=True))
