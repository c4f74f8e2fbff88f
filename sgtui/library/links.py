"""Where a link in an article leads: another article, a place in this one, the web, or nowhere."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from sgtui.articles.model import ArticleInfo
from sgtui.library.model import Library
from sgtui.markup.fold import fold

Kind = Literal["place", "article", "web", "broken"]
WIKI: Final = "wiki:"
"""The scheme under which the typesetter passes on ``[[wiki links]]``."""

_SUFFIX: Final = re.compile(r"\.(?:md|markdown|mdx|html?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was looked up.

    ``article`` is the key of the article it leads to (its own for a ``place``), ``fragment`` names a heading there
    (empty: the beginning), ``url`` is the address in full for the web, and what was written for a broken one.
    """

    kind: Kind
    article: str = ""
    fragment: str = ""
    url: str = ""


def resolve(library: Library, info: ArticleInfo, href: str) -> Link:
    """Look up ``href`` as it stands in the article ``info``; never raises."""
    if href.startswith(WIKI):
        return _wiki(library, info, unquote(href.removeprefix(WIKI)))
    try:
        parts = urlsplit(href)
    except ValueError:
        return Link("broken", url=href)
    if parts.scheme in ("http", "https") and parts.netloc:
        return Link("web", url=href)
    if parts.scheme == "mailto" and parts.path:
        return Link("web", url=href)
    if parts.scheme or parts.netloc:
        return Link("broken", url=href)
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return Link("place", info.key, fragment)
    found = _by_path(library, info, path) or _by_name(library, path)
    return Link("article", found.key, fragment, href) if found else Link("broken", url=href)


def _by_path(library: Library, info: ArticleInfo, path: str) -> ArticleInfo | None:
    """The article that a relative path means; one that leaves the library means none."""
    base = "" if path.startswith("/") else posixpath.dirname(info.path)
    joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
    if joined.startswith(".."):
        return None
    stem = _SUFFIX.sub("", joined)
    for name in (joined, f"{stem}.md", f"{stem}.mdx", f"{stem}.markdown", f"{stem}/index.md", f"{stem}/index.mdx"):
        found = library.at(name)
        if found is not None:
            return found
    return None


def _by_name(library: Library, path: str) -> ArticleInfo | None:
    """The article whose key, or the last part of it, is the last part of ``path``: links written for a web site."""
    name = _SUFFIX.sub("", path.rstrip("/")).rpartition("/")[2]
    return library.get(name) or _only([i for i in library.infos if i.key.rpartition("/")[2] == name])


def _wiki(library: Library, info: ArticleInfo, text: str) -> Link:
    name, _hash, fragment = text.partition("#")
    if not name.strip():
        return Link("place", info.key, fragment)
    wanted = fold(name.strip())
    found = _by_path(library, info, name) or library.get(name)
    if found is None:
        found = _only([i for i in library.infos if wanted in (fold(i.title), fold(i.key.rpartition("/")[2]))])
    return Link("article", found.key, fragment, text) if found else Link("broken", url=text)


def _only(found: Sequence[ArticleInfo]) -> ArticleInfo | None:
    return found[0] if len(found) == 1 else None
