"""A page that is laid out as far as it is looked at: rows of lines over a list of blocks."""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from time import perf_counter

from sgtui.typeset.block import Block, PictureLines, QuizLines
from sgtui.typeset.heights import Heights
from sgtui.typeset.model import Line, Place, TypesetOptions

_KEPT_LINES = 1_000
"""Lines kept once set: a few screens; the rest is set again when it is scrolled to."""
_HEAVY_LINES = 120
"""About so many lines of one block take longer to set than a slice in the background may."""


class Page:
    """Blocks at one width.

    Rows count from 0.  A block that was not set yet counts with an estimate, so rows below it may move when it
    is; :meth:`ensure` makes the rows about to be shown exact, :meth:`settle` all others in the background.
    A :class:`Place` stays true at every width; in a quiz, offsets past its text mean what is shown beside it.
    Negative offsets are the rows above a block's text, blank or of a picture: -1 the nearest.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        width: int,
        options: TypesetOptions | None = None,
        quiz_lines: QuizLines | None = None,
        picture_lines: PictureLines | None = None,
    ) -> None:
        self.blocks = blocks
        self.options = options or TypesetOptions()
        self.width = max(1, width)
        self._quiz_lines = quiz_lines
        self._picture_lines = picture_lines
        self._open = {index for index, block in enumerate(blocks) if block.kind == "summary" and block.open}
        self._lines: OrderedDict[int, list[Line]] = OrderedDict()
        self._kept = 0
        self._exact = bytearray(len(blocks))
        self._next = 0
        self._estimated: Heights | None = None

    # Shape

    def _forget(self) -> None:
        self._lines.clear()
        self._kept = 0
        self._next = 0
        self._exact = bytearray(len(self.blocks))
        self._estimated = None

    @property
    def _heights(self) -> Heights:
        """The heights of all blocks, estimated when first asked for: a view that is being opened is resized at once."""
        found = self._estimated
        if found is None:
            width = self.width
            found = self._estimated = Heights(
                array("l", (0 if self.hidden(i) else max(1, b.estimate(width)) for i, b in enumerate(self.blocks)))
            )
        return found

    @property
    def height(self) -> int:
        """Rows of the whole page; an estimate until all is set."""
        return self._heights.total

    @property
    def settled(self) -> bool:
        """Whether every block's height is exact."""
        return self._next >= len(self.blocks)

    def resize(self, width: int, options: TypesetOptions | None = None) -> None:
        """Set the page anew ``width`` cells wide; nothing is laid out yet."""
        width = max(1, width)
        if width == self.width and (options is None or options == self.options):
            return
        self.width = width
        self.options = options or self.options
        self._forget()

    def hidden(self, block: int) -> bool:
        """Whether a block stands in something folded."""
        folds = self.blocks[block].folds
        return bool(folds) and any(fold not in self._open for fold in folds)

    def is_open(self, block: int) -> bool:
        """Whether a ``summary`` block shows what it holds."""
        return block in self._open

    def fold(self, block: int) -> None:
        """Hide what a ``summary`` block holds."""
        self._open.discard(block)
        self._refold(block)

    def unfold(self, block: int) -> None:
        """Show what a ``summary`` block holds."""
        self._open.add(block)
        self._refold(block)

    def toggle(self, block: int) -> None:
        """Fold or unfold a ``summary`` block."""
        (self.fold if self.is_open(block) else self.unfold)(block)

    def reveal(self, block: int) -> None:
        """Unfold whatever hides a block."""
        for fold in self.blocks[block].folds:
            if not self.is_open(fold):
                self.unfold(fold)

    def _refold(self, summary: int) -> None:
        self.invalidate(summary)
        for index in range(summary + 1, len(self.blocks)):
            if summary not in self.blocks[index].folds:
                break
            self.invalidate(index)
            if self.hidden(index):
                self._heights.set(index, 0)
                self._exact[index] = 1
            else:
                self._layout(index)

    def invalidate(self, block: int) -> None:
        """Set a block anew: it grew or shrank (a quiz was answered)."""
        old = self._lines.pop(block, None)
        if old is not None:
            self._kept -= len(old)
        self._exact[block] = 0
        self._layout(block)

    # Layout

    def _layout(self, block: int) -> list[Line]:
        """The lines of a block, set now if they are not kept; its height is exact afterwards."""
        found = self._lines.get(block)
        if found is not None:
            self._lines.move_to_end(block)
            return found
        found = self._lines[block] = self._set(block)
        self._kept += len(found)
        while self._kept > _KEPT_LINES and len(self._lines) > 1:
            self._kept -= len(self._lines.popitem(last=False)[1])
        return found

    def _set(self, block: int) -> list[Line]:
        """The lines of a block, set now; its height is exact afterwards."""
        if self.hidden(block):
            found = []
        else:
            found = self.blocks[block].lines(
                self.width,
                self.options,
                quiz_lines=self._quiz_lines,
                picture_lines=self._picture_lines,
                opened=block in self._open,
            )
        self._exact[block] = 1
        self._heights.set(block, len(found))
        return found

    def block_lines(self, block: int) -> list[Line]:
        """The lines of one block, blank ones above included; none where it is folded away."""
        return self._layout(block)

    def ensure(self, row: int, count: int) -> int:
        """Make ``count`` rows from ``row`` on exact; returns the row that then shows what ``row`` showed.

        Only blocks in view are set; what is above them keeps its estimate, and its rows.
        """
        if not self.blocks:
            return 0
        row = max(0, min(row, self.height - 1))
        block, within = self._heights.find(row)
        if not self._exact[block]:
            before = max(1, self._heights.get(block))
            lines = self._layout(block)
            within = min(within * len(lines) // before, max(0, len(lines) - 1))
        top = self._heights.start(block) + within
        filled = self._heights.get(block) - within
        index = block + 1
        while filled < count and index < len(self.blocks):
            if not self._exact[index]:
                self._layout(index)
            filled += self._heights.get(index)
            index += 1
        index = block
        while filled < count and index > 0:  # the end of the page is near: the screen shows what is above, too
            index -= 1
            before = self._heights.get(index)
            if not self._exact[index]:
                self._layout(index)
            filled += self._heights.get(index)
            top += self._heights.get(index) - before
        return max(0, min(top, self.height - 1))

    def ahead(self, row: int, count: int, seconds: float = 0.008) -> bool:
        """Set the blocks of ``count`` rows from ``row`` on before anyone looks at them, for about ``seconds``.

        Returns whether all of them are there.  Rows above do not move.
        """
        if not self.blocks or row >= self.height:
            return True
        stop = perf_counter() + seconds
        index, within = self._heights.find(max(0, row))
        filled = -within
        while filled < count and index < len(self.blocks):
            if index not in self._lines and not self.hidden(index):
                if perf_counter() >= stop:
                    return False
                self._layout(index)
            filled += self._heights.get(index)
            index += 1
        return True

    def settle(self, seconds: float = 0.008, *, count: int | None = None, light: bool = False) -> bool:
        """Set blocks not set yet, from the top, for about ``seconds`` or ``count`` blocks; true when none is left.

        With ``light`` it ends before a :meth:`heavy` block.  Rows below what is set may move: remember the
        :class:`Place` under the eye and ask :meth:`row_of` for it afterwards.
        """
        now = perf_counter()
        stop = now + seconds
        longest = 0.0
        done = 0
        while self._next < len(self.blocks):
            if not self._exact[self._next]:
                self._set(self._next)  # kept are the lines that are looked at
                done += 1
                before, now = now, perf_counter()
                longest = min(max(longest, now - before), seconds / 2)  # the next block may take as long
                if (count is not None and done >= count) or (count is None and now + longest >= stop):
                    self._next += 1
                    break
            self._next += 1
            if light and self.heavy() is not None:
                break
        return self.settled

    def heavy(self) -> int | None:
        """The block that :meth:`settle` would set next, if that alone takes longer than a slice; else None.

        Its lines may be made anywhere, in a thread too (``page.blocks[it].lines(page.width, page.options)``), and
        given to :meth:`adopt`.
        """
        block = self._next
        if block >= len(self.blocks) or self._exact[block] or self._heights.get(block) < _HEAVY_LINES:
            return None
        held = self.blocks[block]
        return None if held.quiz is not None or held.kind in ("image", "summary") else block

    def adopt(self, block: int, lines: list[Line]) -> None:
        """Take over the lines of a block that is not folded away, made elsewhere for the page's width and options."""
        if not self._exact[block] and not self.hidden(block):
            self._exact[block] = 1
            self._heights.set(block, len(lines))

    # Rows and places

    def line(self, row: int) -> tuple[Line, Place]:
        """The line at ``row`` and its place; an empty line outside the page.

        Sets the block if need be; call :meth:`ensure` first where several rows are to be drawn.
        """
        if not 0 <= row < self.height:
            return Line((), 0), Place(max(0, len(self.blocks) - 1), 0)
        block, within = self._heights.find(row)
        lines = self._layout(block)
        if not lines:
            return Line((), 0), Place(block, 0)
        within = min(within, len(lines) - 1)
        above = within - self._above(block, lines)
        return lines[within], Place(block, above if above < 0 else lines[within].start)

    def place_at(self, row: int) -> Place:
        """The place of what stands at ``row``."""
        return self.line(max(0, min(row, self.height - 1)))[1] if self.blocks else Place(0, 0)

    def row_of(self, place: Place) -> int:
        """The row that shows ``place`` (of a folded one: its summary's)."""
        if not self.blocks:
            return 0
        block = max(0, min(place.block, len(self.blocks) - 1))
        for fold in self.blocks[block].folds:
            if fold not in self._open:
                return self.row_of(Place(fold, 0))
        lines = self._layout(block)
        return self._heights.start(block) + self._within(block, lines, place.offset)

    def _above(self, block: int, lines: list[Line]) -> int:
        """How many rows stand above a block's text."""
        held = self.blocks[block]
        blank = held.before if block else 0
        return blank + sum(line.start < 0 for line in lines) if held.kind == "image" else blank

    def _within(self, block: int, lines: list[Line], offset: int) -> int:
        held = self.blocks[block]
        above = min(self._above(block, lines), max(0, len(lines) - 1))
        if offset < 0:
            return max(0, above + offset)
        if held.quiz is not None:  # its reasons stand between its choices, but their offsets past all of them
            before = [
                (line.start, -index) for index, line in enumerate(lines) if index >= above and line.start <= offset
            ]
            return -max(before)[1] if before else above
        if held.kind == "table":
            for index, line in enumerate(lines):
                if any(start <= offset < end for _, start, end in line.pieces):
                    return index
        starts = [line.start for line in lines[above:]]
        index = above + bisect_right(starts, max(0, offset)) - 1
        while index > above and lines[index].start == lines[index].end and lines[index - 1].start == lines[index].start:
            index -= 1  # an empty line at the end of a text is no better place than the first
        return max(above, min(index, len(lines) - 1))

    def extent(self, block: int) -> tuple[int, int]:
        """The first row of a block and how many it takes, the blank ones above not counted."""
        lines = self._layout(block)
        above = min(self.blocks[block].before, len(lines))
        return self._heights.start(block) + above, len(lines) - above

    def top_of(self, block: int) -> int:
        """The first row of a block, blank ones included; an estimate, without setting anything."""
        return self._heights.start(block)

    def headings(self) -> list[int]:
        """The indexes of the heading blocks."""
        return [index for index, block in enumerate(self.blocks) if block.kind == "heading"]

    def block_of_section(self, section: int) -> int | None:
        """The first block of a section, or None."""
        return next((index for index, block in enumerate(self.blocks) if block.section == section), None)

    def block_of_quiz(self, quiz_id: str) -> int | None:
        """The block that holds a quiz, or None."""
        found = (i for i, block in enumerate(self.blocks) if block.quiz is not None and block.quiz.id == quiz_id)
        return next(found, None)

    def block_of_note(self, number: int) -> int | None:
        """The block in which footnote ``number`` (from 1) begins, or None."""
        mark = f"footref:{number}"
        return next((i for i, b in enumerate(self.blocks) if any(span.target == mark for span in b.first)), None)

    def block_at_line(self, line: int) -> int:
        """The last block that begins at or before a line of the file."""
        found = 0
        for index, block in enumerate(self.blocks):
            if block.line <= line and block.kind != "footnote":
                found = index
        return found
