"""A quiz as data.  Nothing here knows Markdown's syntax, the screen or the learner."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token

QuizKind = Literal["single", "multiple", "true-false", "fill", "order", "match", "recall"]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of Markdown inside a quiz: its block tokens, and its text without markup."""

    tokens: "tuple[Token, ...]"
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, without the label its author gave it (``ア.``, ``A)``)."""

    content: Fragment
    correct: bool
    reason: Fragment | None
    line: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """One blank of a fill quiz and what may stand in it.

    ``tolerance`` is set for numbers: an answer within it (absolute) is right.
    """

    answers: tuple[str, ...]
    reason: Fragment | None
    line: int
    tolerance: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A left side and the right side that belongs to it, in a match quiz."""

    left: Fragment
    right: Fragment
    line: int


@dataclass(frozen=True, slots=True)
class Quiz:
    """One question block of an article.

    Exactly one of ``choices`` (single, multiple, true-false), ``gaps`` (fill), ``items`` (order:
    in the right order), ``pairs`` (match) and ``answer`` (recall) holds something.  ``line``
    is the opener's, counted from 1 in the file.  ``section`` is an index into the article's
    sections.  ``explicit_id`` is false where ``id`` was made from the prompt.  ``about`` is the
    slug of the section that the quiz tests, where its author named one (``section=…``).
    """

    id: str
    kind: QuizKind
    line: int
    prompt: Fragment
    choices: tuple[Choice, ...] = ()
    gaps: tuple[Gap, ...] = ()
    items: tuple[Fragment, ...] = ()
    pairs: tuple[Pair, ...] = ()
    answer: Fragment | None = None
    hint: Fragment | None = None
    explanation: Fragment | None = None
    level: str = ""
    ref: str = ""
    shuffle: bool = True
    section: int = 0
    case: str = ""
    explicit_id: bool = True
    about: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario that several quizzes share (科目B)."""

    id: str
    line: int
    scenario: Fragment
    quizzes: tuple[str, ...]
