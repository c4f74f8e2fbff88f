"""Reading one article: the page, its outline, its quizzes, the learner's marks."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from sgtui.articles.model import Article
from sgtui.i18n import N_, _
from sgtui.quiz.model import Quiz
from sgtui.store.records import Anchor
from sgtui.typeset.anchors import anchor_at, find_anchor
from sgtui.typeset.document import build
from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.page import Page
from sgtui.typeset.quiz import quiz_lines, read_target
from sgtui.ui.asking import Asking
from sgtui.ui.ending import end_lines
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.sitting import Sitting
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.outline import Outline, OutlineRow
from sgtui.ui.widgets.page_view import PageView
from sgtui.ui.words import minutes_left, percent

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

OUTLINE_FROM = 96
"""Cells of the screen from which on the outline is open unless the learner closed it."""
COLUMNS = (40, 100)
"""The narrowest and the widest text column that can be asked for, in cells."""
SAVE_SECONDS = 0.3
"""Moves closer together than this are saved as one, after the last."""


class ReaderScreen(Screen[None]):
    """One article as a page."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "bookmark", N_("Bookmark"), id="reader.bookmark", tooltip=N_("Mark this section, or take the mark away")),
        Binding("M", "bookmark_note", N_("Bookmark with note"), show=False, id="reader.bookmark_note", tooltip=N_("Mark this section and write a note to it")),
        Binding("c", "outline", N_("Outline"), id="reader.outline", tooltip=N_("Show, enter or hide the outline")),
        Binding("plus,equals_sign", "width(4)", N_("Wider"), show=False, id="reader.wider", key_display="+", tooltip=N_("A wider text column")),
        Binding("minus", "width(-4)", N_("Narrower"), show=False, id="reader.narrower", tooltip=N_("A narrower text column")),
        Binding("x", "toggle_done", N_("Done"), show=False, id="reader.done", tooltip=N_("Mark the article as done, or not done")),
        Binding("full_stop,greater_than_sign", "neighbour(1)", N_("Next article"), show=False, id="reader.next", key_display=">", tooltip=N_("Open the next article")),
        Binding("comma,less_than_sign", "neighbour(-1)", N_("Previous article"), show=False, id="reader.previous", key_display="<", tooltip=N_("Open the previous article")),
        Binding("B", "app.bookmarks", N_("Bookmarks"), show=False, id="reader.bookmarks", tooltip=N_("Every bookmark, in one list")),
        Binding("q,escape", "leave", N_("Back"), id="reader.leave", tooltip=N_("Back to the library; the place is kept")),
    ]  # fmt: skip

    def __init__(self, article: Article, *, anchor: Anchor | None = None, slug: str = "") -> None:
        super().__init__()
        self.article = article
        self._start = (anchor, slug)
        self._unsaved = False
        self._marked: frozenset[str] = frozenset()

    # Making

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        with Horizontal(id="body"):
            yield Outline(id="outline")
            yield PageView(column=self.app.desk.settings.page_width, id="page")
        yield KeyBar()

    def on_mount(self) -> None:
        desk = self.app.desk
        self.sitting = Sitting(desk, self.article, time.monotonic)
        desk.opened(self.article)
        self._options = desk.typeset_options()
        self._blocks = build(self.article, self._options)
        self._page = Page(self._blocks, 60, self._options, self._quiz_lines)
        self.asking = Asking(self.sitting, self._page)
        self._marked = frozenset(self.sitting.bookmarks())
        view = self.view
        view.tail = lambda width: end_lines(self.sitting, desk.neighbour(self.sitting.key, 1), width)
        view.margin = self._margin
        view.show(self._page, self._first_place())
        view.focus()
        wide = self.app.size.width >= OUTLINE_FROM
        self.query_one(Outline).set_class(wide and desk.settings.outline and len(self.article.sections) > 1, "-open")

    @property
    def view(self) -> PageView:
        """The page on the screen."""
        return self.query_one("#page", PageView)

    def _first_place(self) -> Place:
        anchor, slug = self._start
        anchor = anchor or (None if slug else self.app.desk.position(self.sitting.key))
        place = find_anchor(self._blocks, self.article.sections, anchor) if anchor else None
        return place or self._section_place(slug)

    def _section_place(self, slug: str) -> Place:
        index = next((s.index for s in self.article.sections if s.slug == slug), 0)
        return Place(self._page.block_of_section(index) or 0, 0)

    # What is drawn

    def _quiz_lines(self, quiz: Quiz, width: int) -> list[Line]:
        return quiz_lines(quiz, self.sitting.answerings[quiz.id], width, self._options, self.sitting.numbers[quiz.id])

    def _margin(self, line: Line, place: Place) -> Span | None:
        block = self._blocks[place.block]
        if block.kind == "heading" and line.start == 0 and line.end > 0 and self._slug(block.section) in self._marked:
            return Span("★", "star")
        return None

    def _slug(self, section: int) -> str:
        return self.article.sections[section].slug

    def _show_place(self) -> None:
        """Title, outline and keys for what is in view now."""
        info, sections = self.article.info, self.article.sections
        here = self._here()
        share = self._share()
        left = max(1, round(info.minutes * (1 - share))) if share < 1 else 0
        name = self.app.desk.library.category_name(info.category)
        crumbs = [Span(f" {name} › ", "faint")] if name else [Span(" ")]
        counted = [s for s in sections if s.title]
        number = sum(s.index <= here for s in counted)
        parts = [_("section {n}/{total}").format(n=max(1, number), total=len(counted))] if counted else []
        parts += [minutes_left(left) if left else _("read to the end"), percent(share)]
        self.query_one(TitleBar).show_ends([*crumbs, Span(info.title, "title")], [Span(" ・ ".join(parts), "faint")])
        rows = [
            OutlineRow(s, self.sitting.finished(s), s.slug in self._marked)
            for s in sections
            if s.title and s.level <= 4
        ]
        self.query_one(Outline).show(rows, here)
        self.query_one(KeyBar).put_first(self.asking.keys())

    def _here(self) -> int:
        """The section being read: that of the row a third down the screen."""
        view = self.view
        row = min(view.top + view.size.height // 3, max(0, self._page.height - 1))
        return self._blocks[self._page.place_at(row).block].section if self._blocks else 0

    def _share(self) -> float:
        """How much of the article has been above the lower edge of the screen, 0 to 1."""
        return min(1.0, self.view.bottom / self._page.height) if self._page.height else 1.0

    @on(PageView.Moved)
    def _moved(self) -> None:
        self.asking.look(self.view.top, self.view.bottom)
        self._tick_sections()
        self._show_place()
        if not self._unsaved:
            self._unsaved = True
            self.set_timer(SAVE_SECONDS, self.save)

    def _tick_sections(self) -> None:
        """Tick the sections whose last line is on the screen."""
        view = self.view
        if not self._blocks:
            return
        first = self._blocks[self._page.place_at(view.top).block].section
        last = self._blocks[self._page.place_at(min(view.bottom, self._page.height) - 1).block].section
        for section in range(first, last + (1 if view.bottom >= self._page.height else 0)):
            self.sitting.see(section)

    def save(self) -> None:
        """Save where reading is."""
        self._unsaved = False
        if self._blocks:
            anchor = anchor_at(self._blocks, self.article.sections, self.view.place())
            self.app.desk.save_position(self.sitting.key, anchor, self._share())
        self.sitting.tick()

    # Quizzes

    def wants_character(self, character: str) -> bool:
        """Whether a kana is an answer here, not a key of the reader."""
        return bool(character) and self.view.has_focus and self.asking.wants(character)

    def on_key(self, event: events.Key) -> None:
        if not self.view.has_focus:
            return
        key = event.character if event.is_printable and event.character else event.key
        if key == "enter" and self.asking.answered:
            event.stop()
            self._go_on()
        elif self.asking.press(key):
            event.stop()
            event.prevent_default()
            self._quiz_changed()

    def on_paste(self, event: events.Paste) -> None:
        if self.asking.paste(event.text):
            event.stop()
            self._quiz_changed()

    def _quiz_changed(self) -> None:
        """The current quiz looks different now: draw it anew without moving what is above it."""
        block = self._page.block_of_quiz(self.asking.current)
        place = self.view.place()
        if block is not None:
            self._page.invalidate(block)
            self.view.redraw(place)
            if self.asking.answered:
                self.view.reveal(block)
                self.asking.stay(self.view.top)
        self._show_place()

    def _go_on(self) -> None:
        """Enter after an answer: on to the text that follows the quiz."""
        block = self._page.block_of_quiz(self.asking.current)
        self.asking.leave()
        if block is not None and block + 1 < len(self._blocks):
            self.view.go(Place(block + 1, 0), margin=2)
        else:
            self.view.action_edge(1)
        self._show_place()

    @on(PageView.Clicked)
    def _clicked(self, event: PageView.Clicked) -> None:
        quiz = read_target(event.target)
        if quiz is not None:
            if self.asking.click(*quiz):
                self._quiz_changed()
        elif event.target.startswith("fold:"):
            place = self.view.place()
            self._page.toggle(event.block)
            self.view.redraw(place)
        else:
            self._follow(event.target)

    # Moving about

    def _follow(self, href: str) -> None:
        from sgtui.ui.following import follow

        follow(self, href)

    def open_article(self, key: str, fragment: str = "") -> None:
        """Open another article, at a heading if the link names one."""
        from sgtui.markup.slug import match_anchor

        info = self.app.desk.library.get(key)
        if info is None:
            self.notify(_("This article is no longer in the library."), severity="warning")
            return
        slug = match_anchor(fragment, [s.slug for s in info.sections]) if fragment else ""
        self.save()
        self.app.read(key, slug=slug or "")

    def show_footnote(self, kind: str, number: int) -> None:
        """Go from a footnote's mark to its text."""
        block = self._page.block_of_note(number)
        if block is not None:
            self.view.go(Place(block, 0), margin=2)

    def show_section(self, slug: str) -> None:
        """Bring a section to the top."""
        self.view.go(self._section_place(slug))

    @on(LineList.Chosen, "#outline")
    def _outline_chosen(self, event: LineList.Chosen) -> None:
        outline = self.query_one(Outline)
        self.show_section(outline.section(event.index).slug)
        if self.app.size.width < OUTLINE_FROM:
            outline.remove_class("-open")
        self.view.focus()

    def action_outline(self) -> None:
        """Open and enter the outline; from inside it, or where it cannot be entered, close it."""
        outline = self.query_one(Outline)
        if outline.has_focus:
            outline.remove_class("-open")
            self.view.focus()
        elif outline.count:
            outline.add_class("-open")
            outline.focus()
        else:
            self.notify(_("This article has no headings."))
        self.app.desk.change_settings(outline=outline.has_class("-open"))

    def action_width(self, step: int) -> None:
        view = self.view
        view.column = max(COLUMNS[0], min(COLUMNS[1], view.column + step))
        view.refit()
        self.app.desk.change_settings(page_width=view.column)

    def action_neighbour(self, step: int) -> None:
        info = self.app.desk.neighbour(self.sitting.key, step)
        if info is None:
            self.notify(_("This is the last article.") if step > 0 else _("This is the first article."))
            return
        self.leave()
        self.app.pop_screen()
        self.app.read(info.key)

    def leave(self) -> None:
        """Save everything; the screen is about to go."""
        self.save()

    def action_leave(self) -> None:
        outline = self.query_one(Outline)
        if outline.has_focus:
            self.view.focus()
            if self.app.size.width < OUTLINE_FROM:
                outline.remove_class("-open")
            return
        self.leave()
        if self.app.desk.only_article:
            self.app.exit(0)
        else:
            self.app.pop_screen()

    # Marks

    def _bookmark(self, note: str = "") -> None:
        section = self.article.sections[self._here()]
        title = section.title or self.article.info.title
        anchor = anchor_at(self._blocks, self.article.sections, self._section_place(section.slug))
        self.app.desk.add_bookmark(
            self.sitting.key, section=section.slug, path=section.path, title=title, anchor=anchor, note=note
        )

    def _marks_changed(self) -> None:
        self._marked = frozenset(self.sitting.bookmarks())
        self.view.refresh()
        self._show_place()

    def action_bookmark(self) -> None:
        if not self.article.sections:
            return
        old = self.sitting.bookmarks().get(self._slug(self._here()))
        if old is None:
            self._bookmark()
        else:
            self.app.desk.remove_bookmark(old)
            if old.note:
                self.notify(_("The bookmark and its note are gone. m, or u in the list of bookmarks, brings it back."))
        self._marks_changed()

    def action_bookmark_note(self) -> None:
        if not self.article.sections:
            return
        section = self.article.sections[self._here()]
        old = self.sitting.bookmarks().get(section.slug)

        def keep(note: str | None) -> None:
            if note is None:
                return
            if old is None:
                self._bookmark(note)
            else:
                self.app.desk.note_bookmark(old, note)
            self._marks_changed()

        title = section.title or self.article.info.title
        self.app.push_screen(AskText(_("Note for this bookmark"), value=old.note if old else "", detail=title), keep)

    def action_toggle_done(self) -> None:
        done = self.app.desk.toggle_done(self.article.info)
        self.notify(_("Marked as done.") if done else _("Marked as not done."))

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the quiz on the screen, for the help."""
        return [("1–9 a i u e ア–コ", N_("Answer the quiz on the screen")), *self.asking.keys()]
