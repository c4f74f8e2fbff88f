"""What a screen is called at a size."""

from typing import Any

from textual.app import App
from textual.screen import Screen


def size_classes(screen: type[Screen[None]], app: App[Any]) -> str:
    """The classes that ``screen`` takes at the app's size by its breakpoints, else the app's, with blanks between.

    Textual gives them to a screen after it was laid out for the first time, and lays it out once more: one that has
    them from the beginning is laid out once.
    """
    found = (
        max((least, name) for least, name in breakpoints if length >= least)[1]
        for length, breakpoints in (
            (app.size.width, screen.HORIZONTAL_BREAKPOINTS or app.HORIZONTAL_BREAKPOINTS),
            (app.size.height, screen.VERTICAL_BREAKPOINTS or app.VERTICAL_BREAKPOINTS),
        )
        if breakpoints
    )
    return " ".join(found)
