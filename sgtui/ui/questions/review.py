"""Today's review: what is due, how long it will take, where it comes from; or when the next one is, and what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sgtui.i18n import N_, _, ngettext
from sgtui.study.choosing import Wish
from sgtui.study.progress import FEWEST, is_weak
from sgtui.study.queue import Item, Queue
from sgtui.ui.questions.offers import Offer, Offers, OffersScreen
from sgtui.ui.questions.words import questions
from sgtui.ui.words import minutes

if TYPE_CHECKING:
    from sgtui.store.records import CardRecord
    from sgtui.ui.desk import Desk

NEW: Final = 10


class ReviewScreen(OffersScreen):
    """The start of a review."""

    heading = N_("Today's review")

    def work_out(self) -> Offers:
        desk = self.app.desk
        queue = desk.today()
        offers = [*self._reviews(queue), self._new(queue), *self._set_aside()]
        return Offers(said(desk, queue), offers)

    def hint(self) -> str:
        return _("Enter begins, Esc goes back.")

    def _reviews(self, queue: Queue) -> list[Offer]:
        title = _("Today's review")
        if not queue.items:
            return []
        about = _("about {time}").format(time=minutes(queue.minutes))
        found = [
            Offer(
                _("Begin"),
                f"{questions(len(queue.items))} ・ {about}",
                lambda: self._begin(queue.items, title),
            )
        ]
        if self.app.desk.settings.exam_date is not None:
            found.append(
                Offer(
                    _("Cram"),
                    questions(len(queue.items)),
                    lambda: self._begin(queue.items, _("Cram"), cram=True),
                    _("The same questions, but when they come back is left as it was."),
                )
            )
        return found

    def _begin(self, items: Iterable[Item], title: str, *, cram: bool = False) -> None:
        desk = self.app.desk
        for run in desk.paused_runs("review"):
            desk.store.remove_run(run.uid)  # what was left of it is in today's queue
        session = desk.session("review", list(items), title)
        session.cram = cram
        self.app.run_session(session, title)

    def _new(self, queue: Queue) -> Offer:
        name = _("New questions")
        if not queue.room:
            return Offer(name, _("enough for today"), None, _("As many as “study.new_per_day” in the settings allows."))
        items = self.app.desk.choose(Wish(only="unseen", count=min(NEW, queue.room), shuffle=False))
        if not items:
            return Offer(name, _("none left"), None, _("Every question of this library has been answered once."))
        detail = _("In the order of the course; answered here, they come back as reviews.")
        return Offer(name, questions(len(items)), lambda: self.app.ask(items, name), detail)

    def _set_aside(self) -> list[Offer]:
        cards = set_aside(self.app.desk)
        if not cards:
            return []
        detail = _("Questions you did not want to be asked any more; this takes all of them up again.")
        return [Offer(_("Questions set aside"), questions(len(cards)), lambda: self._take_up(cards), detail)]

    def _take_up(self, cards: list[CardRecord]) -> None:
        desk = self.app.desk
        for card in cards:
            desk.store.put_card(desk.scheduler.suspended(card, suspend=False))
        number = len(cards)
        taken = ngettext("{n} question is asked again.", "{n} questions are asked again.", number)
        self.app.notify(taken.format(n=number))


def said(desk: Desk, queue: Queue) -> str:
    """What there is to review, in words."""
    if not queue.items:
        lines = [_("Nothing is due today.")]
        if queue.next_day is not None:
            lines.append(_("The next review is {day}.").format(day=_when(desk, queue)))
        else:
            lines.append(_("A question comes here once it has been answered in an article or a quick quiz."))
        return " ".join(lines)
    number = len(queue.items)
    text = ngettext("{n} question, about {time}.", "{n} questions, about {time}.", number)
    lines = [text.format(n=number, time=minutes(queue.minutes))]
    left = queue.due - queue.reviews
    if left > 0:
        more = ngettext("{n} more is due and waits for tomorrow.", "{n} more are due and wait for tomorrow.", left)
        lines.append(more.format(n=left))
    fields = ", ".join(f"{name} {count}" for name, count in by_category(desk, queue.items))
    lines.append(_("Fields: {fields}").format(fields=fields))
    weak = weak_fields(desk, queue.items)
    if weak:
        lines.append(_("Weak: {fields}").format(fields=", ".join(weak)))
    return "\n".join(lines)


def _when(desk: Desk, queue: Queue) -> str:
    assert queue.next_day is not None
    if queue.next_day == desk.study_day + timedelta(days=1):
        return _("tomorrow")
    return _("on {day}").format(day=queue.next_day.isoformat())


def by_category(desk: Desk, items: Iterable[Item]) -> list[tuple[str, int]]:
    """Names of categories and how many of ``items`` are theirs, the most first."""
    counts = Counter(_category(desk, item) for item in items)
    return [(desk.library.category_name(name) or _("Other"), count) for name, count in counts.most_common()]


def weak_fields(desk: Desk, items: Iterable[Item], most: int = 2) -> list[str]:
    """Categories of ``items`` in which too few latest answers were right, the weakest first."""
    wanted = {_category(desk, item) for item in items}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for answer in desk.store.answer_documents().values():
        info = desk.library.get(str(answer.get("article"))) if answer.get("library") == desk.shelf else None
        if info is not None and info.category in wanted:
            asked[info.category] += 1
            right[info.category] += answer.get("correct") is True
    weak = sorted(
        (right[name] / asked[name], name)
        for name in wanted
        if asked[name] >= FEWEST and is_weak(right[name], asked[name])
    )
    return [desk.library.category_name(name) or _("Other") for _share, name in weak[:most]]


def set_aside(desk: Desk) -> list[CardRecord]:
    """The cards of questions that the learner does not want to be asked."""
    uids = [
        uid
        for uid, card in desk.store.card_documents().items()
        if card.get("suspended") and card.get("library") == desk.shelf
    ]
    cards = (desk.store.card_shelf.get(uid) for uid in uids)
    return [card for card in cards if card is not None]


def _category(desk: Desk, item: Item) -> str:
    info = desk.library.get(item.article)
    return info.category if info is not None else ""
