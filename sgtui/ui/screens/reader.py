"""Reading one article: the page, its outline, its quizzes, the learner's marks."""

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

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
from sgtui.ui.reading.moving import OUTLINE_FROM
from sgtui.ui.reading.open_article import OpenArticle
from sgtui.ui.reading.outlining import OutlinePane
from sgtui.ui.reading.picturing import Picturing
from sgtui.ui.reading.sheet import LONG, Sheet, prepare
from sgtui.ui.reading.stops import Stops
from sgtui.ui.reading.typing import ReaderTyping
from sgtui.ui.text import width
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.outline import OutlineRow
from sgtui.ui.widgets.page_view import PageView
from sgtui.ui.words import minutes_left, percent

if TYPE_CHECKING:
    from sgtui.ui.asking import Asking
    from sgtui.ui.sitting import Sitting

SAVE_SECONDS = 0.3
"""Moves closer together than this are saved as one, after the last."""


class ReaderScreen(ReaderTyping):
    """One article as a page; links lead to others in the same screen."""

    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = READER_KEYS

    def __init__(
        self, key: str, *, anchor: Anchor | None = None, slug: str = "", words: str = "", classes: str | None = None
    ) -> None:
        """Show the article ``key`` at ``anchor``, else at the section ``slug``, else where it was left.

        ``words`` are searched for on the page at once.
        """
        super().__init__(classes=classes)
        self._start = (key, anchor, slug, words)
        self.it = None
        self._unsaved = False
        self._rows: list[OutlineRow] | None = None

    # Making

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        info = desk.library.get(self.key)
        sections = len(info.sections) if info else 0
        yield TitleBar(id="title")
        with Horizontal(id="body"):
            yield OutlinePane(opened=self.app.size.width >= OUTLINE_FROM and desk.settings.outline and sections > 1)
            yield PageView(column=desk.settings.page_width, id="page")
        yield KeyBar()

    def on_mount(self) -> None:
        view = self.view
        view.tail = lambda width: self.it.end_lines(width) if self.it else ()
        view.margin = self._margin
        view.decorate = lambda line, place: self.it.overlay.paint(line, place) if self.it else line.spans
        self.marking = Marking(self)
        self.picturing = Picturing(self)
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
        self.it = OpenArticle(desk, sheet, self.options(), lambda: self.view.tail_lines)
        self._rows = None
        desk.opened(sheet.article)
        view.side = 0
        view.show(self.it.page, self.it.place_of(anchor, slug))
        self.picturing.begin(self.it)
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
        match = self.it.search.current
        focused = (match.block if match else eye.block) if self.app.desk.settings.focus and self.blocks else None
        if focused != self.it.focused:
            self.it.focused = focused
            self.view.refresh()
        section = self.sheet.section_at(eye.block)
        index = section.index if section else 0
        self._show_title(index)
        if self._rows is None:
            self._rows = [self._outline_row(s) for s in self.sections if s.title and s.level <= 4]
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
        room = self.app.size.width - width(info.title) - 2
        if width("".join(span.text for span in crumbs) + " ・ ".join(parts)) > room:
            crumbs = [Span(" ")]
        if counted and width(" ・ ".join(parts)) > room:  # the title says more than the number of the section
            del parts[0]
        self.query_one(TitleBar).show_ends([*crumbs, Span(info.title, "title")], [Span(" ・ ".join(parts), "faint")])

    def show_keys(self) -> None:
        it, bar = self._open, self.query_one(KeyBar)
        if it.overlay.asked != it.asking.current:
            it.overlay.asked = it.asking.current
            self.view.refresh()
        stop, search = it.stops.current, it.search
        if it.hints.on:
            bar.put_first([("0–9", N_("number of the link")), ("Esc", N_("Cancel"))], only=True)
        elif it.selecting.on:
            bar.put_first([*it.selecting.keys(), ("K", N_("meaning"))], only=True)
        elif self.hovered or stop is not None:
            target = self.hovered or (stop.target if stop else "")
            where = preview(self, target)
            own = it.quiz_keys() if target.startswith("quiz:") else ()
            bar.put_first([("→" if self.hovered else "Enter", where or N_("open")), *own])
        elif search.on:
            count = f"{search.at + 1}/{len(search.matches)}" if search.matches else N_("no match")
            bar.put_first([("n N", count), ("Esc", N_("end the search")), *it.quiz_keys()])
        else:
            bar.put_first(it.quiz_keys())

    @on(PageView.Moved)
    def _moved(self) -> None:
        if self.it is None or self.view.page is not self.it.page:
            return
        view = self.view
        self.at_quiz.look(view.top, view.bottom)
        self.picturing.look(self.it)
        self._tick_sections()
        self.it.pace.see(time.monotonic(), self.characters_seen())
        self.follow_eye()
        if not self._unsaved:
            self._unsaved = True
            self.set_timer(SAVE_SECONDS, self.save)

    def _outline_row(self, section: Section) -> OutlineRow:
        return OutlineRow(section, self.sitting.finished(section), section.slug in self._open.bookmarked)

    def _tick_sections(self) -> None:
        """Tick the sections whose last line is on the screen."""
        view = self.view
        if not self.blocks:
            return
        first = self.blocks[self.page.place_at(view.top).block].section
        last = self.blocks[self.page.place_at(min(view.bottom, self.page.height) - 1).block].section
        for section in range(first, last + (1 if view.bottom >= self.page.height else 0)):
            if self.sitting.see(section) and self._rows is not None:
                # A page turned changes a row or two of what may be hundreds.
                self._rows = [self._outline_row(r.section) if r.section.index == section else r for r in self._rows]

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

    def outline_changed(self) -> None:
        self._rows = None

    def marks_changed(self) -> None:
        """A mark was made, changed or taken away."""
        if self.it is not None:
            self.it.marks_changed()
            self._rows = None
            self.view.refresh()
            self.follow_eye()
