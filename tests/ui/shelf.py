"""The library the tests of lists are made on, and what they look at."""

import shutil
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

from sgtui.ui.app import SgtuiApp
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.widgets.lines import LineWidget

SHELF = Path(__file__).parents[1] / "data" / "shelf"
SIZE = (100, 30)
S = TypeVar("S", bound=Screen[Any])


def copy_shelf(folder: Path) -> Path:
    """A copy of the shelf that a test may change."""
    return Path(shutil.copytree(SHELF, folder))


def top(app: SgtuiApp, kind: type[S]) -> S:
    """The screen in front, which must be of that kind."""
    assert isinstance(app.screen, kind)
    return app.screen


def library_screen(app: SgtuiApp) -> LibraryScreen:
    return top(app, LibraryScreen)


def keys_shown(app: SgtuiApp) -> list[str]:
    """The keys of the articles in the list, from the top."""
    articles = library_screen(app).articles
    return [articles.info(index).key for index in range(articles.count)] if articles.display else []


def text_of(app: SgtuiApp, selector: str) -> str:
    """What a line widget on the top screen shows."""
    widget = app.screen.query_one(selector, LineWidget)
    return "\n".join(widget.render_line(y).text.rstrip() for y in range(widget.size.height))


async def settled(pilot: Pilot[int]) -> None:
    """Wait for what runs away from the screen."""
    await pilot.pause()
    for worker in [worker for worker in pilot.app.workers if worker.group not in ("ready",)]:
        await worker.wait()
    await pilot.pause()
