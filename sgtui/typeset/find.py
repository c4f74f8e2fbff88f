"""Searching a page as people type: width, case and カタカナ/ひらがな do not matter, line ends neither."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from sgtui.markup.fold import fold, fold_map
from sgtui.typeset.block import Block

_BREAKS: Final = str.maketrans("\n\t\u3000\xa0", "    ")
_SPACES: Final = re.compile(" +")


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
        folded = fold_map(self._blocks[index].text)
        return [Match(index, *folded.original(found.start(), found.end())) for found in matches]


def find(blocks: Sequence[Block], query: str) -> list[Match]:
    """Every match of ``query`` in ``blocks``; see :meth:`Finder.find`."""
    return Finder(blocks).find(query)
