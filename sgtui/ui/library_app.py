"""What every screen can ask for about libraries: search, glossary, other libraries, files that change."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen
from textual.signal import Signal

from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _

if TYPE_CHECKING:
    from sgtui.library.load import Opening
    from sgtui.library.model import Library
    from sgtui.store.records import Anchor
    from sgtui.ui.desk import Desk
    from sgtui.ui.files import Follower


TURN = 0.0005
"""Seconds after which a thread that reads, searches or counts lets the screen go on; Python's 0.005 are felt in typing."""


def settle_memory() -> None:
    """What is in memory now stays: looking through a large library for garbage again and again would be felt."""
    gc.freeze()


class LibraryApp(App[int]):
    """The part of the application that knows its libraries.

    ``library_changed`` is published on the UI's thread, with the new :class:`Library`, when files were read or have
    changed; whoever shows something of a library subscribes to it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("S", "search_library", N_("Search"), show=False, id="app.search", tooltip=N_("Search titles, sections and text of the whole library")),
        Binding("ctrl+g", "search_library", N_("Search"), show=False, priority=True, id="app.search_anywhere", tooltip=N_("Search the whole library, also while typing")),
        Binding("T", "glossary", N_("Glossary"), show=False, id="app.glossary", tooltip=N_("The terms of this library and what they mean")),
    ]  # fmt: skip

    desk: Desk

    class FilesChanged(Message):
        """Another :class:`Library` lies on the desk than a moment ago."""

    class ArticlesSettled(Message):
        """More is known of the articles than a moment ago; ``copies`` are the files it was taken over from, if any."""

        def __init__(self, copies: Sequence[str] = ()) -> None:
            super().__init__()
            self.copies = copies

    class FilesFailed(Message):
        """The library's folder cannot be read any more."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        sys.setswitchinterval(TURN)
        self.desk = desk
        self.last_search = ""
        self.library_changed: Signal[Library] = Signal(self, "library_changed")
        self._follower: Follower | None = None

    # Files

    def follow_files(self) -> None:
        """Read what is new in the library and notice what changes, until the program ends."""
        if not self.is_running or self._exit:
            return
        if self._follower is not None and self._follower.opening is self.desk.opening:
            return
        from sgtui.ui.files import Follower

        self._follower = Follower(
            self.desk.opening,
            lambda: self._tell(self.FilesChanged()),
            lambda reason: self._tell(self.FilesFailed(reason)),
        )
        self._follower.start()

    def _tell(self, message: Message) -> None:
        """Post a message from a thread; nobody listens any more when the program is ending."""
        if self.is_running:
            self.post_message(message)

    def on_library_app_files_changed(self) -> None:
        settle_memory()
        self.library_changed.publish(self.desk.library)
        self.settle_articles()

    def on_app_focus(self) -> None:
        """The learner comes back to this window, perhaps from another one of this program."""
        if self.desk.look_again():
            self.library_changed.publish(self.desk.library)

    def settle_articles(self) -> None:
        """Look for renamed articles, if some that the learner read are gone; lists are told when history was moved."""
        if self.desk.has_strays():
            self.run_worker(partial(self._settle, self.desk), thread=True, group="settle")

    def _settle(self, desk: Desk) -> None:
        if desk.settle():
            self._tell(self.ArticlesSettled())

    def take_over_conflict_copies(self) -> None:
        """Merge what file-sync programs left beside the learner's file."""
        self.run_worker(partial(self._take_over, self.desk), thread=True, group="settle")

    def _take_over(self, desk: Desk) -> None:
        copies = desk.take_over_conflict_copies()
        if copies:
            self._tell(self.ArticlesSettled(copies))

    def on_library_app_articles_settled(self, message: ArticlesSettled) -> None:
        for name in message.copies:
            self.notify(_("What was done on another machine was taken over from {name}.").format(name=name))
        self.desk.refresh_progress()
        self.library_changed.publish(self.desk.library)

    def on_library_app_files_failed(self, message: FilesFailed) -> None:
        self.notify(message.reason, severity="warning")

    def on_unmount(self) -> None:
        if self._follower is not None:
            self._follower.stop()
            self._follower.wait()

    # Libraries

    def open_library(self, path: Path) -> None:
        """Put another library on the desk; the screen follows when it was read."""
        self.run_worker(partial(self._open_library, path), thread=True, group="open", exclusive=True)

    def _open_library(self, path: Path) -> None:
        from sgtui.library.load import Opening

        try:
            opening = Opening(path, cache_dir=self.desk.cache_dir)
        except SgtuiError as error:
            self.call_later(partial(self.notify, str(error), severity="error"))
            return
        self.call_later(lambda: self.run_worker(self._turn_to(opening), group="turn"))

    async def _turn_to(self, opening: Opening) -> None:
        from sgtui.ui.screens.library import LibraryScreen

        if self._follower is not None:
            self._follower.stop(put_away=True)
            self._follower = None
        else:
            self.desk.opening.cache.close()
        while len(self.screen_stack) > 1:
            leave = getattr(self.screen, "leave", None)
            if leave is not None:
                leave()
            await self.pop_screen()
        self.desk = self.desk.turned_to(opening)
        if isinstance(self.screen, LibraryScreen):
            self.screen.other_library()
        self.call_after_refresh(self.settle_articles)

    def action_libraries(self) -> None:
        from sgtui.ui.screens.libraries import LibrariesScreen

        self.meet_learner()
        self.push_screen(LibrariesScreen())

    # Search and glossary

    def action_search_library(self) -> None:
        from sgtui.ui.screens.search import SearchScreen

        if isinstance(self.screen, SearchScreen):
            self.screen.action_box()
        else:  # also over a dialog, which is there again afterwards
            self.push_screen(SearchScreen())

    def action_glossary(self) -> None:
        from sgtui.ui.screens.glossary import GlossaryScreen

        if not isinstance(self.screen, GlossaryScreen | ModalScreen):
            self.meet_learner()
            self.push_screen(GlossaryScreen())

    def show_term(self, text: str, offset: int | None = None) -> None:
        """Show what a term means in a pop-up.

        ``text`` is the term, or the text it is found in: at ``offset`` (characters) if given, else everywhere.
        """
        from sgtui.ui.screens.glossary import show_term

        show_term(self, text, offset)

    # What the rest of the application has

    def meet_learner(self) -> None:
        """Open the learner's file, if it is not open yet."""
        raise NotImplementedError

    def read(self, key: str, *, anchor: Anchor | None = None, slug: str = "", words: str = "") -> None:
        """Open an article: at ``anchor`` or section ``slug`` if given, else where the learner left it."""
        raise NotImplementedError
