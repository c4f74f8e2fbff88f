"""What to ask instead of something that finds nothing: the same with a part left out, or a word made shorter."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sgtui.library.search import Search
from sgtui.library.search_query import pieces

_MOST: Final = 3
_TRIES: Final = 12
"""Beginnings of a word that are tried; each is a look through the whole library."""
_SHORTEST: Final = 2


class Instead(NamedTuple):
    """A query that finds something: what was ``left_out`` of the one asked (empty for a shorter word), and how much."""

    query: str
    left_out: str
    articles: int


def nearest(search: Search, text: str) -> list[Instead]:
    """Queries close to ``text`` that find articles, those that find the fewest first; for a thread."""
    parts = pieces(text)
    if len(parts) == 1:
        found = next(_shorter(search, parts[0]), None)
        return [found] if found else []
    without = []
    for index, part in enumerate(parts):
        rest = " ".join(parts[:index] + parts[index + 1 :])
        number = len(search.matching(rest))
        if number:
            without.append(Instead(rest, part, number))
    return sorted(without, key=lambda one: one.articles)[:_MOST]


def _shorter(search: Search, word: str) -> Iterator[Instead]:
    for length in range(len(word) - 1, max(_SHORTEST, len(word) - 1 - _TRIES) - 1, -1):
        number = len(search.matching(word[:length]))
        if number:
            yield Instead(word[:length], "", number)
