"""What lists, filters and statistics need to know of an article: all that a first screen needs of articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sgtui.errors import Problem

Difficulty = Literal["beginner", "intermediate", "advanced"]
DIFFICULTIES: Final[tuple[Difficulty, ...]] = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level.

    ``level`` is 1–6; 0 is the text before the first heading, which has no title.  ``slug`` is
    unique in the article, made by GitHub's rule.  ``path`` holds the titles from the outermost
    heading down to this one.  ``line`` is the file's line.
    """

    index: int
    level: int
    title: str
    slug: str
    path: tuple[str, ...]
    line: int
    characters: int
    quizzes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What lists, filters and statistics need to know of an article, without its text.

    ``key`` names the article in its library: the front matter's id, else the path without its
    suffix (and without ``/index``).  ``path`` is relative to the library, with POSIX slashes.
    ``characters`` counts what is read, without white space and markup; ``minutes`` is at least 1.
    ``digest`` names the body's text (white space aside), so that a renamed file is known again.  Of the quizzes' ids
    ``cards`` are flash cards, and ``cases`` holds those of each case in turn.
    """

    key: str
    path: str
    title: str
    category: str = ""
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    exam: str = ""
    type: str = ""
    syllabus: tuple[str, ...] = ()
    summary: str = ""
    published: date | None = None
    updated: date | None = None
    order: float | None = None
    draft: bool = False
    prerequisites: tuple[str, ...] = ()
    characters: int = 0
    minutes: int = 1
    sections: tuple[Section, ...] = ()
    quizzes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    cards: tuple[str, ...] = ()
    cases: tuple[tuple[str, ...], ...] = ()
