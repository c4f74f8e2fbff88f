"""All questions of the exam that is being sat, to go to one of them: by cursor, click or number."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sgtui.i18n import N_, _, ngettext
from sgtui.study.exam import Mark
from sgtui.typeset.model import Span
from sgtui.ui.questions.answer_sheet import sign
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


class ExamListScreen(ModalScreen[int | None]):
    """The answer sheet with the questions' beginnings; dismissed with the place (from 0) to go to."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", N_("Close"), id="sheet.close", tooltip=N_("Back to the question")),
        Binding("b", "next_open", N_("Next open one"), id="sheet.next_open", tooltip=N_("To the next question that is blank or flagged")),
    ]  # fmt: skip

    def __init__(self, marks: Sequence[tuple[Mark, bool]], prompts: Sequence[str], place: int) -> None:
        super().__init__()
        self._marks = marks
        self._prompts = prompts
        self._place = place
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Prose(_("Answer sheet"), style="title")
            yield Prose(self._sentence(), style="faint")
            yield RowList([self._row(place) for place in range(len(self._marks))], id="sheet-list")
            yield Prose(
                _("✓ answered  – blank  ⚑ ⚐ flagged. A number goes there, b to the next open one."), classes="hint"
            )

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.cursor = self._place
        rows.focus()

    def _sentence(self) -> str:
        blank = sum(mark == "blank" for mark, _flagged in self._marks)
        flagged = sum(flag for _mark, flag in self._marks)
        said = [ngettext("{n} is blank", "{n} are blank", blank).format(n=blank) if blank else _("all are answered")]
        if flagged:
            said.append(ngettext("{n} is flagged", "{n} are flagged", flagged).format(n=flagged))
        return ", ".join(said)

    def _row(self, place: int) -> Sequence[Span]:
        mark, flagged = self._marks[place]
        style = "warn" if flagged else "good" if mark == "answered" else "faint"
        return [Span(f" {place + 1:>3} ", "faint"), Span(sign(mark, flagged), style), Span("  " + self._prompts[place])]

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character.isdecimal():
            event.stop()
            typed = int(self._typed + event.character)
            self._typed = str(typed if 1 <= typed <= len(self._marks) else int(event.character))
            if 1 <= int(self._typed) <= len(self._marks):
                self.query_one(RowList).cursor = int(self._typed) - 1

    def action_next_open(self) -> None:
        rows = self.query_one(RowList)
        count = len(self._marks)
        places = ((rows.cursor + step) % count for step in range(1, count + 1))
        rows.cursor = next((p for p in places if self._marks[p][0] == "blank" or self._marks[p][1]), rows.cursor)

    @on(LineList.Chosen, "#sheet-list")
    def _chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(event.index)
