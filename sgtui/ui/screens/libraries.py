"""The learner's libraries: those that were opened, the course that comes along, and any other folder."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sgtui import paths
from sgtui.i18n import N_, _, ngettext
from sgtui.typeset.model import Span
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.widgets.bars import KeyBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.ui.desk import Desk
    from sgtui.ui.library_app import LibraryApp


class Known(NamedTuple):
    """A library that can be opened: its folder, when it was opened last, how many of its articles were opened."""

    title: str
    path: Path
    opened: datetime | None
    articles: int
    here: bool


def known_libraries(desk: "Desk") -> list[Known]:
    """Every library that was opened, the last one first; then the course that comes with the program."""
    found = [
        Known(
            one.title or Path(one.path).name,
            Path(one.path),
            one.opened,
            len(desk.store.article_states(one.key)),
            one.key == desk.shelf,
        )
        for one in desk.store.libraries()
        if one.path
    ]
    bundled = paths.bundled_library()
    if all(one.path != bundled for one in found):
        found.append(Known(_("The course that comes with sgtui"), bundled, None, 0, False))
    return found


class LibrariesScreen(ModalScreen[None]):
    """Go to another library; each keeps its own progress."""

    app: "LibraryApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o,n", "folder", N_("Open a folder"), id="libraries.folder", tooltip=N_("Open any folder of Markdown by its path")),
        Binding("escape,q,L", "dismiss", N_("Close"), id="libraries.close", tooltip=N_("Back to where you were")),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Prose(_("Libraries"), style="title")
            yield RowList(id="libraries")
            yield Prose(_("Each keeps its own progress."), classes="hint")
        yield KeyBar()

    def on_mount(self) -> None:
        self._known = known_libraries(self.app.desk)
        rows = self.query_one(RowList)
        rows.show([self._row(one) for one in self._known])
        rows.cursor = next((i for i, one in enumerate(self._known) if not one.here), 0)
        rows.focus()

    @staticmethod
    def _row(one: Known) -> list[Span]:
        mark = Span(" ▸ " if one.here else "   ", "accent")
        facts = []
        if one.opened:
            facts.append(one.opened.astimezone().date().isoformat())
        if one.articles:
            facts.append(ngettext("{n} article opened", "{n} articles opened", one.articles).format(n=one.articles))
        if not one.path.exists():
            facts.append(_("the folder is gone"))
        return [
            mark,
            Span(one.title, "strong"),
            Span("  " + " ・ ".join(facts), "faint"),
            Span(f"  {one.path}", "faint"),
        ]

    @on(LineList.Chosen, "#libraries")
    def _chosen(self, event: LineList.Chosen) -> None:
        one = self._known[event.index]
        self.dismiss()
        if not one.here:
            self.app.open_library(one.path)

    def action_folder(self) -> None:
        def go(typed: str | None) -> None:
            if typed:
                self.dismiss()
                self.app.open_library(Path(typed).expanduser())

        self.app.push_screen(AskText(_("Open which folder, or which Markdown file?"), value=str(Path.home())), go)
