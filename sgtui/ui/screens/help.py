"""What every key does on the screen it was asked from, made from the bindings themselves."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from sgtui.i18n import N_, _
from sgtui.typeset.model import Span
from sgtui.ui.questions_app import ELSEWHERE
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.bars import key_name
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


class HelpScreen(ModalScreen[None]):
    """Keys, what they do, and in a word more why one would want that."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", N_("Close"), id="help.close", tooltip=N_("Back to where you were")),
    ]  # fmt: skip

    def __init__(self, asked_from: Screen[object]) -> None:
        super().__init__()
        self._asked_from = asked_from

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Prose(_("Keys"), style="title")
            yield RowList(help_rows(self._asked_from), id="help")
            yield Prose(
                _("Full-width letters and kana work as well; every action can also be clicked. Esc closes."),
                classes="hint",
            )

    def on_mount(self) -> None:
        self.query_one(RowList).focus()


def help_rows(screen: Screen[object]) -> list[list[Span]]:
    """One row for each binding in force on ``screen``, each action once, nearest first."""
    bindings = list(_bindings(screen))
    names = [" ".join(_keys(group)) for group in bindings]
    width = min(18, max((text_width(name) for name in names), default=0)) + 2
    rows: list[list[Span]] = []
    for name, group in zip(names, bindings, strict=True):
        binding = group[0]
        blanks = " " * max(1, width - text_width(name))
        tooltip = _(binding.tooltip) if binding.tooltip else ""
        rows.append([Span(" "), Span(name, "key"), Span(blanks + _(binding.description))])
        if tooltip and tooltip != _(binding.description):
            rows[-1].append(Span(f"  {tooltip}", "faint"))
    extra = getattr(screen, "help_keys", None)
    for key, description in extra() if extra else ():
        rows.append([Span(" "), Span(key, "key"), Span(" " * max(1, width - text_width(key)) + _(description))])
    return rows


def _keys(group: list[Binding]) -> list[str]:
    names: list[str] = []
    for binding in group:
        name = key_name(binding)
        if name not in names:
            names.append(name)
    return names


def _bindings(screen: Screen[object]) -> Iterable[list[Binding]]:
    groups: dict[str, list[Binding]] = {}
    nodes: list[DOMNode] = [*screen.focus_chain, screen, screen.app]
    hidden = ELSEWHERE if getattr(screen, "asking", False) else ()
    for node in nodes:
        for _key, binding in node._bindings:
            if not binding.id or not binding.description:  # of the framework, not ours
                continue
            if not (node is screen.app and binding.action in hidden):
                groups.setdefault(binding.id or binding.action, []).append(binding)
    return groups.values()
