"""Where a link in an article leads: another article, a place in this one, the web, or nowhere."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from sgtui.articles.model import ArticleInfo
from sgtui.library.model import Library
from sgtui.markup.fold import fold

Kind = Literal["place", "article", "web", "broken"]
WIKI: Final = "wiki:"
"""The scheme under which the typesetter passes on ``[[wiki links]]``."""

_POST: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)-(.+)")
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
    found = _by_path(library, info, path) or library.get(_SUFFIX.sub("", path)) or _by_address(library, info, path)
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


def _by_address(library: Library, info: ArticleInfo, path: str) -> ArticleInfo | None:
    """The article that ``path`` means on the web site the files are made into.

    Folders above those of the site (``src/content``) are not in its addresses, so that what counts is how many of the
    last parts agree; where two articles agree alike, none is meant.
    """
    base = "" if path.startswith("/") else posixpath.dirname(info.path)
    wanted = _parts(posixpath.normpath(posixpath.join("/", base, path.lstrip("/"))))
    named = library.named(wanted[-1]) if wanted else ()
    agreeing = [(_agreeing(site_address(one.path), wanted), one) for one in named]
    most = max((count for count, _one in agreeing), default=0)
    return _only([one for count, one in agreeing if count == most])


def site_address(path: str) -> tuple[str, ...]:
    """The parts of the address that makers of web sites give a file: no suffix, no ``index``, posts below their day."""
    parts = _parts(path)
    post = _POST.fullmatch(parts[-1]) if len(parts) > 1 and parts[-2] == "_posts" else None
    return (*parts[:-2], *post.groups()) if post else parts


def _parts(path: str) -> tuple[str, ...]:
    parts = tuple(part for part in _SUFFIX.sub("", path).split("/") if part)
    return parts[:-1] if parts and parts[-1] == "index" else parts


def _agreeing(one: Sequence[str], other: Sequence[str]) -> int:
    """How many parts are the same, from the last on."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


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
