"""The library: what there is to read, how far one is, and one key to go on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from sgtui.articles.model import DIFFICULTIES, ArticleInfo
from sgtui.i18n import N_, _, ngettext
from sgtui.library.query import SORTS, Filter
from sgtui.typeset.model import Span
from sgtui.ui.widgets.article_list import ArticleList, CategoryList
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.start_list import StartList, StartRow
from sgtui.ui.words import DIFFICULTY, SORT, STATUS, minutes_left

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

STATUSES = ("unread", "reading", "done")


class LibraryScreen(Screen[None]):
    """Categories at the side, articles in the middle, and what to go on with on top."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter_words", N_("Filter"), id="library.filter", tooltip=N_("Show articles with these words")),
        Binding("c", "next('category')", N_("Category"), id="library.category", tooltip=N_("Next category")),
        Binding("C", "next('category', -1)", N_("Previous category"), show=False, id="library.category_back", tooltip=N_("Previous category")),
        Binding("d", "next('difficulty')", N_("Difficulty"), id="library.difficulty", tooltip=N_("All, beginner, intermediate, advanced")),
        Binding("s", "next('status')", N_("State"), id="library.status", tooltip=N_("All, unread, reading, done")),
        Binding("o", "next_sort", N_("Sort"), id="library.sort", tooltip=N_("Course order, title, newest, difficulty")),
        Binding("r", "resume", N_("Continue"), id="library.resume", tooltip=N_("Continue reading where you left off")),
        Binding("n", "next_unread", N_("Next unread"), show=False, id="library.next_unread", tooltip=N_("Open the next unread article")),
        Binding("x", "toggle_done", N_("Done"), show=False, id="library.done", tooltip=N_("Mark as done, or not done")),
        Binding("b", "app.bookmarks", N_("Bookmarks"), id="library.bookmarks", tooltip=N_("Every bookmark, in one list")),
        Binding("p", "problems", N_("Problems"), show=False, id="library.problems", tooltip=N_("What could not be read properly")),
        Binding("tab", "app.focus_next", N_("Next part"), show=False, id="library.focus", tooltip=N_("Go to the next part of the screen")),
        Binding("escape", "clear", N_("Clear"), show=False, id="library.clear", tooltip=N_("Clear the filters, one step at a time")),
        Binding("q", "app.quit", N_("Quit"), id="app.quit", tooltip=N_("Leave; everything is saved")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._sort = "order"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield StartList(id="continue")
        with Horizontal(id="body"):
            yield CategoryList(id="categories")
            with Vertical(id="main"):
                yield TitleBar(id="chips")
                yield Input(id="filter", placeholder=_("Words in the title or the tags"))
                yield ArticleList(self.app.desk.progress, id="articles")
                yield Prose(id="empty")
                yield Prose(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        self.refresh_library()
        self.query_one(ArticleList).focus()

    @on(TitleBar.Painted, "#title")
    def _meet_learner(self) -> None:
        """Open the learner's file: the list is on the screen already."""
        self.app.meet_learner()
        self.refresh_library()
        start = self.query_one(StartList)
        if start.count and self.query_one(ArticleList).has_focus:
            start.focus()
        if self.app.desk.opening.pending:
            self.run_worker(self._read_the_rest, thread=True, group="index")

    def _read_the_rest(self) -> None:
        """Read the files that are new, away from the screen; it shows them as they come."""
        for _library in self.app.desk.opening.batches():
            self.app.call_from_thread(self.refresh_library)

    def on_screen_resume(self) -> None:
        self.refresh_library()

    def refresh_library(self) -> None:
        """Draw everything anew: the library's files or the learner's progress have changed."""
        desk = self.app.desk
        desk.refresh_progress()
        self._show_title()
        self.query_one(StartList).show(self._start_rows())
        self.query_one(CategoryList).show(desk.category_rows())
        self._show_articles()

    def _show_title(self) -> None:
        desk = self.app.desk
        number = len(desk.library.problems)
        right = []
        if desk.opening.pending:
            waiting = ngettext("reading {n} file…", "reading {n} files…", desk.opening.pending)
            right = [Span(waiting.format(n=desk.opening.pending), "faint")]
        elif number:
            text = ngettext("{n} problem", "{n} problems", number).format(n=number)
            right = [Span(text, "warn", "screen.problems")]
        self.query_one("#title", TitleBar).show_ends([Span(" "), Span(desk.library.title, "title")], right)

    def _start_rows(self) -> list[StartRow]:
        latest = self.app.desk.latest()
        if latest is None:
            return []
        info, progress = latest
        left = minutes_left(max(1, round(info.minutes * (1 - progress.fraction))))
        return [StartRow(_("Continue reading"), info.title, left, lambda: self.app.read(info.key))]

    def _show_articles(self) -> None:
        desk = self.app.desk
        found = desk.articles(self._filter, self._sort)
        articles = self.query_one(ArticleList)
        articles.show(found)
        articles.display = bool(found)
        empty = self.query_one("#empty", Prose)
        empty.display = not found
        if not found:
            empty.show(self._why_empty())
        self._show_chips(len(found))
        self._show_detail()

    def _why_empty(self) -> str:
        library = self.app.desk.library
        if library.infos:
            return _("No article fits these filters. Esc clears them one by one.")
        return _(
            "There is no article in {folder} yet.\n\n"
            "A library is a folder of Markdown files (.md), each with a title, in folders that are its categories. "
            "Make the first article with\n\n    sgtui --library {folder} new first-article\n\n"
            "or open another folder: sgtui FOLDER. Without a folder, sgtui opens the course that comes with it."
        ).format(folder=library.root)

    def _show_chips(self, shown: int) -> None:
        chosen = self._filter
        spans = [Span(" ")]
        if self.has_class("-narrow"):
            name = self.app.desk.library.category_name(chosen.category) if chosen.category else _("All")
            spans += [
                Span(name, "chip.on" if chosen.category else "chip", "screen.next('category')"),
                Span(" ・ ", "faint"),
            ]
        spans.append(_chip(_("All"), not (chosen.difficulty or chosen.status or chosen.words), "screen.clear_all"))
        spans.append(Span(" ・ ", "faint"))
        for value in DIFFICULTIES:
            spans += [
                _chip(_(DIFFICULTY[value]), chosen.difficulty == value, f"screen.switch('difficulty', '{value}')"),
                Span(" "),
            ]
        spans.append(Span("・ ", "faint"))
        for status in STATUSES:
            spans += [
                _chip(_(STATUS[status]), chosen.status == status, f"screen.switch('status', '{status}')"),
                Span(" "),
            ]
        if chosen.words:
            spans += [Span("・ ", "faint"), Span(f"“{chosen.words}”", "chip.on", "screen.filter_words")]
        right = [
            Span(_("Sort: {by}").format(by=_(SORT[self._sort])), "chip", "screen.next_sort"),
            Span(f"  {shown}/{len(self.app.desk.library.infos)}", "faint"),
        ]
        self.query_one("#chips", TitleBar).show_ends(spans, right)

    def _show_detail(self) -> None:
        if not self.app.desk.learner_is_here:
            return  # the first paint does not wait for the line breaker
        info = self.query_one(ArticleList).current
        self.query_one("#detail", Prose).show(self._detail(info) if info else "")

    def _detail(self, info: ArticleInfo) -> str:
        library = self.app.desk.library
        before = [library.info(key).title for key in info.prerequisites if library.has(key)]
        parts = [info.summary]
        if before:
            parts.append(_("Read first: {titles}").format(titles=_(", ").join(before)))
        return "\n".join(part for part in parts if part)

    # What the learner does

    @on(LineList.Moved, "#articles")
    def _article_moved(self) -> None:
        self._show_detail()

    @on(LineList.Moved, "#categories")
    def _category_moved(self, event: LineList.Moved) -> None:
        category = self.query_one(CategoryList).category(event.index)
        if category != self._filter.category:
            self._set(replace(self._filter, category=category))

    @on(LineList.Chosen, "#categories")
    def _category_chosen(self) -> None:
        self.query_one(ArticleList).focus()

    @on(LineList.Chosen, "#articles")
    def _article_chosen(self, event: LineList.Chosen) -> None:
        self.app.read(self.query_one(ArticleList).info(event.index).key)

    @on(LineList.Chosen, "#continue")
    def _start_chosen(self, event: LineList.Chosen) -> None:
        self.query_one(StartList).run(event.index)

    def _set(self, chosen: Filter) -> None:
        self._filter = chosen
        self.query_one(CategoryList).select(chosen.category)
        self._show_articles()

    def action_next(self, field: str, step: int = 1) -> None:
        values: Sequence[str] = {
            "category": [row.id for row in self.app.desk.category_rows()],
            "difficulty": ["", *DIFFICULTIES],
            "status": ["", *STATUSES],
        }[field]
        now = values.index(getattr(self._filter, field))
        self._set(_with(self._filter, field, values[(now + step) % len(values)]))

    def action_switch(self, field: str, value: str) -> None:
        self._set(_with(self._filter, field, "" if getattr(self._filter, field) == value else value))

    def action_next_sort(self) -> None:
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._show_articles()

    def action_clear_all(self) -> None:
        self._set(Filter(category=self._filter.category))

    def action_clear(self) -> None:
        """Take back the newest kind of filter that is on: words, state, difficulty, category."""
        self._close_filter()
        for field in ("words", "status", "difficulty", "category"):
            if getattr(self._filter, field):
                self.query_one("#filter", Input).value = "" if field == "words" else self._filter.words
                self._set(_with(self._filter, field, ""))
                return

    def action_filter_words(self) -> None:
        box = self.query_one("#filter", Input)
        box.add_class("-open")
        box.focus()

    @on(Input.Changed, "#filter")
    def _words_changed(self, event: Input.Changed) -> None:
        self._set(replace(self._filter, words=event.value))

    @on(Input.Submitted, "#filter")
    def _close_filter(self) -> None:
        box = self.query_one("#filter", Input)
        box.set_class(bool(box.value), "-open")
        if box.has_focus:
            self.query_one(ArticleList).focus()

    def action_resume(self) -> None:
        self.query_one(StartList).run(0)

    def action_next_unread(self) -> None:
        key = self.app.desk.next_unread(self._filter, self._sort)
        if key:
            self.app.read(key)
        else:
            self.notify(_("Everything here has been opened."))

    def action_toggle_done(self) -> None:
        info = self.query_one(ArticleList).current
        if info:
            self.app.desk.toggle_done(info)
            self.refresh_library()

    def action_problems(self) -> None:
        from sgtui.ui.screens.problems import ProblemsScreen

        self.app.push_screen(ProblemsScreen(self.app.desk.library.problems))


def _with(chosen: Filter, field: str, value: str) -> Filter:
    """``chosen`` with another value of one of its text fields."""
    changes: dict[str, Any] = {field: value}
    return replace(chosen, **changes)


def _chip(text: str, on: bool, action: str) -> Span:
    return Span(f"[{text}]" if on else text, "chip.on" if on else "chip", action)
