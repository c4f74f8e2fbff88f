"""What the learner owns, as data.

Every record has a ``uid`` (its TinyDB document id), the ``device`` that wrote it last and ``at``, the UTC time of that.
``library`` is :attr:`LibraryRecord.key`, ``article`` is ``ArticleInfo.key``, ``section`` is a section's slug and
``question`` is ``Quiz.id``.  Fields with their default are not written to the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal

Mode = Literal["article", "quick", "review", "exam"]
MODES: Final[tuple[Mode, ...]] = ("article", "quick", "review", "exam")
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in an article that no width and no line number changes.

    ``path`` holds the titles of the headings from the outermost down, ``excerpt`` the beginning of the block's text,
    ``fraction`` (0–1) how far into the block; ``block`` is the block's index when it was made, a hint only.
    """

    path: tuple[str, ...] = ()
    excerpt: str = ""
    fraction: float = 0.0
    digest: str = ""
    block: int = 0


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """Where reading stopped.  ``fraction`` (0–1) is of the whole article."""

    anchor: Anchor
    fraction: float = 0.0
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    uid: int
    device: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleState(Record):
    """How far the learner is with one article.

    ``sections`` and ``unticked`` say when a section (slug) was ticked and when its tick was taken away; the later
    counts.  ``furthest`` is the greatest fraction (0–1) ever reached.  ``done`` is set by hand only: ``None`` leaves
    it to reading and quizzes.  ``seconds`` is summed from the reading sessions and not written here.
    ``fingerprint`` recognises the article under another key.
    """

    library: str
    article: str
    position: ReadingPosition | None = None
    furthest: float = 0.0
    sections: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    unticked: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    done: bool | None = None
    done_at: datetime | None = None
    opened: datetime | None = None
    fingerprint: str = ""
    seconds: float = 0.0

    @property
    def sections_read(self) -> frozenset[str]:
        """The slugs of the sections that are ticked now."""
        if not self.unticked:
            return frozenset(self.sections)
        gone = self.unticked
        return frozenset(slug for slug, at in self.sections.items() if slug not in gone or at > gone[slug])


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark(Record):
    """A marked section.  ``path`` and ``title`` are kept to show and find it when the article has changed."""

    library: str
    article: str
    section: str = ""
    path: tuple[str, ...] = ()
    title: str = ""
    anchor: Anchor = field(default_factory=Anchor)
    note: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight(Record):
    """Marked text.  ``kind`` is 1–4, ``quote`` the text as it stood."""

    library: str
    article: str
    section: str = ""
    kind: int = 1
    start: Anchor = field(default_factory=Anchor)
    end: Anchor = field(default_factory=Anchor)
    quote: str = ""
    note: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """The learner's own words at a place."""

    library: str
    article: str
    section: str = ""
    anchor: Anchor = field(default_factory=Anchor)
    text: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLog(Record):
    """One answer.  Nothing of it changes afterwards but ``guess`` and, with it, ``rating``.

    ``response`` is what the quiz's own ``to_record()`` gave, ``choice`` the indexes of the choices taken (authored
    order).  ``ms`` is the time to answer in milliseconds.  ``rating`` is 1 again, 2 hard, 3 good, 4 easy, 0 for none.
    ``scheduled`` says whether the answer moved the card.  ``attempt`` is the uid of the exam or quick quiz, or "".
    ``answered`` is when it was given, where that is not ``at``: "it was a guess" was said afterwards.
    """

    library: str
    article: str
    question: str
    section: str = ""
    case: str = ""
    response: Any = None
    choice: tuple[int, ...] = ()
    correct: bool = False
    ms: int = 0
    hint: bool = False
    guess: bool = False
    mode: Mode = "article"
    scheduled: bool = False
    rating: int = 0
    attempt: str = ""
    answered: datetime | None = None

    @property
    def time(self) -> datetime:
        """When the answer was given."""
        return self.answered or self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord(Record):
    """The latest answer to one question: what a page shows, without reading the whole log.

    ``again`` is true after "try again" until the next answer.  ``prompt`` is the beginning of the question, by which
    an edited question is recognised.  ``ms`` is the time the latest took; ``answers`` and ``right`` count.
    """

    library: str
    article: str
    question: str
    section: str = ""
    case: str = ""
    response: Any = None
    correct: bool = False
    guess: bool = False
    again: bool = False
    answered: datetime | None = None
    ms: int = 0
    answers: int = 0
    right: int = 0
    prompt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRecord(Record):
    """When a question comes back: py-fsrs's own values, and what the learner asked.

    ``state`` is 1 learning, 2 review, 3 relearning; ``stability`` is in days, ``difficulty`` 1–10.  ``first`` and
    ``last`` are the first and latest scheduled answer.  ``buried`` is the study day (ISO date) it rests on.
    ``lapses`` counts scheduled answers rated again after the first; ``reset`` is when the learner started it afresh.
    """

    library: str
    article: str
    question: str
    section: str = ""
    case: str = ""
    state: int = 1
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None
    reps: int = 0
    lapses: int = 0
    suspended: bool = False
    buried: str = ""
    reset: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSession(Record):
    """A stretch of reading: ``seconds`` spent from ``start`` on."""

    library: str
    article: str
    start: datetime | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Record):
    """A quick quiz, review or exam that can be taken up again.  ``data`` is its own record."""

    library: str
    kind: str
    title: str = ""
    data: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Record):
    """A finished quick quiz, review or exam.

    ``areas`` maps an area to (right, asked).  ``items`` are its answers in order, each a mapping of its own.
    ``seconds`` were spent on it, ``pauses`` counts the times it was put aside.
    """

    library: str
    kind: str
    title: str = ""
    blueprint: str = ""
    started: datetime | None = None
    finished: datetime | None = None
    seconds: float = 0.0
    pauses: int = 0
    right: int = 0
    total: int = 0
    areas: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    items: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan(Record):
    """A question with history that its article no longer asks.  ``prompt`` is how it began."""

    library: str
    article: str
    question: str
    prompt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Record):
    """Something that is known under another name now: an article, or (with ``question``) a question of it."""

    library: str
    article: str
    question: str = ""
    new_article: str = ""
    new_question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryRecord(Record):
    """A library that was opened.

    ``key`` names it in every other record, ``id`` is its manifest's.  ``paths`` are the folders it was opened from, and
    when last.
    """

    key: str
    id: str = ""
    title: str = ""
    paths: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    opened: datetime | None = None

    @property
    def path(self) -> str:
        """The folder it was opened from last."""
        return max(self.paths, key=lambda path: (self.paths[path], path), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion(Record):
    """A record that was deleted: its uid is the deleted one's, so that a merge does not bring it back."""

    table: str = ""


TABLES: Final[Mapping[str, type[Record]]] = MappingProxyType(
    {
        "libraries": LibraryRecord,
        "articles": ArticleState,
        "bookmarks": Bookmark,
        "highlights": Highlight,
        "notes": Note,
        "runs": Run,
        "attempts": Attempt,
        "orphans": Orphan,
        "moves": Move,
        "deleted": Deletion,
        "sessions": ReadingSession,
        "answers": AnswerRecord,
        "cards": CardRecord,
        "reviews": ReviewLog,
    }
)
"""Every table of the file and what its documents are, small tables first."""
