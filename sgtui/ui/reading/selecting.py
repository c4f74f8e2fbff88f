"""Selecting text without a mouse: a caret on the page, a selection from where it was dropped.

Movements are by character, line, word, sentence and paragraph, with the arrows or vi's letters.
"""

from collections.abc import Sequence
from typing import Final

from sgtui.i18n import N_
from sgtui.typeset.block import Block
from sgtui.typeset.cells import graphemes, width
from sgtui.typeset.model import Place
from sgtui.typeset.page import Page
from sgtui.typeset.ranges import offset_at
from sgtui.ui.reading.extents import Extent, sentence_at, text_between, word_at
from sgtui.ui.reading.overlay import Range


class Selecting:
    """The caret and the selection; nothing while :attr:`on` is false."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.caret: Place | None = None
        self._anchor: Place | None = None

    @property
    def on(self) -> bool:
        """Whether there is a caret."""
        return self.caret is not None

    @property
    def _blocks(self) -> Sequence[Block]:
        return self._page.blocks

    # Beginning and ending

    def begin(self, place: Place) -> bool:
        """Put the caret on the first text at or after ``place``; false where there is none."""
        for index in range(place.block, len(self._blocks)):
            text = self._blocks[index].text
            offset = place.offset if index == place.block else 0
            if text and offset < len(text):
                self.caret, self._anchor = Place(index, offset), None
                return True
        return False

    def draw(self, start: Place, end: Place) -> None:
        """Select what the mouse was drawn over."""
        self._anchor, self.caret = self._fitted(start), self._fitted(end)

    def select_word(self, place: Place) -> None:
        """Select the word at a place."""
        place = self._fitted(place)
        self.caret = place
        self._select(*word_at(self._blocks[place.block].text, place.offset))

    def clear(self) -> None:
        """No caret any more."""
        self.caret = self._anchor = None

    def _fitted(self, place: Place) -> Place:
        return Place(place.block, max(0, min(place.offset, len(self._blocks[place.block].text) - 1)))

    # What is selected

    @property
    def extent(self) -> Extent | None:
        """The selection, the grapheme under the caret included; None while there is no caret."""
        if self.caret is None:
            return None
        start, end = sorted((self._anchor or self.caret, self.caret))
        return Extent(start, Place(end.block, self._after(end)))

    @property
    def dropped(self) -> bool:
        """Whether something is selected, not only pointed at."""
        return self._anchor is not None

    def _after(self, place: Place) -> int:
        text = self._blocks[place.block].text
        rest = graphemes(text[place.offset : place.offset + 32])
        return place.offset + (len(rest[0]) if rest else 0)

    def text(self) -> str:
        """The selected text; paragraphs are kept apart by an empty line."""
        return text_between(self._blocks, self.extent) if self.extent else ""

    def word(self) -> str:
        """The word under the caret, or the selection."""
        if self.caret is None:
            return ""
        if self.dropped:
            return self.text()
        start, end = word_at(self._blocks[self.caret.block].text, self.caret.offset)
        return self._blocks[self.caret.block].text[start:end]

    def ranges(self, block: int) -> Sequence[Range]:
        """The selection and the caret in a block."""
        extent, caret = self.extent, self.caret
        if extent is None or caret is None or not extent.start.block <= block <= extent.end.block:
            return ()
        found = []
        if self.dropped:
            first = extent.start.offset if block == extent.start.block else 0
            last = extent.end.offset if block == extent.end.block else len(self._blocks[block].text)
            found.append(Range(first, last, "selection"))
        if block == caret.block:
            found.append(Range(caret.offset, max(self._after(caret), caret.offset + 1), "found.here"))
        return found

    # Keys

    def keys(self) -> list[tuple[str, str]]:
        """What the keys do: (keys, description to be translated)."""
        select = ("Space", N_("select from here")) if not self.dropped else ("1–4", N_("highlight"))
        return [
            select,
            ("Esc", N_("end")),
            ("s", N_("sentence")),
            ("p", N_("paragraph")),
            ("y", N_("copy")),
            ("n", N_("note")),
        ]

    def press(self, key: str) -> bool:
        """Move or select; false for a key that means nothing here."""
        if self.caret is None:
            return False
        if key in ("space", " ", "v"):
            self._anchor = None if self.dropped else self.caret
        elif key == "s":
            self._select(*sentence_at(self._blocks[self.caret.block].text, self.caret.offset))
        elif key == "p":
            self._select(0, len(self._blocks[self.caret.block].text))
        elif key == "o" and self._anchor is not None:
            self._anchor, self.caret = self.caret, self._anchor
        elif key in _MOVES:
            self.caret = _MOVES[key](self, self.caret)
        else:
            return False
        return True

    def _select(self, start: int, end: int) -> None:
        assert self.caret is not None
        block = self.caret.block
        last = graphemes(self._blocks[block].text[start:end])[-1:] or [""]
        self._anchor, self.caret = Place(block, start), Place(block, max(start, end - len(last[0])))

    # Movements: each from a place to a place

    def _neighbour(self, block: int, step: int) -> int | None:
        """The nearest block with text."""
        index = block + step
        while 0 <= index < len(self._blocks):
            if self._blocks[index].text and not self._page.hidden(index):
                return index
            index += step
        return None

    def right(self, at: Place) -> Place:
        """One grapheme on."""
        after = self._after(at)
        if after < len(self._blocks[at.block].text):
            return Place(at.block, after)
        following = self._neighbour(at.block, 1)
        return Place(following, 0) if following is not None else at

    def left(self, at: Place) -> Place:
        """One grapheme back."""
        if at.offset > 0:
            before = graphemes(self._blocks[at.block].text[max(0, at.offset - 32) : at.offset])
            return Place(at.block, at.offset - len(before[-1]))
        previous = self._neighbour(at.block, -1)
        if previous is None:
            return at
        last = graphemes(self._blocks[previous].text[-32:])
        return Place(previous, len(self._blocks[previous].text) - len(last[-1]))

    def _vertical(self, at: Place, step: int) -> Place:
        page = self._page
        row = page.row_of(at)
        line, _place = page.line(row)
        cell = _cell_of(line.text, line.pieces, at.offset)
        row += step
        while 0 <= row < page.height:
            line, place = page.line(row)
            if line.pieces and self._blocks[place.block].text:
                return self._fitted(Place(place.block, offset_at(line, cell, page.options.ambiguous)))
            row += step
            page.ensure(max(0, row), 1)
        return at

    def down(self, at: Place) -> Place:
        """One line on, in the same column."""
        return self._vertical(at, 1)

    def up(self, at: Place) -> Place:
        """One line back, in the same column."""
        return self._vertical(at, -1)

    def line_start(self, at: Place) -> Place:
        """The first character of the line."""
        return Place(at.block, self._page.line(self._page.row_of(at))[0].start)

    def line_end(self, at: Place) -> Place:
        """The last character of the line."""
        line, _place = self._page.line(self._page.row_of(at))
        return self._fitted(Place(at.block, max(line.start, line.end - 1)))

    def word_on(self, at: Place) -> Place:
        """The next word."""
        text = self._blocks[at.block].text
        _start, end = word_at(text, at.offset)
        while end < len(text) and text[end].isspace():
            end += 1
        return Place(at.block, end) if end < len(text) else self._paragraph(at, 1)

    def word_back(self, at: Place) -> Place:
        """The beginning of this word, or of the one before."""
        text = self._blocks[at.block].text
        offset = at.offset
        while offset > 0 and text[offset - 1].isspace():
            offset -= 1
        return Place(at.block, word_at(text, offset - 1)[0]) if offset > 0 else self.left(at)

    def sentence_on(self, at: Place) -> Place:
        """The next sentence."""
        text = self._blocks[at.block].text
        _start, end = sentence_at(text, at.offset)
        while end < len(text) and text[end].isspace():
            end += 1
        return Place(at.block, end) if end < len(text) else self._paragraph(at, 1)

    def sentence_back(self, at: Place) -> Place:
        """The beginning of this sentence, or of the one before."""
        text = self._blocks[at.block].text
        start, _end = sentence_at(text, at.offset)
        if start < at.offset:
            return Place(at.block, start)
        if start > 0:
            return Place(at.block, sentence_at(text, start - 1)[0])
        return self.left(at)

    def _paragraph(self, at: Place, step: int) -> Place:
        found = self._neighbour(at.block, step)
        return Place(found, 0) if found is not None else at

    def paragraph_on(self, at: Place) -> Place:
        """The next paragraph."""
        return self._paragraph(at, 1)

    def paragraph_back(self, at: Place) -> Place:
        """The beginning of this paragraph, or of the one before."""
        return Place(at.block, 0) if at.offset else self._paragraph(at, -1)


_MOVES: Final = {
    "right": Selecting.right, "l": Selecting.right, "left": Selecting.left, "h": Selecting.left,
    "down": Selecting.down, "j": Selecting.down, "up": Selecting.up, "k": Selecting.up,
    "0": Selecting.line_start, "home": Selecting.line_start, "$": Selecting.line_end, "end": Selecting.line_end,
    "w": Selecting.word_on, "ctrl+right": Selecting.word_on, "b": Selecting.word_back,
    "ctrl+left": Selecting.word_back, ")": Selecting.sentence_on, "(": Selecting.sentence_back,
    "}": Selecting.paragraph_on, "{": Selecting.paragraph_back,
}  # fmt: skip


def _cell_of(text: str, pieces: Sequence[tuple[int, int, int]], offset: int) -> int:
    """The cell of a line at which an offset of the block's text is shown."""
    for index, first, last in pieces:
        if first <= offset < last:
            return width(text[: index + offset - first])
    return 0
