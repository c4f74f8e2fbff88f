"""What is painted over the text of a page: marks, matches, the selection, the link that is chosen, focus.

Everything that marks text gives ranges of offsets in a block's text; this is the one place that turns them into
styled spans, whatever the width.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, Protocol

from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.ranges import marked

_RESTING: Final = Span("▏", "quiz.bar quiz.resting")
"""The bar of a question that the keys do not answer now."""


class Range(NamedTuple):
    """Offsets (characters) in a block's text, from ``start`` to before ``end``, and the style they have."""

    start: int
    end: int
    style: str


class Layer(Protocol):
    """Something that marks text."""

    def ranges(self, block: int) -> Sequence[Range]:
        """What is marked in a block; later ones are painted over earlier ones."""


class Overlay:
    """Paints layers over lines, in their order."""

    def __init__(
        self,
        layers: Iterable[Layer],
        *,
        dimmed: Callable[[int], bool],
        question: Callable[[int], str] = lambda _block: "",
    ) -> None:
        """``dimmed`` says whether a block steps back (focus mode), ``question`` which one it is, if it is one."""
        self._layers = tuple(layers)
        self._dimmed = dimmed
        self._question = question
        self.asked = ""
        self.target = ""
        self.target_block = -1
        self.labels: dict[tuple[int, str], str] = {}

    def paint(self, line: Line, place: Place) -> Sequence[Span]:
        """The spans of a line of the page as they are to be shown."""
        block = place.block
        found = [wanted for layer in self._layers for wanted in layer.ranges(block)]
        if self._dimmed(block):
            line = replace(line, spans=tuple(s._replace(style=f"{s.style} unfocused") for s in line.spans))
        if found:
            line = marked(line, found)
        spans: Sequence[Span] = line.spans
        if self._question(block) not in ("", self.asked):
            spans = [_RESTING if span.style == "quiz.bar" else span for span in spans]
        if block == self.target_block:
            spans = [s._replace(style=f"{s.style} cursor") if self._is_target(s) else s for s in spans]
        return self._labelled(spans, block) if self.labels else spans

    def _is_target(self, span: Span) -> bool:
        """Whether a span belongs to what is chosen: of a question, the bar at its side."""
        return "quiz.bar" in span.style.split() if self.target.startswith("quiz:") else span.target == self.target

    def _labelled(self, spans: Sequence[Span], block: int) -> Sequence[Span]:
        """The spans with a number before each that can be gone to by it."""
        found: list[Span] = []
        last = ""
        for span in spans:
            label = self.labels.get((block, span.target)) if span.target and span.target != last else None
            if label:
                found.append(Span(f"[{label}]", "key found.here"))
            last = span.target
            found.append(span)
        return found
