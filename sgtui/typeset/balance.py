"""Headings of more than one line: divided where a reader would pause, into lines of about the same length."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final
from unicodedata import category

from sgtui.typeset.linebreak import Extent, lined, pieces, set_runs
from sgtui.typeset.model import Line, Span, TypesetOptions

_MOST_LINES: Final = 4
"""A longer heading is a paragraph."""
_BETWEEN_PHRASES: Final = 0.15
_INSIDE_A_PHRASE: Final = 0.7
"""What it costs to divide there; lines of 8 and of 32 cells instead of twice 20 cost 0.72."""


def balanced(runs: Sequence[Span], limit: int, options: TypesetOptions) -> list[Line]:
    """Set styled text in no more lines than :func:`set_runs` needs, divided where it hurts least."""
    lines = set_runs(runs, limit, options)
    if not 1 < len(lines) <= _MOST_LINES:
        return lines
    found = pieces(runs, limit, options)
    if any(text == "\n" or cells > limit for text, cells in found) or not found[0][0].strip():
        return lines  # an indent counts where it stands, and a chopped word goes where it must
    return lined(
        runs, _divided(found, limit, len(lines)) or [Extent(line.start, line.end, line.width) for line in lines]
    )


def _divided(found: Sequence[tuple[str, int]], limit: int, count: int) -> list[Extent]:
    """The ``count`` lines that cost least together; none where they do not suffice."""
    words = _Words(found)
    left, right, pauses, end = words.left, words.right, words.pauses, len(words.begins)
    whole = right[-1] - left[0]
    target = max(1.0, whole / count)
    # for each word that a line may begin with: the least cost of the lines above it, and where each of them begins
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for below in range(count - 1, -1, -1):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        nearest = bisect_left(left, right[-1] - limit * below)  # what begins before is too much for the lines below
        for first, (cost, above) in best.items():
            if first == end:  # that would be fewer lines than there have to be
                continue
            start = left[first]
            for last in range(max(first, nearest - 1), end):
                used = right[last] - start
                if used > limit:
                    break
                total = cost + pauses[last] + ((target - used) / target) ** 2
                if last + 1 not in following or total < following[last + 1][0]:
                    following[last + 1] = (total, (*above, first))
        best = following
    begins = best.get(end, (0.0, ()))[1]
    return [words.extent(first, following - 1) for first, following in pairwise((*begins, end))]


class _Words:
    """Pieces of a text that are not white space: where each begins and ends, and what it costs to end a line there."""

    def __init__(self, found: Sequence[tuple[str, int]]) -> None:
        self.begins: list[int] = []
        self.ends: list[int] = []
        self.pauses: list[float] = []
        self.left: list[int] = []  # cells from the beginning to each word, and past it
        self.right: list[int] = []
        position = cells = 0
        before, spaced = "", False
        for text, size in found:
            if text.strip():
                if before:
                    self.pauses.append(_pause(before, text, spaced))
                self.begins.append(position)
                self.ends.append(position + len(text))
                self.left.append(cells)
                self.right.append(cells + size)
                before, spaced = text, False
            else:
                spaced = True
            position += len(text)
            cells += size
        self.pauses.append(0.0)

    def cells(self, first: int, last: int) -> int:
        """The width of the words from ``first`` to ``last``, with the space between them."""
        return self.right[last] - self.left[first]

    def extent(self, first: int, last: int) -> Extent:
        """The line of those words."""
        return Extent(self.begins[first], self.ends[last], self.cells(first, last))


def _pause(before: str, after: str, spaced: bool) -> float:
    """What it costs to end a line between two pieces."""
    left, right = _script(before[-1]), _script(after[0])
    if left == "close" and right == "hiragana":  # a particle: 「機会」を
        return _INSIDE_A_PHRASE
    if spaced or left in ("mark", "close") or right == "open":
        return 0.0
    return _BETWEEN_PHRASES if left == "hiragana" and right != "hiragana" else _INSIDE_A_PHRASE


@lru_cache(maxsize=1024)
def _script(character: str) -> str:
    """What a character is to a reader who looks for the end of a phrase."""
    if "ぁ" <= character <= "ゖ":
        return "hiragana"
    kind = category(character)
    if kind in ("Ps", "Pi"):
        return "open"
    if kind in ("Pe", "Pf"):
        return "close"
    return "mark" if kind[0] == "P" and character not in "-‐–'’_ー" else "word"
