"""What could not be read properly in the library: file, line, what is wrong and how to mend it."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sgtui.errors import Problem
from sgtui.i18n import N_, _
from sgtui.typeset.model import Span
from sgtui.ui.widgets.bars import KeyBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList


class ProblemsScreen(ModalScreen[str | None]):
    """The problems of a library, one a row; dismissed with the path of a file to open, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", N_("Close"), id="problems.close", tooltip=N_("Back to where you were")),
    ]

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = problems

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Prose(_("Problems in this library"), style="title")
            yield RowList([self._row(p) for p in self._problems], id="problems")
            yield Prose(id="mend")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self._show_whole()

    @on(LineList.Moved, "#problems")
    def _show_whole(self) -> None:
        """The whole sentence of the problem the cursor is on; its row may be too short for it."""
        text = _("Everything was read properly.")
        if self._problems:
            chosen = self._problems[self.query_one(RowList).cursor]
            text = f"{chosen.message}\n" + _("sgtui check prints this list.")
        self.query_one("#mend", Prose).show(text)

    @on(LineList.Chosen, "#problems")
    def _chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(self._problems[event.index].path)

    @staticmethod
    def _row(problem: Problem) -> list[Span]:
        mark = Span("✗ ", "bad") if problem.severity == "error" else Span("! ", "warn")
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        return [mark, Span(f"{place} ", "faint"), Span(problem.message)]
