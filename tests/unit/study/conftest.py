from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sgtui.articles.model import ArticleInfo, Section
from sgtui.quiz.model import Choice, Fragment, Quiz
from sgtui.settings import Settings
from sgtui.store.store import Store
from sgtui.study.days import StudyDays
from sgtui.study.scheduler import Scheduler


class Clock:
    """A clock that stands still until a test moves it, so that times can be compared with py-fsrs's own."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Store:
    return Store.open(None, now=clock, device="机")


@pytest.fixture
def scheduler() -> Scheduler:
    return Scheduler(Settings(), StudyDays(4, UTC))


def words(text: str) -> Fragment:
    return Fragment((), text)


def single(
    quiz_id: str = "cia-01", *, section: int = 0, case: str = "", prompt: str = "損なわれたのはどれか。"
) -> Quiz:
    choices = [
        Choice(words(text), right, None, 0) for text, right in (("可用性", False), ("機密性", True), ("完全性", False))
    ]
    return Quiz(quiz_id, "single", 1, words(prompt), choices=tuple(choices), section=section, case=case)


def article(
    key: str = "cia", *, category: str = "basics", quizzes: tuple[str, ...] = ("cia-01", "cia-02")
) -> ArticleInfo:
    sections = (
        Section(0, 0, "", "", (), 1, 0),
        Section(1, 2, "七要素", "七要素", ("七要素",), 3, 400, quizzes),
        Section(2, 2, "要点", "要点", ("要点",), 30, 200),
    )
    return ArticleInfo(key, f"{category}/{key}.md", key, category, sections=sections, quizzes=quizzes, characters=600)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study.json"
