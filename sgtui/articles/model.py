"""An article as data: what a list needs (:class:`ArticleInfo`) and what a page needs (:class:`Article`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article, ready to be set and quizzed.

    ``pieces`` is the body in reading order: passages (the scenario of a case is one) and
    quizzes.  ``env`` is what Markdown's parser left for the page (link references, footnotes).
    ``source`` is the whole file's text, with line ends as ``\\n``.
    """

    info: ArticleInfo
    front_matter: FrontMatter
    pieces: tuple[Piece, ...]
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
