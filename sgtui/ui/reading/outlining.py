"""The outline pane: the sections at the side, narrowed by what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.markup.fold import fold
from sgtui.ui.widgets.line_input import close_line, open_line, opened_line
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.outline import Outline, OutlineRow
from sgtui.ui.widgets.prose import Prose

FILTER = "outline-filter"


class OutlinePane(Vertical):
    """The outline and the box that filters it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter_sections", N_("Filter"), id="outline.filter", tooltip=N_("Show sections with these words")),
        Binding("escape", "close", N_("Back"), id="outline.close", tooltip=N_("Back to the page")),
    ]  # fmt: skip

    @dataclass
    class Chosen(Message):
        """A section was chosen, by its slug."""

        slug: str

    @dataclass
    class Left(Message):
        """The learner wants to be back on the page."""

    def __init__(self, *, opened: bool = False) -> None:
        super().__init__(id="outline", classes="-open" if opened else None)
        self._rows: Sequence[OutlineRow] = ()
        self._here = -1

    def compose(self) -> ComposeResult:
        yield Prose(style="faint", id="no-heading")
        yield Outline(id="sections")

    @property
    def list(self) -> Outline:
        """The rows."""
        return self.query_one(Outline)

    @property
    def count(self) -> int:
        """How many sections there are, filtered or not."""
        return len(self._rows)

    @property
    def open(self) -> bool:
        """Whether the pane is shown."""
        return self.has_class("-open")

    @property
    def entered(self) -> bool:
        """Whether keys go to the pane."""
        return self.has_focus_within

    def show(self, rows: Sequence[OutlineRow], here: int) -> None:
        """Show these sections; ``here`` is the index of the one being read."""
        self._rows, self._here = rows, here
        self._filter()

    def _filter(self) -> None:
        box = opened_line(self, FILTER)
        words = fold(box.value).split() if box else []
        rows = [row for row in self._rows if all(word in fold(row.section.title) for word in words)]
        self.list.show(rows, self._here)
        none = _("No heading has these words. Esc shows them all again.") if words and not rows else ""
        self.query_one(Prose).show(none)

    def enter(self) -> None:
        """Open the pane and give it the keys."""
        self.add_class("-open")
        self.list.focus()

    def close(self, *, hide: bool) -> None:
        """Forget the filter; with ``hide`` the pane goes."""
        if close_line(self, FILTER):
            self._filter()
        self.set_class(self.open and not hide, "-open")

    async def action_filter_sections(self) -> None:
        await open_line(self, FILTER, _("Words of a heading"), first=True)

    def action_close(self) -> None:
        if close_line(self, FILTER):
            self._filter()
            self.list.focus()
        else:
            self.post_message(self.Left())

    @on(Input.Changed, "#outline-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter()

    @on(Input.Submitted, "#outline-filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.list.count:
            self.post_message(self.Chosen(self.list.section(self.list.cursor).slug))

    @on(LineList.Chosen, "#sections")
    def _row_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(self.list.section(event.index).slug))
