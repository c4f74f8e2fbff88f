"""Which article somebody means by a key, a path or a part of a title."""

import os
from pathlib import Path

from sgtui.articles.model import ArticleInfo
from sgtui.articles.names import is_article, path_key
from sgtui.errors import SgtuiError
from sgtui.i18n import _
from sgtui.library.model import Library
from sgtui.library.words import spellings

CANDIDATES = 10
"""How many articles an ambiguous name is answered with."""


def identify(library: Library, name: str, folder: Path | None = None) -> ArticleInfo:
    """The article that ``name`` means.

    A key, a path (from ``folder`` or from the library), a title, an unambiguous part of a title or
    else of a key.  Raises SgtuiError where no article or more than one fits; the message names
    the candidates.
    """
    wanted = name.strip()
    known = library.get(wanted) or _at_path(library, wanted, folder)
    if known is not None:
        return known
    found = _by_title(library, wanted)
    if len(found) == 1:
        return found[0]
    if not found:
        raise SgtuiError(
            _("No article is called “{name}”. See all with: sgtui list --library {folder}").format(
                name=name, folder=library.root
            )
        )
    shown = "\n".join(f"  {info.key}  {info.title}" for info in found[:CANDIDATES])
    if len(found) > CANDIDATES:
        shown += "\n  …"
    raise SgtuiError(
        _("“{name}” fits {number} articles. Say which by its key:\n{articles}").format(
            name=name, number=len(found), articles=shown
        )
    )


def _at_path(library: Library, name: str, folder: Path | None) -> ArticleInfo | None:
    candidates = [name]
    if folder is not None or Path(name).is_absolute():
        place = os.path.realpath((folder or Path()) / name)
        root = os.path.realpath(library.root) + os.sep
        if place.startswith(root):
            candidates.append(place[len(root) :].replace(os.sep, "/"))
    for path in candidates:
        path = path.removeprefix("./").rstrip("/")  # noqa: PLW2901
        known = library.at(path)
        if known is None and not is_article(path):
            known = next((info for info in library.infos if path_key(info.path) == path), None)
        if known is not None:
            return known
    return None


def _by_title(library: Library, name: str) -> list[ArticleInfo]:
    from sgtui.markup.fold import fold  # noqa: PLC0415

    folded = fold(name).strip()
    if not folded:
        return []
    titles = [(fold(info.title), info) for info in library.infos]
    exact = [info for title, info in titles if title == folded]
    if exact:
        return exact
    parts = [info for title, info in titles if folded in title]
    if parts:
        return parts
    words = [spellings(word) for word in name.split()]
    spelt = [info for title, info in titles if all(any(one in title for one in word) for word in words)]
    return spelt or [info for info in library.infos if folded in info.key.casefold()]
