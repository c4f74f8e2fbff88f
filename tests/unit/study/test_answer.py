from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sgtui.quiz.grading import Response
from sgtui.store.records import CardRecord
from sgtui.store.store import Store
from sgtui.study.answer import Recorded, mark_guess, record_answer
from sgtui.study.scheduler import Scheduler

from .conftest import Clock, article, single

RIGHT, WRONG = Response(choices=frozenset({1})), Response(choices=frozenset({0}))
INFO = article()
QUIZ = single(section=1, case="事例")


def answer(store: Store, scheduler: Scheduler, response: Response, **more: object) -> Recorded:
    return record_answer(store, scheduler, library="sg", article=INFO, quiz=QUIZ, response=response, **more)  # type: ignore[arg-type]


def card(store: Store) -> CardRecord:
    found = store.card("sg", "cia", "cia-01")
    assert found is not None
    return found


def test_an_answer_is_logged_scheduled_and_shown(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    recorded = answer(store, scheduler, RIGHT, ms=5120)
    review = recorded.review
    assert (review.correct, review.rating, review.scheduled, review.choice, review.ms) == (True, 3, True, (1,), 5120)
    assert (review.section, review.case, review.at) == ("七要素", "事例", clock.at)
    assert (card(store), card(store).reps, card(store).section) == (recorded.card, 1, "七要素")
    assert card(store).due is not None
    assert store.answers("sg", "cia")["cia-01"].response == {"choices": [1]}


def test_only_the_first_attempt_of_a_study_day_schedules(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, WRONG)
    before = card(store)
    clock.forward(minutes=15)
    again = answer(store, scheduler, RIGHT)
    assert (again.review.scheduled, again.review.correct, card(store)) == (False, True, before)
    assert store.answers("sg", "cia")["cia-01"].correct
    clock.forward(days=1)
    assert answer(store, scheduler, RIGHT).review.scheduled


def test_clock_set_back_does_not_schedule_twice(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, RIGHT)
    clock.forward(days=-3)
    assert not answer(store, scheduler, RIGHT).review.scheduled


def test_cramming_only_logs(store: Store, scheduler: Scheduler) -> None:
    recorded = answer(store, scheduler, RIGHT, schedule=False, mode="review")
    assert (recorded.review.scheduled, recorded.card, store.cards()) == (False, None, [])


def test_guess_said_afterwards_is_as_if_said_at_once(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, RIGHT)
    clock.forward(days=3)
    answer(store, scheduler, RIGHT)
    good = card(store)
    clock.forward(seconds=4)
    marked = mark_guess(store, scheduler, library="sg", article=INFO, quiz=QUIZ, guess=True)
    assert marked is not None
    assert (marked.review.rating, marked.review.time, card(store).lapses) == (1, clock.at - timedelta(seconds=4), 1)
    assert store.answers("sg", "cia")["cia-01"].guess
    assert len(store.reviews()) == 2
    unmarked = mark_guess(store, scheduler, library="sg", article=INFO, quiz=QUIZ, guess=False)
    assert unmarked is not None
    same = card(store)
    assert (same.stability, same.due, same.lapses) == (good.stability, good.due, 0)
    assert mark_guess(store, scheduler, library="sg", article=INFO, quiz=single("まだ"), guess=True) is None


def test_undo_restores_the_card_exactly(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, RIGHT)
    before = (card(store), store.answers("sg", "cia"), store.reviews())
    clock.forward(days=9)
    answer(store, scheduler, WRONG)
    assert card(store) != before[0]
    store.undo("answer")
    assert (card(store), store.answers("sg", "cia"), store.reviews()) == before


def test_undo_takes_back_an_answer_with_what_was_said_of_it(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, RIGHT)
    before = (card(store), store.reviews())
    clock.forward(days=9)
    answer(store, scheduler, RIGHT)
    mark_guess(store, scheduler, library="sg", article=INFO, quiz=QUIZ, guess=True)
    assert store.undo("answer")
    assert (card(store), store.reviews()) == before


def test_guess_said_in_a_later_run_is_the_same(path: Path, scheduler: Scheduler, clock: Clock) -> None:
    cards = []
    for again in (False, True):
        file = path.with_name(f"{again}.json")
        start = clock.at
        store = Store.open(file, now=clock, device="机")
        for _ in range(3):
            answer(store, scheduler, RIGHT)
            clock.forward(days=4)
        if again:
            store.close()
            store = Store.open(file, now=clock, device="机")
        mark_guess(store, scheduler, library="sg", article=INFO, quiz=QUIZ, guess=True)
        cards.append(replace(card(store), at=start))
        assert store.reviews()[-1].guess
        store.close()
        clock.at = start
    assert cards[0] == cards[1]
    assert cards[0].lapses == 1
