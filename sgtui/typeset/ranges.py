"""From offsets in a block's text to the characters of a line, and back: for marking and for picking."""

from collections.abc import Iterable, Sequence

from sgtui.typeset.cells import graphemes, width
from sgtui.typeset.model import Line, Span


def marked(line: Line, ranges: Iterable[tuple[int, int, str]]) -> Line:
    """``line`` with a style added wherever it shows one of ``ranges``: (first offset, past the last, style).

    Offsets are of the block's text; marks and padding (bullets, bars) are never marked.
    """
    spans: Sequence[Span] = line.spans
    for start, end, style in ranges:
        for index, first, last in line.pieces:
            low, high = max(start, first), min(end, last)
            if low < high:
                spans = _restyled(spans, index + low - first, index + high - first, style)
    return line if spans is line.spans else Line(tuple(spans), line.width, line.start, line.end, line.pieces)


def _restyled(spans: Sequence[Span], start: int, end: int, style: str) -> list[Span]:
    found: list[Span] = []
    position = 0
    for span in spans:
        low = max(start - position, 0)
        high = min(end - position, len(span.text))
        position += len(span.text)
        if low >= high:
            found.append(span)
            continue
        both = f"{span.style} {style}" if span.style else style
        for text, name in ((span.text[:low], span.style), (span.text[low:high], both), (span.text[high:], span.style)):
            if text:
                found.append(Span(text, name, span.target))
    return found


def offset_at(line: Line, cell: int, ambiguous: int = 1) -> int:
    """The offset in the block's text of what stands at ``cell`` (from 0) of a line.

    Left of the text it is the line's first offset, right of it the one past its last.
    """
    index = _index_at(line.text, cell, ambiguous)
    found = line.start
    for start, first, last in line.pieces:
        if index < start:
            break
        found = min(first + index - start, last)
    return found


def _index_at(text: str, cell: int, ambiguous: int) -> int:
    index = used = 0
    for cluster in graphemes(text):
        used += width(cluster, ambiguous)
        if used > cell:
            break
        index += len(cluster)
    return index


def target_at(line: Line, cell: int, ambiguous: int = 1) -> str:
    """The target of the span at ``cell`` of a line; empty where there is none."""
    used = 0
    for span in line.spans:
        used += width(span.text, ambiguous)
        if cell < used:
            return span.target if cell >= 0 else ""
    return ""
