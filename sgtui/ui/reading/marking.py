"""Making and changing marks on the page: bookmarks, highlights, notes."""

from typing import TYPE_CHECKING

from sgtui.i18n import N_, _
from sgtui.store.records import Highlight, Note
from sgtui.typeset.anchors import anchor_at
from sgtui.typeset.model import Place
from sgtui.ui.marks import KINDS, words_of
from sgtui.ui.reading.extents import Extent, text_between
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.text import shorten

if TYPE_CHECKING:
    from sgtui.store.records import Anchor, Bookmark
    from sgtui.ui.screens.reader import ReaderScreen


class Marking:
    """What the learner marks on the page of a reader."""

    def __init__(self, reader: "ReaderScreen") -> None:
        self._reader = reader
        self._marks = reader.app.desk.marks

    def _anchor(self, place: Place) -> "Anchor":
        return anchor_at(self._reader.blocks, self._reader.sections, place)

    # Bookmarks

    def bookmark_here(self) -> "Bookmark | None":
        """The bookmark of the section being read."""
        section = self._reader.here()
        if section is None:
            return None
        return next((b for b in self._marks.bookmarks(self._reader.key) if b.section == section.slug), None)

    def toggle_bookmark(self) -> None:
        """Mark the section being read, or take its mark away."""
        old = self.bookmark_here()
        if old is None:
            self._add_bookmark()
        else:
            self._marks.remove(old)
            if old.note:
                self._reader.notify(_("The bookmark and its note are gone. U brings them back."))
        self._reader.marks_changed()

    def _add_bookmark(self, note: str = "") -> None:
        section = self._reader.here()
        if section is not None:
            title = section.title or self._reader.article.info.title
            anchor = self._anchor(self._reader.sheet.place_of(section.slug))
            self._marks.add_bookmark(
                self._reader.key, section=section.slug, path=section.path, title=title, anchor=anchor, note=note
            )

    def note_bookmark(self) -> None:
        """Mark the section being read with a note, or change the note."""
        old, section = self.bookmark_here(), self._reader.here()
        if section is None:
            return

        def keep(note: str | None) -> None:
            if note is None:
                return
            if old is None:
                self._add_bookmark(note)
            else:
                self._marks.rewrite(old, note)
            self._reader.marks_changed()

        title = section.title or self._reader.article.info.title
        question = AskText(_("Note for this bookmark"), value=old.note if old else "", detail=title)
        self._reader.app.push_screen(question, keep)

    # Highlights

    def _marked(self, extent: Extent) -> Highlight | None:
        """The highlight of exactly this text."""
        placed = self._reader.page_marks.placed
        return next((one.highlight for one in reversed(placed) if one.extent == extent), None)

    def highlight(self, extent: Extent, kind: int, note: str = "") -> None:
        """Mark text as one of the four kinds, or change the kind of what is marked; blank text is not marked."""
        reader = self._reader
        quote = text_between(reader.blocks, extent)
        if not quote.strip():
            return
        old = self._marked(extent)
        if old is not None:
            self._marks.change_kind(old, kind)
            reader.marks_changed()
            return
        section = reader.sheet.section_at(extent.start.block)
        self._marks.add_highlight(
            reader.key,
            kind=kind,
            start=self._anchor(extent.start),
            end=self._anchor(extent.end),
            quote=quote,
            section=section.slug if section else "",
            note=note,
        )
        reader.marks_changed()

    def highlight_with_note(self, extent: Extent) -> None:
        """Mark text and write to it, or write to what is marked."""
        old = self._marked(extent)
        if old is not None:
            self._rewrite(old)
            return

        def keep(note: str | None) -> None:
            if note is not None:
                self.highlight(extent, 1, note)

        quote = shorten(text_between(self._reader.blocks, extent), 120)
        self._reader.app.push_screen(AskText(_("Note for this highlight"), detail=quote), keep)

    # Notes

    def note_at(self, place: Place) -> None:
        """Write a note beside a place."""
        reader = self._reader
        section = reader.sheet.section_at(place.block)
        anchor = self._anchor(place)

        def keep(text: str | None) -> None:
            if text:
                self._marks.add_note(reader.key, text=text, anchor=anchor, section=section.slug if section else "")
                reader.marks_changed()

        detail = shorten(reader.blocks[place.block].text, 120) if reader.blocks else ""
        reader.app.push_screen(AskText(_("Note beside this place"), detail=detail), keep)

    # What is there

    def describe(self, target: str) -> str:
        """A mark in a few words."""
        mark = self._reader.page_marks.of(target)
        if mark is None:
            return ""
        if isinstance(mark, Note):
            return _("Note: {text}").format(text=shorten(mark.text, 60))
        kind = _(KINDS[mark.kind])
        return f"{kind}: {shorten(mark.note, 60)}" if mark.note else kind

    def open(self, target: str) -> None:
        """Show a mark and what can be done to it."""
        from sgtui.ui.screens.marking import HighlightDialog

        mark = self._reader.page_marks.of(target)
        if isinstance(mark, Highlight):
            self._reader.app.push_screen(HighlightDialog(mark), lambda what: self._change(mark, what or ""))
        elif mark is not None:
            self._rewrite(mark)

    def _change(self, mark: Highlight, what: str) -> None:
        if what.startswith("kind:"):
            self._marks.change_kind(mark, int(what[5:]))
        elif what == "note":
            self._rewrite(mark)
        elif what == "copy":
            self._reader.copy(mark.quote)
        elif what == "remove":
            self._marks.remove(mark)
            self._reader.notify(_("Removed. U brings it back."))
        self._reader.marks_changed()

    def _rewrite(self, mark: Highlight | Note) -> None:
        question = N_("Note for this highlight") if isinstance(mark, Highlight) else N_("Note; empty removes it")

        def keep(text: str | None) -> None:
            if text is None:
                return
            if not text and isinstance(mark, Note):
                self._marks.remove(mark)
            else:
                self._marks.rewrite(mark, text)
            self._reader.marks_changed()

        detail = shorten(mark.quote, 120) if isinstance(mark, Highlight) else ""
        self._reader.app.push_screen(AskText(_(question), value=words_of(mark), detail=detail), keep)

    def undo(self) -> None:
        """Take back the last change to a mark."""
        if self._marks.undo():
            self._reader.marks_changed()
        else:
            self._reader.notify(_("There is nothing to take back."))
