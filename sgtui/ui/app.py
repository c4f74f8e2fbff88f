"""The application: themes, the screens and the way between them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from sgtui import paths
from sgtui.i18n import N_, _
from sgtui.ui.desk import Desk
from sgtui.ui.keyboard import plain_event
from sgtui.ui.questions_app import QuestionsApp
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.sizes import size_classes
from sgtui.ui.themes import THEMES

if TYPE_CHECKING:
    from textual.command import Provider

    from sgtui.store.records import Anchor
    from sgtui.ui.reading.trail import Trail


def _section_commands() -> type[Provider]:
    from sgtui.ui.commands import SectionCommands

    return SectionCommands


def _article_commands() -> type[Provider]:
    from sgtui.ui.commands import ArticleCommands

    return ArticleCommands


SCREENS = Path(__file__).with_name("screens.tcss")
"""The look of all that is not on the first screen."""

NARROW = 70
SHORT = 20


class SgtuiApp(QuestionsApp):
    """sgtui on the screen.  Everything it knows of the learner and the library is on its desk."""

    TITLE = "sgtui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        *QuestionsApp.COMMANDS,
        _section_commands,
        _article_commands,
    }
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-tall")]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", N_("Keys"), id="app.help", key_display="?", tooltip=N_("What every key does here")),
        Binding("ctrl+q", "quit", N_("Quit"), show=False, priority=True, id="app.quit_now", tooltip=N_("Leave from anywhere")),
        Binding("ctrl+c", "quit", N_("Quit"), show=False, system=True, id="app.interrupt", tooltip=N_("Leave from anywhere")),
    ]  # fmt: skip

    @dataclass
    class FileNoticed(Message):
        """Something happened to the learner's file that they should know: it could not be written, or can be again."""

        text: str

    def __init__(self, desk: Desk, begin: Callable[[SgtuiApp], None] | None = None) -> None:
        super().__init__(desk)
        self._begin = begin
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = desk.theme if desk.theme in self.available_themes else self.theme

    def get_default_screen(self) -> Screen[None]:
        return LibraryScreen(classes=size_classes(LibraryScreen, self))

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda theme: self.desk.change_settings(theme=theme.name))
        if self.desk.only_article:
            self.meet_learner()
            self.read(self.desk.only_article)
        if self._begin is not None:
            self.meet_learner()
            self._begin(self)

    def meet_learner(self) -> None:
        """Open the learner's file, and say what they should know about it."""
        self._read_looks()
        if not self.desk.learner_is_here:
            self.desk.meet_learner()
            self.settle_articles()
            self.take_over_conflict_copies()
            self.run_worker(self.desk.scheduler.make_ready, thread=True, group="ready")
            gc.enable()
            for notice in self.desk.notices():
                self.notify(notice, severity="warning", timeout=12)
            self.desk.store.engine.hearers.append(lambda notice: self._tell(self.FileNoticed(notice.message)))

    def on_sgtui_app_file_noticed(self, message: FileNoticed) -> None:
        self.notify(message.text, severity="warning", timeout=12)

    def _read_looks(self) -> None:
        """Read what other screens look like: nobody sees that before the first paint."""
        if not self.stylesheet.has_source(str(SCREENS)):
            self.stylesheet.read(SCREENS)
            if len(self.screen_stack) > 1:  # somebody was quicker
                self.refresh_css(animate=False)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and not self._typing(event):
            event = self._keyed(event)
        await super().on_event(event)

    def _typing(self, event: events.Key) -> bool:
        """Whether the key is text for what has the focus."""
        return self.focused is not None and self.focused.check_consume_key(event.key, event.character)

    def _keyed(self, event: events.Key) -> events.Key:
        """The key as it is meant: a screen may want the kana itself, everyone else its plain key."""
        wants = getattr(self.screen, "wants_character", None)
        if wants is not None and wants(event.character or ""):
            return event
        return plain_event(event) or event

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield SystemCommand(_("Theme"), _("Light, dark and other colours"), self.action_change_theme)
        yield SystemCommand(_("Keys"), _("What every key does here"), self.action_help)
        yield SystemCommand(
            _("Search"), _("Titles, sections and text of the whole library"), self.action_search_library
        )
        yield SystemCommand(_("Glossary"), _("The terms of this library and what they mean"), self.action_glossary)
        yield SystemCommand(_("Libraries"), _("Go to another library, or open a folder"), self.action_libraries)
        yield SystemCommand(_("Today's review"), _("What is due, across all articles"), self.action_review)
        yield SystemCommand(_("Quick quiz"), _("A few questions, now"), self.action_quick_quiz)
        yield SystemCommand(_("Mock exam"), _("A whole exam against the clock"), self.action_mock_exam)
        yield SystemCommand(_("Progress"), _("What you did and how well it sticks"), self.action_progress)
        yield SystemCommand(_("Bookmarks"), _("Every bookmark, in one list"), self.action_bookmarks)
        yield SystemCommand(_("Quit"), _("Leave; everything is saved"), self.action_quit)

    # Ways between the screens

    @cached_property
    def trail(self) -> Trail:
        """Where the learner jumped away from."""
        from sgtui.ui.reading.trail import Trail

        return Trail()

    def read(self, key: str, *, anchor: Anchor | None = None, slug: str = "", words: str = "") -> None:
        """Open an article: at ``anchor`` or section ``slug`` if given, else where the learner left it.

        ``words`` are marked on the page, as if they had been searched for there.
        """
        from sgtui.ui.screens.reader import ReaderScreen

        classes = size_classes(ReaderScreen, self)
        self.push_screen(ReaderScreen(key, anchor=anchor, slug=slug, words=words, classes=classes))

    def action_help(self) -> None:
        from sgtui.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_bookmarks(self) -> None:
        from sgtui.ui.screens.bookmarks import BookmarksScreen

        self.push_screen(BookmarksScreen())

    async def action_quit(self) -> None:
        for screen in self.screen_stack:
            leave = getattr(screen, "leave", None)
            if leave is not None:
                leave()
        self.exit(0)


def run_app(
    *,
    library: Path | None,
    file: Path | None,
    state: Path,
    cache_dir: Path,
    settings_file: Path,
    begin: Callable[[SgtuiApp], None] | None = None,
) -> int:
    """Open the screens on ``library`` (the bundled course if None) or on one ``file``; returns the exit code.

    ``begin`` is called once the learner's file is open, to go straight to another screen; all of the library is read by
    then.  Raises SgtuiError where there is nothing to open.
    """
    place = file or library or paths.bundled_library()
    desk = Desk.open(library=place, state=state, cache_dir=cache_dir, settings_file=settings_file)
    if begin is not None:
        for _library in desk.opening.batches():
            pass
    app = SgtuiApp(desk, begin)
    try:
        return app.run() or 0
    finally:
        for notice in app.desk.close():
            print(notice, file=sys.stderr)
