"""Choosing what a list shows: every condition with its values and how many articles each would leave."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.library.filter_text import from_text, to_text
from sgtui.markup.fold import fold
from sgtui.typeset.model import Span
from sgtui.ui.browsing.facets import FACET, Value, values
from sgtui.ui.browsing.narrowing import Narrowing
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.text import padded
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.bars import KeyBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

SAVED = "saved"
MANY = 2000
"""From so many articles on, counting is done away from the screen."""


class FacetRows(LineList):
    """Values in groups; the name of a group stands at its first row, and at the top of the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter,l", "choose", N_("On or off"), id="facets.choose", tooltip=N_("Put this condition on beside the others, or take it off")),
    ]  # fmt: skip

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._values: Sequence[Value] = ()

    @property
    def count(self) -> int:
        return len(self._values)

    @property
    def current(self) -> Value | None:
        return self._values[self.cursor] if self._values else None

    def show(self, shown: Sequence[Value]) -> None:
        """Show these values; the cursor stays on its value where that is still there."""
        now = self.current
        self._values = shown
        same = (i for i, one in enumerate(shown) if now and one[:2] == now[:2])
        self.rows_changed(cursor=next(same, None))

    def value(self, index: int) -> Value:
        return self._values[index]

    def row(self, index: int, width: int) -> Sequence[Span]:
        one = self._values[index]
        first = index == 0 or self._values[index - 1].facet != one.facet or index == self.scroll_offset.y
        name = _("Saved") if one.facet == SAVED else _(FACET[one.facet])
        label = min(12, width // 4)
        mark = Span(" ● ", "chip.on") if one.on else Span("   ")
        count = f"{one.articles:>6} " if one.facet != SAVED else " "
        room = max(1, width - label - 4 - text_width(count))
        return [
            Span(" " + padded(name if first else "", label), "faint"),
            mark,
            Span(padded(one.name, room), "chip.on" if one.on else ""),
            Span(count, "faint"),
        ]

    def action_group(self, step: int) -> None:
        """To the first value of the next or previous group."""
        starts = [i for i in range(self.count) if i == 0 or self._values[i - 1].facet != self._values[i].facet]
        found = [i for i in starts if (i > self.cursor if step > 0 else i < self.cursor)]
        if found:
            self.cursor = found[0] if step > 0 else found[-1]


class FacetsScreen(ModalScreen[None]):
    """Put conditions on and take them off; the list behind follows at once."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", N_("Find"), id="facets.find", tooltip=N_("Show values with these letters")),
        Binding("tab,right_square_bracket", "group(1)", N_("Next kind"), show=False, id="facets.next", tooltip=N_("To the next kind of condition")),
        Binding("shift+tab,left_square_bracket", "group(-1)", N_("Previous kind"), show=False, id="facets.previous", tooltip=N_("To the previous kind of condition")),
        Binding("F", "clear", N_("Show all"), id="facets.clear", tooltip=N_("Take all filters off")),
        Binding("w", "name", N_("Name it"), id="facets.name", tooltip=N_("Keep this filter under a name")),
        Binding("x,delete", "forget", N_("Forget"), show=False, id="facets.forget", tooltip=N_("Forget the saved filter the cursor is on")),
        Binding("down", "to_list", N_("To the list"), show=False, id="facets.to_list", tooltip=N_("From the box to the list")),
        Binding("escape,q,f", "leave", N_("Close"), id="facets.close", tooltip=N_("Back to the list")),
    ]  # fmt: skip

    def __init__(self, narrowing: Narrowing, changed: Callable[[], None]) -> None:
        super().__init__()
        self._narrowing = narrowing
        self._changed = changed
        self._counted: list[Value] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Prose(_("Show articles with (any value of one kind, all of different kinds)"), style="title")
            yield Input(id="find", placeholder=_("Part of a tag, a category, …"))
            yield FacetRows(id="facets")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#find", Input).display = False
        self.query_one(FacetRows).focus()
        self.call_after_refresh(self._count)

    # Counting

    def _count(self) -> None:
        """Count anew; in a large library the old numbers stand until the new ones are there."""
        if len(self.app.desk.library.infos) < MANY:
            self._show_counted(values(self.app.desk.listing, self._narrowing.chosen, self.app.desk.study_day))
        else:
            self.run_worker(self._count_away, thread=True, exclusive=True, group="count")

    def _count_away(self) -> None:
        desk, chosen = self.app.desk, self._narrowing.chosen
        counted = values(desk.listing, chosen, desk.study_day)
        if chosen == self._narrowing.chosen:
            self.call_later(self._show_counted, counted)

    def _show_counted(self, counted: list[Value]) -> None:
        self._counted = counted
        self._show()

    def _show(self) -> None:
        wanted = fold(self.query_one("#find", Input).value).split()
        every = [*self._saved(), *self._counted]
        rows = [one for one in every if all(word in fold(one.name) for word in wanted)] if wanted else every
        self.query_one(FacetRows).show(rows)

    def _saved(self) -> list[Value]:
        now = to_text(self._narrowing.chosen)
        kept = self.app.desk.settings.filters
        return [Value(SAVED, text, name, 0, text == now) for name, text in kept.items()]

    # Choosing

    @on(LineList.Chosen, "#facets")
    def _chosen(self, event: LineList.Chosen) -> None:
        one = self.query_one(FacetRows).value(event.index)
        if one.facet != SAVED:
            self._narrowing.switch(one.facet, one.value)
        elif one.on:
            self._narrowing.clear()
        else:
            self._narrowing.set(from_text(one.value))
        self._apply()

    def _apply(self) -> None:
        self._changed()
        self._count()

    def action_group(self, step: int) -> None:
        self.query_one(FacetRows).action_group(step)

    def action_clear(self) -> None:
        self._narrowing.clear()
        self._apply()

    # Filters with names

    def action_name(self) -> None:
        text = to_text(self._narrowing.chosen)
        if not text:
            self.notify(_("There is no filter to keep: choose something first."))
            return

        def keep(name: str | None) -> None:
            if name:
                self.app.desk.change_settings(filters={**self.app.desk.settings.filters, name: text})
                self._show()

        self.app.push_screen(AskText(_("Keep this filter under a name"), detail=text), keep)

    def action_forget(self) -> None:
        one = self.query_one(FacetRows).current
        if one is not None and one.facet == SAVED:
            kept = {name: text for name, text in self.app.desk.settings.filters.items() if name != one.name}
            self.app.desk.change_settings(filters=kept)
            self._show()

    # Finding a value

    def action_find(self) -> None:
        box = self.query_one("#find", Input)
        box.display = True
        box.focus()

    @on(Input.Changed, "#find")
    def _typed(self) -> None:
        self._show()

    @on(Input.Submitted, "#find")
    def action_to_list(self) -> None:
        self.query_one(FacetRows).focus()

    def action_leave(self) -> None:
        box = self.query_one("#find", Input)
        if box.display:
            box.value = ""
            box.display = False
            self.query_one(FacetRows).focus()
        else:
            self.dismiss(None)
