"""A part of an article: some of its sections, with the footnotes that they refer to."""

from collections.abc import Collection, Iterator, Sequence

from sgtui.typeset.block import Block
from sgtui.typeset.model import TypesetOptions

_WIDE = 10_000
"""Cells: only what is said matters here, not on how many lines."""


def excerpt(blocks: Sequence[Block], sections: Collection[int], options: TypesetOptions) -> list[Block]:
    """The blocks of an article's ``sections`` (indexes), then the notes of which they have the number."""
    notes = list(_notes(blocks))
    end = notes[0][1] - 1 if notes else len(blocks)  # a rule stands above the first note
    body = [block for block in blocks[:end] if block.section in sections]
    named = {span.target for block in body for line in block.lines(_WIDE, options) for span in line.spans}
    last = [start for _number, start in notes[1:]] + [len(blocks)]
    found = [
        block
        for (number, start), stop in zip(notes, last, strict=False)
        if f"footnote:{number}" in named
        for block in blocks[start:stop]
    ]
    return [*body, blocks[end], *found] if found else body


def _notes(blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    """The number of each footnote, and the block it begins in."""
    for index, block in enumerate(blocks):
        for span in block.first:
            if span.target.startswith("footref:"):
                yield span.target.partition(":")[2], index
