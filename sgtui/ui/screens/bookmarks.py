"""All that the learner left in a library, in one list: filter, open at the spot, change, remove, take back.

Marks come first; Tab goes on to places, the time that was read, and questions that their articles no longer ask.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.markup.fold import fold
from sgtui.store.records import ArticleState, Highlight, Note, Orphan, ReadingSession
from sgtui.typeset.model import Span
from sgtui.ui.browsing.kept import KINDS, Mark, Row, anchor_of, row_of
from sgtui.ui.marks import KINDS as HIGHLIGHTS
from sgtui.ui.marks import words_of
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.typeset.model import TypesetOptions
    from sgtui.ui.app import SgtuiApp


class BookmarksScreen(Screen[None]):
    """What the learner left in this library, newest first."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter_words", N_("Filter"), id="bookmarks.filter", tooltip=N_("Show what has these words")),
        Binding("tab,t", "kind(1)", N_("Kind"), id="bookmarks.kind", tooltip=N_("Marks of one kind, places where you stopped, time read, questions that are gone")),
        Binding("shift+tab", "kind(-1)", N_("Kind before"), show=False, id="bookmarks.kind_before", tooltip=N_("The kind before this one")),
        Binding("n,e", "edit", N_("Note"), id="bookmarks.note", tooltip=N_("Write or change the note")),
        Binding("d,x,delete", "remove", N_("Remove"), id="bookmarks.remove", tooltip=N_("Remove this mark or time; of a place: begin the article again")),
        Binding("u,z,U", "undo", N_("Undo"), id="bookmarks.undo", tooltip=N_("Take back the last change made here")),
        Binding("escape,q", "back", N_("Back"), id="bookmarks.back", tooltip=N_("Back to where you were")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._kind = 0
        self._shown: Sequence[Row] = ()
        self._lost: frozenset[int] = frozenset()

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Input(id="filter", placeholder=_("Words in the title, the text or the note"))
        yield Prose(id="empty")
        yield RowList(id="bookmarks")
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.meet_learner()
        self._refresh()
        self.query_one(RowList).focus()
        self.run_worker(self._look_for_lost(), group="lost", exclusive=True)

    def on_screen_resume(self) -> None:
        self._refresh()

    async def _look_for_lost(self) -> None:
        """Look in a thread which marks no longer have their text."""
        library = self.app.desk.library
        by_article: dict[str, list[Mark]] = {}
        for mark in self._marks():
            by_article.setdefault(mark.article, []).append(mark)
        options = self.app.desk.typeset_options()
        for key, marks in by_article.items():
            if not library.has(key):
                self._lost |= {mark.uid for mark in marks}
                continue
            self._lost |= await asyncio.to_thread(_lost_in, library, key, options, marks)
        if self._lost:
            self._refresh()

    # What is shown

    def _marks(self) -> list[Mark]:
        return [record for record in KINDS[0][1](self.app.desk.marks) if isinstance(record, Mark)]

    def _refresh(self) -> None:
        name, found = KINDS[self._kind]
        wanted = fold(self._words).split()
        rows = [row_of(self.app.desk, record) for record in found(self.app.desk.marks)]
        self._shown = [r for r in rows if all(w in fold(f"{r.article} {r.text} {r.words}") for w in wanted)]
        self.query_one(RowList).show([row.spans(self._missing(row)) for row in self._shown])
        empty = self.query_one("#empty", Prose)
        empty.display = not self._shown
        empty.show(self._why_empty(bool(rows)))
        lost = sum(row.record.uid in self._lost for row in self._shown)
        count = f"{len(self._shown)}/{len(rows)}" if rows else ""
        if lost:
            count += " ・ " + _("{n} lost").format(n=lost)
        self.query_one(TitleBar).show_ends([Span(" ★ ", "star"), Span(_(name), "title")], [Span(count, "faint")])

    def _why_empty(self, filtered: bool) -> str:
        if filtered:
            return _("Nothing here has these words. Esc clears them.")
        if self._kind == 0:
            return _(
                "No marks yet. While reading, m marks the section you are in, s selects text to highlight, n writes a note."
            )
        return _("Nothing of this kind yet. Tab shows the others.")

    def _missing(self, row: Row) -> str:
        if isinstance(row.record, Orphan):
            return _("(no longer asked)")
        if not self.app.desk.library.has(row.record.article):
            return _("(article no longer in this library)")
        return _("(text no longer in the article)") if row.record.uid in self._lost else ""

    @property
    def _current(self) -> Row | None:
        return self._shown[self.query_one(RowList).cursor] if self._shown else None

    # What can be done

    @on(LineList.Chosen, "#bookmarks")
    def _chosen(self, event: LineList.Chosen) -> None:
        record = self._shown[event.index].record
        if not self.app.desk.library.has(record.article):
            self.notify(_("This article is no longer in the library."), severity="warning")
        elif isinstance(record, Orphan):
            from sgtui.ui.questions.matching import MatchScreen

            self.app.push_screen(MatchScreen(record, partial(self._match, record)))
        else:
            slug = record.section if isinstance(record, Mark) else ""
            self.app.read(record.article, anchor=anchor_of(record), slug=slug)

    def _match(self, orphan: Orphan, question: str) -> None:
        self.app.desk.marks.match(orphan, question)
        self._refresh()
        self.notify(_("Its answers and its schedule go on with that question. u takes it back."))

    def action_kind(self, step: int) -> None:
        self._kind = (self._kind + step) % len(KINDS)
        self._refresh()

    def action_remove(self) -> None:
        row = self._current
        if row is None:
            return
        marks = self.app.desk.marks
        match row.record:
            case ArticleState():
                marks.begin_again(row.record)
                said = _("This article opens at its beginning. u brings the place back.")
            case ReadingSession():
                marks.remove_session(row.record)
                said = _("Removed. u brings it back.")
            case Orphan():
                said = _("What you answered is kept. Enter gives it to a question that is asked now.")
            case _:
                marks.remove(row.record)
                said = _("Removed. u brings it back.")
        self._refresh()
        self.notify(said)

    def action_undo(self) -> None:
        if self.app.desk.marks.undo():
            self._refresh()
        else:
            self.notify(_("There is nothing to take back."))

    def action_edit(self) -> None:
        row = self._current
        if row is None or not isinstance(row.record, Mark):
            return
        mark = row.record

        def keep(text: str | None) -> None:
            if text is not None and (text or not isinstance(mark, Note)):
                self.app.desk.marks.rewrite(mark, text)
                self._refresh()

        question = _(HIGHLIGHTS[mark.kind]) if isinstance(mark, Highlight) else _("Note")
        self.app.push_screen(AskText(question, value=words_of(mark), detail=" ".join(row.text.split())[:160]), keep)

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


def _lost_in(library: "Library", key: str, options: "TypesetOptions", marks: Sequence[Mark]) -> set[int]:
    """The uids of those of an article's marks whose text is no longer in it."""
    from sgtui.typeset.anchors import find_anchor
    from sgtui.ui.reading.highlights import find_passage
    from sgtui.ui.reading.sheet import prepare

    sheet = prepare(library, key, options)
    lost = set()
    for mark in marks:
        if isinstance(mark, Highlight):
            gone = find_passage(sheet.blocks, sheet.article.sections, mark) is None
        else:
            gone = find_anchor(sheet.blocks, sheet.article.sections, mark.anchor) is None
        if gone:
            lost.add(mark.uid)
    return lost
