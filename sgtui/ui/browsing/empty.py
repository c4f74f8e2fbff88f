"""What a list says that has nothing to show: what was looked for, and the nearest way on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sgtui.i18n import _, ngettext
from sgtui.library.conditions import FACETS, toggled, values_of
from sgtui.library.query import Filter
from sgtui.ui.browsing.facets import FACET, value_name

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.library.nearest import Instead
    from sgtui.ui.browsing.listing import Listing

_MOST: Final = 3


def why_empty(listing: Listing, chosen: Filter) -> str:
    """Why no article is shown, and what to do about it."""
    library = listing.desk.library
    if library.infos:
        parts = list(_parts(library, chosen))
        names = " ・ ".join(name for name, _rest in parts)
        without = [(name, len(listing.shown(rest))) for name, rest in parts] if len(parts) > 1 else []
        offered = sorted(((number, name) for name, number in without if number))[:_MOST]
        return "\n".join(
            (
                _("No article fits: {conditions}").format(conditions=names),
                *(_without(name, number) for number, name in offered),
                "",
                _("Esc takes the newest filter off, F all of them; S searches the text."),
            )
        )
    return _(
        "There is no article in {folder} yet.\n\n"
        "A library is a folder of Markdown files (.md), each with a title, in folders that are its categories. "
        "Make the first article with\n\n    sgtui --library {folder} new first-article\n\n"
        "or press L to open another folder or the course that comes with sgtui."
    ).format(folder=library.root)


def _parts(library: Library, chosen: Filter) -> Iterator[tuple[str, Filter]]:
    """Each condition's name, and the filter without it."""
    for facet in FACETS:
        for value in values_of(chosen, facet):
            yield f"{_(FACET[facet])}: {value_name(library, facet, value)}", toggled(chosen, facet, value)
    if chosen.words:
        yield f"“{chosen.words}”", replace(chosen, words="")


def nothing_found(text: str, instead: Sequence[Instead]) -> str:
    """What a search says that found nothing for ``text``; ``instead`` finds something."""
    lines = [_("Nothing in this library has {words}.").format(words=text.strip())]
    for one in instead:
        if one.left_out:
            lines.append(_without(one.left_out, one.articles))
        else:
            number = ngettext("{n} article", "{n} articles", one.articles).format(n=one.articles)
            lines.append(_("With “{words}”: {articles}").format(words=one.query, articles=number))
    return "\n".join([*lines, "", _("Fewer or shorter words find more.")])


def _without(what: str, articles: int) -> str:
    number = ngettext("{n} article", "{n} articles", articles).format(n=articles)
    return _("Without {what}: {articles}").format(what=what, articles=number)
