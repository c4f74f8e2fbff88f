"""Searching the page: every match marked, one of them the current one."""

from collections.abc import Sequence

from sgtui.typeset.block import Block
from sgtui.typeset.find import Finder, Match
from sgtui.typeset.model import Place
from sgtui.ui.reading.overlay import Range


class PageSearch:
    """What was searched for on a page and where it was found."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._finder = Finder(blocks)
        self._by_block: dict[int, list[int]] = {}
        self.words = ""
        self.matches: Sequence[Match] = ()
        self.at = -1

    def warm(self) -> None:
        """Fold the text of the page, which the first search needs; may be called in a thread."""
        self._finder.find("\uffff")

    @property
    def on(self) -> bool:
        """Whether something is searched for."""
        return bool(self.words)

    @property
    def current(self) -> Match | None:
        """The match gone to last."""
        return self.matches[self.at] if self.at >= 0 else None

    def look_for(self, words: str, place: Place) -> Match | None:
        """Search for ``words``; the first match at or after ``place``, else the first of all, becomes the current."""
        self.words = words
        self.matches = self._finder.find(words) if words.strip() else ()
        self._by_block = {}
        for index, match in enumerate(self.matches):
            self._by_block.setdefault(match.block, []).append(index)
        after = (i for i, m in enumerate(self.matches) if (m.block, m.end) > (place.block, place.offset))
        self.at = next(after, 0) if self.matches else -1
        return self.current

    def step(self, step: int) -> Match | None:
        """Go ``step`` matches on, past the end to the beginning."""
        if not self.matches:
            return None
        self.at = (self.at + step) % len(self.matches)
        return self.current

    def clear(self) -> None:
        """Search for nothing any more."""
        self.words, self.matches, self._by_block, self.at = "", (), {}, -1

    def ranges(self, block: int) -> Sequence[Range]:
        """The matches in a block."""
        found = self._by_block.get(block)
        if not found:
            return ()
        return [
            Range(self.matches[i].start, self.matches[i].end, "found.here" if i == self.at else "found") for i in found
        ]
