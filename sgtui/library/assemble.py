"""From rows to a library: final keys, categories and course order, which depend on all files together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sgtui.articles.info import ArticleInfo
from sgtui.articles.names import path_key, path_title
from sgtui.errors import Problem, problem
from sgtui.library.manifest import Manifest
from sgtui.library.model import Library, Texts
from sgtui.library.rows import Row, natural, unpack
from sgtui.library.scan import Found

_LAST: Final = float("inf")


def assemble(
    root: Path,
    manifest: Manifest,
    rows: Collection[Row],
    *,
    waiting: Sequence[Found] = (),
    problems: Iterable[Problem] = (),
    drafts: bool = False,
    file: str = "",
    texts: Texts | None = None,
) -> Library:
    """Put a library together; ``waiting`` files are listed under their names until they are read."""
    paths = [row.path.decode("utf-8", "surrogateescape") for row in rows]
    folders = Folders([*paths, *(found.path for found in waiting)], manifest)
    keys = _Keys()
    listed: list[tuple[Any, ArticleInfo]] = []
    hidden: list[tuple[Any, ArticleInfo]] = []
    order = _Order(manifest)
    for row, path in sorted(zip(rows, paths, strict=True), key=lambda pair: pair[1]):
        key, clash = keys.take(row.id, path)
        category = folders.category(row.category, path)
        try:
            info: ArticleInfo = unpack(row, key, category, clash)
        except (ValueError, TypeError, AttributeError):  # a row somebody has edited: the file's name must do
            info = _stub(path, key, category, root)
        place = hidden if row.draft and not drafts else listed
        place.append((order.of(info, row.sort), info))
    for found in waiting:
        key, _clash = keys.take("", found.path)
        info = _stub(found.path, key, folders.category("", found.path), root)
        listed.append((order.of(info, natural(found.path)), info))
    return Library(
        root,
        manifest,
        tuple(info for _, info in sorted(listed, key=_first)),
        drafts=tuple(info for _, info in sorted(hidden, key=_first)),
        problems=problems,
        pending=len(waiting),
        file=file,
        texts=texts,
    )


def _first(pair: tuple[Any, ArticleInfo]) -> Any:
    return pair[0]


def _stub(path: str, key: str, category: str, root: Path) -> ArticleInfo:
    return ArticleInfo(key=key, path=path, title=path_title(path, root.name), category=category)


class _Keys:
    """Gives each article a key of its own; of several with one id, the first by path has it."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def take(self, wanted: str, path: str) -> tuple[str, tuple[Problem, ...]]:
        key = wanted or path_key(path)
        other = self._taken.get(key)
        if other is None:
            self._taken[key] = path
            return key, ()
        found = (problem(path, 1, "duplicate-id", id=wanted, other=other),) if wanted else ()
        key = path_key(path)
        if key in self._taken:
            key = path
        self._taken[key] = path
        return key, found


class Folders:
    """Says which category an article is in: its header's, else the first folder that tells articles apart."""

    def __init__(self, paths: Iterable[str], manifest: Manifest) -> None:
        self._names: dict[str, str] = {}
        for category in manifest.categories:
            for name in (category.id, *category.name.texts.values()):
                self._names.setdefault(name.casefold(), category.id)
        self._skip = 0 if manifest.categories else _common(list(paths))

    def category(self, wanted: str, path: str) -> str:
        """The category of the article at ``path`` whose header says ``wanted``; an id of the manifest if it has one."""
        name = wanted
        if not name:
            folders = path.split("/")[self._skip : -1]
            name = folders[0] if folders else ""
        return self._names.get(name.casefold(), name) if self._names else name


def _common(paths: Sequence[str]) -> int:
    """How many folders all paths share, short of those that would leave every article without a category."""
    if not paths:
        return 0
    count = 0
    for one, other in zip(min(paths).split("/")[:-1], max(paths).split("/")[:-1], strict=False):
        if one != other:
            break
        count += 1
    while count and not any(path.count("/") > count for path in paths):
        count -= 1
    return count


class _Order:
    """Sort keys for course order.

    With a manifest: the articles it lists, then the headers' ``order`` through the whole library,
    then its categories.  Without: folder by folder, within each by ``order``, then by name.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._listed: Mapping[str, int] = {key: index for index, key in enumerate(manifest.articles)}
        self._categories: Mapping[str, int] = {name.id: index for index, name in enumerate(manifest.categories)}
        self._natural: dict[str, str] = {}

    def of(self, info: ArticleInfo, sort: str) -> Any:
        order = _LAST if info.order is None else info.order
        if self._manifest.exists:
            listed = self._listed.get(info.key, len(self._listed))
            category = self._categories.get(info.category, len(self._categories))
            return listed, order, category, info.category, sort, info.path
        name = self._natural.get(info.category)
        if name is None:
            name = self._natural[info.category] = natural(info.category)
        return name, sort.rpartition("/")[0], order, sort, info.path
