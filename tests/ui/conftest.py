"""A desk for a test: a small library, a new learner, nothing of this machine."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sgtui import i18n
from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk

SMALL = Path(__file__).parents[1] / "data" / "small"
NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)

OpenApp = Callable[..., SgtuiApp]


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    i18n.use("ja")
    yield
    i18n.use("en")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the small library that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "library"))


@pytest.fixture
def open_app(tmp_path: Path, library: Path) -> Iterator[OpenApp]:
    """Make the application; every one made shares the learner's file, as runs on different days do."""
    desks: list[Desk] = []

    def make(place: Path | None = None, *, now: datetime = NOW) -> SgtuiApp:
        while desks:
            desks.pop().close()
        desk = Desk.open(
            library=place or library,
            state=tmp_path / "study.json",
            cache_dir=tmp_path / "cache",
            settings_file=tmp_path / "settings.toml",
            now=lambda: now,
        )
        for _library in desk.opening.batches():
            pass
        desks.append(desk)
        return SgtuiApp(desk)

    yield make
    for desk in desks:
        desk.close()
