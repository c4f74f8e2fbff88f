from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sgtui.store.store import Store


class Clock:
    """A clock that a test sets; it goes on a second each time it is read."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "study.json"


Opener = Callable[[], Store]


@pytest.fixture
def opened(path: Path, clock: Clock) -> Iterator[Opener]:
    """Open the state file of this test; whatever is still open at its end is closed."""
    stores: list[Store] = []

    def open_store() -> Store:
        stores.append(Store.open(path, now=clock, device="机"))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Opener) -> Store:
    return opened()
