"""An article as data: what a list needs (:class:`ArticleInfo`) and what a page needs (:class:`Article`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from sgtui.articles.info import DIFFICULTIES, ArticleInfo, Difficulty, Section
from sgtui.errors import Problem

if TYPE_CHECKING:
    from markdown_it.token import Token

    from sgtui.quiz.model import Case, Quiz

__all__ = [
    "DIFFICULTIES",
    "Article",
    "ArticleInfo",
    "Difficulty",
    "FrontMatter",
    "Passage",
    "Piece",
    "Pieces",
    "Section",
]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The header of an article after every dialect was read into one form.

    Absent values are empty (``""``, ``()``, ``None``).  ``extra`` keeps every key as it was
    written.  ``body_line`` is the file's line (from 1) on which the body begins.
    """

    title: str = ""
    summary: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    exam: str = ""
    type: str = ""
    syllabus: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    order: float | None = None
    draft: bool = False
    id: str = ""
    prerequisites: tuple[str, ...] = ()
    as_of: date | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    body_line: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of ordinary Markdown inside one section: top-level block tokens with their children."""

    tokens: tuple[Token, ...]
    section: int


Piece: TypeAlias = "Passage | Quiz"


class Pieces(Sequence[Piece]):
    """Pieces that can be forgotten, since most of an article's memory is their tokens, and are made again if asked for.

    ``again`` makes the very same pieces from the article's text.
    """

    __slots__ = ("_again", "_held")

    def __init__(self, held: tuple[Piece, ...], again: Callable[[], tuple[Piece, ...]]) -> None:
        self._held: tuple[Piece, ...] | None = held
        self._again = again

    def forget(self) -> None:
        """Let the pieces go: whoever set them needs them no more."""
        self._held = None

    def _all(self) -> tuple[Piece, ...]:
        held = self._held
        if held is None:
            held = self._held = self._again()
        return held

    @overload
    def __getitem__(self, index: int) -> Piece: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Piece, ...]: ...

    def __getitem__(self, index: int | slice) -> Piece | tuple[Piece, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Piece]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == tuple(other) if isinstance(other, Pieces | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article, ready to be set and quizzed.

    ``pieces`` is the body in reading order: passages (the scenario of a case is one) and
    quizzes; when a page was built of them they are forgotten (:class:`Pieces`).  ``env`` is what
    Markdown's parser left for the page (link references, footnotes).
    ``source`` is the whole file's text, with line ends as ``\\n``.
    """

    info: ArticleInfo
    front_matter: FrontMatter
    pieces: Sequence[Piece]
    quizzes: tuple[Quiz, ...]
    cases: tuple[Case, ...]
    env: Mapping[str, Any]
    source: str

    @property
    def sections(self) -> tuple[Section, ...]:
        """The article's sections, in order."""
        return self.info.sections

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file."""
        return self.info.problems
