"""What to be asked about: this article, this category, the wrong ones, the new ones, everything; or go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sgtui.articles.model import ArticleInfo
from sgtui.i18n import N_, _
from sgtui.study.choosing import Wish
from sgtui.ui.questions.offers import Offer, Offers, OffersScreen
from sgtui.ui.questions.words import questions

if TYPE_CHECKING:
    from sgtui.store.records import Run

COUNTS = (5, 10, 20, 50, 0)
"""How many questions at most; 0 asks them all."""


class ChoosingScreen(OffersScreen):
    """The choices of a quick quiz."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,right,equals_sign", "count(1)", N_("More"), id="choosing.more", key_display="+", tooltip=N_("More questions")),
        Binding("minus,left", "count(-1)", N_("Fewer"), id="choosing.fewer", tooltip=N_("Fewer questions")),
    ]  # fmt: skip

    heading = N_("Quick quiz")

    def __init__(self, about: ArticleInfo | None, category: str = "") -> None:
        """``about`` is the article in front of the learner, ``category`` the one chosen, else the article's."""
        super().__init__()
        self._about = about
        self._category = category or (about.category if about is not None else "")
        self._count = COUNTS[1]

    def work_out(self) -> Offers:
        return Offers("", [*self._paused(), *self._new()])

    def hint(self) -> str:
        if not self._count:
            return _("All of them. + and - change how many, Enter begins.")
        return _("At most {n} questions. + and - change how many, Enter begins.").format(n=self._count)

    def _paused(self) -> list[Offer]:
        return [self._resumed(run) for run in self.app.desk.paused_runs("quick")]

    def _resumed(self, run: Run) -> Offer:
        session = self.app.desk.resume(run)
        name = _("Go on: {title}").format(title=run.title)
        return Offer(name, questions(session.left), lambda: self.app.run_session(session, run.title))

    def _new(self) -> list[Offer]:
        wishes: list[tuple[str, Wish]] = []
        if self._about is not None:
            name = _("This article: {title}").format(title=self._about.title)
            wishes.append((name, Wish(articles=(self._about.key,), count=self._count)))
        if self._category:
            name = _("This category: {name}").format(name=self.app.desk.library.category_name(self._category))
            wishes.append((name, Wish(category=self._category, count=self._count)))
        wishes += [
            (_("Answered wrong last time"), Wish(only="wrong", count=self._count)),
            (_("Never answered"), Wish(only="unseen", count=self._count)),
            (_("Everything, mixed"), Wish(count=self._count)),
        ]
        return [self._offer(name, wish) for name, wish in wishes]

    def _offer(self, name: str, wish: Wish) -> Offer:
        items = self.app.desk.choose(wish)
        return Offer(name, questions(len(items)), (lambda: self.app.ask(items, name)) if items else None)

    def action_count(self, step: int) -> None:
        self._count = COUNTS[max(0, min(len(COUNTS) - 1, COUNTS.index(self._count) + step))]
        self.begin_again()
