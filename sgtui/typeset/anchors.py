"""Anchors: places in an article that survive another width and an edited text."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from hashlib import blake2b

from sgtui.articles.model import Section
from sgtui.store.records import Anchor
from sgtui.typeset.block import Block
from sgtui.typeset.model import Place
from sgtui.typeset.quiz_spots import QUIZ_BEYOND

EXCERPT = 160
"""Characters of a block's text that an anchor keeps: enough to find it again, and to be shown if it is lost."""

_NEAR = 0.55
_FAR = 0.75


def _squeezed(text: str) -> str:
    return "".join(text.split())


def digest(text: str) -> str:
    """A name for a text (16 hexadecimal digits) that white space does not change; empty for an empty text."""
    squeezed = _squeezed(text)
    return blake2b(squeezed.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() if squeezed else ""


def _length(block: Block) -> int:
    return max(1, len(block.text) + (QUIZ_BEYOND if block.quiz is not None else 0))


def _path(block: Block, sections: Sequence[Section]) -> tuple[str, ...]:
    return sections[block.section].path if 0 <= block.section < len(sections) else ()


def anchor_at(blocks: Sequence[Block], sections: Sequence[Section], place: Place) -> Anchor:
    """The anchor of a place: its headings, the block's text, and how far into it the place lies."""
    if not blocks:
        return Anchor()
    index = max(0, min(place.block, len(blocks) - 1))
    block = blocks[index]
    excerpt = " ".join(block.text[: EXCERPT * 2].split())[:EXCERPT]
    fraction = min(1.0, max(0, place.offset) / _length(block))
    return Anchor(_path(block, sections), excerpt, fraction, digest(block.text), index)


def find_anchor(blocks: Sequence[Block], sections: Sequence[Section], anchor: Anchor) -> Place | None:
    """The place an anchor means in the text as it is now, or None if that is lost.

    In this order: the very block; the same text under the same headings; the same text elsewhere; the
    closest text under the same headings; close text elsewhere; the heading alone.
    """
    hint = anchor.block
    there = 0 <= hint < len(blocks) and _path(blocks[hint], sections) == anchor.path
    if there and digest(blocks[hint].text) == anchor.digest:
        return _place(blocks, hint, anchor)
    here = [i for i, block in enumerate(blocks) if _path(block, sections) == anchor.path]
    found = _same(blocks, here, anchor)
    if found is None:
        found = _same(blocks, range(len(blocks)), anchor)
    if found is None:
        found = _closest(blocks, here, anchor, _NEAR)
    if found is None:
        found = _closest(blocks, range(len(blocks)), anchor, _FAR)
    if found is not None:
        return _place(blocks, found, anchor)
    return Place(here[0], 0) if here and anchor.path else None


def _place(blocks: Sequence[Block], index: int, anchor: Anchor) -> Place:
    return Place(index, round(anchor.fraction * _length(blocks[index])))


def _same(blocks: Sequence[Block], indexes: Iterable[int], anchor: Anchor) -> int | None:
    """The block with the very same text; of several the one nearest to where it was, for text grows, the later one."""
    if not anchor.digest:
        return None
    found = [i for i in indexes if digest(blocks[i].text) == anchor.digest]
    return min(found, key=lambda i: (abs(i - anchor.block), -i), default=None)


def _closest(blocks: Sequence[Block], indexes: Iterable[int], anchor: Anchor, least: float) -> int | None:
    """The block whose beginning is most like the anchor's, if it is like enough."""
    wanted = _squeezed(anchor.excerpt)
    if not wanted:
        return None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best, best_ratio = None, least
    for index in indexes:
        matcher.set_seq1(_squeezed(blocks[index].text[: EXCERPT * 2])[: len(wanted) + EXCERPT // 4])
        if matcher.real_quick_ratio() < best_ratio or matcher.quick_ratio() < best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio > best_ratio or (ratio == best_ratio and best is None):
            best, best_ratio = index, ratio
    return best
