"""A library as data: articles in course order, categories, and how to read one of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sgtui.articles.info import ArticleInfo
from sgtui.errors import Problem
from sgtui.library.manifest import Manifest

if TYPE_CHECKING:
    from sgtui.articles.model import Article


class Texts(Protocol):
    """Where the searchable text of articles is kept."""

    def folded(self) -> Iterator[tuple[str, str]]:
        """Path and folded text (:func:`sgtui.library.text.folded`) of every article that is known, in no order."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category that is shown: its id, its name in the learner's language, and how many articles it has."""

    id: str
    name: str
    count: int


class Library:
    """A folder of articles as it was when it was read.

    ``infos`` holds the articles that are listed, in course order; ``drafts`` those that are not.
    ``pending`` counts files that were found and not read yet: they are listed under their file
    names until they are.  ``counts`` says how many articles are in each category, where that is known.
    """

    def __init__(
        self,
        root: Path,
        manifest: Manifest,
        infos: Sequence[ArticleInfo],
        *,
        drafts: Sequence[ArticleInfo] = (),
        problems: Iterable[Problem] = (),
        pending: int = 0,
        file: str = "",
        texts: Texts | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        self.root = root
        self.manifest = manifest
        self.infos = infos
        self.drafts = drafts
        self._counts = counts
        self.pending = pending
        self.file = file
        self.texts = texts
        self._own_problems = problems

    @property
    def id(self) -> str:
        """The manifest's id, else the folder's name."""
        return self.manifest.id or self.root.name

    @property
    def title(self) -> str:
        """The library's title in the learner's language, else the folder's name."""
        return str(self.manifest.title) or self.root.name or str(self.root)

    @property
    def footer(self) -> str:
        """The manifest's footer in the learner's language, or nothing."""
        return str(self.manifest.footer)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the library and its listed articles, by path and line."""
        found = list(self._own_problems)
        for info in (*self.infos, *self.drafts):
            found.extend(info.problems)
        return tuple(sorted(found))

    @cached_property
    def _by_key(self) -> Mapping[str, ArticleInfo]:
        known = {info.key: info for info in self.drafts}
        known.update((info.key, info) for info in self.infos)
        return known

    def has(self, key: str) -> bool:
        """Whether there is an article (a draft counts) with this key."""
        return key in self._by_key

    def info(self, key: str) -> ArticleInfo:
        """The article with this key; raises KeyError."""
        return self._by_key[key]

    def get(self, key: str) -> ArticleInfo | None:
        """The article with this key, or None."""
        return self._by_key.get(key)

    def at(self, path: str) -> ArticleInfo | None:
        """The article at ``path`` (relative to the library, POSIX slashes), or None."""
        return self._by_path.get(path)

    def named(self, name: str) -> Sequence[ArticleInfo]:
        """The listed articles whose web address ends with ``name``: the file's name, the folder's for an index."""
        return self._by_name.get(name, ())

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[ArticleInfo]]:
        from sgtui.library.links import site_address  # noqa: PLC0415 - only who follows a link needs it

        found: dict[str, list[ArticleInfo]] = {}
        for info in self.infos:
            address = site_address(info.path)
            if address:
                found.setdefault(address[-1], []).append(info)
        return found

    @cached_property
    def _by_path(self) -> Mapping[str, ArticleInfo]:
        return {info.path: info for info in (*self.drafts, *self.infos)}

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return {info.key: index for index, info in enumerate(self.infos)}

    def after(self, key: str) -> ArticleInfo | None:
        """The article that follows in course order, or None at the end."""
        index = self._position.get(key)
        return self.infos[index + 1] if index is not None and index + 1 < len(self.infos) else None

    def before(self, key: str) -> ArticleInfo | None:
        """The article that stands before in course order, or None at the start."""
        index = self._position.get(key)
        return self.infos[index - 1] if index else None

    def following(self, key: str) -> tuple[ArticleInfo, ...]:
        """The articles that name this one as a prerequisite."""
        return self._followers.get(key, ())

    def beforehand(self, info: ArticleInfo) -> tuple[ArticleInfo, ...]:
        """The articles that ``info`` names as prerequisites, as far as they are there."""
        found = (self.called(name) for name in info.prerequisites)
        return tuple({one.key: one for one in found if one is not None}.values())

    def called(self, name: str) -> ArticleInfo | None:
        """The article with the key ``name``, else the only one whose file is called so."""
        found = self.get(name)
        if found is None:
            named = self.named(name)
            found = named[0] if len(named) == 1 else None
        return found

    @cached_property
    def _followers(self) -> Mapping[str, tuple[ArticleInfo, ...]]:
        found: dict[str, tuple[ArticleInfo, ...]] = {}
        for info in self.infos:
            for before in self.beforehand(info) if info.prerequisites else ():
                found[before.key] = (*found.get(before.key, ()), info)
        return found

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """The categories with at least one article: the manifest's in its order, then others as they come."""
        counts = self._counts or Counter(info.category for info in self.infos)
        listed = [name.id for name in self.manifest.categories if counts.get(name.id)]
        known = set(listed)
        others = [id_ for id_ in counts if id_ not in known and id_]
        loose = [""] if counts.get("") else []
        return tuple(Category(id_, self.category_name(id_), counts[id_]) for id_ in (*listed, *others, *loose))

    @property
    def is_placed(self) -> bool:
        """Whether :attr:`places` is there already: in a large library it takes longer than a frame."""
        return "places" in self.__dict__

    @cached_property
    def places(self) -> Mapping[str, Mapping[str, int]]:
        """Of each category the places in it (:mod:`sgtui.library.places`) and how many articles stand there."""
        from sgtui.library.places import counted  # noqa: PLC0415 - a first screen shows no tree

        by_category: dict[str, list[ArticleInfo]] = {}
        for info in self.infos:
            by_category.setdefault(info.category, []).append(info)
        return {category: counted(infos) for category, infos in by_category.items()}

    def category_name(self, category: str) -> str:
        """What a category, or a place in one, is called in the learner's language; its id where nobody names it."""
        first, slash, below = category.partition("/")
        known = self._category_names.get(category)
        return known or (f"{self._category_names.get(first, first)}{slash}{below}" if slash else category)

    def category_id(self, name: str) -> str:
        """The id of the category called ``name`` (its id, or its name in any language); ``name`` if there is none."""
        wanted = name.casefold()
        for category in self.manifest.categories:
            if wanted in (category.id.casefold(), *(text.casefold() for text in category.name.texts.values())):
                return category.id
        return next((c.id for c in self.categories if c.id.casefold() == wanted), name)

    @property
    def _category_names(self) -> Mapping[str, str]:
        return {name.id: str(name.name) or name.id for name in self.manifest.categories}

    def read(self, key: str) -> "Article":
        """Read the article with this key from its file, as it is now; raises KeyError.

        Its category is the one it is listed under, which may be its folder's.
        """
        from sgtui.articles.parser import read_article  # noqa: PLC0415 - a list needs no parser

        info = self.info(key)
        article = read_article(self.root, info.path, dialects=self.manifest.dialects, known=info)
        return replace(article, info=replace(article.info, category=info.category))
