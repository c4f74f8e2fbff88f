"""What the learner left in a library: marks, places, time, lost questions; and taking back what was done to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sgtui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sgtui.store.records import Anchor, ArticleState, Bookmark, Highlight, Note, Orphan, ReadingSession
    from sgtui.store.store import Store

KINDS: Final = {1: N_("Important"), 2: N_("Term"), 3: N_("Unclear"), 4: N_("To remember")}
SIGNS: Final = {1: "!", 2: "=", 3: "?", 4: "+"}
"""What stands in the margin beside a highlight of each kind: colour is never the only sign."""
NOTE_SIGN: Final = "✎"


class Marks:
    """The marks of one library, saved at once; the last changes can be taken back one by one."""

    def __init__(self, store: Store, shelf: str) -> None:
        self._store = store
        self._shelf = shelf
        self._changes: list[str] = []

    def bookmarks(self, article: str | None = None) -> list[Bookmark]:
        """The bookmarks of the library, or of one article, newest first."""
        return self._store.bookmarks(self._shelf, article)

    def highlights(self, article: str | None = None) -> list[Highlight]:
        """The highlights, chosen and sorted as :meth:`bookmarks`."""
        return self._store.highlights(self._shelf, article)

    def notes(self, article: str | None = None) -> list[Note]:
        """The notes, chosen and sorted as :meth:`bookmarks`."""
        return self._store.notes(self._shelf, article)

    def add_bookmark(
        self, article: str, *, section: str, path: Sequence[str], title: str, anchor: Anchor, note: str = ""
    ) -> Bookmark:
        """Mark a section."""
        self._changes.append("bookmark")
        return self._store.add_bookmark(
            self._shelf, article, section=section, path=path, title=title, anchor=anchor, note=note
        )

    def add_highlight(
        self, article: str, *, kind: int, start: Anchor, end: Anchor, quote: str, section: str, note: str = ""
    ) -> Highlight:
        """Mark text."""
        self._changes.append("highlight")
        return self._store.add_highlight(
            self._shelf, article, kind=kind, start=start, end=end, quote=quote, section=section, note=note
        )

    def add_note(self, article: str, *, text: str, anchor: Anchor, section: str) -> Note:
        """Write a note beside a place."""
        self._changes.append("note")
        return self._store.add_note(self._shelf, article, text=text, anchor=anchor, section=section)

    def rewrite(self, mark: Bookmark | Highlight | Note, text: str) -> None:
        """Change the words of a mark: a note's text, or what was noted at a bookmark or a highlight."""
        words = {"text": text} if _kind(mark) == "note" else {"note": text}
        self._changes.append(_kind(mark))
        self._store.edit(replace(mark, **words))  # type: ignore[type-var,arg-type]  # each has the field named

    def change_kind(self, mark: Highlight, kind: int) -> None:
        """Make a highlight one of another kind (1–4)."""
        self._changes.append("highlight")
        self._store.edit(replace(mark, kind=kind))

    def remove(self, mark: Bookmark | Highlight | Note) -> None:
        """Take a mark away."""
        if self._store.remove(mark):  # type: ignore[type-var]  # each of the three is one of M
            self._changes.append(_kind(mark))

    def places(self) -> list[ArticleState]:
        """Articles that were left somewhere behind their beginning, the latest first."""
        left = [item for item in self._store.article_states(self._shelf).values() if item.position is not None]
        begun = [item for item in left if item.position is not None and item.position.fraction > 0]
        return sorted(begun, key=lambda item: (item.opened or item.at, item.uid), reverse=True)

    def sessions(self) -> list[ReadingSession]:
        """Every stretch of reading, the latest first."""
        found = self._store.reading_sessions(self._shelf)
        return sorted(found, key=lambda item: (item.start or item.at, item.uid), reverse=True)

    def orphans(self) -> list[Orphan]:
        """Answered questions that their articles no longer ask, the latest first."""
        return sorted(self._store.orphans(self._shelf), key=lambda item: (item.at, item.uid), reverse=True)

    def begin_again(self, place: ArticleState) -> None:
        """Let an article open at its beginning."""
        self._changes.append("place")
        self._store.begin_again(self._shelf, place.article)

    def remove_session(self, session: ReadingSession) -> None:
        """Take back time that was not spent reading."""
        if self._store.remove_session(session.uid):
            self._changes.append("session")

    def match(self, orphan: Orphan, question: str) -> None:
        """Give the history of a lost question to one that its article asks."""
        self._changes.append("question")
        self._store.move_question(self._shelf, orphan.article, orphan.question, question)

    def undo(self) -> bool:
        """Take back the last change made here; false where there is none."""
        while self._changes:
            if self._store.undo(self._changes.pop()):
                return True
        return False


def words_of(mark: Bookmark | Highlight | Note) -> str:
    """What the learner wrote to a mark."""
    return mark.text if _kind(mark) == "note" else mark.note  # type: ignore[union-attr]  # each has the field named


def _kind(mark: Bookmark | Highlight | Note) -> str:
    return type(mark).__name__.lower()
