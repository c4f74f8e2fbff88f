"""What the learner marked, to take along: bookmarks, notes and highlights as Markdown or JSON.

Each mark has its heading, the text it was set on, its date and a link ``article.md#slug`` that is
relative to the library.
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Any, Final, Literal

from sgtui.articles.model import ArticleInfo, Section
from sgtui.i18n import N_, _
from sgtui.library.model import Library
from sgtui.store.records import Anchor, Bookmark, Highlight, Note
from sgtui.store.store import Store

MarkKind = Literal["bookmark", "highlight", "note"]

KINDS: Final[dict[MarkKind, str]] = {
    "bookmark": N_("Bookmark"),
    "highlight": N_("Highlight"),
    "note": N_("Note"),
}
HIGHLIGHTS: Final = {1: N_("Important"), 2: N_("Term"), 3: N_("Unclear"), 4: N_("To remember")}
"""The kinds of highlights, as the reader calls them."""

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~$])")
_BLOCK: Final = re.compile(r"(?m)^(\s*\d*)([#+\-=.)])")


@dataclass(frozen=True, slots=True)
class Marked:
    """One mark.

    ``article`` is the article's key and ``title`` its title (the key, where it is no longer there);
    ``section`` holds the titles of the headings it stands under, outermost first.  ``link`` leads
    from the library's folder to the section, and is empty where the article is gone.  ``quote`` is
    the text as it stood, ``note`` the learner's own words, ``highlight`` 1–4 for a highlight, else 0.
    """

    kind: MarkKind
    article: str
    title: str
    section: tuple[str, ...]
    link: str
    quote: str
    note: str
    created: datetime
    highlight: int = 0


def collect(store: Store, key: str, library: Library, articles: Collection[str] | None = None) -> list[Marked]:
    """The marks of the library called ``key`` in ``store``, in course order and in the order of the text.

    ``articles`` (keys) leaves out those of others.  Marks of articles that are gone come last.
    """
    places = {info.key: index for index, info in enumerate((*library.infos, *library.drafts))}
    found = []
    all_marks: list[Bookmark | Highlight | Note] = [*store.bookmarks(key), *store.highlights(key), *store.notes(key)]
    for mark in all_marks:
        if articles is not None and mark.article not in articles:
            continue
        info = library.get(mark.article)
        section = _section(info, mark.section)
        anchor = mark.start if isinstance(mark, Highlight) else mark.anchor
        order = (
            places.get(mark.article, len(places)), mark.article, section.index if section else len(places),
            anchor.block, anchor.fraction, mark.created or mark.at, mark.uid,
        )  # fmt: skip
        found.append((order, _marked(mark, info, section, anchor)))
    return [marked for _order, marked in sorted(found, key=lambda pair: pair[0])]


def _section(info: ArticleInfo | None, slug: str) -> Section | None:
    return next((section for section in info.sections if section.slug == slug), None) if info else None


def _marked(
    mark: Bookmark | Highlight | Note, info: ArticleInfo | None, section: Section | None, anchor: Anchor
) -> Marked:
    kept = anchor.path or (mark.path if isinstance(mark, Bookmark) else ())
    common: dict[str, Any] = {
        "article": mark.article,
        "title": info.title if info else mark.article,
        "section": section.path if section else kept,
        "link": _link(info, section),
        "created": mark.created or mark.at,
    }
    if isinstance(mark, Highlight):
        return Marked("highlight", quote=mark.quote, note=mark.note, highlight=mark.kind, **common)
    if isinstance(mark, Note):
        return Marked("note", quote=anchor.excerpt, note=mark.text, **common)
    return Marked("bookmark", quote=anchor.excerpt, note=mark.note, **common)


def _link(info: ArticleInfo | None, section: Section | None) -> str:
    if info is None:
        return ""
    return f"{info.path}#{section.slug}" if section is not None and section.slug else info.path


def to_markdown(marks: Sequence[Marked], title: str, zone: tzinfo | None = None) -> str:
    """The marks as a Markdown page about the library called ``title``; dates are days in ``zone`` (None: here)."""
    lines = ["# " + _("Bookmarks, notes and highlights: {title}").format(title=_plain(title))]
    for _article, of_article in groupby(marks, key=lambda mark: mark.article):
        group = list(of_article)
        first = group[0]
        lines += ["", "## " + _linked(first.title, first.link.partition("#")[0])]
        for section, of_section in groupby(group, key=lambda mark: (mark.section, mark.link)):
            if section[0]:
                lines += ["", "### " + _linked(" › ".join(section[0]), section[1])]
            for mark in of_section:
                lines += ["", *_item(mark, zone)]
    return "\n".join(lines) + "\n"


def _item(mark: Marked, zone: tzinfo | None) -> Iterable[str]:
    name = _(KINDS[mark.kind])
    if mark.highlight in HIGHLIGHTS:
        name += f" ({_(HIGHLIGHTS[mark.highlight])})"
    yield f"- **{name}** {mark.created.astimezone(zone).date().isoformat()}"
    if mark.quote.strip():
        yield ""
        yield from (f"  > {line}".rstrip() for line in _plain(mark.quote).split("\n"))
    if mark.note.strip():
        yield ""
        yield from (f"  {line}".rstrip() for line in mark.note.strip().split("\n"))


def _linked(text: str, link: str) -> str:
    place = f"<{link}>" if re.search(r"[\s()<>]", link) else link
    return f"[{_plain(text)}]({place})" if link else _plain(text)


def _plain(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    return _BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text.strip()))


def to_json(marks: Sequence[Marked]) -> str:
    """The marks as a JSON array, dates as ISO in UTC, ``highlight`` as a kind from 1 to 4 or null."""
    return json.dumps([_record(mark) for mark in marks], ensure_ascii=False, indent=2) + "\n"


def _record(mark: Marked) -> dict[str, Any]:
    return {
        "kind": mark.kind,
        "highlight": mark.highlight or None,
        "article": mark.article,
        "title": mark.title,
        "section": list(mark.section),
        "link": mark.link,
        "quote": mark.quote,
        "note": mark.note,
        "created": mark.created.isoformat(),
    }
