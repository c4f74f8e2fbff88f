"""What the learner marked: bookmarks, highlights and notes, each with undo."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from sgtui.store.base import StoreBase
from sgtui.store.codec import table_of
from sgtui.store.records import Anchor, Bookmark, Highlight, Note
from sgtui.store.shelf import Shelf
from sgtui.store.uid import after

M = TypeVar("M", Bookmark, Highlight, Note)


class Marks(StoreBase):
    """The part of the store about marks."""

    def add_bookmark(
        self,
        library: str,
        article: str,
        *,
        section: str = "",
        path: Iterable[str] = (),
        title: str = "",
        anchor: Anchor | None = None,
        note: str = "",
    ) -> Bookmark:
        """Mark a section (slug, heading path and title as they are today) at ``anchor``."""
        return self._added(
            Bookmark,
            library,
            article,
            section=section,
            path=tuple(path),
            title=title,
            anchor=anchor or Anchor(),
            note=note,
        )

    def add_highlight(
        self,
        library: str,
        article: str,
        *,
        kind: int,
        start: Anchor,
        end: Anchor,
        quote: str,
        section: str = "",
        note: str = "",
    ) -> Highlight:
        """Mark text from ``start`` to ``end``; ``kind`` is 1–4 and ``quote`` what stands there now."""
        if kind not in range(1, 5):
            raise ValueError(f"kind {kind}: highlights are of kind 1 to 4")
        return self._added(
            Highlight, library, article, section=section, kind=kind, start=start, end=end, quote=quote, note=note
        )

    def add_note(self, library: str, article: str, *, text: str, anchor: Anchor, section: str = "") -> Note:
        """Write ``text`` beside a place."""
        return self._added(Note, library, article, section=section, anchor=anchor, text=text)

    def edit(self, mark: M) -> M | None:
        """Save ``mark`` as it was changed (``dataclasses.replace``); ``None`` if it was removed meanwhile.

        Undoable as ``bookmark``, ``highlight`` or ``note``.
        """
        with self.changing(_kind(type(mark))) as change:
            current = self._shelf(mark).get(mark.uid)
            return change.put(replace(mark, at=after(change.now, current.at))) if current is not None else None

    def edit_bookmark(self, uid: int, note: str) -> Bookmark | None:
        """Change a bookmark's note; ``None`` if there is no such bookmark."""
        mark = self.bookmark_shelf.get(uid)
        return self.edit(replace(mark, note=note)) if mark is not None else None

    def remove(self, mark: M) -> bool:
        """Remove a mark; false if it was gone already.  Undoable, and :meth:`restore` brings it back."""
        with self.changing(_kind(type(mark))) as change:
            current = self._shelf(mark).get(mark.uid)
            if current is None:
                return False
            change.remove(current)
        return True

    def remove_bookmark(self, uid: int) -> Bookmark | None:
        """Remove a bookmark and return it, for :meth:`restore`; ``None`` if there is no such bookmark."""
        mark = self.bookmark_shelf.get(uid)
        return mark if mark is not None and self.remove(mark) else None

    def restore(self, mark: M) -> M:
        """Bring back a mark that was removed, as it was."""
        with self.changing(_kind(type(mark))) as change:
            deletion = self.deletion_shelf.get(mark.uid)
            return change.put(replace(mark, at=after(change.now, mark.at, deletion.at if deletion else None)))

    def bookmarks(self, library: str | None = None, article: str | None = None) -> list[Bookmark]:
        """Bookmarks, newest first: all, those of a library, or those of an article of it."""
        return _chosen(self.bookmark_shelf, library, article)

    def highlights(self, library: str | None = None, article: str | None = None) -> list[Highlight]:
        """Highlights, newest first; chosen as for :meth:`bookmarks`."""
        return _chosen(self.highlight_shelf, library, article)

    def notes(self, library: str | None = None, article: str | None = None) -> list[Note]:
        """Notes, newest first; chosen as for :meth:`bookmarks`."""
        return _chosen(self.note_shelf, library, article)

    def bookmark_at(self, library: str, article: str, section: str) -> Bookmark | None:
        """The newest bookmark on a section (slug)."""
        return next((mark for mark in self.bookmarks(library, article) if mark.section == section), None)

    def _added(self, cls: type[M], library: str, article: str, **fields: Any) -> M:
        with self.changing(_kind(cls)) as change:
            return change.add(
                cls(
                    uid=change.new_uid(),
                    at=change.now,
                    created=change.now,
                    library=library,
                    article=article,
                    **fields,
                )
            )

    def _shelf(self, mark: M) -> "Shelf[M]":
        shelves = {"bookmarks": self.bookmark_shelf, "highlights": self.highlight_shelf, "notes": self.note_shelf}
        return shelves[table_of(type(mark))]  # type: ignore[return-value]  # the table of M holds M


def _kind(cls: type[Bookmark] | type[Highlight] | type[Note]) -> str:
    return table_of(cls).removesuffix("s")


def _chosen(shelf: "Shelf[M]", library: str | None, article: str | None) -> list[M]:
    found = shelf.of(library, article) if library is not None and article is not None else shelf.all(library)
    return sorted(found, key=lambda mark: (mark.created or mark.at, mark.uid), reverse=True)
