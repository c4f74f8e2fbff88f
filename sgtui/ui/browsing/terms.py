"""Terms of the glossary: whether they were met, what is known of them, where they are taught."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sgtui.markup.fold import fold
from sgtui.typeset.model import Span
from sgtui.ui.text import shorten, wrapped
from sgtui.ui.words import STATUS_MARK

if TYPE_CHECKING:
    from sgtui.library.glossary import Glossary, Term
    from sgtui.library.model import Library
    from sgtui.store.records import Anchor
    from sgtui.ui.desk import Desk

_MOST: Final = 12
"""Terms of one text that are shown together."""


def met(desk: Desk, term: Term) -> str:
    """The state (unread, reading, done) of the article that teaches a term."""
    info = desk.library.get(term.article) if term.article else None
    return desk.statuses.status_of(info) if info is not None else "unread"


def term_lines(desk: Desk, term: Term, cells: int, target: str = "0") -> list[list[Span]]:
    """A term with reading and English name, its meaning, and the article that teaches it (with ``target``)."""
    every = dict.fromkeys((term.reading, term.english, *term.aliases))
    names = " ・ ".join(name for name in every if name and name != term.term)
    lines = [[Span(text, "title")] for text in wrapped(term.term, cells)]
    lines += [[Span(text, "faint")] for text in wrapped(names, cells) if text]
    lines += [[Span(text)] for text in wrapped(term.meaning, cells) if text]
    info = desk.library.get(term.article) if term.article else None
    if info is not None:
        status = desk.statuses.status_of(info)
        lines.append([Span(f"{STATUS_MARK[status]} ", status), Span(shorten(info.title, cells - 2), "link", target)])
    return lines


def terms_in(glossary: Glossary, text: str, offset: int | None = None) -> list[Term]:
    """The term at ``offset`` of ``text`` if one is given; else the one that ``text`` is, else all that are in it."""
    if offset is not None:
        at = glossary.at(text, offset)
        return [at[0]] if at else []
    whole = glossary.find(text)
    if whole is not None:
        return [whole]
    found: list[Term] = []
    place = 0
    while place < len(text) and len(found) < _MOST:
        at = glossary.at(text, place)
        if at is None:
            place += 1
            continue
        if at[0] not in found:
            found.append(at[0])
        place = max(at[2], place + 1)
    return found


def place_of_term(library: Library, term: Term) -> tuple[Anchor | None, str]:
    """Where its article teaches a term: the paragraph that names it first, and the slug of the section."""
    from sgtui.articles.parser import digest_article
    from sgtui.library.search_query import Term as Wanted
    from sgtui.ui.browsing.found import anchor_in, block_with

    info = library.info(term.article)
    digest = digest_article(library.root, info.path, dialects=library.manifest.dialects)
    for name in (term.term, *term.aliases):
        wanted = (Wanted(name, (fold(name),)),)
        for section, (_heading, body) in zip(digest.info.sections, digest.sections, strict=False):
            block, offset = block_with(body, wanted)
            if block:
                return anchor_in(section.path, block, offset), section.slug
    return None, ""
