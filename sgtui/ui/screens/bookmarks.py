"""Every bookmark in one list: filter, open at the spot, remove, take the removal back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.markup.fold import fold
from sgtui.typeset.model import Span
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.store.records import Bookmark
    from sgtui.ui.app import SgtuiApp


class BookmarksScreen(Screen[None]):
    """The learner's bookmarks in this library, newest first."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash", "filter_words", N_("Filter"), id="bookmarks.filter", tooltip=N_("Show bookmarks with these words")
        ),
        Binding("n,e", "edit", N_("Note"), id="bookmarks.note", tooltip=N_("Write or change the note")),
        Binding("d,x,delete", "remove", N_("Remove"), id="bookmarks.remove", tooltip=N_("Remove this bookmark")),
        Binding("u,z", "undo", N_("Undo"), id="bookmarks.undo", tooltip=N_("Bring the removed bookmark back")),
        Binding("escape,q", "back", N_("Back"), id="bookmarks.back", tooltip=N_("Back to where you were")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._shown: Sequence[Bookmark] = ()

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Input(id="filter", placeholder=_("Words in the title, the article or the note"))
        yield RowList(id="bookmarks")
        yield Prose(id="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        self._refresh()
        self.query_one(RowList).focus()

    def _refresh(self) -> None:
        desk = self.app.desk
        everything = sorted(desk.bookmarks(), key=lambda b: b.created or b.at, reverse=True)
        words = fold(self._words).split()
        self._shown = [b for b in everything if all(word in fold(self._text(b)) for word in words)]
        self.query_one(RowList).show([self._row(b) for b in self._shown])
        self.query_one(RowList).display = bool(self._shown)
        empty = self.query_one("#empty", Prose)
        empty.display = not self._shown
        empty.show(
            _("No bookmark has these words. Esc clears them.")
            if everything
            else _("No bookmarks yet. While reading, m marks the section you are in and M adds a note to it.")
        )
        count = f"{len(self._shown)}/{len(everything)}" if everything else ""
        self.query_one(TitleBar).show_ends([Span(" ★ ", "star"), Span(_("Bookmarks"), "title")], [Span(count, "faint")])

    def _text(self, bookmark: "Bookmark") -> str:
        return f"{bookmark.title} {self._article_title(bookmark)} {bookmark.note}"

    def _article_title(self, bookmark: "Bookmark") -> str:
        library = self.app.desk.library
        return library.info(bookmark.article).title if library.has(bookmark.article) else bookmark.article

    def _row(self, bookmark: "Bookmark") -> Sequence[Span]:
        library = self.app.desk.library
        article = self._article_title(bookmark)
        spans = [
            Span(" "),
            Span(article, ""),
            Span(" › " if bookmark.title else "", "faint"),
            Span(bookmark.title, "strong"),
        ]
        if not library.has(bookmark.article):
            spans.append(Span("  " + _("(no longer in this library)"), "warn"))
        if bookmark.note:
            spans.append(Span(f"   {bookmark.note}", "faint"))
        return spans

    @property
    def _current(self) -> "Bookmark | None":
        return self._shown[self.query_one(RowList).cursor] if self._shown else None

    @on(LineList.Chosen, "#bookmarks")
    def _chosen(self, event: LineList.Chosen) -> None:
        bookmark = self._shown[event.index]
        if self.app.desk.library.has(bookmark.article):
            self.app.read(bookmark.article, anchor=bookmark.anchor, slug=bookmark.section)
        else:
            self.notify(_("This article is no longer in the library."), severity="warning")

    def action_remove(self) -> None:
        bookmark = self._current
        if bookmark:
            self.app.desk.marks.remove(bookmark)
            self._refresh()
            self.notify(_("Removed. u brings it back."))

    def action_undo(self) -> None:
        if self.app.desk.marks.undo():
            self._refresh()
        else:
            self.notify(_("There is nothing to bring back."))

    def action_edit(self) -> None:
        bookmark = self._current
        if bookmark:

            def keep(note: str | None) -> None:
                if note is not None:
                    self.app.desk.marks.rewrite(bookmark, note)
                    self._refresh()

            self.app.push_screen(AskText(_("Note for this bookmark"), value=bookmark.note, detail=bookmark.title), keep)

    def action_filter_words(self) -> None:
        box = self.query_one("#filter", Input)
        box.add_class("-open")
        box.focus()

    @on(Input.Changed, "#filter")
    def _words_changed(self, event: Input.Changed) -> None:
        self._words = event.value
        self._refresh()

    @on(Input.Submitted, "#filter")
    def _words_done(self) -> None:
        self.query_one(RowList).focus()

    def action_back(self) -> None:
        box = self.query_one("#filter", Input)
        if box.value or box.has_class("-open"):
            box.value = ""
            box.remove_class("-open")
            self.query_one(RowList).focus()
            return
        self.app.pop_screen()
