"""What Tab stops at: links, footnotes, folded parts, questions, the learner's marks."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sgtui.typeset.model import Line, Place
from sgtui.typeset.page import Page
from sgtui.ui.reading.overlay import Range

LOOK_AHEAD = 0.05
"""Seconds that looking for the next stop may take; then the page moves on and the next Tab looks further."""


class Stop(NamedTuple):
    """Something that can be gone to: its target, where it stands.

    ``start`` and ``end`` are offsets in the block's text; equal for what is not text (the sign of a folded part).
    In the lines below the page, ``block`` is the number of blocks and ``start`` the line.
    """

    block: int
    start: int
    end: int
    target: str


class Stops:
    """The stops of a page, found when they are asked for."""

    def __init__(
        self,
        page: Page,
        tail: Callable[[], Sequence[Line]],
        marks: Callable[[int], Sequence[Stop]],
    ) -> None:
        self._page = page
        self._tail = tail
        self._marks = marks
        self.current: Stop | None = None

    def of_block(self, block: int) -> list[Stop]:
        """The stops in a block, in reading order."""
        held = self._page.blocks[block]
        if held.quiz is not None:
            return [Stop(block, 0, 0, f"quiz:{held.quiz.id}")]
        found: list[Stop] = []
        open_at: tuple[str, int] | None = None
        for line in self._page.block_lines(block):
            for target, start, end in _targets(line):
                if not target:
                    open_at = None
                elif found and open_at is not None and open_at[0] == target and 0 <= start - open_at[1] <= 1:
                    found[-1] = found[-1]._replace(end=end)  # the same link, broken over two lines
                    open_at = (target, end)
                elif not any(stop.target == target and stop.start <= start < stop.end for stop in found):
                    found.append(Stop(block, start, end, target))
                    open_at = (target, end)
        return sorted({*found, *self._marks(block)}, key=lambda stop: (stop.start, -stop.end))

    def in_tail(self) -> list[Stop]:
        """The stops below the page."""
        below = len(self._page.blocks)
        return [
            Stop(below, row, row, span.target)
            for row, line in enumerate(self._tail())
            for span in line.spans
            if span.target
        ]

    def visible(self, top: int, bottom: int) -> list[Stop]:
        """The stops in the rows from ``top`` to before ``bottom``."""
        page = self._page
        found = []
        if top < page.height and page.blocks:
            last = page.place_at(min(bottom, page.height) - 1).block
            blocks = range(page.place_at(top).block, last + 1)
            found = [stop for block in blocks for stop in self.of_block(block)]
        return [stop for stop in (*found, *self.in_tail()) if top <= self.row(stop) < bottom]

    def row(self, stop: Stop) -> int:
        """The row that shows a stop."""
        if stop.block >= len(self._page.blocks):
            return self._page.height + stop.start
        if stop.target.startswith("quiz:") or (stop.start == stop.end and stop.target.startswith("fold:")):
            return self._page.extent(stop.block)[0]
        return self._page.row_of(Place(stop.block, stop.start))

    def step(self, step: int, top: int, bottom: int) -> Stop | int:
        """Go to the next (1) or previous (-1) stop: from the current one if it is in view, else from the screen's edge.

        Gives a row to go to instead where none was found in the time there is.
        """
        current = self.current
        if current is not None and not top <= self.row(current) < bottom:
            current = None
        blocks = len(self._page.blocks)
        if current is None:
            edge = top if step > 0 else bottom - 1
            start = self._page.place_at(edge).block if edge < self._page.height else blocks
        else:
            start = current.block
        give_up = time.monotonic() + LOOK_AHEAD
        order = range(start, blocks + 1) if step > 0 else range(start, -1, -1)
        for block in order:
            for stop in self._in_order(block, step):
                if self._beyond(stop, current, step, top, bottom):
                    self.current = stop
                    return stop
            if time.monotonic() > give_up:
                return self._page.top_of(min(block, blocks - 1))
        return -1

    def _in_order(self, block: int, step: int) -> Iterator[Stop]:
        stops = self.of_block(block) if block < len(self._page.blocks) else self.in_tail()
        yield from (stops if step > 0 else reversed(stops))

    def _beyond(self, stop: Stop, current: Stop | None, step: int, top: int, bottom: int) -> bool:
        if current is None:
            row = self.row(stop)
            return row >= top if step > 0 else row < bottom
        ours, theirs = (stop.block, stop.start, -stop.end), (current.block, current.start, -current.end)
        return ours > theirs if step > 0 else ours < theirs

    def ranges(self, block: int) -> Sequence[Range]:
        """The current stop, to be marked."""
        stop = self.current
        if stop is None or stop.block != block or stop.start >= stop.end:
            return ()
        return (Range(stop.start, stop.end, "cursor"),)


def _targets(line: Line) -> Iterator[tuple[str, int, int]]:
    """The targets of a line with the offsets in the block's text; what is not text has the line's first offset."""
    position = 0
    for span in line.spans:
        length = len(span.text)
        low, high = position, position + length
        position = high
        if not length:
            continue
        inside = [
            (first + max(0, low - index), min(last, first + high - index))
            for index, first, last in line.pieces
            if index < high and index + last - first > low
        ]
        if inside:
            yield span.target, inside[0][0], inside[-1][1]
        elif span.target:
            yield span.target, line.start, line.start
