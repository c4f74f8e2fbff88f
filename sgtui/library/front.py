"""The first page of a large library, kept so that it is on the screen before anybody has looked into its folder.

What is kept is how many articles there are, how many in each category, and the first of them in course order.
Everything else comes from the cache's rows when it is asked for, and from the folder when :class:`Opening` walks it.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, overload
from zlib import crc32

from sgtui.articles.info import ArticleInfo
from sgtui.library.manifest import Manifest
from sgtui.library.model import Library
from sgtui.library.rows import Row, encode_path, unpack

MANY: Final = 1000
"""From so many articles on it pays; fewer are walked and put together in the time one file takes to be painted."""

PAGE: Final = 100
"""Articles on the first page: as many as a tall terminal shows."""


class Front(NamedTuple):
    """A first page: of the ``shown`` articles path, final key and category; ``counts`` are articles by category."""

    manifest: int
    total: int
    drafts: int
    counts: Mapping[str, int]
    shown: Sequence[tuple[bytes, str, str]]

    def infos(self, rows: Sequence[Row]) -> list[ArticleInfo] | None:
        """The articles shown, from their ``rows`` in any order; None where they are not what they were."""
        known = {row.path: row for row in rows}
        try:
            return [unpack(known[path], key, category) for path, key, category in self.shown]
        except (KeyError, ValueError, TypeError, AttributeError):  # a cache somebody has edited
            return None


class Later(Sequence[ArticleInfo]):
    """Articles of which the ``first`` are there and the others, ``total`` in all, are made when one is asked for."""

    def __init__(self, first: Sequence[ArticleInfo], total: int, make: Callable[[], Sequence[ArticleInfo]]) -> None:
        self._first = first
        self._total = total
        self._make = make
        self._all: Sequence[ArticleInfo] | None = None

    def _whole(self) -> Sequence[ArticleInfo]:
        if self._all is None:
            self._all = self._make()
        return self._all

    def __len__(self) -> int:
        return self._total if self._all is None else len(self._all)

    @overload
    def __getitem__(self, index: int) -> ArticleInfo: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[ArticleInfo]: ...

    def __getitem__(self, index: int | slice) -> ArticleInfo | Sequence[ArticleInfo]:
        if self._all is None and isinstance(index, int) and 0 <= index < len(self._first):
            return self._first[index]
        return self._whole()[index]

    def __iter__(self) -> Iterator[ArticleInfo]:
        return iter(self._whole() if len(self) else ())


def written(library: Library) -> str:
    """The first page of ``library`` as text for the cache; empty where it is too small for one."""
    if len(library.infos) < MANY:
        return ""
    counts = {category.id: category.count for category in library.categories}
    shown = [(info.path, info.key, info.category) for info in library.infos[:PAGE]]
    return json.dumps([_stamp(library.manifest), len(library.infos), len(library.drafts), counts, shown])


def read(text: str, manifest: Manifest) -> Front | None:
    """The way back from :func:`written`; None where there is none, or where it was made under another manifest."""
    try:
        stamp, total, drafts, counts, shown = json.loads(text) if text else (0, 0, 0, {}, [])
        found = Front(
            stamp, total, drafts, counts, [(encode_path(path), key, category) for path, key, category in shown]
        )
    except (ValueError, TypeError):  # somebody has edited the cache
        return None
    return found if found.shown and found.manifest == _stamp(manifest) else None


def _stamp(manifest: Manifest) -> int:
    return crc32(repr(manifest).encode("utf-8", "surrogatepass"))
