from dataclasses import replace

from sgtui.quiz.grading import Response
from sgtui.store.merge import contents_of, merge_into
from sgtui.store.store import Store
from sgtui.study.answer import mark_guess, record_answer
from sgtui.study.rebuild import rebuild
from sgtui.study.scheduler import Scheduler

from .conftest import Clock, article, single

INFO = article()


def answer(store: Store, scheduler: Scheduler, question: str, choice: int) -> None:
    response = Response(choices=frozenset({choice}))
    quiz = single(question, section=1)
    record_answer(store, scheduler, library="sg", article=INFO, quiz=quiz, response=response, ms=3000)


def studied(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    for day in range(12):
        answer(store, scheduler, "cia-01", day % 3)
        answer(store, scheduler, "cia-02", 1)
        answer(store, scheduler, "cia-02", 0)
        clock.forward(days=day % 5, hours=3)
    answer(store, scheduler, "cia-01", 1)
    mark_guess(store, scheduler, library="sg", article=INFO, quiz=single("cia-01"), guess=True)


def test_rebuilt_cards_and_answers_are_the_same(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    studied(store, scheduler, clock)
    cards, answers = store.cards(), store.answers("sg", "cia")
    assert rebuild(store, scheduler) == 0
    for card in cards:
        store.put_card(replace(card, stability=1.0, reps=0, due=None))
    with store.changing() as change:
        change.remove(answers["cia-01"])
    assert rebuild(store, scheduler) == 2
    again = {card.question: card for card in store.cards()}
    for card in cards:
        assert replace(again[card.question], at=card.at) == card
    assert store.answers("sg", "cia")["cia-01"].answers == answers["cia-01"].answers


def test_suspension_survives_and_reset_holds(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    studied(store, scheduler, clock)
    (first, second) = sorted(store.cards(), key=lambda card: card.question)
    store.put_card(scheduler.suspended(first))
    store.put_card(scheduler.reset(second, clock.at))
    assert rebuild(store, scheduler) == 0
    kept = {card.question: card for card in store.cards()}
    assert kept["cia-01"].suspended
    assert (kept["cia-02"].reps, kept["cia-02"].stability) == (0, None)


def test_a_card_without_a_log_goes(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    store.put_card(scheduler.review(store.new_card("sg", "cia", "cia-01"), 3, clock.at))
    assert rebuild(store, scheduler) == 1
    assert store.cards() == []


def test_cards_after_a_merge_are_those_of_both_logs(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    other = Store.open(None, now=clock, device="電車")
    answer(store, scheduler, "cia-01", 1)
    clock.forward(days=5)
    answer(other, scheduler, "cia-01", 0)
    merged = merge_into(store.engine, contents_of(other.engine))
    rebuild(store, scheduler, merged.questions)
    card = store.card("sg", "cia", "cia-01")
    assert card is not None
    assert (card.reps, card.lapses) == (2, 1)
    assert store.answers("sg", "cia")["cia-01"].answers == 2
