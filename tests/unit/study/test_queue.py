from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sgtui.settings import Settings
from sgtui.store.records import CardRecord
from sgtui.store.store import Store
from sgtui.study.choosing import Wish, choose
from sgtui.study.queue import Item, interleaved, spread, todays_queue, unanswered
from sgtui.study.scheduler import Scheduler

from .conftest import Clock, article

INFOS = [
    article("cia", quizzes=("c1", "c2", "c3")),
    article("dos", category="threat", quizzes=("d1", "d2")),
    article("risk", category="governance", quizzes=("r1",)),
]


def due_card(store: Store, key: str, question: str, days: float = -1, **more: object) -> CardRecord:
    now = store.now()
    values = {"due": now + timedelta(days=days), "last": now - timedelta(days=9), "first": now - timedelta(days=30)}
    fields = {**values, "state": 2, "stability": 5.0, "difficulty": 5.0, "reps": 3, **more}
    return store.put_card(replace(store.new_card("sg", key, question), **fields))  # type: ignore[arg-type]


def asked(store: Store, scheduler: Scheduler) -> list[str]:
    return [item.question for item in todays_queue(store, scheduler, "sg", INFOS).items]


def test_nothing_to_do(store: Store, scheduler: Scheduler) -> None:
    queue = todays_queue(store, scheduler, "sg", INFOS)
    assert (queue.items, queue.minutes, queue.next_day) == ((), 0, None)


def test_due_today_oldest_first_and_next_day(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    due_card(store, "cia", "c1", -3)
    due_card(store, "dos", "d1", -5)
    due_card(store, "cia", "c2", 0.5)
    due_card(store, "risk", "r1", 3)
    queue = todays_queue(store, scheduler, "sg", INFOS)
    assert [item.question for item in queue.items] == ["c1", "d1", "c2"]
    assert (queue.due, queue.reviews, queue.new, queue.minutes) == (3, 3, 0, 2)
    assert queue.next_day == scheduler.days.day(clock.at + timedelta(days=3))


def test_far_next_day(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    due_card(store, "cia", "c1", 300)
    assert todays_queue(store, scheduler, "sg", INFOS).next_day == scheduler.days.day(clock.at + timedelta(days=300))


def test_what_is_not_asked(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    due_card(store, "cia", "c1", suspended=True)
    due_card(store, "cia", "c2", buried=scheduler.days.day(clock.at).isoformat())
    due_card(store, "cia", "c3", last=clock.at)
    due_card(store, "cia", "昔の問")
    due_card(store, "消えた記事", "x")
    due_card(store, "dos", "d1", buried="2026-11-22")
    assert asked(store, scheduler) == ["d1"]


def test_one_question_of_a_case_a_day(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    for question, days in (("c1", -1), ("c2", -2), ("c3", -3)):
        due_card(store, "cia", question, days, case="事例")
    due_card(store, "dos", "d1", case="事例")
    assert sorted(asked(store, scheduler)) == ["c3", "d1"]
    due_card(store, "cia", "c3", 20, case="事例", last=clock.at)
    assert asked(store, scheduler) == ["d1"]


def test_limits_count_what_was_done_today(store: Store, clock: Clock) -> None:
    scheduler = Scheduler(Settings(reviews_per_day=2, new_per_day=2, rollover_hour=4))
    for question in ("c1", "c2"):
        due_card(store, "cia", question)
    due_card(store, "dos", "d1", 20, last=clock.at)
    due_card(store, "dos", "d2", 20, last=clock.at, first=clock.at)
    queue = todays_queue(store, scheduler, "sg", INFOS, new=[Item("risk", "r1"), Item("cia", "c3")])
    assert (queue.reviews, queue.new, queue.due, queue.room) == (1, 1, 2, 0)
    assert todays_queue(store, scheduler, "sg", INFOS).room == 1
    assert queue.next_day == scheduler.days.day(clock.at)
    free = todays_queue(store, scheduler, "sg", INFOS, new=[Item("risk", "r1"), Item("cia", "c3")], limited=False)
    assert (free.reviews, free.new) == (2, 2)


def test_unanswered(store: Store) -> None:
    store.add_review("sg", "cia", "c2", response=1, correct=True)
    store.add_review("別", "dos", "d1", response=1, correct=True)
    assert [item.question for item in unanswered(store, "sg", INFOS)] == ["c1", "c3", "d1", "d2", "r1"]


@given(st.lists(st.sampled_from(["基礎", "脅威", "統制"]), max_size=30))
@hypothesis_settings(max_examples=80, deadline=None)
def test_interleaving_keeps_everything_apart_as_far_as_can_be(categories: list[str]) -> None:
    items = [(category, Item(category, str(number))) for number, category in enumerate(categories)]
    mixed = interleaved(items)
    assert sorted(mixed) == sorted(item for _, item in items)
    for category in set(categories):
        own = [int(item.question) for item in mixed if item.article == category]
        assert own == sorted(own)
    most = max((categories.count(category) for category in categories), default=0)
    if most <= len(categories) - most + 1:
        assert all(one.article != two.article for one, two in pairwise(mixed))


def test_spread() -> None:
    items, new = [Item("a", str(n)) for n in range(4)], [Item("b", str(n)) for n in range(2)]
    assert [item.article for item in spread(items, new)] == ["a", "a", "b", "a", "a", "b"]
    assert spread([], new) == new


def test_choosing(store: Store, scheduler: Scheduler) -> None:
    store.add_review("sg", "cia", "c1", response=1, correct=False)
    store.add_review("sg", "dos", "d1", response=1, correct=True)

    def chosen(**wish: object) -> list[str]:
        items = choose(store, scheduler, "sg", INFOS, Wish(**wish), seed=3)  # type: ignore[arg-type]
        return [item.question for item in items]

    assert chosen(only="wrong") == ["c1"]
    assert sorted(chosen(only="unseen")) == ["c2", "c3", "d2", "r1"]
    assert chosen(category="threat", shuffle=False) == ["d1", "d2"]
    assert chosen(articles=("risk",)) == ["r1"]
    assert chosen(difficulty="advanced") == []
    assert chosen() == chosen()
    assert set(chosen()[-2:]) == {"c1", "d1"}
    assert len(chosen(count=3)) == 3
    due_card(store, "cia", "c2")
    assert chosen(only="due") == ["c2"]
