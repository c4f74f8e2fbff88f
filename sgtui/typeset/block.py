"""A block: one paragraph, heading, table row … on the page, and how it becomes lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sgtui.quiz.model import Quiz
from sgtui.typeset.cells import cut, graphemes, width
from sgtui.typeset.marks import marks
from sgtui.typeset.model import Line, Span, TypesetOptions

BlockKind = Literal[
    "heading", "paragraph", "item", "code", "table", "rule", "image", "math", "diagram", "callout", "summary",
    "term", "footnote", "component", "quiz",
]  # fmt: skip

QuizLines = Callable[[Quiz, int], list[Line]]
"""Sets a quiz at a width in cells; the page's owner knows how far the learner is with it."""

PictureLines = Callable[["Block", int], Sequence[Line]]
"""The lines of a picture, at most so many cells wide, above its caption; their offsets are negative, -1 the last."""

NARROWEST = 10
"""Cells that text keeps even where quotes and lists are nested deeper than the page is wide."""


class Content(Protocol):
    """What a block holds."""

    @property
    def text(self) -> str:
        """The plain text that searches and anchors see; offsets of lines count its characters."""

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """The lines at most ``limit`` cells wide; there may be none (a rule, for a screen reader)."""

    def estimate(self, limit: int) -> int:
        """About how many lines there will be, at once."""


@dataclass(slots=True)
class Block:
    """One leaf of the page.

    ``section`` is an index into the article's sections, ``line`` the file's line (from 1).
    ``first`` and ``rest`` stand before the first and all other lines (bullets, bars, indents);
    ``before`` counts the blank lines above, which carry ``gap`` (the bars that run through).
    ``folds`` holds the indexes of the ``summary`` blocks that this block is hidden behind;
    ``open`` says, for a summary, whether its author wants it open.  ``info`` is a code's
    language, an image's address, a callout's kind.  ``level`` is a heading's, 1–6.  Rows of one table
    share a ``group``.
    """

    kind: BlockKind
    section: int
    line: int
    content: Content
    first: tuple[Span, ...] = ()
    rest: tuple[Span, ...] = ()
    before: int = 0
    gap: tuple[Span, ...] = ()
    folds: tuple[int, ...] = ()
    open: bool = False
    info: str = ""
    level: int = 0
    group: int = 0

    @property
    def quiz(self) -> Quiz | None:
        """The question that the block asks."""
        return getattr(self.content, "quiz", None)

    @property
    def text(self) -> str:
        """The block's text without markup; sanitised."""
        return self.content.text

    def inner_width(self, limit: int, ambiguous: int = 1) -> int:
        """Cells left for text on a page ``limit`` cells wide."""
        if not self.rest and not self.first:
            return max(1, limit)
        return max(1, limit - min(_cells(self.rest or self.first, ambiguous), max(0, limit - NARROWEST)))

    def estimate(self, limit: int) -> int:
        """About how many lines the block takes, blank ones above included."""
        return self.before + self.content.estimate(self.inner_width(limit))

    def lines(
        self,
        limit: int,
        options: TypesetOptions,
        *,
        quiz_lines: QuizLines | None = None,
        picture_lines: PictureLines | None = None,
        opened: bool = True,
    ) -> list[Line]:
        """Set the block on a page ``limit`` cells wide, blank lines above included.

        ``quiz_lines`` sets a quiz, ``picture_lines`` what stands above the caption of a picture; ``opened`` says, for
        a summary, which sign it shows.
        """
        inner = self.inner_width(limit, options.ambiguous)
        if self.quiz is not None and quiz_lines is not None:
            body = quiz_lines(self.quiz, inner)
        else:
            body = self.content.lines(inner, options)
        if self.kind == "image" and picture_lines is not None:
            body = [*picture_lines(self, inner), *body]
        first, rest = self.first, self.rest
        if self.kind == "summary" and not opened:
            first = tuple(_folded(span, options) for span in first)
        if first or rest:
            room = limit - inner
            first, rest = _fit(first, room, options.ambiguous), _fit(rest, room, options.ambiguous)
            body = [_prefixed(line, rest if index else first, options.ambiguous) for index, line in enumerate(body)]
        if not self.before:
            return body
        gap = _stripped(_fit(self.gap, limit - inner, options.ambiguous)) if self.gap else ()
        blank = Line(gap, _cells(gap, options.ambiguous))
        return [blank] * self.before + body


def _folded(span: Span, options: TypesetOptions) -> Span:
    shown = marks(options)
    return span._replace(text=shown.folded) if span.text == shown.unfolded else span


def _cells(spans: tuple[Span, ...], ambiguous: int) -> int:
    return sum(width(span.text, ambiguous) for span in spans)


def _fit(spans: tuple[Span, ...], room: int, ambiguous: int) -> tuple[Span, ...]:
    """The end of a prefix that fits ``room`` cells: the innermost marks matter most."""
    while spans and _cells(spans, ambiguous) > room:
        head = spans[0]
        shorter = "".join(graphemes(head.text)[1:])
        spans = (head._replace(text=shorter), *spans[1:]) if shorter else spans[1:]
    return spans


def _stripped(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """A prefix without the spaces at its end."""
    found = list(spans)
    while found:
        text = found[-1].text.rstrip(" ")
        if text:
            found[-1] = found[-1]._replace(text=text)
            break
        found.pop()
    return tuple(found)


def _prefixed(line: Line, prefix: tuple[Span, ...], ambiguous: int) -> Line:
    if not prefix:
        return line
    if not line.spans:
        prefix = _stripped(prefix)
    shift = sum(len(span.text) for span in prefix)
    pieces = tuple((index + shift, start, end) for index, start, end in line.pieces)
    return Line(prefix + line.spans, _cells(prefix, ambiguous) + line.width, line.start, line.end, pieces)


def shorten(text: str, limit: int, options: TypesetOptions) -> str:
    """``text`` in at most ``limit`` cells, with an ellipsis where something was left out."""
    if width(text, options.ambiguous) <= limit:
        return text
    mark = marks(options).ellipsis
    return cut(text, max(0, limit - width(mark, options.ambiguous)), options.ambiguous) + mark
