"""Highlights and notes on a page: found again in the text as it is now, painted, and shown in the margin."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sgtui.articles.model import Section
from sgtui.store.records import Highlight, Note
from sgtui.typeset.anchors import find_anchor
from sgtui.typeset.block import Block
from sgtui.typeset.model import Place, Span
from sgtui.ui.marks import NOTE_SIGN, SIGNS, Marks
from sgtui.ui.reading.extents import Extent, text_between
from sgtui.ui.reading.overlay import Range
from sgtui.ui.reading.stops import Stop

LEAST_LIKE = 0.6
"""How much of an edited passage must still be there for its highlight to stay on it (0–1)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A highlight and where it is now."""

    highlight: Highlight
    extent: Extent


class PageMarks:
    """The highlights and notes of one article on its page."""

    def __init__(self, marks: Marks, article: str, blocks: Sequence[Block], sections: Sequence[Section]) -> None:
        self._marks = marks
        self._article = article
        self._blocks = blocks
        self._sections = sections
        self.reload()

    def reload(self) -> None:
        """Look at the learner's marks again."""
        self.placed: list[Placed] = []
        self.lost: list[Highlight | Note] = []
        self._ranges: dict[int, list[Range]] = {}
        self._stops: dict[int, list[Stop]] = {}
        self._notes: dict[int, list[tuple[int, Note]]] = {}
        for highlight in reversed(self._marks.highlights(self._article)):
            extent = find_passage(self._blocks, self._sections, highlight)
            if extent is None:
                self.lost.append(highlight)
            else:
                self._place(Placed(highlight, extent))
        for note in reversed(self._marks.notes(self._article)):
            place = find_anchor(self._blocks, self._sections, note.anchor)
            if place is None:
                self.lost.append(note)
            else:
                self._notes.setdefault(place.block, []).append((place.offset, note))
                stop = Stop(place.block, place.offset, place.offset, f"note:{note.uid}")
                self._stops.setdefault(place.block, []).append(stop)

    def _place(self, placed: Placed) -> None:
        self.placed.append(placed)
        start, end = placed.extent
        for block in range(start.block, end.block + 1):
            first = start.offset if block == start.block else 0
            last = end.offset if block == end.block else len(self._blocks[block].text)
            self._ranges.setdefault(block, []).append(Range(first, last, f"highlight.{placed.highlight.kind}"))
            if block == start.block:
                stop = Stop(block, first, last, f"highlight:{placed.highlight.uid}")
                self._stops.setdefault(block, []).append(stop)

    def ranges(self, block: int) -> Sequence[Range]:
        """The highlights in a block."""
        return self._ranges.get(block, ())

    def stops(self, block: int) -> Sequence[Stop]:
        """What Tab stops at in a block."""
        return self._stops.get(block, ())

    def margin(self, block: int, first: int, last: int) -> str:
        """The signs of what is marked between two offsets of a block (a line), at most two."""
        signs = ""
        for mark in self._ranges.get(block, ()):
            if mark.start < last and mark.end > first:
                signs = SIGNS[int(mark.style[-1])]
        if any(first <= offset < max(last, first + 1) for offset, _note in self._notes.get(block, ())):
            return NOTE_SIGN + signs
        written = (
            p for p in self.placed
            if p.highlight.note and p.extent.start.block == block and first <= p.extent.start.offset < max(last, first + 1)
        )  # fmt: skip
        return signs + NOTE_SIGN if next(written, None) else signs

    def at(self, place: Place) -> Highlight | Note | None:
        """The mark at a place, the newest where there are several."""
        for placed in reversed(self.placed):
            if placed.extent.start <= place < placed.extent.end:
                return placed.highlight
        return None

    def of(self, target: str) -> Highlight | Note | None:
        """The mark that a stop's target names."""
        kind, _colon, uid = target.partition(":")
        if not uid.isdigit():
            return None
        if kind == "highlight":
            return next((p.highlight for p in self.placed if p.highlight.uid == int(uid)), None)
        notes = (note for held in self._notes.values() for _offset, note in held)
        return next((note for note in notes if note.uid == int(uid)), None)


def margin_spans(signs: str) -> Sequence[Span]:
    """Signs as the two cells of the margin, or nothing."""
    return (Span(f"{signs:<2}"[:2], "accent strong"),) if signs else ()


def find_passage(blocks: Sequence[Block], sections: Sequence[Section], highlight: Highlight) -> Extent | None:
    """Where highlighted text is now, or None where it is lost.

    The anchors say where to look; the text itself decides.  Where it was edited, what is most like it counts.
    """
    start = find_anchor(blocks, sections, highlight.start)
    if start is None:
        return None
    end = find_anchor(blocks, sections, highlight.end)
    quote = _squeezed(highlight.quote)
    if end is not None and start < end:
        extent = Extent(start, end)
        if _squeezed(text_between(blocks, extent)) == quote:
            return extent
    return _in_block(blocks[start.block].text, start.block, quote)


def _in_block(text: str, block: int, quote: str) -> Extent | None:
    """The part of a block's text that is a quotation, or most like it."""
    squeezed, offsets = [], []
    for index, character in enumerate(text):
        if not character.isspace():
            squeezed.append(character)
            offsets.append(index)
    now = "".join(squeezed)
    if not now or not quote:
        return None
    at = now.find(quote)
    if at >= 0:
        return Extent(Place(block, offsets[at]), Place(block, offsets[at + len(quote) - 1] + 1))
    matches = [m for m in SequenceMatcher(None, now, quote, autojunk=False).get_matching_blocks() if m.size]
    if sum(m.size for m in matches) < LEAST_LIKE * len(quote):
        return None
    first, last = matches[0], matches[-1]
    low = max(0, first.a - first.b)
    high = min(len(now), last.a + last.size + (len(quote) - last.b - last.size))
    if high - low > 2 * len(quote):
        return None
    return Extent(Place(block, offsets[low]), Place(block, offsets[high - 1] + 1))


def _squeezed(text: str) -> str:
    return "".join(text.split())
