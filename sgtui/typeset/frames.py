"""Containers that are open while a document is built, and what they put before the lines inside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from sgtui.i18n import _
from sgtui.typeset.block import Block
from sgtui.typeset.model import Span

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(slots=True)
class Frame:
    """A container that is open: what stands before its lines, and how its items are spaced.

    ``fold`` is the index of the ``summary`` that hides what is inside (-1: none); ``loose`` says that raw HTML
    opened it, which may never close it; ``folded`` that a callout has a fold inside it.
    """

    kind: str
    first: tuple[Span, ...] = ()
    rest: tuple[Span, ...] = ()
    used: bool = False
    style: str = ""
    number: int = 0
    started: list[int] = field(default_factory=list)
    marked: str = ""
    items: int = 0
    fold: int = -1
    loose: bool = False
    folded: bool = False


Spans = tuple[Span, ...]


def prefixes(frames: Sequence[Frame]) -> tuple[Spans, Spans, Spans, tuple[int, ...]]:
    """What stands before a new block: its first line, its other lines, the blank lines above; and its folds.

    The frames' first marks (a bullet) are used up by it.
    """
    if not frames:  # most of a text stands in nothing
        return (), (), (), ()
    first: list[Spans] = []
    rest: list[Spans] = []
    gap: list[Spans] = []
    for frame in frames:
        if frame.used:
            first.append(frame.rest)
            gap.append(frame.rest)
        else:
            first.append(frame.first)
            frame.used = True
        rest.append(frame.rest)
    return _joined(first), _joined(rest), _joined(gap), tuple(frame.fold for frame in frames if frame.fold >= 0)


def _joined(parts: Sequence[Spans]) -> Spans:
    found = [spans for spans in parts if spans]
    if len(found) > 1:
        return tuple(chain.from_iterable(found))
    return found[0] if found else ()


def item_space(frames: Sequence[Frame], blocks: Sequence[Block], *, tight: bool) -> int:
    """Blank lines above an item, the innermost frame: none in a tight list, but one above the list itself."""
    outer = frames[-2] if len(frames) > 1 else None
    leads = outer is None or outer.items <= 1
    nested = len(frames) > 2 and frames[-3].kind == "item"
    if not tight or (leads and not nested):
        return 1
    last = blocks[-1] if blocks else None
    if not leads and last is not None and last.before and len(last.rest) > sum(len(frame.rest) for frame in frames):
        return 1  # what was inside the item before needed air, so this one does too
    return 0


@lru_cache(maxsize=256)
def sign(text: str, style: str = "") -> Spans:
    """One span as a prefix; equal ones are one, for every item of a list has some."""
    return (Span(text, style),)


def align_numbers(frame: Frame, at: int, blocks: Sequence[Block]) -> None:
    """Set the numbers of a finished list flush right, if some have more digits than others.

    ``at`` is where the list's marks stand among the spans of a prefix.
    """
    marks = [blocks[start].first[at] for start in frame.started]
    widest = max(len(mark.text) for mark in marks)
    for item, start in enumerate(frame.started):
        room = " " * (widest - len(marks[item].text))
        if not room:
            continue
        end = frame.started[item + 1] if item + 1 < len(frame.started) else len(blocks)
        for block in blocks[start:end]:
            block.first, block.rest, block.gap = (
                _indented(spans, at, room) for spans in (block.first, block.rest, block.gap)
            )


def _indented(spans: Spans, at: int, room: str) -> Spans:
    if len(spans) <= at:
        return spans
    return (*spans[:at], spans[at]._replace(text=room + spans[at].text), *spans[at + 1 :])


def callout_title(name: str) -> str:
    """The title of a callout that its author gave none."""
    titles = {
        "note": _("Note"),
        "tip": _("Tip"),
        "important": _("Important"),
        "warning": _("Warning"),
        "caution": _("Caution"),
    }
    return titles.get(name, name.capitalize())


def only_image(inline: "Token") -> "Token | None":
    """The picture, where a paragraph is nothing but one (which may be a link)."""
    if "![" not in inline.content and "<" not in inline.content:
        return None
    image = None
    for child in inline.children or ():
        if child.type == "image" and image is None:
            image = child
        elif child.type not in ("link_open", "link_close") and child.content.strip():
            return None
    return image
