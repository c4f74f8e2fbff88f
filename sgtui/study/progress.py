"""How far the learner is: an article, a section, a category."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from sgtui.articles.model import ArticleInfo, Section
from sgtui.store.log import Outcome
from sgtui.store.snapshot import uncollected
from sgtui.store.store import Store
from sgtui.study.scheduler import DaysSince, Scheduler

Status = Literal["unread", "reading", "done"]
WEAK_BELOW: Final = 0.8
"""A smaller share (0–1) of right answers is called weak."""
FEWEST: Final = 3
"""Answers a field needs before anything is said of it."""
TO_THE_END: Final = 0.98
"""The fraction of an article from which it counts as read to the end: its last lines may share a screen."""


class Progress(NamedTuple):
    """How far one article is.

    ``fraction`` (0–1) counts ticked sections and answered quizzes alike; ``sections`` and ``quizzes`` are how many
    there are to tick and answer.  ``retention`` is the mean chance (0–1) that its answered quizzes are recalled now,
    ``None`` before the first.  ``answered_ids`` and ``wrong_ids`` are ids of quizzes, by their latest answers.
    """

    status: Status = "unread"
    fraction: float = 0.0
    sections_read: int = 0
    sections: int = 0
    answered: int = 0
    right: int = 0
    quizzes: int = 0
    retention: float | None = None
    seconds: float = 0.0
    opened: datetime | None = None
    answered_ids: frozenset[str] = frozenset()
    wrong_ids: frozenset[str] = frozenset()

    @property
    def weak(self) -> bool:
        """Whether too few of the latest answers were right."""
        return is_weak(self.right, self.answered)


class SectionProgress(NamedTuple):
    """How far one section is: whether it is ticked, its quizzes, and the mean chance (0–1) that they are recalled."""

    read: bool = False
    answered: int = 0
    right: int = 0
    quizzes: int = 0
    retention: float | None = None

    @property
    def weak(self) -> bool:
        """Whether too few of the latest answers were right."""
        return is_weak(self.right, self.answered)


@dataclass(frozen=True, slots=True)
class Totals:
    """Many articles together.  ``fraction`` (0–1) is the mean of theirs; ``retention`` that of their questions."""

    articles: int = 0
    done: int = 0
    reading: int = 0
    fraction: float = 0.0
    answered: int = 0
    right: int = 0
    quizzes: int = 0
    retention: float | None = None

    @property
    def weak(self) -> bool:
        """Whether too few of the latest answers were right, if there are enough to say so."""
        return self.answered >= FEWEST and is_weak(self.right, self.answered)


@dataclass(slots=True)
class _Answers:
    right: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    recall: dict[str, float] = field(default_factory=dict)


_NO_ANSWERS: Final = _Answers()


def is_weak(right: int, answered: int) -> bool:
    """Whether a smaller share than :data:`WEAK_BELOW` of the latest answers was right."""
    return right < WEAK_BELOW * answered


def sections_to_read(info: ArticleInfo) -> tuple[Section, ...]:
    """The sections of an article that have something to read or answer, so can be ticked."""
    return tuple([section for section in info.sections if section.characters or section.quizzes])


class StatusSource:
    """The progress of a library's articles, gathered in one pass over the store.

    A picture of the moment it was made: make another after a change (:meth:`refresh` for one article).
    """

    def __init__(
        self, store: Store, library: str, infos: Iterable[ArticleInfo] = (), *, scheduler: Scheduler | None = None
    ) -> None:
        """Gather what ``store`` knows of ``library``; retention is left out without a ``scheduler``.

        ``infos`` are the articles that can be asked for by key alone.
        """
        self._infos = {info.key: info for info in infos}
        self._store = store
        self._library = library
        self._scheduler = scheduler
        self._states = store.article_states(library)
        self._answers: dict[str, _Answers] = {}
        self._made: dict[str, Progress] = {}
        with uncollected():
            self._count(store.outcomes(library))
            if scheduler is not None:
                cards = (card for card in store.card_documents().values() if card.get("library") == library)
                self._recall(scheduler, cards, store.now())

    @property
    def recalled(self) -> float | None:
        """The mean chance (0–1) that a question is recalled now, over all that were ever scheduled."""
        return _mean([chance for answers in self._answers.values() for chance in answers.recall.values()])

    def touched(self, article: ArticleInfo | str) -> bool:
        """Whether anything is known of an article; costs nothing, whatever the article's length."""
        key = article if isinstance(article, str) else article.key
        return key in self._states or key in self._answers

    def status_of(self, article: ArticleInfo | str) -> Status:
        """Unread, reading or done."""
        return self.of(article).status if self.touched(article) else "unread"

    def progress_of(self, article: ArticleInfo | str) -> float:
        """How far an article is, 0–1."""
        return self.of(article).fraction if self.touched(article) else 0.0

    def of(self, article: ArticleInfo | str) -> Progress:
        """Everything about one article; raises ``KeyError`` for a key that was not among ``infos``."""
        info = self._infos[article] if isinstance(article, str) else article
        found = self._made.get(info.key)
        if found is None:
            found = self._made[info.key] = self._make(info)
        return found

    def total(self, infos: Iterable[ArticleInfo]) -> Totals:
        """A category, or any other choice of articles, together."""
        every = list(infos)
        found = [(info, self.of(info)) for info in every if self.touched(info)]
        recall = [chance for info, _ in found for chance in self._answers.get(info.key, _NO_ANSWERS).recall.values()]
        return Totals(
            articles=len(every),
            done=sum(item.status == "done" for _, item in found),
            reading=sum(item.status == "reading" for _, item in found),
            fraction=sum(item.fraction for _, item in found) / len(every) if every else 0.0,
            answered=sum(item.answered for _, item in found),
            right=sum(item.right for _, item in found),
            quizzes=sum(len(info.quizzes) for info in every),
            retention=_mean(recall),
        )

    def categories(self, infos: Iterable[ArticleInfo]) -> Mapping[str, Totals]:
        """:meth:`total` of each category, by its id."""
        groups: dict[str, list[ArticleInfo]] = {}
        for info in infos:
            groups.setdefault(info.category, []).append(info)
        return MappingProxyType({name: self.total(members) for name, members in groups.items()})

    def ticks(self, info: ArticleInfo) -> Mapping[str, bool]:
        """By slug of section: whether it was read and its quizzes answered."""
        state = self._states.get(info.key)
        read = state.sections_read if state else frozenset()
        answered = self.of(info).answered_ids
        return MappingProxyType(
            {item.slug: item.slug in read and answered.issuperset(item.quizzes) for item in info.sections}
        )

    def sections(self, info: ArticleInfo) -> Mapping[str, SectionProgress]:
        """Every section that has something to read or answer, by slug."""
        state = self._states.get(info.key)
        read = state.sections_read if state else frozenset()
        answers = self._answers.get(info.key, _NO_ANSWERS)
        return MappingProxyType(
            {
                item.slug: SectionProgress(
                    read=item.slug in read,
                    answered=len((answers.right | answers.wrong).intersection(item.quizzes)),
                    right=len(answers.right.intersection(item.quizzes)),
                    quizzes=len(item.quizzes),
                    retention=_mean([answers.recall[quiz] for quiz in item.quizzes if quiz in answers.recall]),
                )
                for item in sections_to_read(info)
            }
        )

    def refresh(self, article: str) -> None:
        """Look again at one article (key)."""
        self._made.pop(article, None)
        self._states[article] = self._store.article_state(self._library, article)
        earlier = self._answers.pop(article, None)
        for answer in self._store.answers(self._library, article).values():
            self._place(article, answer.question, answer.correct)
        if earlier is not None and article in self._answers:
            self._answers[article].recall = earlier.recall

    def _make(self, info: ArticleInfo) -> Progress:
        quizzes = frozenset(info.quizzes)
        state = self._states.get(info.key)
        answers = self._answers.get(info.key, _NO_ANSWERS)
        right, wrong = quizzes & answers.right, quizzes & answers.wrong
        sections = sections_to_read(info)
        if state is None and not right and not wrong:
            return Progress(sections=len(sections), quizzes=len(quizzes))
        read = state.sections_read if state is not None else frozenset()
        ticked = sum([section.slug in read for section in sections]) if read else 0
        by_hand = state.done if state is not None else None
        to_the_end = ticked == len(sections) or (state is not None and state.furthest >= TO_THE_END)
        done = by_hand if by_hand is not None else to_the_end and len(right) + len(wrong) == len(quizzes)
        touched = bool(ticked or right or wrong or (state is not None and (state.opened or state.position)))
        parts = len(sections) + len(quizzes)
        fraction = (ticked + len(right) + len(wrong)) / parts if parts else float(touched)
        return Progress(
            status="done" if done else "reading" if touched else "unread",
            fraction=1.0 if done else min(fraction, 0.99),
            sections_read=ticked,
            sections=len(sections),
            answered=len(right) + len(wrong),
            right=len(right),
            quizzes=len(quizzes),
            retention=_mean(answers.recall.values()),
            seconds=state.seconds if state is not None else 0.0,
            opened=state.opened if state is not None else None,
            answered_ids=right | wrong,
            wrong_ids=wrong,
        )

    def _count(self, outcomes: Iterable[Outcome]) -> None:
        known = self._answers
        for article, question, correct in outcomes:
            answers = known.get(article)
            if answers is None:
                answers = known[article] = _Answers()
            (answers.right if correct else answers.wrong).add(question)

    def _place(self, article: str, question: str, correct: bool) -> None:
        answers = self._answers.setdefault(article, _Answers())
        (answers.right if correct else answers.wrong).add(question)

    def _recall(self, scheduler: Scheduler, cards: Iterable[Mapping[str, Any]], now: datetime) -> None:
        known = self._answers
        elapsed = DaysSince(now)
        for card in cards:
            article, stability, days = card.get("article"), card.get("stability"), elapsed[card.get("last")]
            if days is not None and isinstance(stability, float) and isinstance(article, str):
                question = str(card.get("question"))
                answers = known.get(article)
                if answers is None:
                    answers = known[article] = _Answers()
                answers.recall[question] = scheduler.retrievability_after(stability, days)


def _mean(values: Collection[float]) -> float | None:
    return sum(values) / len(values) if values else None
