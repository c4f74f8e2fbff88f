"""The classes of a screen's size are those that Textual gives it."""

import pytest
from textual.app import App
from textual.screen import Screen

from sgtui.typeset.span import Span
from sgtui.ui.sizes import size_classes
from sgtui.ui.text import spread, width


class Sized(Screen[None]):
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (76, "-wide")]  # noqa: RUF012 - Textual's own names
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-short")]  # noqa: RUF012


class SizedApp(App[None]):
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012

    def get_default_screen(self) -> Screen[None]:
        return Sized()


@pytest.mark.parametrize("size", [(1, 1), (59, 9), (60, 10), (75, 11), (76, 40), (200, 100)])
async def test_they_are_textuals(size: tuple[int, int]) -> None:
    async with SizedApp().run_test(size=size) as pilot:
        await pilot.pause()
        assert set(size_classes(Sized, pilot.app).split()) == pilot.app.screen.classes


async def test_a_screen_without_breakpoints_has_the_apps() -> None:
    async with SizedApp().run_test(size=(70, 24)) as pilot:
        screen = Screen[None]()
        await pilot.app.push_screen(screen)
        await pilot.pause()
        assert set(size_classes(Screen[None], pilot.app).split()) == screen.classes == {"-low"}


@pytest.mark.parametrize("cells", range(1, 60))
def test_the_ends_of_a_line_never_touch(cells: int) -> None:
    left, right = [Span(" "), Span("とても長い題名の記事です", "title")], [Span("1/6節", "faint")]
    line = spread(left, right, cells)
    text = "".join(span.text for span in line)
    assert width(text) <= cells + 1
    if "1/6節" in text:
        assert text[: text.index("1/6節")].endswith(" ")
