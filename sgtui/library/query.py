"""Filtering, sorting and counting articles.  Nothing here reads a file."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal, Protocol

from sgtui.articles.info import DIFFICULTIES, ArticleInfo
from sgtui.library.rows import StoredInfo, natural

Status = Literal["unread", "reading", "done"]
STATUSES: Final[tuple[Status, ...]] = ("unread", "reading", "done")


class StatusSource(Protocol):
    """What the learner did, as far as lists need it (:class:`sgtui.study.progress.StatusSource` is one)."""

    def status_of(self, info: ArticleInfo) -> Status:
        """How far the learner is."""

    def progress_of(self, info: ArticleInfo) -> float:
        """How much is done, 0 to 1."""


class Untouched:
    """A learner who has read nothing yet."""

    def status_of(self, info: ArticleInfo) -> Status:
        """Unread."""
        return "unread"

    def progress_of(self, info: ArticleInfo) -> float:
        """Nothing."""
        return 0.0


UNTOUCHED: Final = Untouched()


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows: each condition that is set (not empty, not None) must hold.

    Of a condition with several values any one will do: two categories list the articles of both.  A category may be
    a place below one, ``docs/ja`` (:mod:`sgtui.library.places`).
    ``words`` are looked for in titles, tags and summaries, whatever their case, width or kana;
    all of them must be there.  ``updated_since`` is compared with the day an article was last
    changed or published.
    """

    category: tuple[str, ...] = ()
    difficulty: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    exam: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    syllabus: tuple[str, ...] = ()
    has_quizzes: bool | None = None
    updated_since: date | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) not in ("", (), None) for field in fields(self))


def apply(
    infos: Iterable[ArticleInfo],
    chosen: Filter,
    statuses: StatusSource = UNTOUCHED,
    *,
    sort: str = "order",
    key: "SortKey | None" = None,
) -> list[ArticleInfo]:
    """The articles of ``infos`` (in course order) that ``chosen`` lets through, sorted as :func:`sorted_by` does."""
    found = list(infos)
    for test in _tests(chosen, statuses):
        found = [info for info in found if test(info)]
    if chosen.words.strip():
        from sgtui.library.words import matching  # noqa: PLC0415 - a first screen filters by no word

        found = matching(found, chosen.words)
    return sorted_by(found, sort, key)


def _tests(chosen: Filter, statuses: StatusSource) -> Iterable[Callable[[ArticleInfo], bool]]:
    if any("/" in value for value in chosen.category):
        yield _at(chosen.category)
    elif chosen.category:
        yield _among("category", frozenset(chosen.category))
    for name in ("difficulty", "exam", "type"):
        values = getattr(chosen, name)
        if values:
            yield _among(name, frozenset(values))
    if chosen.tag:
        wanted = frozenset(_same(tag) for tag in chosen.tag)
        yield lambda info: not wanted.isdisjoint(map(_same, info.tags))
    if chosen.syllabus:
        items = frozenset(chosen.syllabus)
        yield lambda info: not items.isdisjoint(info.syllabus)
    if chosen.has_quizzes is not None:
        yield lambda info: has_quizzes(info) == chosen.has_quizzes
    if chosen.updated_since is not None:
        since = chosen.updated_since
        yield lambda info: (info.updated or info.published or date.min) >= since
    if chosen.status:
        states = frozenset(chosen.status)
        yield lambda info: statuses.status_of(info) in states


def _among(name: str, values: frozenset[str]) -> Callable[[ArticleInfo], bool]:
    return lambda info: getattr(info, name) in values


def _at(places: Iterable[str]) -> Callable[[ArticleInfo], bool]:
    from sgtui.library.places import place_of  # noqa: PLC0415 - only who goes into a tree needs it

    wanted, below = frozenset(places), tuple(f"{place}/" for place in places)
    return lambda info: info.category in wanted or (place := place_of(info)) in wanted or place.startswith(below)


@lru_cache(maxsize=4096)
def _same(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def has_quizzes(info: ArticleInfo) -> bool:
    """Whether an article has any quiz; cheap for one from the cache."""
    return info.has_quizzes if isinstance(info, StoredInfo) else bool(info.quizzes)


SortKey = Callable[[ArticleInfo], Any]

_NEVER: Final = date.min.toordinal()
_RANK: Final[Mapping[str | None, int]] = {name: rank for rank, name in enumerate((*DIFFICULTIES, None))}

SORTS: Final[tuple[str, ...]] = ("order", "title", "date", "difficulty")
"""The sorts that need nothing but the library; others are given to :func:`sorted_by` as keys."""


def _by_title(info: ArticleInfo) -> Any:
    return natural(unicodedata.normalize("NFKC", info.title))


def _by_date(info: ArticleInfo) -> Any:
    day = info.updated or info.published
    return -day.toordinal() if day else -_NEVER


def _by_difficulty(info: ArticleInfo) -> Any:
    return _RANK[info.difficulty]


_KEYS: Final[Mapping[str, SortKey]] = {"title": _by_title, "date": _by_date, "difficulty": _by_difficulty}


def sorted_by(infos: Iterable[ArticleInfo], by: str = "order", key: SortKey | None = None) -> list[ArticleInfo]:
    """``infos`` (in course order) sorted: by a name of :data:`SORTS`, or by ``key``.  Newest first by date.

    Equals stay in course order.  An unknown name means course order.
    """
    chosen = key or _KEYS.get(by)
    return list(infos) if chosen is None else sorted(infos, key=chosen)
