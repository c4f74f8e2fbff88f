"""How the screens look.  Look at each picture before you keep a new one: ``make test ARGS=--snapshot-update``."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot

from sgtui import i18n
from sgtui.ui.app import SgtuiApp
from tests.ui.conftest import japanese, library, open_app

__all__ = ["japanese", "library", "open_app"]

Prepare = Callable[[Pilot[int]], Awaitable[None]]
OpenApp = Callable[..., SgtuiApp]
SIZES = {"50x20": (50, 20), "80x24": (80, 24), "120x40": (120, 40)}


async def settled(pilot: Pilot[int]) -> None:
    """Wait for everything the last key set going."""
    for _round in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.fixture
def look(snap_compare: Callable[..., bool], open_app: OpenApp) -> Iterator[Callable[..., bool]]:
    def compare(*keys: str, size: tuple[int, int] = (100, 30), theme: str = "") -> bool:
        app = open_app()

        async def prepare(pilot: Pilot[int]) -> None:
            if theme:
                pilot.app.theme = theme
            await pilot.pause()
            for key in keys:
                await settled(pilot)
                await pilot.press(key)
            await settled(pilot)

        return snap_compare(app, terminal_size=size, run_before=prepare)

    yield compare


@pytest.mark.parametrize("size", SIZES)
def test_library(look: Callable[..., bool], size: str) -> None:
    assert look(size=SIZES[size])


def test_library_in_english(look: Callable[..., bool]) -> None:
    i18n.use("en")
    assert look(size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_page(look: Callable[..., bool], size: str) -> None:
    assert look("enter", size=SIZES[size])


def test_page_in_light_colours(look: Callable[..., bool]) -> None:
    assert look("enter", theme="textual-light")


def test_quiz_answered_wrong(look: Callable[..., bool]) -> None:
    assert look("enter", "1", size=(100, 40))


def test_quiz_answered_right_with_all_reasons(look: Callable[..., bool]) -> None:
    assert look("enter", "2", "r", size=(100, 44))


def test_end_of_an_article(look: Callable[..., bool]) -> None:
    assert look("enter", "G", size=(80, 24))


def test_help(look: Callable[..., bool]) -> None:
    assert look("question_mark", size=(100, 30))


def test_quick_quiz_to_choose(look: Callable[..., bool]) -> None:
    assert look("Q", size=(80, 24))


def test_nothing_to_review_yet(look: Callable[..., bool]) -> None:
    assert look("v", size=(80, 24))


def test_search_box(look: Callable[..., bool]) -> None:
    assert look("S", size=(80, 24))


def test_empty_bookmarks(look: Callable[..., bool]) -> None:
    assert look("b", size=(80, 24))
