"""What the typesetter makes: lines of spans.

A style is a space-separated list of names (``strong``, ``code.keyword``): what the text *is*.
What it looks like is decided by whoever paints it.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from sgtui.typeset.span import Span

__all__ = ["Line", "Place", "Span", "TypesetOptions"]

SLID_TOGETHER = 2_000
"""Cells beyond which a line slides alone: a thousand lines as wide as one monster would be a thousand monsters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the page.

    ``start`` and ``end`` are the offsets (characters) in the block's text that the line shows, so that a place in
    the text can be found again at any width.  ``width`` is in cells.  ``pieces`` says which of the line's
    characters are the block's text and not marks or padding: each is (index in the line's text, first offset,
    offset past the last).
    """

    spans: tuple[Span, ...]
    width: int
    start: int = 0
    end: int = 0
    pieces: tuple[tuple[int, int, int], ...] = ()

    @property
    def text(self) -> str:
        """The characters of all spans."""
        return "".join(span.text for span in self.spans)

    def stretched(self, cells: int) -> "Line":
        """The line with blanks up to ``cells``: what is as wide as its neighbours is slid as far as they are."""
        if not self.width < cells <= SLID_TOGETHER:
            return self
        return replace(self, spans=(*self.spans, Span(" " * (cells - self.width))), width=cells)


@dataclass(frozen=True, slots=True)
class TypesetOptions:
    """How the learner wants the page set.

    ``ambiguous`` is the width in cells (1 or 2) of East Asian Ambiguous characters.
    ``hanging`` lets 、。 hang past the right edge.  ``tighten_cjk_emphasis`` removes the author's
    spaces around ``**…**`` between Japanese characters.  ``wrap_code`` wraps long lines of code instead of
    letting them run out to be scrolled; ``wrap_tables`` does the same for tables.  ``plain`` is for screen readers:
    no boxes, linear tables.
    """

    ambiguous: int = 1
    hanging: bool = False
    tighten_cjk_emphasis: bool = True
    wrap_code: bool = True
    wrap_tables: bool = True
    plain: bool = False


class Place(NamedTuple):
    """A place on a page that no width changes: a block and an offset (characters) in its text."""

    block: int
    offset: int
