"""A quiz as data.  Nothing here knows Markdown's syntax, the screen or the learner."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from sgtui.markup.late import Late

QuizKind = Literal["single", "multiple", "true-false", "fill", "order", "match", "recall"]


class Fragment:
    """A piece of Markdown inside a quiz: its block tokens, and its text without markup.

    Of a paragraph only its source is held, and the token for it made when somebody looks: an article may have
    hundreds of quizzes with ten paragraphs each.
    """

    __slots__ = ("_held", "_reader", "_source", "text")

    def __init__(
        self, tokens: "tuple[Token, ...]", text: str, *, source: str = "", reader: "Late | None" = None
    ) -> None:
        """``tokens`` are all of them; or a paragraph's first and last, where ``reader`` reads its ``source``."""
        self._held = tokens
        self._source = source
        self._reader = reader
        self.text = text

    @property
    def tokens(self) -> "tuple[Token, ...]":
        """The block tokens."""
        if self._reader is None:
            return self._held
        opening, closing = self._held
        return (opening, self._reader.inline(self._source, opening.level + 1), closing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fragment) and (self.text, self.tokens) == (other.text, other.tokens)

    def __hash__(self) -> int:
        return hash(self.text)


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

    def fragments(self) -> "Iterator[Fragment]":
        """Everything written in the quiz, in about the order it stands there."""
        told: list[Fragment | None] = [self.prompt, self.hint]
        for choice in self.choices:
            told += (choice.content, choice.reason)
        told += (gap.reason for gap in self.gaps)
        told += self.items
        for pair in self.pairs:
            told += (pair.left, pair.right)
        told += (self.answer, self.explanation)
        return (fragment for fragment in told if fragment is not None)


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario that several quizzes share (科目B)."""

    id: str
    line: int
    scenario: Fragment
    quizzes: tuple[str, ...]
