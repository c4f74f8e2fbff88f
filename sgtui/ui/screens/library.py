"""The library: what there is to read, how far one is, and one key to go on."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from sgtui.articles.info import DIFFICULTIES
from sgtui.i18n import N_, _, ngettext
from sgtui.library.places import above
from sgtui.library.query import STATUSES
from sgtui.typeset.span import Span
from sgtui.ui.browsing.categories import CategoryRow, category_rows
from sgtui.ui.browsing.chips import Shown, chip_lines
from sgtui.ui.browsing.narrowing import WORDS, Narrowing
from sgtui.ui.browsing.start import days_to_exam, review_rows, start_rows
from sgtui.ui.library_app import settle_memory
from sgtui.ui.screens.boxed import BoxedScreen
from sgtui.ui.widgets.article_list import ArticleList, CategoryList
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.chips import ChipBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from sgtui.articles.info import ArticleInfo
    from sgtui.library.model import Library
    from sgtui.ui.desk import Desk
    from sgtui.ui.widgets.start_list import StartList, StartRow

MANY = 2000
"""From so many articles on, what every key needs is worked out beforehand, a few milliseconds at a time."""
REST_SECONDS = 0.01


class LibraryScreen(BoxedScreen):
    """Categories at the side, articles in the middle, and what to go on with on top.

    What the first paint does not show (ways to go on, the box for words, why the list is empty) is made when it is
    first needed: a widget that nobody sees costs as much as one that is seen, and the box a tenth of the start.
    """

    AUTO_FOCUS = "#articles"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (76, "-wide"), (132, "-vast")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-short"), (20, "-tall"), (34, "-high")]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter_words", N_("Narrow"), id="library.filter", tooltip=N_("Show articles with these words; also tag:… category:… since:…")),
        Binding("S", "app.search_library", N_("Search"), id="app.search", tooltip=N_("Search titles, sections and text of the whole library")),
        Binding("f", "facets", N_("Filters"), id="library.facets", tooltip=N_("Choose tags, exam, type, syllabus and more, with counts")),
        Binding("F", "clear_all", N_("Show all"), show=False, id="library.clear_all", tooltip=N_("Take all filters off")),
        Binding("c", "next('category')", N_("Category"), id="library.category", tooltip=N_("Next category")),
        Binding("C", "next('category', -1)", N_("Previous category"), show=False, id="library.category_back", tooltip=N_("Previous category")),
        Binding("d", "next('difficulty')", N_("Difficulty"), id="library.difficulty", tooltip=N_("All, beginner, intermediate, advanced")),
        Binding("s", "next('status')", N_("State"), id="library.status", tooltip=N_("All, unread, reading, done")),
        Binding("o", "next_sort", N_("Sort"), id="library.sort", tooltip=N_("Course order, title, newest, difficulty, least recently read, weakest, due")),
        Binding("i", "about", N_("About"), id="library.about", tooltip=N_("Everything known of this article: sections, what comes before and after, your history")),
        Binding("r", "resume", N_("Continue"), id="library.resume", tooltip=N_("Continue reading where you left off")),
        Binding("n", "next_unread", N_("Next unread"), show=False, id="library.next_unread", tooltip=N_("Open the next unread article of those shown")),
        Binding("N", "random_unread", N_("Any unread"), show=False, id="library.random_unread", tooltip=N_("Open any unread article of those shown")),
        Binding("x", "toggle_done", N_("Done"), show=False, id="library.done", tooltip=N_("Mark as done, or not done")),
        Binding("b", "app.bookmarks", N_("Bookmarks"), id="library.bookmarks", tooltip=N_("Every bookmark, in one list")),
        Binding("L", "app.libraries", N_("Libraries"), show=False, id="library.libraries", tooltip=N_("Go to another library, or open a folder")),
        Binding("p", "problems", N_("Problems"), show=False, id="library.problems", tooltip=N_("What could not be read properly")),
        Binding("tab", "app.focus_next", N_("Next part"), show=False, id="library.focus", tooltip=N_("Go to the next part of the screen")),
        Binding("escape", "clear", N_("Clear"), show=False, id="library.clear", tooltip=N_("Take the newest filter off")),
        Binding("down", "to_list", N_("To the list"), show=False, id="library.to_list", tooltip=N_("From the box to the list")),
        Binding("q", "app.quit", N_("Quit"), id="app.quit", tooltip=N_("Leave; everything is saved")),
    ]  # fmt: skip

    @dataclass
    class DueCounted(Message):
        """What is to be reviewed today was counted."""

        desk: "Desk"
        rows: "list[StartRow]"

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.narrowing = Narrowing()
        self._due: list[StartRow] = []
        self._opened: set[str] = set()
        self._ready: Library | None = None
        self._rows: list[CategoryRow] = []
        self.random = random.Random()

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        with Horizontal(id="body"):
            yield CategoryList(id="categories")
            with Vertical(id="main"):
                yield ChipBar(id="chips")
                yield ArticleList(lambda info: self.app.desk.progress(info), id="articles")  # noqa: PLW0108 - the desk changes
                yield Sheet(id="detail")
            yield Sheet(id="about")
        yield KeyBar()

    # Showing

    def on_mount(self) -> None:
        self.app.library_changed.subscribe(self, lambda _library: self.refresh_library() if self.is_current else None)

    @on(TitleBar.Painted, "#title")
    def _meet_learner(self) -> None:
        """Open the learner's file: the list is on the screen already."""
        self.app.meet_learner()
        self.refresh_library()
        start = self.start
        if start is not None and start.count and self.articles.has_focus:
            start.focus()
        settle_memory()
        self.app.follow_files()

    def _get_ready(self) -> None:
        """Begin to work out what keys will need, once for a large library as it is now."""
        library = self.app.desk.library
        large = len(library.infos) >= MANY and self.app.desk.learner_is_here
        if large and not self.app.desk.opening.pending and library is not self._ready:
            self._ready = library
            self.run_worker(self._make_ready(library), group="ready", exclusive=True)

    async def _make_ready(self, library: "Library") -> None:
        """Work out what a first key would need, and what folders there are."""
        import asyncio

        await asyncio.to_thread(lambda: library.places)
        self._show_categories()
        for _slice in self.app.desk.listing.warm():
            await asyncio.sleep(REST_SECONDS)

    def on_screen_resume(self) -> None:
        self.refresh_library()

    def refresh_library(self) -> None:
        """Draw everything anew: the library's files or the learner's progress have changed."""
        desk = self.app.desk
        desk.refresh_progress()
        self._show_title()
        self._show_start()
        if self.app.desk.learner_is_here:
            self._say("footer", self.app.desk.library.footer, before="#keys", style="faint")
        self._show_categories()
        self._show_articles()
        self._get_ready()

    def _show_categories(self) -> None:
        chosen = self.narrowing.chosen.category
        opened = {*self._opened, *(place for value in chosen for place in above(value))}
        self._rows = category_rows(self.app.desk, opened)
        self.query_one(CategoryList).show(self._rows, chosen)

    def _show_start(self) -> None:
        """Ways to go on; what is to be reviewed is counted away from the screen and added."""
        rows = start_rows(self.app.desk, self.app.read)
        self._put_start([*rows, *self._due])
        if self.app.desk.learner_is_here:
            self.run_worker(self._count_due, thread=True, group="due", exclusive=True)

    def _count_due(self) -> None:
        desk = self.app.desk
        self.post_message(self.DueCounted(desk, review_rows(desk, self.app.action_review)))

    def on_library_screen_due_counted(self, message: DueCounted) -> None:
        if message.desk is self.app.desk and [row.said for row in message.rows] != [row.said for row in self._due]:
            self._due = message.rows
            rows = start_rows(self.app.desk, self.app.read)
            self._put_start([*rows, *self._due])

    @property
    def start(self) -> "StartList | None":
        """The ways to go on, once there was one."""
        return cast("StartList | None", next(iter(self.query("#continue")), None))

    def _put_start(self, rows: "list[StartRow]") -> None:
        start = self.start
        if start is None and rows:
            from sgtui.ui.widgets.start_list import StartList

            start = StartList(id="continue")
            self.mount(start, before="#body")
        if start is not None:
            start.show(rows)

    def other_library(self) -> None:
        """Another library lies on the desk: begin anew with it."""
        self.narrowing = Narrowing()
        self._due = []
        self._opened = set()
        self.close_box()
        self.articles.show((), "")
        self._meet_learner()

    def _show_title(self) -> None:
        desk = self.app.desk
        number = len(desk.library.problems) if desk.learner_is_here else 0  # looked for after the first paint
        right: list[Span] = []
        if desk.opening.pending:
            waiting = ngettext("reading {n} file…", "reading {n} files…", desk.opening.pending)
            right = [Span(waiting.format(n=desk.opening.pending), "faint")]
        elif number:
            text = ngettext("{n} problem", "{n} problems", number).format(n=number)
            right = [Span(f"! {text}", "warn", "screen.problems")]
        days = days_to_exam(desk)
        if days:
            right = [*right, *([Span(" ・ ", "faint")] if right else []), Span(days, "faint")]
        left = [Span(" "), Span(desk.library.title, "title", "app.libraries")]
        self.query_one("#title", TitleBar).show_ends(left, right)

    def _show_articles(self) -> None:
        desk, chosen, by = self.app.desk, self.narrowing.chosen, self.narrowing.by
        found = desk.listing.shown(chosen, by)
        articles = self.articles
        articles.show(found)
        articles.display = bool(found)
        self._show_empty(bool(found))
        shown = Shown(chosen, by, len(found), len(desk.library.infos))
        self.query_one(ChipBar).show(
            lambda cells: chip_lines(desk.library, shown, cells, category=self.has_class("-narrow"))
        )
        self.set_class(bool(chosen), "-narrowed")
        self._show_detail()

    def _show_empty(self, found: bool) -> None:
        """In the place of a list in which nothing was found: why."""
        why = ""
        if not found:
            from sgtui.ui.browsing.empty import why_empty

            why = why_empty(self.app.desk.listing, self.narrowing.chosen)
        self._say("empty", why, before="#detail")

    def _say(self, id: str, text: str, *, before: str, style: str = "") -> None:
        """Show some lines before a part of the screen, or nothing; their widget is made when it is first needed."""
        if not text and not self.query(f"#{id}"):
            return
        from sgtui.ui.widgets.prose import Prose

        if not self.query(f"#{id}"):
            self.mount(Prose(style=style, id=id), before=before)
        self.query_one(f"#{id}", Prose).show(text)

    def _show_detail(self) -> None:
        if not self.app.desk.learner_is_here:
            return  # the first paint does not wait for the line breaker
        from sgtui.ui.browsing.about import about_lines, brief_lines

        desk, info = self.app.desk, self.articles.current
        detail, about = self.query_one("#detail", Sheet), self.query_one("#about", Sheet)
        detail.show(lambda cells: brief_lines(desk, info, cells, detail.size.height) if info else ())
        about.show(lambda cells: about_lines(desk, info, cells) if info else ())

    # Choosing

    @on(LineList.Moved, "#articles")
    def _article_moved(self) -> None:
        self._show_detail()

    @on(LineList.Chosen, "#articles")
    def _article_chosen(self, event: LineList.Chosen) -> None:
        self.app.read(self.articles.info(event.index).key)

    @on(LineList.Moved, "#categories")
    def _category_moved(self, event: LineList.Moved) -> None:
        category = self.query_one(CategoryList).category(event.index)
        if (category,) != (self.narrowing.chosen.category or ("",)):
            self.narrowing.put("category", category)
            self._show_articles()

    @on(CategoryList.Opened)
    def _category_opened(self, event: CategoryList.Opened) -> None:
        (self._opened.add if event.shown else self._opened.discard)(event.place)
        chosen = self.narrowing.chosen.category
        if not event.shown and any(event.place in above(value) for value in chosen):
            self.narrowing.put("category", event.place)
            self._show_articles()
        self._show_categories()

    @on(LineList.Chosen, "#categories")
    def _category_chosen(self) -> None:
        self.articles.focus()

    @on(LineList.Chosen, "#continue")
    def _start_chosen(self, event: LineList.Chosen) -> None:
        if self.start is not None:
            self.start.run(event.index)

    @on(Sheet.Clicked)
    def _sheet_clicked(self, event: Sheet.Clicked) -> None:
        self.go(event.target)

    def go(self, target: str) -> None:
        """Go where a line about the current article leads: ``article:KEY``, ``section:SLUG`` or ``tag:TAG``."""
        kind, _colon, rest = target.partition(":")
        info = self.articles.current
        if kind == "article":
            self.app.read(rest)
        elif kind == "tag":
            self.narrowing.put("tag", rest)
            self.narrowed()
        elif info is not None:
            self.app.read(info.key, slug=rest)

    # Narrowing

    def narrowed(self) -> None:
        """The filter has changed: show what it lets through."""
        self._show_categories()
        self._show_articles()

    def action_next(self, field: str, step: int = 1) -> None:
        values = {
            "category": [row.id for row in self._rows],
            "difficulty": ["", *DIFFICULTIES],
            "status": ["", *STATUSES],
        }[field]
        self.narrowing.step(field, values, step)
        self.narrowed()

    def action_switch(self, field: str, value: str) -> None:
        self.narrowing.switch(field, value)
        self.narrowed()

    def action_take_off(self, field: str, value: str = "") -> None:
        if field == WORDS:
            self.narrowing.put(WORDS, "")
            self.close_box()
        else:
            self.narrowing.switch(field, value)
        self.narrowed()

    def action_next_sort(self) -> None:
        self.narrowing.next_sort()
        self._show_articles()

    def action_clear_all(self) -> None:
        self.narrowing.clear()
        self.close_box()
        self.narrowed()

    def action_clear(self) -> None:
        """Leave the box with its words; else take off the condition that was put on last."""
        if self.box is not None and self.box.has_focus:
            self.action_take_off(WORDS)
        elif self.narrowing.take_back() == WORDS:
            self.close_box()
        self.narrowed()

    def action_facets(self) -> None:
        from sgtui.ui.screens.facets import FacetsScreen

        self.app.push_screen(FacetsScreen(self.narrowing, self.narrowed))

    # Going on

    def action_resume(self) -> None:
        if self.start is not None and self.start.count:
            self.start.run(0)
        else:
            self.action_next_unread()

    def action_next_unread(self) -> None:
        self._read_unread(lambda found: found[0])

    def action_random_unread(self) -> None:
        self._read_unread(self.random.choice)

    def _read_unread(self, choose: Callable[[Sequence["ArticleInfo"]], "ArticleInfo"]) -> None:
        found = self.app.desk.listing.unread(self.narrowing.chosen, self.narrowing.by)
        if found:
            self.app.read(choose(found).key)
        else:
            self.notify(_("Everything here has been opened."))

    def action_toggle_done(self) -> None:
        info = self.articles.current
        if info:
            self.app.desk.toggle_done(info)
            self.refresh_library()

    def action_about(self) -> None:
        from sgtui.ui.screens.article_info import ArticleInfoScreen

        info = self.articles.current
        if info is not None:
            self.app.push_screen(ArticleInfoScreen(info), lambda target: self.go(target) if target else None)

    def action_problems(self) -> None:
        from sgtui.ui.screens.problems import ProblemsScreen

        def read(path: str | None) -> None:
            info = self.app.desk.library.at(path) if path else None
            if info is not None:
                self.app.read(info.key)

        self.app.push_screen(ProblemsScreen(self.app.desk.library.problems), read)
