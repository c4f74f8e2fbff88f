"""Cards and latest answers made again from the log, which is the source of truth."""

from collections.abc import Collection, Iterable
from dataclasses import fields, replace

from sgtui.store.memory import settled, waiting
from sgtui.store.names import Place
from sgtui.store.records import AnswerRecord, CardRecord, ReviewLog
from sgtui.store.store import Store
from sgtui.store.uid import named_uid
from sgtui.study.scheduler import Scheduler

_PART = 1000
"""Questions in one change, so that no line of the journal grows beyond a few hundred kilobytes."""


def rebuild(store: Store, scheduler: Scheduler, questions: Collection[tuple[str, str, str]] | None = None) -> int:
    """Make the cards and latest answers of ``questions`` (library, article, question; default: all) from the log.

    What the learner asked of a card (suspended, buried, reset) stays.  A question without a scheduled review in the log
    keeps no card.  Returns how many questions changed.
    """
    names = store.names()
    wanted = None if questions is None else {names.place(*question) for question in questions}
    logs: dict[Place, list[ReviewLog]] = {}
    for review in store.reviews() if wanted is None else store.reviews_of(wanted):
        logs.setdefault(Place(review.library, review.article, review.question), []).append(review)
    places = set(logs) | (wanted or set())
    if wanted is None:
        places |= {Place(card.library, card.article, card.question) for card in store.cards()}
    changed = 0
    ordered = sorted(places)
    for start in range(0, len(ordered), _PART):
        changed += _rebuild_part(
            store, scheduler, {place: logs.get(place, []) for place in ordered[start : start + _PART]}
        )
    return changed


def rebuild_waiting(store: Store, scheduler: Scheduler) -> int:
    """Make the cards again that wait for it since a merge; returns how many questions changed."""
    questions = waiting(store.engine)
    if not questions:
        return 0
    changed = rebuild(store, scheduler, questions)
    settled(store.engine)
    return changed


def take_over_conflict_copies(store: Store, scheduler: Scheduler) -> list[str]:
    """Merge what file-sync programs left beside the state file, and make the cards that wait for it.

    Returns the names of the copies that held something new.  Costs a look into the folder where there is nothing.
    """
    from sgtui.store.sync import merge_conflict_copies  # noqa: PLC0415 - nothing else on a screen needs it

    done = merge_conflict_copies(store)
    rebuild_waiting(store, scheduler)
    return [name for name, merged in done.merged.items() if merged]


def _rebuild_part(store: Store, scheduler: Scheduler, logs: dict[Place, list[ReviewLog]]) -> int:
    changed = 0
    with store.changing() as change:
        for place, log in logs.items():
            before = changed
            card = store.card(*place)
            made = scheduler.replay(card or store.new_card(*place), log)
            if made.reps and not _same(made, card):
                change.put(replace(made, at=change.now))
                changed += 1
            elif card is not None and not made.reps and card.reps:
                change.remove(card)
                changed += 1
            answer = store.answer(*place)
            latest = _latest(place, log, answer)
            if latest is not None and not _same(latest, answer):
                change.put(replace(latest, at=change.now))
                changed = before + 1
            elif latest is None and answer is not None:
                change.remove(answer)
                changed = before + 1
    return changed


def _latest(place: Place, log: Iterable[ReviewLog], known: AnswerRecord | None) -> AnswerRecord | None:
    reviews = sorted(log, key=lambda item: (item.time, item.uid))
    if not reviews:
        return None
    last = reviews[-1]
    again = known is not None and known.again and known.answered == last.time
    return AnswerRecord(
        uid=named_uid("answers", *place),
        at=last.at,
        library=place.library,
        article=place.article,
        question=place.question,
        section=last.section,
        case=last.case,
        response=last.response,
        correct=last.correct,
        guess=last.guess,
        again=again,
        answered=last.time,
        ms=last.ms,
        answers=len(reviews),
        right=sum(review.correct for review in reviews),
        prompt=known.prompt if known is not None else "",
    )


def _same(made: CardRecord | AnswerRecord, known: CardRecord | AnswerRecord | None) -> bool:
    """Whether two records say the same, whenever and wherever they were saved."""
    if known is None:
        return False
    names = [field.name for field in fields(made) if field.name not in {"at", "device"}]
    return all(getattr(made, name) == getattr(known, name) for name in names)
