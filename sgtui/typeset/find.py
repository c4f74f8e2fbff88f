"""Searching a page as people type: width, case and カタカナ/ひらがな do not matter, line ends neither."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from unicodedata import is_normalized

from sgtui.markup.fold import fold, fold_map
from sgtui.typeset.block import Block
from sgtui.typeset.cells import is_simple

_BREAKS: Final = str.maketrans("\n\t\u3000\xa0", "    ")
_SPACES: Final = re.compile(" +")


_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _same_offsets(text: str, folded: str) -> bool:
    """Whether each character was folded to one: then offsets need no map, which costs far more than the search.

    Beside full-width letters, which fold one to one, the text is normal already; then only case folding can change the
    count of characters, and it never makes fewer.  A letter with its combining marks is found as a whole.
    """
    return len(text) == len(folded) and is_simple(text) and is_normalized("NFKC", text.translate(_HALF_WIDTH))


class Match(NamedTuple):
    """Where something was found: a block, and offsets (characters) in its text."""

    block: int
    start: int
    end: int


class Finder:
    """Searches the blocks of one page; their folded texts are kept, so that each further key costs little."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._folded: list[str] | None = None
        self._same: dict[int, bool] = {}

    def find(self, query: str) -> list[Match]:
        """Every match of ``query``, in reading order, without overlaps; none for an empty query.

        A space in the query matches any run of white space, a line end the author wrote included.
        """
        wanted = _SPACES.sub(" ", fold(query).translate(_BREAKS)).strip()
        if not wanted:
            return []
        if self._folded is None:
            self._folded = [fold(block.text).translate(_BREAKS) for block in self._blocks]
        pattern = re.compile(" +".join(re.escape(part) for part in wanted.split(" ")))
        found: list[Match] = []
        first = wanted.split(" ", 1)[0]
        for index, text in enumerate(self._folded):
            if first in text:
                found.extend(self._in_block(index, text, pattern))
        return found

    def _in_block(self, index: int, text: str, pattern: re.Pattern[str]) -> list[Match]:
        matches = list(pattern.finditer(text))
        if not matches:
            return []
        original = self._blocks[index].text
        if index not in self._same:
            self._same[index] = _same_offsets(original, text)
        if self._same[index]:
            return [Match(index, found.start(), found.end()) for found in matches]
        folded = fold_map(original)
        return [Match(index, *folded.original(found.start(), found.end())) for found in matches]


def find(blocks: Sequence[Block], query: str) -> list[Match]:
    """Every match of ``query`` in ``blocks``; see :meth:`Finder.find`."""
    return Finder(blocks).find(query)
