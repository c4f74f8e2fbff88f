"""When a question comes back: py-fsrs, set up for one answer a day.

There are no learning steps, since an article's quiz is met while reading, and one relearning step of ten minutes.
Fuzz is off, so that the log alone gives the very same cards again.  The exam date does not change a card: it only moves
the day on which the card is due (:meth:`Scheduler.due_day`), so that another date needs no rebuilding.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sgtui.settings import Settings
from sgtui.store.records import CardRecord, ReviewLog
from sgtui.store.uid import read_time, utc, write_time
from sgtui.study.days import StudyDays
from sgtui.study.rating import Rating

if TYPE_CHECKING:
    import fsrs

RELEARN: Final = timedelta(minutes=10)
EXAM_WINDOW: Final = 7
"""Days before the exam over which the last look at everything is spread."""
_WINDOW: Final = timedelta(days=EXAM_WINDOW)
_DEFAULT_DECAY: Final = 0.1542
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_LENGTH: Final = len("2026-11-23T15:07:38.000000Z")


class Scheduler:
    """py-fsrs with the learner's settings, on study days."""

    def __init__(self, settings: Settings | None = None, days: StudyDays | None = None) -> None:
        """Take retention, weights, exam date and limits from ``settings``; ``days`` defaults to local study days."""
        self.settings = settings or Settings()
        self.days = days or StudyDays(self.settings.rollover_hour)
        weights = self.settings.fsrs_parameters
        self._decay = -(weights[20] if weights else _DEFAULT_DECAY) or -_DEFAULT_DECAY
        self._factor = 0.9 ** (1 / self._decay) - 1

    def make_ready(self) -> None:
        """Load what the first answer would wait for; for a thread."""
        self._fsrs  # noqa: B018 - imports py-fsrs

    def review(self, card: CardRecord, rating: int, at: datetime) -> CardRecord:
        """``card`` after an answer rated ``rating`` (1–4) at ``at``."""
        import fsrs  # noqa: PLC0415 - not before the first answer

        moved, _ = self._fsrs.review_card(self._as_fsrs(card), fsrs.Rating(rating), utc(at))
        return replace(
            card,
            state=int(moved.state),
            step=moved.step,
            stability=moved.stability,
            difficulty=moved.difficulty,
            due=moved.due,
            first=card.first or utc(at),
            last=utc(at),
            reps=card.reps + 1,
            lapses=card.lapses + (rating == Rating.AGAIN and card.reps > 0),
        )

    def scheduled_today(self, card: CardRecord | None, at: datetime) -> bool:
        """Whether the card was moved on the study day of ``at`` (or, by a clock set back, later)."""
        return card is not None and card.last is not None and self.days.day(card.last) >= self.days.day(at)

    def replay(self, card: CardRecord, reviews: Iterable[ReviewLog]) -> CardRecord:
        """``card`` as the log makes it: forgotten first, then every scheduled review since it was reset, in order."""
        fresh = CardRecord(
            uid=card.uid,
            at=card.at,
            device=card.device,
            library=card.library,
            article=card.article,
            question=card.question,
            section=card.section,
            case=card.case,
            suspended=card.suspended,
            buried=card.buried,
            reset=card.reset,
        )
        for review in sorted(reviews, key=lambda item: (item.time, item.uid)):
            if review.scheduled and review.rating and (card.reset is None or review.time > card.reset):
                fresh = replace(
                    self.review(fresh, review.rating, review.time), section=review.section, case=review.case
                )
        return fresh

    def buried(self, card: CardRecord, today: date) -> CardRecord:
        """``card`` resting on study day ``today``."""
        return replace(card, buried=today.isoformat())

    def suspended(self, card: CardRecord, suspend: bool = True) -> CardRecord:
        """``card`` never due until it is taken up again."""
        return replace(card, suspended=suspend)

    def reset(self, card: CardRecord, at: datetime) -> CardRecord:
        """``card`` as if it had not been answered before ``at``; the log stays."""
        return self.replay(replace(card, reset=utc(at), suspended=False, buried=""), ())

    def due_day(self, card: CardRecord, today: date) -> date | None:
        """The study day on which ``card`` is due, no later than the exam allows; ``None`` if never or suspended."""
        if card.due is None or card.suspended:
            return None
        due = self.days.day(card.due)
        exam = self.settings.exam_date
        if exam is None or today >= exam or due < exam or card.last is None:
            return due
        return _last_look(card.uid, exam) if self.days.day(card.last) < exam - _WINDOW else due

    def due_offsets(
        self, documents: Mapping[int, Mapping[str, Any]], today: date, horizon: int = 0
    ) -> Iterator[tuple[int, int]]:
        """Cards due within ``horizon`` days after ``today``: uid and days from today (0: today or overdue).

        ``documents`` are cards as the store keeps them; the same rule as :meth:`due_day`, by comparing texts.
        """
        starts = [write_time(self.days.start(today + timedelta(days=ahead))) for ahead in range(1, horizon + 2)]
        exam = self.settings.exam_date
        capping = exam is not None and today < exam
        exam_start = write_time(self.days.start(exam)) if exam and capping else ""
        window_start = write_time(self.days.start(exam - _WINDOW)) if exam and capping else ""
        beyond = starts[-1]
        for uid, document in documents.items():
            due = document.get("due", "")
            if not isinstance(due, str) or len(due) != _TIME_LENGTH:
                due = _text(due)
            if not due or document.get("suspended"):
                continue
            if capping and exam is not None and due >= exam_start and "" < _text(document.get("last")) < window_start:
                offset = max(0, (_last_look(uid, exam) - today).days)
            elif due >= beyond:
                continue
            else:
                offset = bisect_right(starts, due)
            if offset <= horizon:
                yield uid, offset

    def retrievability(self, stability: float | None, last: datetime | None, now: datetime) -> float:
        """The chance (0–1) that a card is recalled now; 0 for one never reviewed (py-fsrs's own formula, FSRS-6)."""
        if stability is None or last is None:
            return 0.0
        return self.retrievability_after(stability, max(0, (utc(now) - last).days))

    def retrievability_after(self, stability: float, days: int) -> float:
        """The same ``days`` whole days after the latest review."""
        return float((1 + self._factor * days / stability) ** self._decay) if stability > 0 else 0.0

    def is_leech(self, card: CardRecord) -> bool:
        """Whether a question was forgotten so often that its article should be read again."""
        return card.lapses >= self.settings.leech_lapses

    @cached_property
    def _fsrs(self) -> "fsrs.Scheduler":
        import fsrs  # noqa: PLC0415

        options: dict[str, Any] = {
            "desired_retention": self.settings.desired_retention,
            "learning_steps": (),
            "relearning_steps": (RELEARN,),
            "enable_fuzzing": False,
        }
        try:
            return fsrs.Scheduler(self.settings.fsrs_parameters or fsrs.scheduler.DEFAULT_PARAMETERS, **options)
        except ValueError:  # weights out of py-fsrs's bounds, pasted from elsewhere: its own are better than none
            return fsrs.Scheduler(**options)

    def _as_fsrs(self, card: CardRecord) -> "fsrs.Card":
        import fsrs  # noqa: PLC0415

        return fsrs.Card(
            card_id=card.uid,
            state=fsrs.State(card.state if card.state in (1, 2, 3) and card.stability else 1),
            step=card.step if card.stability else 0,
            stability=card.stability,
            difficulty=card.difficulty,
            due=card.due or _EPOCH,
            last_review=card.last,
        )


class DaysSince:
    """Whole days from times as the store writes them to now.  Most are told by their date, looked up in a table."""

    def __init__(self, now: datetime) -> None:
        """Count up to ``now``."""
        self._now = utc(now)
        self._time = write_time(now)[10:]
        self._dates: dict[str, int] = {}

    def __getitem__(self, at: object) -> int | None:
        """The days from ``at`` on, at least 0; ``None`` if it is no time."""
        if not isinstance(at, str) or len(at) != _TIME_LENGTH or at[-1] != "Z":
            found = read_time(at)
            return max(0, (self._now - found).days) if found is not None else None
        date_of, time_of = at[:10], at[10:]
        days = self._dates.get(date_of)
        if days is None:
            day = read_time(date_of)
            if day is None or read_time(at) is None:
                return None
            days = self._dates[date_of] = (self._now.date() - day.date()).days
        return max(0, days - (time_of > self._time))


def _last_look(uid: int, exam: date) -> date:
    """The day of the last look before the exam: spread over the window, the same each time for the same card."""
    return exam - timedelta(days=1 + uid % EXAM_WINDOW)


def _text(value: object) -> str:
    """A time as the store writes it; what a hand wrote in another form is brought into it."""
    if isinstance(value, str) and len(value) == _TIME_LENGTH and value[-1] == "Z":
        return value
    at = read_time(value)
    return write_time(at) if at is not None else ""
