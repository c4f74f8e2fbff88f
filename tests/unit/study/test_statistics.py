from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sgtui.quiz.grading import Response
from sgtui.settings import Settings
from sgtui.store.store import Store
from sgtui.study.answer import record_answer
from sgtui.study.days import StudyDays
from sgtui.study.scheduler import Scheduler
from sgtui.study.statistics import Statistics, longest_streak, statistics, streak

from .conftest import Clock, article, single

INFOS = [article("cia", quizzes=("c1", "c2")), article("dos", category="threat", quizzes=("d1",))]
DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)


def answer(store: Store, scheduler: Scheduler, question: str, choice: int = 1, ms: int = 4000) -> None:
    info = INFOS[1] if question.startswith("d") else INFOS[0]
    response = Response(choices=frozenset({choice}))
    quiz = single(question, section=1)
    record_answer(store, scheduler, library="sg", article=info, quiz=quiz, response=response, ms=ms)


def found(store: Store, scheduler: Scheduler) -> Statistics:
    return statistics(store, scheduler, "sg", INFOS)


def test_nothing_yet(store: Store, scheduler: Scheduler) -> None:
    empty = found(store, scheduler)
    assert (empty.streak, empty.days, empty.retention, empty.recalled, empty.answers) == (0, (), None, None, 0)
    assert empty.forecast == (0,) * 30


@pytest.mark.parametrize(
    ("ago", "now", "longest"),
    [([], 0, 0), ([0], 1, 1), ([1, 2], 2, 2), ([2, 3], 0, 2), ([0, 1, 3, 4, 5], 2, 3)],
)
def test_streaks(ago: list[int], now: int, longest: int) -> None:
    days = {TODAY - days * DAY for days in ago}
    assert (streak(days, TODAY), longest_streak(days)) == (now, longest)


def test_days_months_categories(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, "c1")
    answer(store, scheduler, "d1", 0)
    store.add_seconds("sg", "cia", 90)
    clock.forward(days=1, hours=-2)
    answer(store, scheduler, "c2")
    result = found(store, scheduler)
    assert [(day.day, day.answers, day.right, day.seconds) for day in result.days] == [(TODAY, 3, 2, 90)]
    clock.forward(hours=3)
    answer(store, scheduler, "c1")
    result = found(store, scheduler)
    assert (result.streak, result.answers, result.right, result.seconds, result.cards) == (2, 4, 3, 90, 3)
    assert result.accuracy == {"basics": (3, 3), "threat": (0, 1)}
    assert (result.months, result.modes) == ({"2026-11": (3, 4)}, {"article": (3, 4)})
    assert result.categories["basics"].right == 2


def test_retention_counts_known_questions_only(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, "c1")
    assert found(store, scheduler).retention is None
    clock.forward(days=3)
    answer(store, scheduler, "c1")
    clock.forward(days=3)
    answer(store, scheduler, "c1", 0)
    answer(store, scheduler, "c1", 1)
    result = found(store, scheduler)
    assert result.retention == 0.5
    assert result.recalled == 1.0


def test_forecast_is_of_the_cards(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    answer(store, scheduler, "c1", 0)
    answer(store, scheduler, "c2")
    ahead = [found(store, scheduler).forecast.index(1)]
    assert ahead == [1]
    assert sum(found(store, scheduler).forecast) == 2
    clock.forward(days=40)
    assert found(store, scheduler).forecast[0] == 2


def test_confusions_and_sure_but_wrong(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    for choice, ms in ((0, 4000), (2, 40_000), (0, 40_000)):
        answer(store, scheduler, "c1", choice, ms)
        clock.forward(days=1)
    result = found(store, scheduler)
    assert [(item.question, item.choice, item.times) for item in result.confusions] == [("c1", 0, 2)]
    assert [(item.question, item.times) for item in result.sure_but_wrong] == [("c1", 1)]


def test_leeches(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    for _ in range(5):
        answer(store, scheduler, "c1", 0)
        clock.forward(days=2)
    assert [card.question for card in found(store, scheduler).leeches] == ["c1"]


def test_log_under_old_names_counts_for_the_new(store: Store, scheduler: Scheduler) -> None:
    answer(store, scheduler, "c1")
    store.move_article("sg", "cia", "dos")
    assert found(store, scheduler).accuracy == {"threat": (1, 1)}


def test_a_day_may_end_within_an_hour(store: Store, clock: Clock) -> None:
    scheduler = Scheduler(Settings(), StudyDays(4, timezone(timedelta(hours=5, minutes=30))))
    for minute in (20, 29, 31, 40):
        clock.at = datetime(2026, 11, 22, 22, minute, tzinfo=UTC)
        answer(store, scheduler, "c1")
    days = [(day.day, day.answers) for day in found(store, scheduler).days]
    assert days == [(date(2026, 11, 22), 2), (date(2026, 11, 23), 2)]


def test_times_that_a_hand_wrote(store: Store, scheduler: Scheduler) -> None:
    table = store.database().table("reviews")
    place = {"library": "sg", "article": "cia", "question": "c1"}
    for at in ("2026-11-23 08:00+09:00", "2026-11-22T23:30:00Z", "昨日"):
        table.insert({**place, "at": at})
    assert [(day.day, day.answers) for day in found(store, scheduler).days] == [(date(2026, 11, 22), 2)]


def test_the_file_gives_the_same_as_memory(path: Path, clock: Clock, scheduler: Scheduler) -> None:
    with Store.open(path, now=clock, device="机") as store:
        for number in range(40):
            clock.forward(hours=7)
            answer(store, scheduler, ("c1", "c2", "d1")[number % 3], number % 3, ms=4000 * (number % 5))
        before = found(store, scheduler)
    with Store.open(path, now=clock, device="机") as store:
        assert found(store, scheduler) == before
        assert not store.engine.table("reviews").decoded
    assert (before.answers, before.right) == (40, 13)
