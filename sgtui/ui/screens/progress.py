"""What was done and how well it sticks: a page of pictures, each with the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from sgtui.i18n import N_, _
from sgtui.typeset.model import Span
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.page_lines import PageLines

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp
    from sgtui.ui.progress.page import Shown


class ProgressScreen(Screen[None]):
    """Counted in a thread: the screen is there at once and fills when the counting is done."""

    app: SgtuiApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "close", N_("Back"), id="progress.close", tooltip=N_("Back to where you were")),
    ]

    @dataclass
    class Counted(Message):
        """The learner's file was counted; once the questions the page names are known too, ``whole``."""

        shown: Shown
        whole: bool

    def __init__(self) -> None:
        super().__init__()
        self.shown: Shown | None = None
        self.whole = False

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield PageLines(self._lines, id="progress")
        yield KeyBar()

    def on_mount(self) -> None:
        library = Span(f" › {self.app.desk.library.title}", "faint")
        self.query_one("#title", TitleBar).show_ends([Span(" " + _("Progress"), "title"), library], [])
        self.query_one(PageLines).focus()
        self.run_worker(self._count, thread=True, exclusive=True, group="count")

    def on_screen_resume(self) -> None:
        if self.whole:  # something may have been read or answered meanwhile
            self.run_worker(self._count, thread=True, exclusive=True, group="count")

    def _count(self) -> None:
        from sgtui.study.finding import find_all
        from sgtui.study.result_export import Naming
        from sgtui.study.statistics import statistics
        from sgtui.ui.progress.page import Shown, wanted

        desk = self.app.desk
        library = desk.library
        found = statistics(desk.store, desk.scheduler, desk.shelf, library.infos)
        if self.shown is None:
            self.post_message(self.Counted(Shown(found, Naming(library, {}), {}), whole=False))
        named = find_all(library, wanted(found))
        quizzes = {place: quiz for place, (_article, quiz) in named.items()}
        sections = {place: article.sections[quiz.section].slug for place, (article, quiz) in named.items()}
        self.post_message(self.Counted(Shown(found, Naming(library, quizzes), sections), whole=True))

    def on_progress_screen_counted(self, message: Counted) -> None:
        self.shown, self.whole = message.shown, message.whole
        self.query_one(PageLines).show(self._lines)

    def _lines(self, cells: int) -> Sequence[Sequence[Span]]:
        if self.shown is None:
            return [[], [Span(_("Counting…"), "faint")]]
        from sgtui.ui.progress.page import progress_lines

        return progress_lines(self.shown, cells)

    @on(LineList.Chosen, "#progress")
    def _chosen(self, event: LineList.Chosen) -> None:
        target = event.target or self.query_one(PageLines).target(event.index)
        key, _hash, slug = target.removeprefix("section:").rpartition("#")
        if self.app.desk.library.has(key):
            self.app.read(key, slug=slug)

    def action_close(self) -> None:
        self.app.pop_screen()
