"""What the learner left in a library, as the rows of one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sgtui.i18n import N_
from sgtui.store.records import Anchor, ArticleState, Bookmark, Highlight, Note, Orphan, ReadingSession
from sgtui.typeset.model import Span
from sgtui.ui.browsing.start import section_of
from sgtui.ui.marks import NOTE_SIGN, SIGNS
from sgtui.ui.words import minutes, percent

if TYPE_CHECKING:
    from sgtui.ui.desk import Desk
    from sgtui.ui.marks import Marks

Mark = Bookmark | Highlight | Note
Kept = Mark | ArticleState | ReadingSession | Orphan


def _marks(marks: Marks) -> Iterable[Kept]:
    found: list[Mark] = [*marks.bookmarks(), *marks.highlights(), *marks.notes()]
    return sorted(found, key=lambda mark: mark.created or mark.at, reverse=True)


KINDS: Final[tuple[tuple[str, Callable[[Marks], Iterable[Kept]]], ...]] = (
    (N_("Marks"), _marks),
    (N_("Bookmarks"), lambda marks: marks.bookmarks()),
    (N_("Highlights"), lambda marks: marks.highlights()),
    (N_("Notes"), lambda marks: marks.notes()),
    (N_("Places"), lambda marks: marks.places()),
    (N_("Time read"), lambda marks: marks.sessions()),
    (N_("Lost questions"), lambda marks: marks.orphans()),
)
"""What the list can show, and where it comes from, the latest first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as the list shows it: its sign and style, the article, the text it stands on, the learner's words."""

    record: Kept
    sign: str
    style: str
    article: str
    text: str
    words: str

    def spans(self, lost: str) -> Sequence[Span]:
        """The row; ``lost`` says what is missing, if anything is."""
        text = " ".join(self.text.split())
        spans = [Span(f" {self.sign} ", "strong accent" if self.style.startswith("high") else self.style)]
        if lost:
            spans.append(Span(lost + " ", "warn"))
        if self.words and isinstance(self.record, Note):
            spans += [Span(self.words), Span(f"  {text[:40]}", "faint")]
        else:
            spans.append(Span(text, self.style if isinstance(self.record, Highlight) else "strong"))
            if self.words:
                sign = f"{NOTE_SIGN} " if isinstance(self.record, Mark) else ""
                spans.append(Span(f"  {sign}{self.words}"))
        return [*spans, Span(f"  {self.article}", "faint")]


def row_of(desk: Desk, record: Kept) -> Row:
    """What the list shows of a record."""
    info = desk.library.get(record.article)
    title = info.title if info else record.article
    match record:
        case Bookmark():
            return Row(record, "★", "star", title, record.title, record.note)
        case Highlight():
            return Row(record, SIGNS[record.kind], f"highlight.{record.kind}", title, record.quote, record.note)
        case Note():
            return Row(record, NOTE_SIGN, "accent", title, record.anchor.excerpt, record.text)
        case ArticleState():
            place = record.position
            where = section_of(place.anchor) if place is not None else ""
            read = minutes(round(record.seconds / 60)) if record.seconds >= 30 else ""
            far = percent(place.fraction) if place is not None else ""
            return Row(record, "◐", "accent", title, where or title, " ・ ".join(filter(None, (far, read))))
        case ReadingSession():
            began = record.start or record.at
            return Row(record, "◷", "accent", title, _when(began), minutes(max(1, round(record.seconds / 60))))
    return Row(record, "?", "accent", title, record.prompt or record.question, "")


def anchor_of(record: Kept) -> Anchor | None:
    """The place a record leads to; ``None`` for the article as it was left."""
    match record:
        case Highlight():
            return record.start
        case Bookmark() | Note():
            return record.anchor
    return None


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
