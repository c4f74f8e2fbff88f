"""A small screen with a few ways to begin, worked out away from the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen

from sgtui.i18n import N_, _
from sgtui.typeset.model import Span
from sgtui.ui.text import padded
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.bars import KeyBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to begin: its name, what there is (a count, a date), and what to do; without ``run`` there is nothing.

    ``detail`` is shown below the list while the cursor is on it.
    """

    name: str
    what: str = ""
    run: Callable[[], object] | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What a screen of offers shows: a sentence or two, then the ways to begin."""

    said: str
    offers: Sequence[Offer]


class OffersScreen(ModalScreen[None]):
    """Ways to begin; a subclass says in :meth:`work_out` which, in a thread of its own."""

    app: SgtuiApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", N_("Close"), id="offers.close", tooltip=N_("Back to where you were")),
    ]

    heading: ClassVar[str] = ""
    wait: ClassVar[str] = N_("Looking…")

    @dataclass
    class WorkedOut(Message):
        """What there is to begin is known."""

        offers: Offers

    def __init__(self) -> None:
        super().__init__()
        self.offers: Sequence[Offer] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Prose(_(self.heading), style="title")
            yield Prose(_(self.wait), id="said")
            yield RowList(id="offers")
            yield Prose(id="detail-of-offer", classes="hint")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.begin_again()

    def begin_again(self) -> None:
        """Work out anew what there is."""
        self.run_worker(self._work, thread=True, exclusive=True, group="offers")

    def _work(self) -> None:
        self.post_message(self.WorkedOut(self.work_out()))

    def work_out(self) -> Offers:
        """What there is to begin; called in a thread."""
        raise NotImplementedError

    def on_offers_screen_worked_out(self, message: WorkedOut) -> None:
        first = not self.offers
        self.offers = message.offers.offers
        said = self.query_one("#said", Prose)
        said.show(message.offers.said)
        said.display = bool(message.offers.said)
        rows = self.query_one(RowList)
        room = max((text_width(offer.name) for offer in self.offers), default=0) + 3
        rows.styles.height = len(self.offers)
        rows.show([self._row(offer, min(room, 40)) for offer in self.offers])
        if first:
            rows.cursor = next((i for i, offer in enumerate(self.offers) if offer.run), 0)
        self._show_detail()

    @staticmethod
    def _row(offer: Offer, room: int) -> Sequence[Span]:
        return [Span(" " + padded(offer.name, room), "" if offer.run else "faint"), Span(offer.what, "faint")]

    @on(LineList.Moved, "#offers")
    def _show_detail(self) -> None:
        rows = self.query_one(RowList)
        shown = self.offers[rows.cursor].detail or self.hint() if self.offers else ""
        self.query_one("#detail-of-offer", Prose).show(shown)

    def hint(self) -> str:
        """What is said below the list where an offer says nothing."""
        return ""

    @on(LineList.Chosen, "#offers")
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.index >= len(self.offers):
            return
        offer = self.offers[event.index]
        if offer.run is None:
            self.notify(offer.detail or _("There is no such question."))
            return
        self.dismiss()
        self.app.call_later(partial(offer.run))
