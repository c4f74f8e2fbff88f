"""The page: typeset lines, painted when they are seen, with the text under the eye kept where it is."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from sgtui.i18n import N_
from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.page import Page
from sgtui.ui.widgets.page_mouse import PageMouse

SLICE_SECONDS = 0.006
REST_SECONDS = 0.004
QUIET_SECONDS = 0.15
"""The rest of the page is set only when nobody has moved for so long: paging never waits for it."""
AHEAD_SECONDS = 0.02
"""After a page is turned and painted, the next is set before its key can be pressed or repeats."""
OVERLAP = 2


class PageView(PageMouse, can_focus=True):
    """One article, set in a column in the middle of the view.

    ``column`` is the wanted width of the text in cells; the view narrows it where there is less room.  Rows below
    the page (:attr:`tail`) belong to the screen: what stands after the end of an article.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown,f,ctrl+f", "page(1)", N_("Next page"), id="page.down", tooltip=N_("One screen on")),
        Binding("b,pageup,ctrl+b", "page(-1)", N_("Previous page"), show=False, id="page.up", tooltip=N_("One screen back")),
        Binding("j,down", "lines(1)", N_("Line down"), show=False, id="page.line_down", tooltip=N_("One line on")),
        Binding("k,up", "lines(-1)", N_("Line up"), show=False, id="page.line_up", tooltip=N_("One line back")),
        Binding("ctrl+d", "half(1)", N_("Half page down"), show=False, id="page.half_down", tooltip=N_("Half a screen on")),
        Binding("ctrl+u", "half(-1)", N_("Half page up"), show=False, id="page.half_up", tooltip=N_("Half a screen back")),
        Binding("g,home", "edge(0)", N_("Beginning"), show=False, id="page.top", tooltip=N_("To the beginning")),
        Binding("G,end", "edge(1)", N_("End"), show=False, id="page.bottom", tooltip=N_("To the end")),
        Binding("right_square_bracket", "section(1)", N_("Next section"), id="page.next_section", tooltip=N_("To the next section")),
        Binding("left_square_bracket", "section(-1)", N_("Previous section"), show=False, id="page.previous_section", tooltip=N_("To the previous section")),
    ]  # fmt: skip

    @dataclass
    class Moved(Message):
        """Another part of the page is in view."""

        view: "PageView"

        def can_replace(self, message: Message) -> bool:
            """One is enough, however often the page moved before anyone looked."""
            return isinstance(message, PageView.Moved)

        @property
        def control(self) -> "PageView":
            return self.view

    def __init__(self, *, column: int, id: str) -> None:
        super().__init__(id=id)
        self.column = column
        self.tail: Callable[[int], Sequence[Line]] = lambda _width: ()
        self.margin: Callable[[Line, Place], Sequence[Span]] = lambda _line, _place: ()
        self._wanted: Place | None = None
        self._moved_at = 0.0
        self._ahead = False

    # Geometry

    @property
    def text_width(self) -> int:
        """Cells of the text column in the view as it is now."""
        room = self.size.width - (4 if self.size.width >= 30 else 2)
        return max(8, min(self.column, room))

    @property
    def left(self) -> int:
        return max(1, (self.size.width - self.text_width) // 2)

    @property
    def top(self) -> int:
        """The first row in view."""
        return self.scroll_offset.y

    @property
    def bottom(self) -> int:
        """The row after the last one in view."""
        return self.top + self.size.height

    @property
    def rows(self) -> int:
        """Rows of the page and what stands below it; an estimate until all is set."""
        return (self.page.height if self.page else 0) + len(self.tail_lines)

    def place(self) -> Place:
        """The place of the first row in view."""
        return self.page.place_at(min(self.top, max(0, self.page.height - 1))) if self.page else Place(0, 0)

    # Showing

    def show(self, page: Page, place: Place) -> None:
        """Show ``page`` with ``place`` at the top."""
        self.page = page
        self._wanted = place
        if self.size.width:
            self._fit()

    def on_resize(self, _event: events.Resize) -> None:
        self._fit()

    def refit(self) -> None:
        """Set the page anew after :attr:`column` changed."""
        self._fit()

    def _fit(self) -> None:
        """Set the page for the width there is, and come back to the same place."""
        if self.page is None or not self.size.width:
            return
        place = self._wanted or self.place()
        self._wanted = None
        self.page.resize(self.text_width)
        self.redraw(place)
        # Not called here: a coroutine that the next resize puts aside before it ran would complain.
        self.run_worker(self._settle, exclusive=True, group="settle")  # type: ignore[arg-type]

    def redraw(self, place: Place | None = None) -> None:
        """Draw anew after something on the page grew or shrank, with ``place`` (else what is there now) at the top."""
        if self.page is None:
            return
        place = place or self.place()
        self.tail_lines = self.tail(self.text_width)
        row = self._ensure(self.page.row_of(place))
        self.scroll_to(y=row, animate=False, force=True)
        self.refresh()
        self.post_message(self.Moved(self))

    def _ensure(self, row: int) -> int:
        """Make the screenful from ``row`` on exact; returns where that row's place is now."""
        assert self.page is not None
        row = self.page.ensure(row, self.size.height)
        self.set_rows(self.rows)
        return row

    def _look_ahead(self) -> None:
        """Set the screenful that is likely to be wanted next, a slice at a time."""
        self._ahead = False
        if self.page is not None and not self.page.ahead(self.bottom, self.size.height, SLICE_SECONDS):
            self._ahead = self.call_later(self._look_ahead)

    async def _settle(self) -> None:
        """Set the rest of the page in slices short enough not to be felt."""
        page = self.page
        while page is not None and page is self.page:
            if time.monotonic() - self._moved_at < QUIET_SECONDS:
                await asyncio.sleep(QUIET_SECONDS / 3)
                continue
            heavy = page.heavy()
            lines = await self._set_aside(page, heavy) if heavy is not None else None
            if page is not self.page or (heavy is not None and lines is None):
                continue
            place, before = self.place(), page.height
            if heavy is not None and lines is not None:
                page.adopt(heavy, lines)
            done = page.settle(SLICE_SECONDS, light=True)
            if page.height != before:
                self.set_rows(self.rows)
                row = page.row_of(place)
                if row != self.top:
                    self.scroll_to(y=row, animate=False, force=True)
            if done:
                break
            await asyncio.sleep(REST_SECONDS)
        self.post_message(self.Moved(self))

    async def _set_aside(self, page: Page, block: int) -> list[Line] | None:
        """The lines of a block that outlasts any slice, made in a thread; None if the page changed its width meanwhile."""
        width, options = page.width, page.options
        lines = await asyncio.to_thread(page.blocks[block].lines, width, options)
        return lines if (page.width, page.options) == (width, options) else None

    # Painting

    def render_line(self, y: int) -> Strip:
        row, width = y + self.top, self.size.width
        if self.page is None or row >= self.rows or row < 0:
            return Strip.blank(width, self.rich_style)
        if row >= self.page.height:
            return self.strip(self.tail_lines[row - self.page.height].spans, width, left=self.left)
        line, place = self.page.line(row)
        spans, left = self.decorate(line, place), self.left
        if line.width > self.text_width and (self.side or line.width > self.room):
            return self._slid(spans, line.width)
        marks = self.margin(line, place) if left >= 2 else ()
        if not marks:
            return self.strip(spans, width, left=left)
        return self.strip([*marks, *spans], width, left=left - 2)

    def _slid(self, spans: Sequence[Span], line_width: int) -> Strip:
        """A line wider than the column, as far to the side as the learner slid it; ‹ and › say that there is more."""
        left, room = self.left, self.room
        side = self.slid_by(line_width)
        body = self.strip(spans, line_width).crop(side, side + room)
        edge = self.paint("accent")
        if side + room < line_width:
            body = Strip.join([body.crop(0, room - 1), Strip([Segment("›", edge)])])
        head = " " * (left - 1) + ("‹" if side else " ")
        return Strip.join([Strip([Segment(head, edge if side else self.paint(""))]), body]).adjust_cell_length(
            self.size.width, self.paint("")
        )

    @property
    def widest(self) -> int:
        """Cells of the widest line in view."""
        page = self.page
        rows = range(self.top, min(self.bottom, page.height)) if page else ()
        return max((page.line(row)[0].width for row in rows), default=0) if page else 0

    def slide(self, step: int) -> bool:
        """Slide lines wider than the view by ``step`` cells; false where there is none, or no further to go."""
        most = max(0, self.widest - self.room + 1)
        side = max(0, min(most, self.side + step))
        if side == self.side:
            return False
        self.side = side
        self.refresh()
        return True

    # Moving

    def go(self, place: Place, *, margin: int = 0) -> None:
        """Bring ``place`` to the top, with ``margin`` rows above it."""
        if self.page is not None:
            row = self._ensure(max(0, self.page.row_of(place) - margin))
            self.scroll_to_row(row)

    def reveal(self, block: int) -> None:
        """Scroll just as far as needed to show the end of ``block``, its beginning first."""
        if self.page is None:
            return
        first, height = self.page.extent(block)
        if first + height > self.bottom:
            self.scroll_to_row(min(first, first + height - self.size.height))
        elif first < self.top:
            self.scroll_to_row(first)

    def bring(self, row: int, *, margin: int = 0) -> None:
        """Scroll as little as needed to have ``row`` in view, with ``margin`` rows between it and the edge."""
        margin = min(margin, self.size.height // 3)
        if row < self.top + (margin if self.top else 0):
            self.scroll_to_row(row - margin)
        elif row >= self.bottom - margin:
            self.scroll_to_row(row - self.size.height + 1 + margin)

    def scroll_to_row(self, row: int) -> None:
        """Have ``row`` at the top, as far as the page goes."""
        if self.page is None:
            return
        row = max(0, min(row, self.rows - self.size.height))
        row = self._ensure(row)
        if row != self.top:
            self._moved_at = time.monotonic()
            self.scroll_to(y=row, animate=False, force=True)
            self.post_message(self.Moved(self))

    def action_page(self, step: int) -> None:
        self.scroll_to_row(self.top + step * max(1, self.size.height - OVERLAP))

    def action_half(self, step: int) -> None:
        self.scroll_to_row(self.top + step * max(1, self.size.height // 2))

    def action_lines(self, step: int) -> None:
        self.scroll_to_row(self.top + step)

    def action_edge(self, last: int) -> None:
        self.scroll_to_row(self.rows if last else 0)

    def action_section(self, step: int) -> None:
        if self.page is None:
            return
        heads = self.page.headings()
        rows = [(self.page.row_of(Place(block, 0)), block) for block in heads]
        if step > 0:
            after = [block for row, block in rows if row > self.top + 1]
            if after:
                self.go(Place(after[0], 0))
            else:
                self.action_edge(1)
        else:
            before = [block for row, block in rows if row < self.top]
            self.go(Place(before[-1] if before else 0, 0))

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_to_row(self.top + 3)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_to_row(self.top - 3)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and self.page is not None:
            self.page.ensure(round(new_value), self.size.height)
            self.post_message(self.Moved(self))
            if not self._ahead:
                self._ahead = True
                self.set_timer(AHEAD_SECONDS, self._look_ahead)
