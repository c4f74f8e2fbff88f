"""What to be asked about: this article, this category, the wrong ones, the new ones, everything; or go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sgtui.articles.model import ArticleInfo
from sgtui.i18n import N_, _, ngettext
from sgtui.study.choosing import Wish
from sgtui.typeset.model import Span
from sgtui.ui.text import padded
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from sgtui.store.records import Run
    from sgtui.ui.app import SgtuiApp

COUNTS = (5, 10, 20, 50, 0)
"""How many questions at most; 0 asks them all."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to be asked: its name, how many questions there are, and what to do."""

    name: str
    questions: int
    run: Callable[[], None]


class ChoosingScreen(ModalScreen[None]):
    """The choices of a quick quiz."""

    app: SgtuiApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,right,equals_sign", "count(1)", N_("More"), id="choosing.more", key_display="+", tooltip=N_("More questions")),
        Binding("minus,left", "count(-1)", N_("Fewer"), id="choosing.fewer", tooltip=N_("Fewer questions")),
        Binding("escape,q", "dismiss", N_("Close"), id="choosing.close", tooltip=N_("Back to where you were")),
    ]  # fmt: skip

    def __init__(self, about: ArticleInfo | None) -> None:
        super().__init__()
        self._about = about
        self._count = COUNTS[1]
        self._offers: list[Offer] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Prose(_("Quick quiz"), style="title")
            yield RowList(id="offers")
            yield Prose(id="count", classes="hint")

    def on_mount(self) -> None:
        self._refresh()
        offers = self.query_one(RowList)
        offers.cursor = next((i for i, offer in enumerate(self._offers) if offer.questions), 0)
        offers.focus()

    def _refresh(self) -> None:
        self._offers = [*self._paused(), *self._new()]
        self.query_one(RowList).styles.height = len(self._offers)
        self.query_one(RowList).show([self._row(offer) for offer in self._offers])
        number = str(self._count) if self._count else _("all")
        self.query_one("#count", Prose).show(
            _("At most: {n} questions. + and - change that, Enter begins.").format(n=number)
        )

    @staticmethod
    def _row(offer: Offer) -> Sequence[Span]:
        count = ngettext("{n} question", "{n} questions", offer.questions).format(n=offer.questions)
        return [Span(" " + padded(offer.name, 38), "" if offer.questions else "faint"), Span(count, "faint")]

    def _paused(self) -> list[Offer]:
        return [self._resumed(run) for run in self.app.desk.paused_runs("quick")]

    def _resumed(self, run: Run) -> Offer:
        session = self.app.desk.resume(run)
        name = _("Go on: {title}").format(title=run.title)
        return Offer(name, session.left, lambda: self.app.run_session(session, run.title))

    def _new(self) -> list[Offer]:
        wishes: list[tuple[str, Wish]] = []
        if self._about is not None:
            category = self.app.desk.library.category_name(self._about.category)
            wishes.append((_("This article"), Wish(articles=(self._about.key,), count=self._count)))
            if self._about.category:
                wishes.append(
                    (
                        _("This category: {name}").format(name=category),
                        Wish(category=self._about.category, count=self._count),
                    )
                )
        wishes += [
            (_("Answered wrong last time"), Wish(only="wrong", count=self._count)),
            (_("Never answered"), Wish(only="unseen", count=self._count)),
            (_("Everything, mixed"), Wish(count=self._count)),
        ]
        return [self._offer(name, wish) for name, wish in wishes]

    def _offer(self, name: str, wish: Wish) -> Offer:
        items = self.app.desk.choose(wish)
        return Offer(name, len(items), lambda: self.app.ask(items, name))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        offer = self._offers[event.index]
        if not offer.questions:
            self.notify(_("There is no such question."))
            return
        self.dismiss()
        offer.run()

    def action_count(self, step: int) -> None:
        index = max(0, min(len(COUNTS) - 1, COUNTS.index(self._count) + step))
        self._count = COUNTS[index]
        self._refresh()
