"""Reading one article: the page, its outline, its quizzes, the learner's marks."""

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from sgtui.articles.model import Article, Section
from sgtui.i18n import N_, _
from sgtui.store.records import Anchor
from sgtui.typeset.block import Block
from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.page import Page
from sgtui.ui.following import preview
from sgtui.ui.reading.changes import LOOK_SECONDS
from sgtui.ui.reading.highlights import PageMarks, margin_spans
from sgtui.ui.reading.keys import READER_KEYS
from sgtui.ui.reading.marking import Marking
from sgtui.ui.reading.moving import OUTLINE_FROM, ReaderMoves
from sgtui.ui.reading.open_article import OpenArticle
from sgtui.ui.reading.outlining import OutlinePane
from sgtui.ui.reading.sheet import LONG, Sheet, prepare
from sgtui.ui.reading.stops import Stops
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.outline import OutlineRow
from sgtui.ui.widgets.page_view import PageView
from sgtui.ui.words import minutes_left, percent

if TYPE_CHECKING:
    from sgtui.ui.asking import Asking
    from sgtui.ui.sitting import Sitting

SAVE_SECONDS = 0.3
"""Moves closer together than this are saved as one, after the last."""
NEVER_ANSWERS = frozenset("EU")
"""Capitals that stay the reader's while a question is open, though they would fold to an answer."""


class ReaderScreen(ReaderMoves):
    """One article as a page; links lead to others in the same screen."""

    BINDINGS: ClassVar[list[BindingType]] = READER_KEYS

    def __init__(self, key: str, *, anchor: Anchor | None = None, slug: str = "", words: str = "") -> None:
        """Show the article ``key`` at ``anchor``, else at the section ``slug``, else where it was left.

        ``words`` are searched for on the page at once.
        """
        super().__init__()
        self._start = (key, anchor, slug, words)
        self.it = None
        self._unsaved = False
        self._rows: list[OutlineRow] | None = None

    # Making

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        with Horizontal(id="body"):
            yield OutlinePane()
            yield PageView(column=self.app.desk.settings.page_width, id="page")
        yield Input(id="find", classes="line-input", placeholder=_("Search this article"))
        yield KeyBar()

    def on_mount(self) -> None:
        view = self.view
        view.tail = lambda width: self.it.end_lines(width) if self.it else ()
        view.margin = self._margin
        view.decorate = lambda line, place: self.it.overlay.paint(line, place) if self.it else line.spans
        view.focus()
        self.marking = Marking(self)
        key, anchor, slug, words = self._start
        self.open(key, anchor=anchor, slug=slug, words=words)
        self.set_interval(LOOK_SECONDS, self._look_at_file)

    @property
    def view(self) -> PageView:
        return self.query_one("#page", PageView)

    @property
    def outline(self) -> OutlinePane:
        return self.query_one(OutlinePane)

    # What is open

    @property
    def _open(self) -> OpenArticle:
        assert self.it is not None
        return self.it

    @property
    def key(self) -> str:
        """The key of the article that is open."""
        return self.it.key if self.it else self._start[0]

    @property
    def article(self) -> Article:
        """The article that is open."""
        return self._open.sheet.article

    @property
    def sheet(self) -> Sheet:
        """The article and its blocks."""
        return self._open.sheet

    @property
    def sections(self) -> Sequence[Section]:
        """Its sections; none while it is being opened."""
        return self.it.sections if self.it else ()

    @property
    def blocks(self) -> list[Block]:
        """Its blocks."""
        return self._open.blocks

    @property
    def page(self) -> Page:
        """Its page."""
        return self._open.page

    @property
    def sitting(self) -> "Sitting":
        """The learner's sitting with it."""
        return self._open.sitting

    @property
    def at_quiz(self) -> "Asking":
        """Its current quiz."""
        return self._open.asking

    @property
    def stops(self) -> Stops:
        """What Tab stops at in it."""
        return self._open.stops

    @property
    def page_marks(self) -> PageMarks:
        """The learner's highlights and notes in it."""
        return self._open.marks

    def open(self, key: str, *, anchor: Anchor | None = None, slug: str = "", words: str = "") -> None:
        """Put an article on the page: at once where it is short, else as soon as a thread has read it."""
        desk = self.app.desk
        info = desk.library.get(key)
        if info is None:
            self.notify(_("This article is no longer in the library."), severity="warning")
            return
        self.leave()
        if not slug and anchor is None:
            anchor = desk.position(key)
        if info.characters <= LONG:
            self._show(prepare(desk.library, key, self.options()), anchor, slug, words)
            return
        self.query_one(TitleBar).show_ends([Span(f" {info.title}", "title")], [Span(_("Opening"), "faint")])
        self.run_worker(self._open_long(key, anchor, slug, words), group="open", exclusive=True)

    async def _open_long(self, key: str, anchor: Anchor | None, slug: str, words: str) -> None:
        sheet = await asyncio.to_thread(prepare, self.app.desk.library, key, self.options())
        self._show(sheet, anchor, slug, words)

    def _show(self, sheet: Sheet, anchor: Anchor | None, slug: str, words: str) -> None:
        desk, view = self.app.desk, self.view
        first = self.it is None
        self.it = OpenArticle(desk, sheet, self.options(), lambda: self.view.tail_lines)
        self._rows = None
        desk.opened(sheet.article)
        view.side = 0
        view.show(self.it.page, self.it.place_of(anchor, slug))
        view.picture = lambda _block, _row: None
        if first:
            wide = self.app.size.width >= OUTLINE_FROM
            self.outline.set_class(wide and desk.settings.outline and len(sheet.article.sections) > 1, "-open")
        if words:
            self.find(words)
        self.follow_eye()

    def reload(self) -> None:
        """Read the file again and stay at the place; the learner's marks are found again in the new text."""
        if self.it is None:
            return
        anchor = self.it.anchor_of(self.view.place())
        words = self.it.search.words
        self.run_worker(self._open_long(self.it.key, anchor, "", words), group="open", exclusive=True)

    def _look_at_file(self) -> None:
        if self.it is not None and self.it.changes.look():
            self.reload()

    # What is drawn

    def _margin(self, line: Line, place: Place) -> Sequence[Span]:
        if self.it is None:
            return ()
        block = self.blocks[place.block]
        begins = block.kind == "heading" and line.start == 0 and line.end > 0
        if begins and self.sections[block.section].slug in self.it.bookmarked:
            return (Span("★ ", "star"),)
        signs = self.it.marks.margin(place.block, line.start, line.end) if line.pieces else ""
        if not signs:
            return ()
        stop = self.it.stops.current
        if (
            stop
            and stop.target.startswith("note:")
            and stop.block == place.block
            and line.start <= stop.start < line.end
        ):
            return (Span(f"{signs:<2}"[:2], "cursor"),)
        return margin_spans(signs)

    def eye(self) -> Place:
        view = self.view
        row = min(view.top + view.size.height // 3, max(0, self.page.height - 1))
        return self.page.place_at(row)

    def here(self) -> Section | None:
        """The section being read."""
        return self.sheet.section_at(self.eye().block) if self.it else None

    def _share(self) -> float:
        """How much of the article has been above the lower edge of the screen, 0 to 1."""
        return min(1.0, self.view.bottom / self.page.height) if self.page.height else 1.0

    def characters_seen(self) -> float:
        return self.article.info.characters * self._share()

    def follow_eye(self) -> None:
        if self.it is None:
            return
        eye = self.eye()
        focused = eye.block if self.app.desk.settings.focus and self.blocks else None
        if focused != self.it.focused:
            self.it.focused = focused
            self.view.refresh()
        section = self.sheet.section_at(eye.block)
        index = section.index if section else 0
        self._show_title(index)
        if self._rows is None:
            sitting, marked = self.sitting, self.it.bookmarked
            shown = [s for s in self.sections if s.title and s.level <= 4]
            self._rows = [OutlineRow(s, sitting.finished(s), s.slug in marked) for s in shown]
        self.outline.show(self._rows, index)
        self.show_keys()

    def _show_title(self, here: int) -> None:
        info, library = self.article.info, self.app.desk.library
        share = self._share()
        left = max(1, round(info.characters * (1 - share) / self.app.desk.speed)) if share < 1 else 0
        name = library.category_name(info.category)
        crumbs = [Span(f" {name} › ", "faint")] if name else [Span(" ")]
        counted = [s.index for s in self.sections if s.title]
        number = sum(index <= here for index in counted)
        parts = [_("section {n}/{total}").format(n=max(1, number), total=len(counted))] if counted else []
        parts += [minutes_left(left) if left else _("read to the end"), percent(share)]
        self.query_one(TitleBar).show_ends([*crumbs, Span(info.title, "title")], [Span(" ・ ".join(parts), "faint")])

    def show_keys(self) -> None:
        it, bar = self._open, self.query_one(KeyBar)
        stop, search = it.stops.current, it.search
        if it.hints.on:
            bar.put_first([("0–9", N_("number of the link")), ("Esc", N_("Cancel"))], only=True)
        elif it.selecting.on:
            bar.put_first([*it.selecting.keys(), ("K", N_("meaning")), ("Esc", N_("end"))], only=True)
        elif self.hovered or stop is not None:
            target = self.hovered or (stop.target if stop else "")
            where = preview(self, target)
            bar.put_first([("→" if self.hovered else "Enter", where or N_("open"))])
        elif search.on:
            count = f"{search.at + 1}/{len(search.matches)}" if search.matches else N_("no match")
            bar.put_first([("n N", count), ("Esc", N_("end the search")), *it.asking.keys()])
        else:
            bar.put_first(it.asking.keys())

    @on(PageView.Moved)
    def _moved(self) -> None:
        if self.it is None or self.view.page is not self.it.page:
            return
        view = self.view
        self.at_quiz.look(view.top, view.bottom)
        self._tick_sections()
        self.it.pace.see(time.monotonic(), self.characters_seen())
        self.follow_eye()
        if not self._unsaved:
            self._unsaved = True
            self.set_timer(SAVE_SECONDS, self.save)

    def _tick_sections(self) -> None:
        """Tick the sections whose last line is on the screen."""
        view = self.view
        if not self.blocks:
            return
        first = self.blocks[self.page.place_at(view.top).block].section
        last = self.blocks[self.page.place_at(min(view.bottom, self.page.height) - 1).block].section
        for section in range(first, last + (1 if view.bottom >= self.page.height else 0)):
            if self.sitting.see(section):
                self._rows = None

    def save(self) -> None:
        """Save where reading is."""
        self._unsaved = False
        if self.it is not None and self.blocks:
            self.app.desk.save_position(self.key, self.it.anchor_of(self.view.place()), self._share())
            self.sitting.tick()

    def leave(self) -> None:
        """Save everything; the article is about to go."""
        if self.it is None:
            return
        self.save()
        known = self.app.desk.settings.reading_speed
        learned = self.it.pace.learned(known)
        if learned != known:
            self.app.desk.change_settings(reading_speed=learned)

    def marks_changed(self) -> None:
        """A mark was made, changed or taken away."""
        if self.it is not None:
            self.it.marks_changed()
            self._rows = None
            self.view.refresh()
            self.follow_eye()

    # Keys of what is going on

    def wants_character(self, character: str) -> bool:
        """Whether a kana is an answer here, not a key of the reader."""
        it = self.it
        if it is None or not character or not self.view.has_focus or it.hints.on or it.selecting.on:
            return False
        return it.asking.wants(character)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.cancel_search_box():
            event.stop()
            return
        if self.it is None or not self.view.has_focus:
            return
        key = event.character if event.is_printable and event.character else event.key
        if self._take_key(self.it, key):
            event.stop()
            event.prevent_default()

    def _take_key(self, it: OpenArticle, key: str) -> bool:
        """Give a key to what is going on on the page; false if it is one of the reader's bindings."""
        if it.hints.on:
            stop = it.hints.press(key)
            it.overlay.labels = it.hints.labels
            self.view.refresh()
            if stop is not None:
                self.enter_stop(stop)
            self.show_keys()
            return True
        if it.selecting.on:
            return self._take_selecting(it, key)
        answering = it.asking.answering
        editing = answering is not None and answering.editing
        if not editing and (key in NEVER_ANSWERS or key in ("tab", "shift+tab")):
            return False
        if key == "enter" and it.stops.current is not None and not it.asking.inside:
            self.enter_stop(it.stops.current)
            return True
        if key == "enter" and it.asking.answered:
            self._go_on()
            return True
        if it.asking.press(key):
            self.quiz_changed()
            return True
        return False

    def on_paste(self, event: events.Paste) -> None:
        if self.it is not None and self.at_quiz.paste(event.text):
            event.stop()
            self.quiz_changed()

    def _take_selecting(self, it: OpenArticle, key: str) -> bool:
        selecting = it.selecting
        extent = selecting.extent
        if selecting.press(key):
            self._keep_caret_in_view(it)
        elif key in ("1", "2", "3", "4") and extent and selecting.dropped:
            selecting.clear()
            self.marking.highlight(extent, int(key))
        elif key in ("n", "enter") and extent and selecting.dropped:
            selecting.clear()
            self.marking.highlight_with_note(extent)
        elif key == "y" and extent:
            text = selecting.text()
            selecting.clear()
            self.copy(text)
        elif key == "K":
            self.action_term()
        elif key in ("escape", "q"):
            selecting.clear()
        elif key in ("question_mark", "?", "f1") or key.startswith("ctrl+"):
            return False
        self.view.refresh()
        self.show_keys()
        return True

    def _keep_caret_in_view(self, it: OpenArticle) -> None:
        assert it.selecting.caret is not None
        self.view.bring(it.page.row_of(it.selecting.caret))

    # Quizzes

    def quiz_changed(self) -> None:
        """The current quiz looks different now: draw it anew without moving what is above it."""
        block = self.page.block_of_quiz(self.at_quiz.current)
        place = self.view.place()
        if block is not None:
            self.page.invalidate(block)
            self.view.redraw(place)
            if self.at_quiz.answered:
                self._rows = None
                self.view.reveal(block)
                self.at_quiz.stay(self.view.top)
        self.follow_eye()

    def _go_on(self) -> None:
        """Enter after an answer: on to the text that follows the quiz."""
        block = self.page.block_of_quiz(self.at_quiz.current)
        self.at_quiz.leave()
        if block is not None and block + 1 < len(self.blocks):
            self.view.go(Place(block + 1, 0), margin=2)
        else:
            self.view.action_edge(1)
        self.follow_eye()

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the quiz on the screen, for the help."""
        return [("1–9 a i u e ア–コ", N_("Answer the quiz on the screen")), *self.at_quiz.keys()]
