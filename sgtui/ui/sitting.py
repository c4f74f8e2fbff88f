"""One article in front of the learner: its quizzes as they stand, its ticks, the time read.  No widget in here."""

from collections.abc import Callable
from dataclasses import dataclass

from sgtui.articles.model import Article, Section
from sgtui.quiz.answering import Answering
from sgtui.quiz.grading import Response
from sgtui.quiz.model import Quiz
from sgtui.store.records import AnswerRecord, Bookmark
from sgtui.ui.desk import Desk

IDLE_SECONDS = 90.0
"""A longer silence is not reading: only this much of it counts."""


@dataclass(frozen=True, slots=True)
class Score:
    """Quizzes of an article: how many there are, are answered, and are right."""

    total: int
    answered: int
    right: int


class Sitting:
    """The state of reading one article, kept in step with the learner's file.

    ``clock`` gives monotonic seconds.
    """

    def __init__(self, desk: Desk, article: Article, clock: Callable[[], float]) -> None:
        self.desk = desk
        self.article = article
        self.key = article.info.key
        self._clock = clock
        self._seen_at = clock()
        self._asked_at: dict[str, float] = {}
        self.quizzes = {quiz.id: quiz for quiz in article.quizzes}
        self.numbers = {quiz.id: number for number, quiz in enumerate(article.quizzes, 1)}
        kept = desk.answers(self.key)
        self.answerings = {quiz.id: restored(quiz, kept.get(quiz.id)) for quiz in article.quizzes}
        self.read = set(desk.sections_read(self.key))
        self._unsaved: list[str] = []

    # Quizzes

    def ask(self, quiz_id: str) -> None:
        """The quiz is in front of the learner from now on: the time to its answer runs."""
        self._asked_at.setdefault(quiz_id, self._clock())

    def update(self, after: Answering) -> bool:
        """Take over what a key or click made of a quiz, and save what it means; false if nothing changed."""
        quiz = after.quiz
        before = self.answerings[quiz.id]
        if after == before:
            return False
        self.answerings[quiz.id] = after
        if after.submitted and not before.submitted:
            seconds = self._clock() - self._asked_at.pop(quiz.id, self._clock())
            self.desk.record_answer(self.article, quiz, after, milliseconds=round(seconds * 1000))
        elif before.submitted and not after.submitted:
            self._asked_at[quiz.id] = self._clock()
            self.desk.try_again(self.key, quiz.id)
        elif after.guess != before.guess:
            self.desk.mark_guess(self.article, quiz, after)
        return True

    @property
    def score(self) -> Score:
        states = self.answerings.values()
        return Score(len(self.answerings), sum(a.submitted for a in states), sum(bool(a.correct) for a in states))

    def wrong(self) -> list[Quiz]:
        """The quizzes whose latest answer was wrong, in reading order."""
        return [a.quiz for a in self.answerings.values() if a.submitted and not a.correct]

    # Sections

    def see(self, section: int) -> bool:
        """The end of a section was on the screen; true if it was not ticked before.

        It is saved with the next :meth:`tick`: turning a page does not wait for the disk.
        """
        slug = self.article.sections[section].slug
        if slug in self.read:
            return False
        self.read.add(slug)
        self._unsaved.append(slug)
        return True

    def finished(self, section: Section) -> bool:
        """Whether a section was read and its quizzes answered."""
        return section.slug in self.read and all(self.answerings[q].submitted for q in section.quizzes)

    def bookmarks(self) -> dict[str, Bookmark]:
        """The article's bookmarks by the slug of their section."""
        return {bookmark.section: bookmark for bookmark in self.desk.bookmarks(self.key)}

    # Time

    def tick(self) -> None:
        """The learner did something: save the ticks, and that the time since the last sign of life was reading."""
        while self._unsaved:
            self.desk.mark_section(self.key, self._unsaved.pop(0))
        now = self._clock()
        self.desk.add_seconds(self.key, min(now - self._seen_at, IDLE_SECONDS))
        self._seen_at = now


def restored(quiz: Quiz, kept: AnswerRecord | None) -> Answering:
    """A quiz as the learner left it: answered, or fresh."""
    fresh = Answering.start(quiz)
    if kept is None or kept.again or not isinstance(kept.response, dict):
        return fresh
    answered = fresh.with_response(Response.from_record(kept.response))
    return answered.mark_guess() if kept.guess else answered
