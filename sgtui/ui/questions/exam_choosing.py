"""The mock exams of a library: begin one, go on with one, look at earlier ones."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from sgtui.i18n import N_, _
from sgtui.study.blueprint import Blueprint
from sgtui.study.exam import Exam
from sgtui.study.finding import Questions
from sgtui.study.papers import blueprints, make_paper, shortfall
from sgtui.study.result import Result
from sgtui.ui.questions.offers import Offer, Offers, OffersScreen
from sgtui.ui.questions.words import clock, questions
from sgtui.ui.words import minutes, percent

if TYPE_CHECKING:
    from sgtui.store.records import Attempt, Run

EARLIER = 3


class ExamChoosingScreen(OffersScreen):
    """The start of a mock exam."""

    heading = N_("Mock exam")
    wait = N_("Choosing questions…")

    def __init__(self, *, seed: int | None = None, only: str = "") -> None:
        """Offer the exam of the id or title ``only``, or all of them."""
        super().__init__()
        self._only = only
        self._seed = random.getrandbits(32) if seed is None else seed

    def work_out(self) -> Offers:
        found = blueprints(self.app.desk.library)
        wanted = [plan for plan in found if self._only in ("", plan.id, plan.title)] or found
        offers = [*self._paused(), *map(self._new, wanted), *self._earlier()]
        if not found:
            return Offers(
                _(
                    "This library describes no exam. A section [exams.NAME] in its library.toml does, "
                    "with parts, areas and minutes. Q asks without an exam."
                ),
                offers,
            )
        return Offers("", offers)

    def hint(self) -> str:
        return _("Nothing is judged before it is handed in; answers can be changed, the clock can be hidden.")

    def _new(self, blueprint: Blueprint) -> Offer:
        desk = self.app.desk
        paper = make_paper(desk.store, desk.shelf, desk.library, blueprint, self._seed)
        if not paper.items:
            return Offer(blueprint.title, _("no question"), None, shortfall(paper))

        def begin() -> None:
            from sgtui.ui.questions.exam_screen import ExamScreen, monotonic

            exam = Exam(desk.store, desk.scheduler, desk.shelf, paper, monotonic)
            self.app.push_screen(ExamScreen(exam, Questions(desk.library)))

        what = f"{questions(len(paper.items))} ・ {minutes(paper.minutes)}"
        return Offer(blueprint.title, what, begin, shortfall(paper))

    def _paused(self) -> list[Offer]:
        return [self._resumed(run) for run in self.app.desk.paused_runs("exam")]

    def _resumed(self, run: Run) -> Offer:
        from sgtui.ui.questions.exam_screen import ExamScreen, monotonic

        desk = self.app.desk
        exam = Exam.resume(desk.store, desk.scheduler, run, monotonic)
        answered = sum(mark == "answered" for mark, _flagged in exam.marks())
        name = _("Go on: {title}").format(title=run.title)
        left = _("{time} left").format(time=clock(exam.left))
        what = f"{answered}/{len(exam.paper.items)} ・ {left}"
        detail = _("Begun {day}. The pause will be noted in the result.").format(
            day=f"{exam.started.astimezone():%Y-%m-%d %H:%M}"
        )
        if not exam.paper.items:
            return Offer(name, _("no question"), partial(desk.store.remove_run, run.uid))
        return Offer(name, what, lambda: self.app.push_screen(ExamScreen(exam, Questions(desk.library))), detail)

    def _earlier(self) -> list[Offer]:
        desk = self.app.desk
        return [self._look_at(attempt) for attempt in desk.store.attempts(desk.shelf, "exam")[:EARLIER]]

    def _look_at(self, attempt: Attempt) -> Offer:
        from sgtui.ui.questions.result_screen import ResultScreen, earlier_than

        day = f"{(attempt.finished or attempt.at).astimezone():%Y-%m-%d}"
        share = attempt.right / attempt.total if attempt.total else 0.0
        result = Result.from_attempt(attempt)
        earlier = earlier_than(self.app.desk, attempt)
        return Offer(
            _("Result of {day}").format(day=day),
            f"{percent(share)} ・ {attempt.title}",
            lambda: self.app.push_screen(ResultScreen(result, attempt.title, earlier)),
        )
