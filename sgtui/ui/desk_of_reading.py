"""The part of the desk about one article being read: its place, its ticks, its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sgtui.articles.model import Article
    from sgtui.quiz.answering import Answering
    from sgtui.quiz.model import Quiz
    from sgtui.store.records import Anchor, AnswerRecord
    from sgtui.store.store import Store
    from sgtui.study.scheduler import Scheduler


class DeskOfReading:
    """What a page tells the learner's file, and asks of it."""

    if TYPE_CHECKING:

        @property
        def store(self) -> Store: ...
        @property
        def shelf(self) -> str: ...
        @property
        def scheduler(self) -> Scheduler: ...

    def opened(self, article: Article) -> None:
        """An article is in front of the learner now."""
        from sgtui.study.belonging import begin_article

        begin_article(self.store, self.shelf, article)

    def position(self, key: str) -> Anchor | None:
        """Where the learner left an article."""
        position = self.store.article_state(self.shelf, key).position
        return position.anchor if position else None

    def save_position(self, key: str, anchor: Anchor, fraction: float) -> None:
        """Remember where reading is; ``fraction`` (0–1) is how much of the article has been in view."""
        self.store.save_position(self.shelf, key, anchor, fraction)

    def sections_read(self, key: str) -> frozenset[str]:
        """The slugs of the sections that are ticked."""
        return self.store.article_state(self.shelf, key).sections_read

    def mark_section(self, key: str, slug: str) -> None:
        """Tick a section."""
        self.store.mark_section(self.shelf, key, slug)

    def add_seconds(self, key: str, seconds: float) -> None:
        """Count time spent reading."""
        self.store.add_seconds(self.shelf, key, seconds)

    # Answers

    def answers(self, key: str) -> Mapping[str, AnswerRecord]:
        """The latest answer to each quiz of an article, by the quiz's id."""
        return self.store.answers(self.shelf, key)

    def record_answer(self, article: Article, quiz: Quiz, given: Answering, *, milliseconds: int) -> None:
        """Save an answer; it is on the disk when this returns."""
        from sgtui.study.answer import record_answer

        assert given.response is not None
        record_answer(
            self.store,
            self.scheduler,
            library=self.shelf,
            article=article.info,
            quiz=quiz,
            response=given.response,
            ms=milliseconds,
            hint=given.hint_used,
        )

    def try_again(self, key: str, quiz_id: str) -> None:
        """The learner wants to answer a quiz once more."""
        self.store.try_again(self.shelf, key, quiz_id)

    def mark_guess(self, article: Article, quiz: Quiz, given: Answering) -> None:
        """The learner says whether a right answer was a guess."""
        from sgtui.study.answer import mark_guess

        mark_guess(self.store, self.scheduler, library=self.shelf, article=article.info, quiz=quiz, guess=given.guess)
