"""What a screen is called at a size."""

from textual.geometry import Size
from textual.screen import Screen


def size_classes(screen: type[Screen[None]], size: Size) -> str:
    """The classes that ``screen`` takes at ``size`` by its breakpoints, with blanks between.

    Textual gives them to a screen after it was laid out for the first time, and lays it out once more: one that has
    them from the beginning is laid out once.
    """
    found = (
        max((least, name) for least, name in breakpoints if length >= least)[1]
        for length, breakpoints in (
            (size.width, screen.HORIZONTAL_BREAKPOINTS or ()),
            (size.height, screen.VERTICAL_BREAKPOINTS or ()),
        )
        if breakpoints
    )
    return " ".join(found)
