"""Headings of more than one line: divided where a reader would pause, into lines of about the same length."""

from collections.abc import Sequence
from functools import lru_cache
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
    if any(text == "\n" or cells > limit for text, cells in found):
        return lines
    return lined(
        runs, _divided(found, limit, len(lines)) or [Extent(line.start, line.end, line.width) for line in lines]
    )


def _divided(found: Sequence[tuple[str, int]], limit: int, count: int) -> list[Extent]:
    """The ``count`` lines that cost least together; none where they do not suffice."""
    starts, end = [], 0
    for text, _cells in found:
        starts.append(end)
        end += len(text)
    target = max(1.0, sum(cells for _text, cells in found) / count)
    # for each piece that a line may end before: the least cost of all lines so far, and those lines
    best: dict[int, tuple[float, list[Extent]]] = {0: (0.0, [])}
    for _line in range(count):
        following: dict[int, tuple[float, list[Extent]]] = {}
        for first, (cost, before) in best.items():
            used = spaces = 0
            last = starts[first] if first < len(found) else end
            for index in range(first, len(found)):
                text, cells = found[index]
                if not text.strip():
                    spaces += cells if used else 0
                    continue
                used, spaces = used + spaces + cells, 0
                if used > limit:
                    break
                last = starts[index] + len(text)
                through = _past_spaces(found, index + 1)
                paused = 0.0 if through == len(found) else _pause(text, found[through][0], through > index + 1)
                total = cost + paused + ((target - used) / target) ** 2
                if through not in following or total < following[through][0]:
                    begin = starts[_past_spaces(found, first)]
                    following[through] = (total, [*before, Extent(begin, last, used)])
        best = following
    return best.get(len(found), (0.0, []))[1]


def _past_spaces(found: Sequence[tuple[str, int]], index: int) -> int:
    while index < len(found) and not found[index][0].strip():
        index += 1
    return index


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
