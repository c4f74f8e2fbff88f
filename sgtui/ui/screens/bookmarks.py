"""Every bookmark, highlight and note in one list: filter, open at the spot, change, remove, take back; and the lost ones."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.markup.fold import fold
from sgtui.store.records import Anchor, Bookmark, Highlight, Note
from sgtui.typeset.model import Span
from sgtui.ui.marks import KINDS, NOTE_SIGN, SIGNS, words_of
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.typeset.model import TypesetOptions
    from sgtui.ui.app import SgtuiApp

Mark = Bookmark | Highlight | Note
SHOWN: tuple[tuple[str, tuple[type, ...]], ...] = (
    (N_("Marks"), (Bookmark, Highlight, Note)),
    (N_("Bookmarks"), (Bookmark,)),
    (N_("Highlights"), (Highlight,)),
    (N_("Notes"), (Note,)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A mark as the list shows it: its sign and style, the article, the text it stands on, the learner's words."""

    mark: Mark
    sign: str
    style: str
    article: str
    text: str
    words: str


class BookmarksScreen(Screen[None]):
    """The learner's marks in this library, newest first."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter_words", N_("Filter"), id="bookmarks.filter", tooltip=N_("Show marks with these words")),
        Binding("tab,t", "kind", N_("Kind"), id="bookmarks.kind", tooltip=N_("All marks, only bookmarks, only highlights, only notes")),
        Binding("n,e", "edit", N_("Note"), id="bookmarks.note", tooltip=N_("Write or change the note")),
        Binding("d,x,delete", "remove", N_("Remove"), id="bookmarks.remove", tooltip=N_("Remove this mark")),
        Binding("u,z,U", "undo", N_("Undo"), id="bookmarks.undo", tooltip=N_("Take back the last change to a mark")),
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
        for mark in self._everything():
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

    def _everything(self) -> list[Mark]:
        marks = self.app.desk.marks
        found: list[Mark] = [*marks.bookmarks(), *marks.highlights(), *marks.notes()]
        return sorted(found, key=lambda mark: mark.created or mark.at, reverse=True)

    def _refresh(self) -> None:
        everything = self._everything()
        name, kinds = SHOWN[self._kind]
        wanted = fold(self._words).split()
        rows = [self._row_of(mark) for mark in everything if isinstance(mark, kinds)]
        self._shown = [r for r in rows if all(w in fold(f"{r.article} {r.text} {r.words}") for w in wanted)]
        self.query_one(RowList).show([self._spans(row) for row in self._shown])
        empty = self.query_one("#empty", Prose)
        empty.display = not self._shown
        empty.show(
            _("No mark has these words. Esc clears them.")
            if everything and wanted
            else _("No marks of this kind yet. Tab shows the others.")
            if everything
            else _(
                "No marks yet. While reading, m marks the section you are in, s selects text to highlight, n writes a note."
            )
        )
        lost = sum(row.mark.uid in self._lost for row in self._shown)
        count = f"{len(self._shown)}/{len(everything)}" if everything else ""
        if lost:
            count += " ・ " + _("{n} lost").format(n=lost)
        self.query_one(TitleBar).show_ends([Span(" ★ ", "star"), Span(_(name), "title")], [Span(count, "faint")])

    def _row_of(self, mark: Mark) -> Row:
        info = self.app.desk.library.get(mark.article)
        article = info.title if info else mark.article
        if isinstance(mark, Bookmark):
            return Row(mark, "★", "star", article, mark.title, mark.note)
        if isinstance(mark, Highlight):
            return Row(mark, SIGNS[mark.kind], f"highlight.{mark.kind}", article, mark.quote, mark.note)
        return Row(mark, NOTE_SIGN, "accent", article, mark.anchor.excerpt, mark.text)

    def _spans(self, row: Row) -> Sequence[Span]:
        text = " ".join(row.text.split())
        spans = [Span(f" {row.sign} ", "strong accent" if row.style.startswith("high") else row.style)]
        if row.mark.uid in self._lost:
            gone = not self.app.desk.library.has(row.mark.article)
            said = _("(article no longer in this library)") if gone else _("(text no longer in the article)")
            spans.append(Span(said + " ", "warn"))
        if row.words and isinstance(row.mark, Note):
            spans += [Span(row.words), Span(f"  {text[:40]}", "faint")]
        else:
            style = row.style if isinstance(row.mark, Highlight) else "strong"
            spans.append(Span(text, style))
            if row.words:
                spans.append(Span(f"  {NOTE_SIGN} {row.words}"))
        spans.append(Span(f"  {row.article}", "faint"))
        return spans

    @property
    def _current(self) -> Row | None:
        return self._shown[self.query_one(RowList).cursor] if self._shown else None

    # What can be done

    @on(LineList.Chosen, "#bookmarks")
    def _chosen(self, event: LineList.Chosen) -> None:
        mark = self._shown[event.index].mark
        if self.app.desk.library.has(mark.article):
            self.app.read(mark.article, anchor=_anchor(mark), slug=mark.section)
        else:
            self.notify(_("This article is no longer in the library."), severity="warning")

    def action_kind(self) -> None:
        self._kind = (self._kind + 1) % len(SHOWN)
        self._refresh()

    def action_remove(self) -> None:
        row = self._current
        if row:
            self.app.desk.marks.remove(row.mark)
            self._refresh()
            self.notify(_("Removed. u brings it back."))

    def action_undo(self) -> None:
        if self.app.desk.marks.undo():
            self._refresh()
        else:
            self.notify(_("There is nothing to take back."))

    def action_edit(self) -> None:
        row = self._current
        if row is None:
            return

        def keep(text: str | None) -> None:
            if text is not None and (text or not isinstance(row.mark, Note)):
                self.app.desk.marks.rewrite(row.mark, text)
                self._refresh()

        question = _(KINDS[row.mark.kind]) if isinstance(row.mark, Highlight) else _("Note")
        self.app.push_screen(AskText(question, value=words_of(row.mark), detail=" ".join(row.text.split())[:160]), keep)

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


def _anchor(mark: Mark) -> Anchor:
    return mark.start if isinstance(mark, Highlight) else mark.anchor


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
            gone = find_anchor(sheet.blocks, sheet.article.sections, _anchor(mark)) is None
        if gone:
            lost.add(mark.uid)
    return lost
