"""Small windows over the page: a highlight and what can be done to it, a footnote."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip

from sgtui.i18n import N_, _
from sgtui.store.records import Highlight
from sgtui.typeset.model import Line, Span
from sgtui.ui.marks import KINDS, SIGNS
from sgtui.ui.widgets.lines import LineWidget, target_at
from sgtui.ui.widgets.prose import Prose

QUOTED = 200
"""Characters of a highlighted text that its window shows."""


class HighlightDialog(ModalScreen[str | None]):
    """What to do with a highlight: dismissed with ``kind:N``, ``note``, ``copy``, ``remove`` or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"choose('kind:{n}')", name, id=f"highlight.kind_{n}", tooltip=name) for n, name in KINDS.items()),
        Binding("n,enter", "choose('note')", N_("Note"), id="highlight.note", tooltip=N_("Write or change the note")),
        Binding("y", "choose('copy')", N_("Copy"), id="highlight.copy", tooltip=N_("Copy the text")),
        Binding("d,x,delete", "choose('remove')", N_("Remove"), id="highlight.remove", tooltip=N_("Take the highlight away")),
        Binding("escape,q", "dismiss(None)", N_("Close"), id="highlight.close", tooltip=N_("Back to the page")),
    ]  # fmt: skip

    def __init__(self, highlight: Highlight) -> None:
        super().__init__()
        self._highlight = highlight

    def compose(self) -> ComposeResult:
        mark = self._highlight
        quote = mark.quote if len(mark.quote) <= QUOTED else mark.quote[:QUOTED] + "…"
        with Vertical(classes="dialog"):
            yield Prose(f"{SIGNS[mark.kind]} {_(KINDS[mark.kind])}", style="title")
            yield Prose(quote, style=f"highlight.{mark.kind}")
            if mark.note:
                yield Prose("\n" + mark.note)
            yield Prose("")
            for number, name in KINDS.items():
                yield Choice(f"{number}  {SIGNS[number]} {_(name)}", f"choose('kind:{number}')")
            yield Choice("n  " + _("Note"), "choose('note')")
            yield Choice("y  " + _("Copy"), "choose('copy')")
            yield Choice("d  " + _("Remove"), "choose('remove')")

    def action_choose(self, what: str) -> None:
        self.dismiss(what)


class Choice(LineWidget):
    """One line that can be clicked."""

    DEFAULT_CSS = "Choice { height: 1; overflow: hidden hidden; }"

    def __init__(self, text: str, action: str) -> None:
        super().__init__()
        self._text = text
        self._action = action

    def render_line(self, y: int) -> Strip:
        key, _blank, rest = self._text.partition("  ")
        return self.strip([Span(key, "key"), Span("  " + rest)] if y == 0 else [], self.size.width, left=1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        await self.screen.run_action(self._action)


class FootnoteDialog(ModalScreen[str | None]):
    """A footnote over the page: dismissed with None, ``go`` (to where the notes stand) or the target of a link in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss('go')", N_("Go to the note"), id="footnote.go", tooltip=N_("Show the note where it stands; going back leads here")),
        Binding("escape,q,space", "dismiss(None)", N_("Close"), id="footnote.close", tooltip=N_("Back to the text")),
    ]  # fmt: skip

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Passage(self._lines)
            yield Prose(" ")
            yield Prose(_("Enter shows the note where it stands, Esc closes."), classes="hint")


class Passage(LineWidget):
    """A few typeset lines."""

    DEFAULT_CSS = "Passage { height: auto; max-height: 20; overflow: hidden auto; }"

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._lines = lines

    def on_mount(self) -> None:
        self.virtual_size = Size(0, len(self._lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        return self.strip(self._lines[row].spans if row < len(self._lines) else (), self.size.width)

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        target = target_at(self._lines[row].spans, event.x) if row < len(self._lines) else ""
        if target and not target.startswith(("footnote:", "footref:")):
            event.stop()
            self.screen.dismiss(target)
