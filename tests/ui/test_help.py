"""The help lists the keys of the screen it was asked from, in the learner's language."""

from collections.abc import Callable
from pathlib import Path

from sgtui.ui.app import SgtuiApp
from sgtui.ui.screens.help import help_rows
from tests.ui.reading import open_tour, write_tour

OpenApp = Callable[..., SgtuiApp]


async def test_every_line_is_in_japanese_on_the_first_screen_and_on_the_page(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.pause()
        on_the_shelf = help_rows(app.screen)
        await open_tour(pilot, app)
        on_the_page = help_rows(app.screen)
        assert len(on_the_page) > 30
        for _margin, _name, description, *_more in (*on_the_shelf, *on_the_page):
            assert not description.text.isascii(), description.text
