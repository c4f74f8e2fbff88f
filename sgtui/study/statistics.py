"""What the learner did and how well it sticks, in numbers a page can draw.

One pass over the lines of the log (:mod:`sgtui.store.log`), without making a document or a record of each.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, Final

from sgtui.articles.model import ArticleInfo
from sgtui.store.log import (
    ANSWERED,
    ARTICLE,
    AT,
    CHOICE,
    CORRECT,
    DOUBT,
    MODE,
    MS,
    PLACE,
    SCHEDULED,
    Row,
    as_bytes,
    named,
    place,
    text,
)
from sgtui.store.names import Names
from sgtui.store.records import CardRecord
from sgtui.store.snapshot import uncollected
from sgtui.store.store import Store
from sgtui.store.uid import read_time, write_time
from sgtui.study.days import StudyDays
from sgtui.study.progress import Progress, SectionProgress, StatusSource, Totals
from sgtui.study.scheduler import Scheduler

_Place = bytes | None
"""Article and question, as rows of the log name them."""
_Kind = tuple[date, str | None, bytes | None, bytes | None]
"""Day, category, mode, and right or ``None``: rows that are alike for counting."""
_ARTICLE, _MODE, _CORRECT, _PLACE = map(itemgetter, (ARTICLE, MODE, CORRECT, PLACE))

_NEVER: Final = (0, b"")
_LENGTH: Final = len("2026-11-23T15:07:38.000000Z")
FORECAST: Final = 30
RECENT: Final = 30
"""Days that retention is told for."""
YEAR: Final = 366
SURE_MS: Final = 15_000
"""Milliseconds within which a wrong answer, without hint or guess, was given for sure."""


LISTED: Final = 200
"""Questions in a list, at most: those that matter most come first."""


@dataclass(frozen=True, slots=True)
class Day:
    """One study day: answers given, those right, and seconds read.

    ``asked`` counts scheduled reviews of questions known before, ``recalled`` those of them that were right.
    """

    day: date
    answers: int = 0
    right: int = 0
    seconds: float = 0.0
    asked: int = 0
    recalled: int = 0


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
    ``modes`` mode to (right, answers).  ``articles`` (those that were touched) and their ``sections`` are by key and
    slug.  ``sure_but_wrong`` and ``confusions`` hold at most :data:`LISTED`.
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
    articles: Mapping[str, Progress] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, SectionProgress]] = field(default_factory=dict)
    sure_but_wrong: tuple[Sure, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    leeches: tuple[CardRecord, ...] = ()


def statistics(store: Store, scheduler: Scheduler, library: str, infos: Iterable[ArticleInfo]) -> Statistics:
    """The statistics of one library, as of now."""
    with uncollected():
        return _statistics(store, scheduler, library, infos)


def _statistics(store: Store, scheduler: Scheduler, library: str, infos: Iterable[ArticleInfo]) -> Statistics:
    articles = {info.key: info for info in infos}
    now = store.now()
    today = scheduler.days.day(now)
    tally = _Tally(scheduler, articles, _Moved(library, store.names()))
    tally.add_all(store.review_rows(library))
    read = _seconds_by_day(store, scheduler, library)
    cards = sum(card.get("library") == library for card in store.card_documents().values())
    active = {*tally.by_day, *read}
    source = StatusSource(store, library, scheduler=scheduler)
    touched = {key: info for key, info in articles.items() if source.touched(info)}
    return Statistics(
        today=today,
        streak=streak(active, today),
        longest=longest_streak(active),
        days=tuple(tally.day(day, read.get(day, 0.0)) for day in sorted(active) if today - day < timedelta(YEAR)),
        forecast=forecast(store, scheduler, library, today),
        retention=tally.retention(today),
        goal=scheduler.settings.desired_retention,
        recalled=source.recalled,
        answers=tally.answers,
        right=tally.right,
        seconds=sum(read.values()),
        cards=cards,
        accuracy=dict(tally.by_category),
        months=dict(sorted(tally.by_month.items())),
        modes=dict(tally.by_mode),
        categories=source.categories(articles.values()),
        difficulties=_totals(source, articles.values(), lambda info: (info.difficulty or "",)),
        syllabus=_totals(source, articles.values(), lambda info: info.syllabus),
        articles={key: source.of(info) for key, info in touched.items()},
        sections=_Sections(source, touched),
        sure_but_wrong=tally.sure_but_wrong(),
        confusions=tally.confusions(),
        leeches=_leeches(store, scheduler, library),
    )


class _Sections(Mapping[str, Mapping[str, SectionProgress]]):
    """The sections of articles, counted when they are asked for: the page needs none of them."""

    def __init__(self, source: StatusSource, infos: Mapping[str, ArticleInfo]) -> None:
        self._source = source
        self._infos = infos

    def __getitem__(self, key: str) -> Mapping[str, SectionProgress]:
        return self._source.sections(self._infos[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def __len__(self) -> int:
        return len(self._infos)


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
    """The log, counted study day by study day: what is done for each of a hundred thousand rows is kept to little."""

    def __init__(self, scheduler: Scheduler, articles: Mapping[str, ArticleInfo], moved: "_Moved") -> None:
        self._days = _Days(scheduler.days)
        self._moved = moved
        self._categories: dict[bytes | None, str] = {as_bytes(key): info.category for key, info in articles.items()}
        self._kinds: Counter[_Kind] = Counter()
        self._seen: set[_Place] = set()
        self._wrong: Counter[tuple[_Place, bytes | None]] = Counter()
        self._sure: dict[_Place, tuple[int, bytes]] = {}
        self.answers = 0
        self.right = 0
        self.by_day: dict[date, tuple[int, int]] = {}
        self.recalled: dict[date, tuple[int, int]] = {}
        self.by_category: dict[str, tuple[int, int]] = {}
        self.by_month: dict[str, tuple[int, int]] = {}
        self.by_mode: dict[str, tuple[int, int]] = {}

    def retention(self, today: date) -> float | None:
        """Right answers among the scheduled reviews of questions known before, in the last :data:`RECENT` days."""
        recent = [pair for day, pair in self.recalled.items() if today - day < timedelta(RECENT)]
        asked = sum(asked for _right, asked in recent)
        return sum(right for right, _asked in recent) / asked if asked else None

    def add_all(self, rows: Iterable[Row]) -> None:
        """Count the log; it is in the order of time, so that the rows of a day come together."""
        begin = end = b""
        day: date | None = None
        together: list[Row] = []
        for row in rows:
            time = row[ANSWERED] or row[AT] or b""
            if not begin <= time < end or len(time) != _LENGTH:
                self._add_day(day, together)
                begin, end, day = self._days.around(time)
                together = []
            together.append(row)
        self._add_day(day, together)
        self._add_up()

    def _add_day(self, day: date | None, rows: list[Row]) -> None:
        """Count rows of one study day; on one day a question is scheduled once."""
        if day is None:
            return
        if self._moved:
            rows = [self._moved.today(row) for row in rows]
        categories = map(self._categories.get, map(_ARTICLE, rows))
        for kind, count in Counter(zip(categories, map(_MODE, rows), map(_CORRECT, rows), strict=True)).items():
            self._kinds[(day, *kind)] += count
        wrong = [row for row in rows if row[CORRECT] is None]
        self._wrong.update([(row[PLACE], row[CHOICE]) for row in wrong if row[CHOICE] is not None])
        self._add_sure(wrong)
        scheduled = [row for row in rows if row[SCHEDULED] is not None]
        known = [row for row in scheduled if row[PLACE] in self._seen]
        self._seen.update(map(_PLACE, scheduled))
        if known:
            right, asked = self.recalled.get(day, (0, 0))
            right += sum(row[CORRECT] is not None for row in known)
            self.recalled[day] = (right, asked + len(known))

    def _add_sure(self, wrong: Iterable[Row]) -> None:
        sure = self._sure
        for row in wrong:
            ms = row[MS]
            if ms and not row[DOUBT] and len(ms) < 6 and int(ms) <= SURE_MS:
                place = row[PLACE]
                time = row[ANSWERED] or row[AT] or b""
                times, last = sure.get(place, _NEVER)
                sure[place] = (times + 1, time if time > last else last)

    def _add_up(self) -> None:
        for (day, category, mode, right), count in self._kinds.items():
            correct = right is not None
            self.answers += count
            self.right += count * correct
            _count(self.by_day, day, correct, count)
            _count(self.by_month, f"{day:%Y-%m}", correct, count)
            _count(self.by_mode, text(mode) or "article", correct, count)
            if category is not None:
                _count(self.by_category, category, correct, count)

    def day(self, day: date, seconds: float) -> Day:
        """One day's figures."""
        right, answers = self.by_day.get(day, (0, 0))
        recalled, asked = self.recalled.get(day, (0, 0))
        return Day(day, answers, right, seconds, asked, recalled)

    def sure_but_wrong(self) -> tuple[Sure, ...]:
        """The latest first."""
        latest = heapq.nlargest(LISTED, self._sure.items(), key=lambda item: item[1][1])
        found = ((named(place), times, read_time(text(last))) for place, (times, last) in latest)
        return tuple(Sure(*question, times, last) for question, times, last in found if last is not None)

    def confusions(self) -> tuple[Confusion, ...]:
        """Choices taken wrongly at least twice, the most often first."""
        often = ((place, choice, times) for (place, choice), times in self._wrong.most_common(LISTED) if times > 1)
        return tuple(
            Confusion(*named(place), int(choice), times)
            for place, choice, times in often
            if choice and choice.isdigit()
        )


class _Days:
    """The study days of times as rows have them.  The log is in the order of time, so one lasts for many rows."""

    def __init__(self, days: StudyDays) -> None:
        self._days = days
        self._known: dict[bytes, tuple[bytes, bytes, date | None]] = {}

    def around(self, time: bytes) -> tuple[bytes, bytes, date | None]:
        """When the study day of ``time`` begins and ends, and which it is: ``None`` if ``time`` is none.

        Where ``time`` is not as the store writes times, so that it cannot be compared, the day has no length.
        """
        known = self._known.get(time[:13])
        if known is not None and known[0] <= time < known[1]:
            return known
        at = read_time(text(time))
        if at is None:
            return b"", b"", None
        day = self._days.day(at)
        if len(time) != _LENGTH or not time.endswith(b"Z"):
            return b"", b"", day
        begin, end = write_time(self._days.start(day)).encode(), write_time(self._days.end(day)).encode()
        found = self._known[time[:13]] = (begin, end, day)
        return found


class _Moved:
    """Where the questions of old names are today; false if nothing was ever renamed."""

    def __init__(self, library: str, names: Names) -> None:
        self._library = library
        self._names = names
        self._known: dict[_Place, tuple[_Place, bytes]] = {}

    def __bool__(self) -> bool:
        return bool(self._names)

    def today(self, row: Row) -> Row:
        """``row`` under today's names."""
        known = self._known.get(row[PLACE])
        if known is None:
            new = self._names.place(self._library, *named(row[PLACE]))
            known = self._known[row[PLACE]] = (place(new.article, new.question), as_bytes(new.article))
        return (*row[:PLACE], *known, *row[ARTICLE + 1 :])


def _count(counts: dict[Any, tuple[int, int]], key: Any, correct: bool, count: int) -> None:
    right, answers = counts.get(key, (0, 0))
    counts[key] = (right + count * correct, answers + count)


def _seconds_by_day(store: Store, scheduler: Scheduler, library: str) -> dict[date, float]:
    seconds: dict[date, float] = {}
    for session in store.reading_sessions(library):
        day = scheduler.days.day(session.start or session.at)
        seconds[day] = seconds.get(day, 0.0) + session.seconds
    return seconds


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
    leeches = [card for card in cards if card is not None and card.library == library]
    return tuple(sorted(leeches, key=lambda card: (-card.lapses, card.uid)))
