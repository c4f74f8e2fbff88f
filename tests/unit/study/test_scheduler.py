from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sgtui.settings import Settings
from sgtui.store.codec import to_document
from sgtui.store.records import CardRecord, ReviewLog
from sgtui.store.store import Store
from sgtui.study.days import StudyDays
from sgtui.study.rating import Rating, hesitated, rate
from sgtui.study.scheduler import Scheduler

from .conftest import Clock

TOKYO = StudyDays(4, ZoneInfo("Asia/Tokyo"))
NEW_YORK = StudyDays(4, ZoneInfo("America/New_York"))
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

steps = st.lists(st.tuples(st.integers(1, 4), st.floats(0.001, 400)), min_size=1, max_size=12)


def card(uid: int = 7) -> CardRecord:
    return CardRecord(uid=uid, at=START, library="sg", article="記事", question="q")


def review(at: datetime, rating: int, *, scheduled: bool = True) -> ReviewLog:
    return ReviewLog(
        uid=int(at.timestamp() * 1000),
        at=at,
        library="sg",
        article="記事",
        question="q",
        rating=rating,
        scheduled=scheduled,
        correct=rating > 1,
    )


@given(steps)
@hypothesis_settings(max_examples=60, deadline=None)
def test_trace_is_py_fsrs_own(trace: list[tuple[int, float]]) -> None:
    theirs = fsrs.Scheduler(learning_steps=(), relearning_steps=(timedelta(minutes=10),), enable_fuzzing=False)
    scheduler = Scheduler(Settings(), TOKYO)
    ours, other, at = card(), fsrs.Card(card_id=7, due=START), START
    for rating, days in trace:
        at += timedelta(days=days)
        ours = scheduler.review(ours, rating, at)
        other, _ = theirs.review_card(other, fsrs.Rating(rating), at)
        assert (ours.state, ours.step, ours.stability, ours.difficulty, ours.due, ours.last) == (
            other.state,
            other.step,
            other.stability,
            other.difficulty,
            other.due,
            other.last_review,
        )
        later = at + timedelta(days=days)
        assert scheduler.retrievability(ours.stability, ours.last, later) == pytest.approx(
            theirs.get_card_retrievability(other, later)
        )


@given(steps)
@hypothesis_settings(max_examples=40, deadline=None)
def test_cards_replayed_from_the_log_are_the_same(trace: list[tuple[int, float]]) -> None:
    scheduler = Scheduler(Settings(desired_retention=0.88), TOKYO)
    moved, at, log = card(), START, []
    for rating, days in trace:
        at += timedelta(days=days)
        moved = scheduler.review(moved, rating, at)
        log.append(review(at, rating))
        log.append(review(at + timedelta(minutes=1), 4, scheduled=False))
    assert scheduler.replay(replace(moved, stability=99.0, reps=0), reversed(log)) == moved


def test_replay_forgets_what_was_before_a_reset() -> None:
    scheduler = Scheduler(Settings(), TOKYO)
    log = [review(START + timedelta(days=day), 3) for day in (0, 5, 20)]
    fresh = scheduler.replay(replace(card(), reset=START + timedelta(days=6)), log)
    assert (fresh.reps, fresh.first) == (1, START + timedelta(days=20))


def test_ratings() -> None:
    assert [rate(False), rate(True, guess=True), rate(True, hint=True), rate(True, hesitated=True), rate(True)] == [
        Rating.AGAIN,
        Rating.AGAIN,
        Rating.HARD,
        Rating.HARD,
        Rating.GOOD,
    ]


@pytest.mark.parametrize(
    ("ms", "characters", "slow"),
    [(0, 100, False), (20_000, 100, False), (50_000, 100, True), (120_000, 600, False), (3_600_000, 100, False)],
)
def test_hesitation_is_measured_by_the_question(ms: int, characters: int, slow: bool) -> None:
    assert hesitated(ms, characters) is slow


def test_a_study_day_begins_at_four() -> None:
    assert TOKYO.day(datetime(2026, 11, 23, 18, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert TOKYO.day(datetime(2026, 11, 23, 19, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert TOKYO.start(date(2026, 11, 24)) == datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1), date(2026, 7, 4)])
def test_days_are_whole_over_daylight_saving(day: date) -> None:
    start, end = NEW_YORK.start(day), NEW_YORK.end(day)
    assert NEW_YORK.day(start) == NEW_YORK.day(end - timedelta(seconds=1)) == day
    assert NEW_YORK.day(start - timedelta(seconds=1)) == day - timedelta(days=1)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.integers(0, 60),
    st.integers(0, 400),
    st.one_of(st.none(), st.integers(-5, 60)),
    st.integers(0, 1000),
)
@hypothesis_settings(max_examples=150, deadline=None)
def test_due_by_text_is_due_by_date(now: datetime, ago: int, interval: int, exam_in: int | None, uid: int) -> None:
    today = NEW_YORK.day(now)
    exam = None if exam_in is None else today + timedelta(days=exam_in)
    scheduler = Scheduler(Settings(exam_date=exam), NEW_YORK)
    last = now - timedelta(days=ago)
    moved = replace(card(uid), last=last, due=last + timedelta(days=interval), stability=9.0)
    day = scheduler.due_day(moved, today)
    assert day is not None
    expected = [(uid, max(0, (day - today).days))] if (day - today).days <= 30 else []
    assert list(scheduler.due_offsets({uid: to_document(moved)}, today, 30)) == expected


@given(st.integers(8, 200), st.integers(0, 500))
@hypothesis_settings(max_examples=60, deadline=None)
def test_everything_is_seen_again_before_the_exam(left: int, uid: int) -> None:
    today = TOKYO.day(START)
    exam = today + timedelta(days=left)
    scheduler = Scheduler(Settings(exam_date=exam), TOKYO)
    day = scheduler.due_day(replace(card(uid), last=START, due=START + timedelta(days=500), stability=500.0), today)
    assert day is not None
    assert today < day < exam
    assert (exam - day).days <= 7


def test_an_exam_that_is_over_caps_nothing() -> None:
    scheduler = Scheduler(Settings(exam_date=date(2026, 12, 1)), TOKYO)
    moved = replace(card(), last=START, due=START + timedelta(days=100), stability=100.0)
    assert scheduler.due_day(moved, date(2026, 12, 1)) == TOKYO.day(START + timedelta(days=100))


def test_suspended_cards_are_never_due() -> None:
    scheduler = Scheduler(Settings(), TOKYO)
    moved = replace(card(), last=START, due=START, suspended=True)
    assert scheduler.due_day(moved, TOKYO.day(START)) is None
    assert list(scheduler.due_offsets({1: to_document(moved)}, TOKYO.day(START))) == []


def test_weights_out_of_bounds_do_not_stop_a_review() -> None:
    scheduler = Scheduler(Settings(fsrs_parameters=(99.9,) * 21), TOKYO)
    assert (
        scheduler.review(card(), 3, START).stability == Scheduler(Settings(), TOKYO).review(card(), 3, START).stability
    )


def test_card_kept_in_the_store_is_exact(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    moved = scheduler.review(store.new_card("sg", "記事", "q"), 3, clock.at)
    store.put_card(moved)
    kept = store.card("sg", "記事", "q")
    assert kept is not None
    assert (kept.stability, kept.difficulty, kept.due) == (moved.stability, moved.difficulty, moved.due)
