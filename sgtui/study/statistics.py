"""What the learner did and how well it sticks, in numbers a page can draw.

One pass over the log as it is kept, without making a record of each line.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sgtui.articles.model import ArticleInfo
from sgtui.store.names import Names
from sgtui.store.records import CardRecord
from sgtui.store.store import Store
from sgtui.store.uid import read_time, write_time
from sgtui.study.progress import StatusSource, Totals
from sgtui.study.scheduler import Scheduler

FORECAST: Final = 30
YEAR: Final = 366
SURE_MS: Final = 15_000
"""Milliseconds within which a wrong answer, without hint or guess, was given for sure."""


@dataclass(frozen=True, slots=True)
class Day:
    """One study day: answers given, those right, and seconds read."""

    day: date
    answers: int = 0
    right: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Confusion:
    """A wrong choice (index in authored order) and how often it was taken for the right one."""

    article: str
    question: str
    choice: int
    times: int


@dataclass(frozen=True, slots=True)
class Sure:
    """A question answered wrong quickly and without a doubt, and when last."""

    article: str
    question: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything the progress page shows.

    ``streak`` counts study days in a row with an answer or reading, up to today, or to yesterday while today is not
    over; ``longest`` is the longest ever.  ``days`` are those of the last year with something done, in order.

    ``forecast`` counts the reviews due today and on each of the next 29 days.  ``retention`` is the share of right
    answers among scheduled reviews of known questions in the last 30 days, ``goal`` what was asked for, ``recalled``
    the mean chance of recalling each card now.  ``accuracy`` maps category, ``months`` month (``2026-11``) and
    ``modes`` mode to (right, answers).
    """

    today: date
    streak: int = 0
    longest: int = 0
    days: tuple[Day, ...] = ()
    forecast: tuple[int, ...] = ()
    retention: float | None = None
    goal: float = 0.9
    recalled: float | None = None
    answers: int = 0
    right: int = 0
    seconds: float = 0.0
    cards: int = 0
    accuracy: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    months: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    modes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    categories: Mapping[str, Totals] = field(default_factory=dict)
    difficulties: Mapping[str, Totals] = field(default_factory=dict)
    syllabus: Mapping[str, Totals] = field(default_factory=dict)
    sure_but_wrong: tuple[Sure, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    leeches: tuple[CardRecord, ...] = ()


def statistics(store: Store, scheduler: Scheduler, library: str, infos: Iterable[ArticleInfo]) -> Statistics:
    """The statistics of one library, as of now."""
    articles = {info.key: info for info in infos}
    now = store.now()
    today = scheduler.days.day(now)
    tally = _Tally(scheduler, articles, now)
    tally.add_all(store.review_documents().values(), library, store.names())
    read = _seconds_by_day(store, scheduler, library)
    cards = [card for card in store.card_documents().values() if card.get("library") == library]
    active = {*tally.by_day, *read}
    source = StatusSource(store, library, scheduler=scheduler)
    return Statistics(
        today=today,
        streak=streak(active, today),
        longest=longest_streak(active),
        days=tuple(tally.day(day, read.get(day, 0.0)) for day in sorted(active) if today - day < timedelta(YEAR)),
        forecast=forecast(store, scheduler, library, today),
        retention=tally.retention,
        goal=scheduler.settings.desired_retention,
        recalled=_recalled(cards, scheduler, now),
        answers=tally.answers,
        right=tally.right,
        seconds=sum(read.values()),
        cards=len(cards),
        accuracy=dict(tally.by_category),
        months=dict(sorted(tally.by_month.items())),
        modes=dict(tally.by_mode),
        categories=source.categories(articles.values()),
        difficulties=_totals(source, articles.values(), lambda info: (info.difficulty or "",)),
        syllabus=_totals(source, articles.values(), lambda info: info.syllabus),
        sure_but_wrong=tally.sure_but_wrong(),
        confusions=tally.confusions(),
        leeches=_leeches(store, scheduler, library),
    )


def streak(active: Collection[date], today: date) -> int:
    """Study days in a row up to today, or up to yesterday while nothing was done today."""
    day = today if today in active else today - timedelta(days=1)
    count = 0
    while day in active:
        count += 1
        day -= timedelta(days=1)
    return count


def longest_streak(active: Iterable[date]) -> int:
    """The most study days in a row."""
    best = run = 0
    before: date | None = None
    for day in sorted(active):
        run = run + 1 if before is not None and day - before == timedelta(days=1) else 1
        best = max(best, run)
        before = day
    return best


def forecast(store: Store, scheduler: Scheduler, library: str, today: date, days: int = FORECAST) -> tuple[int, ...]:
    """Reviews due today (with what is overdue) and on each of the following ``days - 1`` days."""
    documents = {uid: card for uid, card in store.card_documents().items() if card.get("library") == library}
    counts = Counter(offset for _, offset in scheduler.due_offsets(documents, today, days - 1))
    return tuple(counts[offset] for offset in range(days))


class _Tally:
    """The log, counted line by line."""

    def __init__(self, scheduler: Scheduler, articles: Mapping[str, ArticleInfo], now: datetime) -> None:
        self._days = _DayFinder(scheduler)
        self._categories = {key: info.category for key, info in articles.items()}
        self._month_ago = write_time(now - timedelta(days=FORECAST))
        self._seen: set[tuple[str, str]] = set()
        self._recent = [0, 0]
        self._wrong: Counter[tuple[str, str, int]] = Counter()
        self._sure: dict[tuple[str, str], tuple[int, str]] = {}
        self.answers = 0
        self.right = 0
        self.by_day: dict[date, tuple[int, int]] = {}
        self.by_category: dict[str, tuple[int, int]] = {}
        self.by_month: dict[str, tuple[int, int]] = {}
        self.by_mode: dict[str, tuple[int, int]] = {}

    @property
    def retention(self) -> float | None:
        """Right answers among recent scheduled reviews of questions known before."""
        right, asked = self._recent
        return right / asked if asked else None

    def add_all(self, documents: Iterable[Mapping[str, Any]], library: str, names: Names) -> None:
        """Count the lines of the log that are of ``library``; one loop, since there are a hundred thousand."""
        counts: dict[tuple[date, str | None, Any, bool], int] = {}
        days, categories, seen = self._days, self._categories, self._seen
        for document in documents:
            get = document.get
            if get("library") != library:
                continue
            at = get("answered") or get("at")
            day = days.of(at)
            if day is None or not isinstance(at, str):
                continue
            question: tuple[str, str] = names.of(document)[1:] if names else (get("article", ""), get("question", ""))
            correct = get("correct") is True
            key = (day, categories.get(question[0]), get("mode", "article"), correct)
            counts[key] = counts.get(key, 0) + 1
            if get("scheduled"):
                if at >= self._month_ago and question in seen:
                    self._recent[0] += correct
                    self._recent[1] += 1
                seen.add(question)
            if not correct:
                self._add_wrong(document, question, at)
        self._add_up(counts)

    def _add_up(self, counts: Mapping[tuple[date, str | None, Any, bool], int]) -> None:
        for (day, category, mode, correct), count in counts.items():
            self.answers += count
            self.right += count * correct
            _count(self.by_day, day, correct, count)
            _count(self.by_month, f"{day:%Y-%m}", correct, count)
            _count(self.by_mode, str(mode), correct, count)
            if category is not None:
                _count(self.by_category, category, correct, count)

    def day(self, day: date, seconds: float) -> Day:
        """One day's figures."""
        right, answers = self.by_day.get(day, (0, 0))
        return Day(day, answers, right, seconds)

    def sure_but_wrong(self) -> tuple[Sure, ...]:
        """The latest first."""
        found = ((place, times, read_time(last)) for place, (times, last) in self._sure.items())
        sure = [Sure(*place, times, last) for place, times, last in found if last is not None]
        return tuple(sorted(sure, key=lambda item: item.last, reverse=True))

    def confusions(self) -> tuple[Confusion, ...]:
        """Choices taken wrongly at least twice, the most often first."""
        return tuple(Confusion(*place, times) for place, times in self._wrong.most_common() if times > 1)

    def _add_wrong(self, document: Mapping[str, Any], question: tuple[str, str], at: str) -> None:
        choice = document.get("choice")
        if isinstance(choice, list) and len(choice) == 1 and isinstance(choice[0], int):
            self._wrong[*question, choice[0]] += 1
        ms = document.get("ms", 0)
        if 0 < ms <= SURE_MS and not document.get("hint") and not document.get("guess"):
            times, last = self._sure.get(question, (0, ""))
            self._sure[question] = (times + 1, max(last, at))


class _DayFinder:
    """Study days of times as the file writes them: each ten minutes are looked up once."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._days = scheduler.days
        self._known: dict[str, date | None] = {}

    def of(self, at: Any) -> date | None:
        """The study day of ``at``; ``None`` if it is no time."""
        try:
            return self._known[at[:15]]  # ten minutes: no zone's offset changes within less
        except (KeyError, TypeError):  # the first of these ten minutes, or not even a text
            found = read_time(at)
            day = self._days.day(found) if found is not None else None
            if isinstance(at, str):
                self._known[at[:15]] = day
            return day


def _count(counts: dict[Any, tuple[int, int]], key: Any, correct: bool, count: int) -> None:
    right, answers = counts.get(key, (0, 0))
    counts[key] = (right + count * correct, answers + count)


def _seconds_by_day(store: Store, scheduler: Scheduler, library: str) -> dict[date, float]:
    seconds: dict[date, float] = {}
    for session in store.reading_sessions(library):
        day = scheduler.days.day(session.start or session.at)
        seconds[day] = seconds.get(day, 0.0) + session.seconds
    return seconds


def _recalled(cards: Iterable[Mapping[str, Any]], scheduler: Scheduler, now: datetime) -> float | None:
    chances = [
        scheduler.retrievability(card["stability"], last, now)
        for card in cards
        if isinstance(card.get("stability"), float) and (last := read_time(card.get("last"))) is not None
    ]
    return sum(chances) / len(chances) if chances else None


def _totals(
    source: StatusSource, infos: Iterable[ArticleInfo], keys: Callable[[ArticleInfo], Iterable[str]]
) -> dict[str, Totals]:
    groups: dict[str, list[ArticleInfo]] = {}
    for info in infos:
        for key in keys(info):
            groups.setdefault(key, []).append(info)
    return {key: source.total(members) for key, members in groups.items() if key}


def _leeches(store: Store, scheduler: Scheduler, library: str) -> tuple[CardRecord, ...]:
    often = scheduler.settings.leech_lapses
    found = [uid for uid, card in store.card_documents().items() if card.get("lapses", 0) >= often]
    cards = (store.card_shelf.get(uid) for uid in found)
    return tuple(card for card in cards if card is not None and card.library == library)
