"""The conditions a list can be narrowed by: what values there are, and how many articles each would leave."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from sgtui.i18n import N_, _, ngettext
from sgtui.library.conditions import FACETS, values_of, with_values
from sgtui.library.places import branches, counted, within
from sgtui.library.query import STATUSES, Filter, has_quizzes
from sgtui.ui.words import DIFFICULTY, STATUS

if TYPE_CHECKING:
    from sgtui.articles.model import ArticleInfo
    from sgtui.library.model import Library
    from sgtui.library.query import StatusSource
    from sgtui.ui.browsing.listing import Listing

FACET: Final = {
    "category": N_("Category"),
    "difficulty": N_("Difficulty"),
    "status": N_("State"),
    "tag": N_("Tag"),
    "exam": N_("Exam"),
    "type": N_("Type"),
    "syllabus": N_("Syllabus"),
    "has_quizzes": N_("Quizzes"),
    "updated_since": N_("Changed"),
}
TYPES: Final = {
    "term": N_("Terms"),
    "problem": N_("Problems to solve"),
    "method": N_("Methods"),
    "news": N_("News"),
    "app": N_("Applications"),
}
_RECENT_DAYS: Final = (30, 90)
_YEARS: Final = 6


class Value(NamedTuple):
    """A value of a facet: what it is called, how many articles it leaves, and whether it is chosen."""

    facet: str
    value: str
    name: str
    articles: int
    on: bool


def value_name(library: Library, facet: str, value: str) -> str:
    """What a value is called in the learner's language."""
    if facet == "category":
        return library.category_name(value)
    if facet == "has_quizzes":
        return _("with quizzes") if value == "yes" else _("without quizzes")
    if facet == "updated_since":
        return _("since {day}").format(day=value)
    names = {"difficulty": DIFFICULTY, "status": STATUS, "type": TYPES}.get(facet, {})
    return _(names[value]) if value in names else value


def values(listing: Listing, chosen: Filter, today: date) -> list[Value]:
    """Every value of every facet with the number of articles it has, the conditions of other kinds staying."""
    every = listing.shown(chosen)
    found: list[Value] = []
    for facet in FACETS:
        now = values_of(chosen, facet)
        infos = listing.shown(with_values(chosen, facet)) if now else every
        found.extend(_values(listing, facet, now, infos, today))
    return found


def _values(
    listing: Listing, facet: str, now: Sequence[str], infos: Sequence[ArticleInfo], today: date
) -> Iterable[Value]:
    library = listing.desk.library
    if facet == "updated_since":
        yield from _since(infos, now, today)
        return
    if facet == "category":
        yield from _tree(library, now, infos)
        return
    counts = _counts(facet, infos, listing.desk.statuses)
    if now and facet == "tag":
        counts, now = _as_chosen(counts, now)
    for value in now:
        counts.setdefault(value, 0)
    for value in _in_order(library, facet, counts):
        if value:
            yield Value(facet, value, value_name(library, facet, value), counts[value], value in now)


def _tree(library: Library, now: Sequence[str], infos: Sequence[ArticleInfo]) -> Iterable[Value]:
    """The categories, and the places below those that are chosen."""
    counts = counted(infos)
    shown: set[str] = set()

    def below(place: str, name: str, articles: int, depth: int) -> Iterable[Value]:
        shown.add(place)
        yield Value("category", place, "  " * depth + name, articles, place in now)
        if any(within(value, place) for value in now):
            for step, number in branches(counts, place).items():
                yield from below(step, step.rpartition("/")[2], number, depth + 1)

    for category in library.categories:
        articles = sum(number for place, number in counts.items() if within(place, category.id))
        if category.id and articles:
            yield from below(category.id, category.name, articles, 0)
    for value in now:
        if value not in shown:
            yield Value("category", value, library.category_name(value), 0, True)


def _counts(facet: str, infos: Sequence[ArticleInfo], statuses: StatusSource) -> Counter[str]:
    if facet == "status":
        return Counter(statuses.status_of(info) for info in infos)
    if facet == "has_quizzes":
        return Counter("yes" if has_quizzes(info) else "no" for info in infos)
    if facet == "tag":
        return _one_spelling(Counter(tag for info in infos for tag in info.tags))
    if facet == "syllabus":
        return Counter(item for info in infos for item in info.syllabus)
    return Counter(getattr(info, facet) or "" for info in infos)


def _one_spelling(counts: Counter[str]) -> Counter[str]:
    """Tags that differ in case or width only are one, under their most frequent spelling."""
    first: dict[str, str] = {}
    together: Counter[str] = Counter()
    for tag, count in counts.most_common():
        together[first.setdefault(_same(tag), tag)] += count
    return together


def _as_chosen(counts: Counter[str], chosen: Sequence[str]) -> tuple[Counter[str], Sequence[str]]:
    """Tags under the spelling they were chosen in, so that the one that was put on is the one that comes off."""
    spelled = {_same(tag): tag for tag in chosen}
    return Counter({spelled.get(_same(tag), tag): count for tag, count in counts.items()}), list(spelled.values())


def _same(tag: str) -> str:
    return unicodedata.normalize("NFKC", tag).casefold()


def _in_order(library: Library, facet: str, counts: Counter[str]) -> list[str]:
    known: dict[str, Sequence[str]] = {
        "difficulty": list(DIFFICULTY),
        "status": STATUSES,
        "has_quizzes": ("yes", "no"),
    }
    if facet in known:
        return [value for value in known[facet] if value in counts]
    if facet == "syllabus":
        return sorted(counts)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _since(infos: Sequence[ArticleInfo], now: Sequence[str], today: date) -> Iterable[Value]:
    """The last weeks, then the beginnings of the years in which something changed."""
    days = sorted(day for info in infos if (day := info.updated or info.published))
    offered: dict[str, str] = {}
    for number in _RECENT_DAYS:
        name = ngettext("in the last {n} day", "in the last {n} days", number).format(n=number)
        offered[(today - timedelta(days=number)).isoformat()] = name
    for year in sorted({day.year for day in days}, reverse=True)[:_YEARS]:
        first = date(year, 1, 1).isoformat()
        offered.setdefault(first, _("since {day}").format(day=first))
    for value in now:
        offered.setdefault(value, _("since {day}").format(day=value))
    for value, name in offered.items():
        count = len(days) - bisect_left(days, date.fromisoformat(value))
        if count or value in now:
            yield Value("updated_since", value, name, count, value in now)
