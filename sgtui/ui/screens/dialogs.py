"""Small questions: a line of text, yes or no."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.ui.widgets.prose import Prose


class AskText(ModalScreen[str | None]):
    """Ask for one line of text; dismissed with it, or with None when it was called off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", N_("Cancel"), id="ask.cancel", tooltip=N_("Back without a change")),
    ]

    def __init__(self, question: str, *, value: str = "", detail: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._detail = detail

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Prose(self._question, style="title")
            if self._detail:
                yield Prose(self._detail, style="faint")
            yield Input(self._value)
            yield Prose(_("Enter keeps it, Esc leaves everything as it was."), classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())


class AskYes(ModalScreen[bool]):
    """Ask for a yes; anything else is a no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", N_("Yes"), id="ask.yes", tooltip=N_("Yes")),
        Binding("escape,n,q", "answer(False)", N_("No"), id="ask.no", tooltip=N_("No")),
    ]

    def __init__(self, question: str, detail: str = "") -> None:
        super().__init__()
        self._question = question
        self._detail = detail

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Prose(self._question, style="title")
            if self._detail:
                yield Prose(self._detail)
            yield Prose(_("Enter or y: yes. Esc or n: no."), classes="hint")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
