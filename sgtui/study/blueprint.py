"""Mock exams as a library describes them, and the questions chosen for one."""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from sgtui import i18n
from sgtui.articles.model import ArticleInfo

USUAL_MINUTES: Final = 2
"""Minutes a question where a blueprint does not say."""


@dataclass(frozen=True, slots=True)
class Area:
    """A field of an exam and where its questions come from; a question fits if it fits every list that is not empty.

    ``syllabus`` holds beginnings of syllabus items.  ``count`` is the number of questions; 0 shares what the others of
    its part leave, by ``weight``.
    """

    title: str
    count: int = 0
    weight: float = 1.0
    categories: tuple[str, ...] = ()
    syllabus: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def takes(self, info: ArticleInfo) -> bool:
        """Whether the questions of an article belong here."""
        return (
            (not self.categories or info.category in self.categories)
            and (not self.types or info.type in self.types)
            and (not self.articles or info.key in self.articles)
            and (not self.tags or bool(set(self.tags).intersection(info.tags)))
            and (not self.syllabus or any(item.startswith(self.syllabus) for item in info.syllabus))
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an exam (科目A): ``count`` questions from ``areas``."""

    title: str
    count: int
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """How a mock exam is put together."""

    id: str
    title: str
    minutes: int
    parts: tuple[Part, ...]
    shuffle: bool = True

    @property
    def count(self) -> int:
        """Questions asked for."""
        return sum(part.count for part in self.parts)


class ExamItem(NamedTuple):
    """A question of an exam: article, id, and the titles of its part and area."""

    article: str
    question: str
    part: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions chosen.

    ``minutes`` were scaled to them; ``short`` maps the titles of areas that lack some to (wanted, found).
    """

    blueprint: Blueprint
    items: tuple[ExamItem, ...]
    minutes: int
    seed: int
    short: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_blueprint(name: str, raw: Mapping[str, Any]) -> Blueprint:
    """The blueprint ``exams.<name>`` of a ``library.toml``; what is missing or of a wrong kind is made up sensibly."""
    parts = tuple(_part(part, number) for number, part in enumerate(_tables(raw.get("parts")), 1))
    count = sum(part.count for part in parts)
    minutes = _whole(raw.get("minutes")) or max(1, count * USUAL_MINUTES)
    return Blueprint(name, _words(raw.get("title")) or name, minutes, parts, raw.get("shuffle") is not False)


def build_paper(
    blueprint: Blueprint,
    infos: Iterable[ArticleInfo],
    *,
    seed: int,
    asked: Mapping[tuple[str, str], int] | None = None,
    leave_out: Collection[tuple[str, str]] = (),
) -> Paper:
    """Choose questions for ``blueprint``, the same ones for the same ``seed``, articles and history.

    ``asked`` says how often a question (article, id) was in earlier exams: the least often come first.  No question is
    taken twice, and none of ``leave_out`` (those that cannot be asked in an exam).  Where an area has too few, the
    paper is shorter and says so, and its time with it.
    """
    chance = random.Random(seed)
    known = list(infos)
    taken = set(leave_out)
    items: list[ExamItem] = []
    counts: dict[str, tuple[int, int]] = {}
    for part in blueprint.parts:
        chosen: list[ExamItem] = []
        for area, wanted in _counts(part):
            pool = [(i.key, question) for i in known if area.takes(i) for question in i.quizzes]
            pool = [place for place in dict.fromkeys(pool) if place not in taken]
            chance.shuffle(pool)
            if asked:
                pool.sort(key=lambda place: asked.get(place, 0))
            found = pool[:wanted]
            taken.update(found)
            chosen += [ExamItem(*place, part.title, area.title) for place in found]
            before = counts.get(area.title, (0, 0))
            counts[area.title] = (before[0] + wanted, before[1] + len(found))
        if blueprint.shuffle:
            chance.shuffle(chosen)
        items += chosen
    short = {title: count for title, count in counts.items() if count[1] < count[0]}
    minutes = blueprint.minutes
    if blueprint.count and len(items) < blueprint.count:
        minutes = max(1, round(blueprint.minutes * len(items) / blueprint.count))
    return Paper(blueprint, tuple(items), minutes, seed, short)


def cases_together(paper: Paper, case_of: Callable[[ExamItem], tuple[str, int] | None]) -> Paper:
    """``paper`` with the questions of a case next to each other and in their author's order.

    They stand where the first of them stood: a scenario is read once, and what happens later in it is asked later.
    ``case_of`` gives a case's name within its article and the question's place in it; ``None`` for any other question.
    """
    order: list[tuple[int, int, ExamItem]] = []
    first: dict[tuple[str, str, str], int] = {}
    for place, item in enumerate(paper.items):
        case = case_of(item)
        if case is None:
            order.append((place, 0, item))
        else:
            order.append((first.setdefault((item.part, item.article, case[0]), place), case[1], item))
    return replace(paper, items=tuple(item for _place, _within, item in sorted(order, key=lambda one: one[:2])))


def _counts(part: Part) -> Iterator[tuple[Area, int]]:
    """Each area and its number of questions, which together are the part's."""
    left = max(0, part.count - sum(area.count for area in part.areas))
    sharing = [area for area in part.areas if not area.count]
    total = sum(area.weight for area in sharing) or 1.0
    exact = {id(area): left * area.weight / total for area in sharing}
    counts = {key: int(share) for key, share in exact.items()}
    rest = left - sum(counts.values()) if sharing else 0
    for key in sorted(exact, key=lambda key: counts[key] - exact[key])[:rest]:
        counts[key] += 1
    for area in part.areas:
        yield area, area.count or counts[id(area)]


def _part(raw: Mapping[str, Any], number: int) -> Part:
    title = _words(raw.get("title")) or str(number)
    areas = tuple(_area(area, title, place) for place, area in enumerate(_tables(raw.get("areas")), 1))
    areas = areas or (_area({**raw, "count": 0}, title, 1),)
    return Part(title, _whole(raw.get("count")) or sum(area.count for area in areas), areas)


def _area(raw: Mapping[str, Any], part: str, number: int) -> Area:
    weight = raw.get("weight")
    return Area(
        title=_words(raw.get("title")) or (part if number == 1 else f"{part} {number}"),
        count=_whole(raw.get("count")),
        weight=float(weight) if isinstance(weight, (int, float)) and weight > 0 else 1.0,
        categories=_texts(raw.get("categories")),
        syllabus=_texts(raw.get("syllabus")),
        tags=_texts(raw.get("tags")),
        types=_texts(raw.get("types")),
        articles=_texts(raw.get("articles")),
    )


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get(i18n.language()) or next(iter(value.values()), "")
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, (list, tuple)) else ()


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, (list, tuple)) else []
