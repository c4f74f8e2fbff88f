"""What could not be read properly in the library: file, line, what is wrong and how to mend it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sgtui.errors import Problem
from sgtui.i18n import N_, _
from sgtui.typeset.model import Span
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList


class ProblemsScreen(ModalScreen[None]):
    """The problems of a library, one a row."""

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
            text = _("Everything was read properly.") if not self._problems else _("sgtui check prints this list.")
            yield Prose(text, classes="hint")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    @staticmethod
    def _row(problem: Problem) -> list[Span]:
        mark = Span("✗ ", "bad") if problem.severity == "error" else Span("! ", "warn")
        return [mark, Span(f"{problem.path}:{problem.line} ", "faint"), Span(problem.message)]
