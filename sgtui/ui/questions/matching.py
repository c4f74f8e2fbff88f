"""Which of an article's questions is one that it no longer asks: its history goes on there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from sgtui.i18n import N_, _
from sgtui.ui.questions.offers import Offer, Offers, OffersScreen
from sgtui.ui.text import shorten

if TYPE_CHECKING:
    from sgtui.store.records import Orphan

LONG: Final = 38
"""Cells of a question that are shown."""


class MatchScreen(OffersScreen):
    """The questions of the article that have no history of their own."""

    heading = N_("Which question is it now?")

    def __init__(self, orphan: Orphan, match: Callable[[str], None]) -> None:
        """``match`` is called with the id of the question that was chosen."""
        super().__init__()
        self._orphan = orphan
        self._match = match

    def work_out(self) -> Offers:
        orphan, desk = self._orphan, self.app.desk
        article = desk.article(orphan.article)
        answered = desk.answers(orphan.article)
        offers = [
            Offer(
                shorten(" ".join(quiz.prompt.text.split()), LONG),
                "",
                partial(self._match, quiz.id),
                " ".join(quiz.prompt.text.split()),
            )
            for quiz in article.quizzes
            if quiz.id not in answered
        ]
        said = orphan.prompt or orphan.question
        return Offers(
            said if offers else f"{said}\n{_('Every question of this article has answers of its own.')}", offers
        )
