"""A mock exam being sat: answers that can be changed, flags, a clock that stops for pauses, grading when handed in.

Time is counted by ``clock`` (monotonic seconds), so that a clock set back or a laptop put to sleep cheats nobody.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sgtui.articles.model import ArticleInfo
from sgtui.quiz.answering import Answering
from sgtui.quiz.grading import grade
from sgtui.quiz.model import Quiz
from sgtui.store.records import Attempt, Run
from sgtui.store.store import Store
from sgtui.store.uid import read_time, write_time
from sgtui.study.answer import record_answer, section_slug
from sgtui.study.blueprint import Blueprint, ExamItem, Paper
from sgtui.study.result import ItemResult, Result
from sgtui.study.scheduler import Scheduler

Mark = Literal["blank", "answered"]
Finder = Callable[[ExamItem], tuple[ArticleInfo, Quiz] | None]
"""Finds a question; ``None`` where it is gone."""


@dataclass(slots=True)
class _Sheet:
    answers: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)
    flagged: set[int] = field(default_factory=set)
    seconds: dict[int, float] = field(default_factory=dict)


class Exam:
    """One sitting of a paper.  Everything is saved at once: :meth:`resume` goes on after any kind of end."""

    def __init__(
        self, store: Store, scheduler: Scheduler, library: str, paper: Paper, clock: Callable[[], float]
    ) -> None:
        """Begin: the clock runs from now on."""
        self.store = store
        self.scheduler = scheduler
        self.library = library
        self.paper = paper
        self.place = 0
        self.pauses = 0
        self.started = store.now()
        self.uid: int | None = None
        self._clock = clock
        self._sheet = _Sheet()
        self._since: float | None = clock()
        self._spent = 0.0

    @property
    def current(self) -> ExamItem:
        """The question in front of the learner."""
        return self.paper.items[self.place]

    @property
    def spent(self) -> float:
        """Seconds the clock has run, pauses left out."""
        return self._spent + (self._clock() - self._since if self._since is not None else 0.0)

    @property
    def left(self) -> float:
        """Seconds until it is handed in by itself; 0 when time is up."""
        return max(0.0, self.paper.minutes * 60 - self.spent)

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self._since is not None

    def marks(self) -> list[tuple[Mark, bool]]:
        """The answer sheet: for each question whether it is answered, and whether it is flagged."""
        sheet = self._sheet
        return [
            ("answered" if place in sheet.answered else "blank", place in sheet.flagged)
            for place in range(len(self.paper.items))
        ]

    def answering(self, quiz: Quiz) -> Answering:
        """The current question as it was left, or fresh: nothing is graded before it is handed in."""
        seed = self.paper.seed if self.paper.blueprint.shuffle else None
        fresh = Answering.start(quiz, seed=seed, deferred=True)
        kept = self._sheet.answers.get(self.place)
        if kept is None:
            return fresh
        return replace(Answering.from_record(quiz, kept), deferred=True)

    def put(self, answering: Answering) -> None:
        """Keep what the learner made of the current question."""
        self._sheet.answers[self.place] = answering.to_record()
        (self._sheet.answered.add if answering.answered else self._sheet.answered.discard)(self.place)
        self.save()

    def take_back(self) -> None:
        """Leave the current question blank again."""
        self._sheet.answers.pop(self.place, None)
        self._sheet.answered.discard(self.place)
        self.save()

    def flag(self) -> bool:
        """Flag the current question, or take its flag away; returns whether it is flagged now."""
        self._sheet.flagged ^= {self.place}
        self.save()
        return self.place in self._sheet.flagged

    def go(self, place: int) -> None:
        """Turn to another question (from 0); beyond an end nothing happens."""
        if 0 <= place < len(self.paper.items):
            self._count_time()
            self.place = place
            self.save()

    def pause(self) -> None:
        """Stop the clock; the result will say how often."""
        if self.running:
            self._count_time()
            self._since = None
            self.pauses += 1
            self.save()

    def go_on(self) -> None:
        """Let the clock run again."""
        if not self.running:
            self._since = self._clock()

    def save(self) -> Run:
        """Keep everything; done by every other method."""
        self._count_time()
        run = self.store.save_run(self.library, "exam", self._to_data(), title=self.paper.blueprint.title, uid=self.uid)
        self.uid = run.uid
        return run

    def hand_in(self, find: Finder) -> tuple[Result, Attempt]:
        """Grade, log each answer, keep the attempt and forget the run.

        A question that is gone counts as not answered.  What was left blank is wrong, as in the exam, but is not
        logged: it says nothing of memory.
        """
        self.uid = self.save().uid
        self._since = None
        logged = self._logged()
        results = tuple(self._graded(place, item, find(item), logged) for place, item in enumerate(self.paper.items))
        result = Result(
            kind="exam",
            library=self.library,
            title=self.paper.blueprint.title,
            blueprint=self.paper.blueprint.id,
            started=self.started,
            finished=self.store.now(),
            seconds=self._spent,
            pauses=self.pauses,
            items=results,
            short=self.paper.short,
        )
        return result, self.store.add_attempt(result.to_attempt(self.store.now()), run=self.uid)

    @classmethod
    def resume(cls, store: Store, scheduler: Scheduler, run: Run, clock: Callable[[], float]) -> "Exam":
        """The exam that was being sat when the program ended; the clock stands until :meth:`go_on`."""
        data: Mapping[str, Any] = run.data if isinstance(run.data, Mapping) else {}
        items = tuple(ExamItem(*map(str, row[:4])) for row in _rows(data.get("items")) if len(row) >= 2)
        blueprint = Blueprint(str(data.get("blueprint", "")), run.title, 0, (), data.get("shuffle") is not False)
        short = {str(row[0]): (int(row[1]), int(row[2])) for row in _rows(data.get("short")) if len(row) == 3}
        paper = Paper(blueprint, items, int(_number(data, "minutes")), int(_number(data, "seed")), short)
        exam = cls(store, scheduler, run.library, paper, clock)
        exam._since = None
        exam._spent = _number(data, "spent")
        exam.uid = run.uid
        exam.started = read_time(data.get("started")) or run.at
        exam.pauses = int(_number(data, "pauses")) + (data.get("running") is True)
        exam.place = min(max(0, int(_number(data, "place"))), max(0, len(items) - 1))
        exam._sheet = _sheet(data, len(items))
        return exam

    def _logged(self) -> set[tuple[str, str]]:
        """What was logged of this sitting by a program that ended while it graded."""
        uid = str(self.uid)
        documents = self.store.review_documents().values()
        return {(doc["article"], doc["question"]) for doc in documents if doc.get("attempt") == uid}

    def _graded(
        self,
        place: int,
        item: ExamItem,
        found: tuple[ArticleInfo, Quiz] | None,
        logged: Collection[tuple[str, str]],
    ) -> ItemResult:
        sheet = self._sheet
        seconds = sheet.seconds.get(place, 0.0)
        blank = ItemResult(item.article, item.question, area=item.area, flagged=place in sheet.flagged, seconds=seconds)
        kept = sheet.answers.get(place)
        if found is None:
            return blank
        info, quiz = found
        blank = replace(blank, section=section_slug(info, quiz), category=info.category)
        if kept is None or place not in sheet.answered:
            return blank
        response = Answering.from_record(quiz, kept).submit().response
        if response is None:
            return blank
        if item[:2] not in logged:
            record_answer(
                self.store,
                self.scheduler,
                library=self.library,
                article=info,
                quiz=quiz,
                response=response,
                ms=round(seconds * 1000),
                mode="exam",
                attempt=str(self.uid or ""),
            )
        return replace(blank, correct=grade(quiz, response).correct, response=response.to_record())

    def _count_time(self) -> None:
        if self._since is not None:
            now = self._clock()
            passed = now - self._since
            self._since = now
            self._spent += passed
            self._sheet.seconds[self.place] = self._sheet.seconds.get(self.place, 0.0) + passed

    def _to_data(self) -> dict[str, Any]:
        sheet = self._sheet
        return {
            "blueprint": self.paper.blueprint.id,
            "shuffle": self.paper.blueprint.shuffle,
            "minutes": self.paper.minutes,
            "seed": self.paper.seed,
            "short": [[area, *counts] for area, counts in self.paper.short.items()],
            "items": [list(item) for item in self.paper.items],
            "place": self.place,
            "answers": {str(place): record for place, record in sorted(sheet.answers.items())},
            "answered": sorted(sheet.answered),
            "flagged": sorted(sheet.flagged),
            "seconds": {str(place): round(spent, 1) for place, spent in sorted(sheet.seconds.items())},
            "spent": round(self._spent, 1),
            "pauses": self.pauses,
            "running": self.running,
            "started": write_time(self.started),
        }


def asked_before(store: Store, library: str, blueprint: str) -> dict[tuple[str, str], int]:
    """How often each question (article, id) was in an earlier exam of ``blueprint``."""
    counts: dict[tuple[str, str], int] = {}
    for attempt in earlier_attempts(store, library, blueprint):
        for item in Result.from_attempt(attempt).items:
            counts[item.article, item.question] = counts.get((item.article, item.question), 0) + 1
    return counts


def earlier_attempts(store: Store, library: str, blueprint: str, before: datetime | None = None) -> list[Attempt]:
    """Earlier exams of ``blueprint``, newest first, to compare with."""
    return [
        attempt
        for attempt in store.attempts(library, "exam")
        if attempt.blueprint == blueprint and (before is None or (attempt.finished or attempt.at) < before)
    ]


def _sheet(data: Mapping[str, Any], count: int) -> _Sheet:
    answers, seconds = data.get("answers"), data.get("seconds")
    return _Sheet(
        answers={
            int(place): record
            for place, record in (answers.items() if isinstance(answers, Mapping) else ())
            if place.isdecimal() and int(place) < count and isinstance(record, Mapping)
        },
        answered={place for place in _places(data.get("answered")) if place < count},
        flagged={place for place in _places(data.get("flagged")) if place < count},
        seconds={
            int(place): float(spent)
            for place, spent in (seconds.items() if isinstance(seconds, Mapping) else ())
            if place.isdecimal() and isinstance(spent, (int, float))
        },
    )


def _places(value: Any) -> list[int]:
    return [place for place in value if isinstance(place, int) and place >= 0] if isinstance(value, list) else []


def _rows(value: Any) -> list[list[Any]]:
    return [row for row in value if isinstance(row, list)] if isinstance(value, list) else []


def _number(data: Mapping[str, Any], name: str) -> float:
    value = data.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0
