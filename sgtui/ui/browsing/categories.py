"""The categories as rows: all articles, each category, and the folders in those that are opened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from sgtui.i18n import _

if TYPE_CHECKING:
    from sgtui.ui.desk import Desk


MANY: Final = 2000
"""From so many articles on, the folders in categories are shown once they were counted away from the screen."""


class CategoryRow(NamedTuple):
    """A category at the side: its id (empty: all of them), its name, articles in it and the share (0–1) done.

    ``depth`` counts the steps below a category; ``opened`` says whether what is below is shown, None where nothing is.
    """

    id: str
    name: str
    articles: int
    share: float
    depth: int = 0
    opened: bool | None = None


def category_rows(desk: Desk, opened: Collection[str] = ()) -> list[CategoryRow]:
    """All articles, then each category, below it the places in it if it is among ``opened``."""
    library = desk.library
    done = _done(desk)
    whole = sum(done.values()) / max(1, len(library.infos))
    places = library.places if library.is_placed or (len(library.infos) < MANY and desk.learner_is_here) else {}
    rows = [CategoryRow("", _("All"), len(library.infos), whole)]
    for category in library.categories:
        if category.id:
            tree = _Tree(places.get(category.id, {}), done, opened)
            rows += tree.rows(category.id, category.name, category.count)
    return rows


class _Tree(NamedTuple):
    counts: Mapping[str, int]
    done: Mapping[str, float]
    opened: Collection[str]

    def rows(self, place: str, name: str, articles: int, depth: int = 0) -> Iterator[CategoryRow]:
        """The row of a place, and of those below it."""
        from sgtui.library.places import branches, within

        below = branches(self.counts, place) if self.counts else {}
        share = sum(part for found, part in self.done.items() if within(found, place)) / articles
        shown = place in self.opened if below else None
        yield CategoryRow(place, name, articles, share, depth, shown)
        for step, number in below.items() if shown else ():
            yield from self.rows(step, step.rpartition("/")[2], number, depth + 1)


def _done(desk: Desk) -> dict[str, float]:
    """By place, how many articles are done, parts of articles counted as parts."""
    if not desk.learner_is_here:
        return {}
    from sgtui.library.places import place_of

    done: dict[str, float] = {}
    statuses = desk.statuses
    for info in desk.library.infos:
        if statuses.touched(info):
            place = place_of(info)
            done[place] = done.get(place, 0.0) + statuses.progress_of(info)
    return done
