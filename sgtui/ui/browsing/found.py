"""Looking closer at what a search found: the text around the match, and the way to that very place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from sgtui.library.search import Hit, Snippet, beginning, snippet
from sgtui.library.text import fold_quickly
from sgtui.store.records import Anchor

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.library.search_query import Term

EXCERPT: Final = 160
LENGTH: Final = 120


class Found(NamedTuple):
    """The text around a match with its marks, and where the match is; no anchor means the section's beginning."""

    snippet: Snippet
    anchor: Anchor | None


def look_closer(library: Library, hit: Hit, length: int = LENGTH) -> Found:
    """What stands around ``hit``, read from the article as it is now; for a thread, since a file is read."""
    from sgtui.articles.parser import digest_article

    digest = digest_article(library.root, hit.info.path, dialects=library.manifest.dialects)
    place = hit.place
    if place is None or place.index >= len(digest.sections):
        return Found(snippet(beginning(hit.info, digest.sections), hit.terms, length), None)
    heading, body = digest.sections[place.index]
    block, offset = block_with(body, hit.terms)
    if not block:
        return Found(snippet(heading or body, hit.terms, length), None)
    return Found(snippet(block, hit.terms, length), anchor_in(place.path, block, offset))


def block_with(text: str, terms: Sequence[Term]) -> tuple[str, int]:
    """The line of ``text`` (a paragraph, a list item, a cell) with the most of ``terms``, and where the first begins."""
    best: tuple[int, str, int] = (0, "", 0)
    for line in text.split("\n"):
        folded = fold_quickly(line)
        places = [min(at) for term in terms if (at := [i for s in term.spellings if (i := folded.find(s)) >= 0])]
        if len(places) > best[0]:
            best = (len(places), line, min(places))
            if len(places) == len(terms):
                break
    return best[1], best[2]


def anchor_in(path: tuple[str, ...], block: str, offset: int) -> Anchor:
    """The anchor of character ``offset`` of a block of text under the headings ``path``."""
    return Anchor(path, " ".join(block.split())[:EXCERPT], min(1.0, offset / max(1, len(block))), block=-1)
