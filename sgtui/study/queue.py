"""Today's reviews across all articles."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sgtui.articles.model import ArticleInfo
from sgtui.store.store import Store
from sgtui.store.uid import read_time, write_time
from sgtui.study.scheduler import Scheduler

USUAL_MS: Final = 30_000
"""Milliseconds a question takes where nothing is known of it."""
LONGEST_MS: Final = 180_000
"""A longer answer was a pause; it does not make the estimate."""
SOON: Final = 60
"""Days ahead in which an exam can bring a review forward."""


class Item(NamedTuple):
    """A question to ask: its article's key and its id, and whether it was never scheduled before."""

    article: str
    question: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """What there is to do today.

    ``items`` are in the order to ask them, within the day's limits; ``due`` counts everything due, ``new`` and
    ``reviews`` those among ``items``; ``room`` is how many more new ones the day's limit allows.  ``minutes`` is how
    long they will take.  ``next_day`` is the study day on which something is due next (today if ``items`` leaves some
    out), ``None`` if never.
    """

    items: tuple[Item, ...] = ()
    due: int = 0
    reviews: int = 0
    new: int = 0
    minutes: int = 0
    next_day: date | None = None
    room: int = 0


class _Due(NamedTuple):
    due: str
    uid: int
    item: Item
    category: str
    case: tuple[str, str]


def todays_queue(
    store: Store,
    scheduler: Scheduler,
    library: str,
    infos: Iterable[ArticleInfo],
    *,
    new: Iterable[Item] = (),
    limited: bool = True,
) -> Queue:
    """The questions of ``library`` to review on the study day of now, interleaved by category.

    ``new`` are candidates that were never answered, in the order to offer them.  Of a case one question a day is asked;
    one that was moved today, is buried for today or suspended is not.  ``limited=False`` ignores the day's limits.
    """
    by_key = {info.key: info for info in infos}
    today = scheduler.days.day(store.now())
    start = write_time(scheduler.days.start(today))
    cards = {uid: card for uid, card in store.card_documents().items() if card.get("library") == library}
    coming = list(scheduler.due_offsets(cards, today, SOON))
    done = _done_today(card for card in cards.values() if card.get("last", "") >= start)
    due = [(uid, cards[uid]) for uid, ahead in coming if not ahead]
    kept = _without_siblings(sorted(_askable(due, by_key, start, today.isoformat())), done.cases)
    settings = scheduler.settings
    chosen = kept[: max(0, settings.reviews_per_day - done.reviews)] if limited else kept
    asked = {one.item[:2] for one in kept}
    fresh = [item._replace(new=True) for item in new if item[:2] not in asked and item.article in by_key]
    room = max(0, settings.new_per_day - done.new)
    if limited:
        fresh = fresh[:room]
    items = spread(interleaved((one.category, one.item) for one in chosen), fresh)
    taken = {one.uid for one in chosen}
    rest = ((uid, ahead) for uid, ahead in coming if uid not in taken and cards[uid].get("article") in by_key)
    left = len(chosen) < len(kept)
    return Queue(
        items=tuple(items),
        due=len(kept),
        reviews=len(chosen),
        new=len(fresh),
        minutes=_minutes(store, library, items),
        next_day=today if left else _next_day(scheduler, rest, cards.values(), today),
        room=max(0, room - len(fresh)),
    )


def unanswered(store: Store, library: str, infos: Iterable[ArticleInfo]) -> Iterator[Item]:
    """Questions of ``infos`` that were never answered, in the given order of articles."""
    answered: dict[str, set[str]] = {}
    for document in store.answer_documents().values():
        if document.get("library") == library:
            answered.setdefault(str(document.get("article")), set()).add(str(document.get("question")))
    for info in infos:
        known = answered.get(info.key, ())
        yield from (Item(info.key, question, True) for question in info.quizzes if question not in known)


def interleaved(items: Iterable[tuple[str, Item]]) -> list[Item]:
    """``items`` (category, item) so that neighbours are of different categories as long as that can be.

    Within a category their order stays.
    """
    groups: dict[str, list[Item]] = {}
    for category, item in items:
        groups.setdefault(category, []).append(item)
    heap = [(-len(members), order, name) for order, (name, members) in enumerate(groups.items())]
    heapq.heapify(heap)
    places = dict.fromkeys(groups, 0)
    result: list[Item] = []
    waiting: tuple[int, int, str] | None = None
    while heap or waiting is not None:
        if not heap:
            assert waiting is not None
            heap, waiting = [waiting], None
        count, order, name = heapq.heappop(heap)
        result.append(groups[name][places[name]])
        places[name] += 1
        if waiting is not None:
            heapq.heappush(heap, waiting)
        waiting = (count + 1, order, name) if count + 1 < 0 else None
    return result


def spread(items: list[Item], among: list[Item]) -> list[Item]:
    """``among`` set evenly between ``items``."""
    if not items or not among:
        return [*items, *among]
    result: list[Item] = []
    placed = 0
    for number, item in enumerate(items, 1):
        result.append(item)
        upto = number * len(among) // len(items)
        result.extend(among[placed:upto])
        placed = upto
    return result


@dataclass(frozen=True, slots=True)
class _Done:
    reviews: int
    new: int
    cases: frozenset[tuple[str, str]]


def _done_today(cards: Iterable[Mapping[str, Any]]) -> _Done:
    reviews = new = 0
    cases = set()
    for card in cards:
        first = card.get("first") == card.get("last")
        new += first
        reviews += not first
        if card.get("case"):
            cases.add((str(card.get("article")), str(card["case"])))
    return _Done(reviews, new, frozenset(cases))


def _askable(
    due: Iterable[tuple[int, Mapping[str, Any]]], infos: Mapping[str, ArticleInfo], start: str, today: str
) -> Iterator[_Due]:
    for uid, card in due:
        article, question = str(card.get("article", "")), str(card.get("question", ""))
        info = infos.get(article)
        if info is None or question not in info.quizzes:
            continue
        if card.get("buried") == today or str(card.get("last", "")) >= start:
            continue
        yield _Due(
            str(card.get("due")), uid, Item(article, question), info.category, (article, str(card.get("case", "")))
        )


def _without_siblings(due: Iterable[_Due], done: frozenset[tuple[str, str]]) -> list[_Due]:
    seen = set(done)
    kept = []
    for one in due:
        if one.case[1]:
            if one.case in seen:
                continue
            seen.add(one.case)
        kept.append(one)
    return kept


def _minutes(store: Store, library: str, items: Iterable[Item]) -> int:
    """How long ``items`` will take, by how long they took last; at least a minute."""
    total = 0
    for item in items:
        answer = store.answer(library, item.article, item.question)
        total += min(answer.ms, LONGEST_MS) if answer is not None and answer.ms else USUAL_MS
    return max(1, round(total / 60_000)) if total else 0


def _next_day(
    scheduler: Scheduler, rest: Iterable[tuple[int, int]], cards: Iterable[Mapping[str, Any]], today: date
) -> date | None:
    """The first study day after today with something due; what is due today but not asked today waits for tomorrow."""
    ahead = min((max(1, offset) for _, offset in rest), default=None)
    if ahead is not None:
        return today + timedelta(days=ahead)
    later = [str(card["due"]) for card in cards if card.get("due") and not card.get("suspended")]
    at = read_time(min(later, default=""))
    return scheduler.days.day(at) if at is not None and scheduler.days.day(at) > today else None
