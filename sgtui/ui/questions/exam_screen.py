"""A mock exam being sat: one question at a time, none judged, everything saved with every key."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from sgtui.articles.model import ArticleInfo
from sgtui.i18n import N_, _
from sgtui.quiz.answering import Answering
from sgtui.quiz.model import Quiz
from sgtui.store.records import Attempt
from sgtui.study.blueprint import ExamItem
from sgtui.study.exam import Exam
from sgtui.study.finding import Questions
from sgtui.study.papers import as_asked, unfinished
from sgtui.study.result import Result
from sgtui.typeset.model import Span
from sgtui.ui.questions.answer_sheet import AnswerSheet
from sgtui.ui.questions.question_view import QuestionView
from sgtui.ui.questions.words import clock
from sgtui.ui.screens.dialogs import AskYes
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.page_view import PageView
from sgtui.ui.widgets.prose import Prose

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

SAVE_SECONDS: Final = 20
"""Seconds after which the time spent is saved without any key."""
monotonic: Callable[[], float] = time.monotonic


class ExamScreen(Screen[None]):
    """The paper, the answer sheet and the clock."""

    app: "SgtuiApp"
    asking = True
    """Nothing here leads away to other questions, or to what teaches them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right,enter", "step(1)", N_("Next"), id="exam.next", tooltip=N_("The next question; Enter once this one is answered")),
        Binding("p,left", "step(-1)", N_("Previous"), show=False, id="exam.previous", tooltip=N_("The question before this one")),
        Binding("m", "flag", N_("Flag"), id="exam.flag", tooltip=N_("Flag this question to look at it again, or take the flag away")),
        Binding("l", "list", N_("Answer sheet"), id="exam.list", tooltip=N_("All questions: go to one by cursor or number")),
        Binding("tab", "open_one(1)", N_("Next open one"), show=False, id="exam.next_open", tooltip=N_("To the next question that is blank or flagged")),
        Binding("shift+tab", "open_one(-1)", N_("Previous open one"), show=False, id="exam.previous_open", tooltip=N_("To the question before that is blank or flagged")),
        Binding("s", "scenario", N_("Scenario"), show=False, id="exam.scenario", tooltip=N_("From the question to its scenario, and back")),
        Binding("t", "clock", N_("Clock"), show=False, id="exam.clock", tooltip=N_("Hide the time left, or show it")),
        Binding("x", "hand_in", N_("Hand in"), id="exam.hand_in", tooltip=N_("Hand it in and see the result")),
        Binding("q,escape", "pause", N_("Pause"), id="exam.pause", tooltip=N_("Stop the clock and leave; it can be continued later")),
    ]  # fmt: skip

    @dataclass
    class Graded(Message):
        """The exam was handed in and graded."""

        result: Result
        attempt: Attempt

    def __init__(self, exam: Exam, questions: Questions) -> None:
        super().__init__()
        self.exam = exam
        self._questions = questions
        self._over = False
        self._saved_at = monotonic()

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        yield TitleBar(id="title")
        yield QuestionView(desk.typeset_options(), column=desk.settings.page_width)
        yield Prose(id="gone")
        yield AnswerSheet(id="sheet")
        yield KeyBar()

    def on_mount(self) -> None:
        self.view.changed = self._changed
        self.view.hidden_keys = ("t", "r", "u", "h")
        self.exam.go_on()
        self.exam.save()
        self.set_interval(1, self._tick)
        self._ask()
        self.run_worker(self._read_ahead, thread=True, group="ahead")

    def _read_ahead(self) -> None:
        """Read the articles of the other questions while this one is being thought about."""
        items = self.exam.paper.items
        places = [item[:2] for item in (*items[self.exam.place :], *items)]
        worker = get_current_worker()
        self._questions.read_ahead(places, lambda: worker.is_cancelled)

    @property
    def view(self) -> QuestionView:
        """The question on the screen."""
        return self.query_one(QuestionView)

    # One question

    def _ask(self) -> None:
        """Show the question that the exam is at, as it was left."""
        item = self.exam.current
        found = self._questions.get(item[:2])
        self.view.display = found is not None
        gone = self.query_one("#gone", Prose)
        gone.display = found is None
        if found is None:
            self.view.answering = None
            gone.show(_("This question is no longer in the library; it will count as not answered."))
        else:
            article, quiz = found
            answering = self.exam.answering(as_asked(quiz))
            self.view.ask(article, answering, number=self.exam.place + 1, feedback=False)
        self._show_bars()

    def _changed(self, _before: Answering, after: Answering) -> None:
        self.exam.put(after)
        self._saved_at = monotonic()
        self.call_after_refresh(self._show_bars)

    # What stands around it

    def _show_title(self) -> None:
        exam = self.exam
        item = exam.current
        title = [Span(f" {exam.paper.blueprint.title}", "title")]
        if item.part:
            title.append(Span(f" › {item.part}", "faint"))
        marks = exam.marks()
        answered = sum(mark == "answered" for mark, _flagged in marks)
        parts = [f"{exam.place + 1}/{len(marks)}", _("{n} answered").format(n=answered)]
        if self.app.desk.settings.exam_clock:
            parts.append(_("{time} left").format(time=clock(exam.left)))
        self.query_one("#title", TitleBar).show_ends(title, [Span(" ・ ".join(parts), "faint")])

    def _show_bars(self) -> None:
        if self._over:
            return
        self._show_title()
        self.query_one(AnswerSheet).show(self.exam.marks(), self.exam.place)
        answering = self.view.answering
        keys = [shown for shown in answering.keys() if shown[0] != "h"] if answering else []  # noqa: SIM118 - not a mapping
        if answering is not None and self.view.has_scenario:
            keys.append(("s", N_("question") if self.view.at_scenario else N_("scenario")))
        self.query_one(KeyBar).put_first(keys)
        self.refresh_bindings()

    @on(PageView.Moved)
    def _moved(self) -> None:
        self._show_bars()

    def _tick(self) -> None:
        """A second has passed."""
        if self._over or not self.exam.running:
            return
        if not self.exam.left:
            self._hand_in()
            return
        if monotonic() - self._saved_at >= SAVE_SECONDS:
            self._saved_at = monotonic()
            self.exam.save()
        self._show_title()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self._over:
            return False
        if action == "step":
            return 0 <= self.exam.place + (1 if parameters == (1,) else -1) < len(self.exam.paper.items)
        if action == "scenario":
            return self.view.answering is not None and self.view.has_scenario
        return True

    def wants_character(self, character: str) -> bool:
        """Whether a kana is an answer here, not a key."""
        answering = self.view.answering
        return answering is not None and bool(character) and answering.accepts(character)

    def on_key(self, event: events.Key) -> None:
        key = event.character if event.is_printable and event.character else event.key
        if self._over or (key == "enter" and self._enter_goes_on):
            return
        if self.view.press(key):
            event.stop()
            event.prevent_default()

    @property
    def _enter_goes_on(self) -> bool:
        """Whether Enter is the exam's: the question is answered, and nothing is being typed or moved."""
        answering = self.view.answering
        if answering is None:
            return True
        whole = all(text.strip() for text in answering.texts)
        return answering.answered and whole and not answering.editing and answering.held is None

    def action_step(self, step: int) -> None:
        self._go(self.exam.place + step)

    def _go(self, place: int) -> None:
        if place != self.exam.place and not self._over:
            self.exam.go(place)
            self._ask()

    def action_open_one(self, step: int) -> None:
        marks, here = self.exam.marks(), self.exam.place
        places = ((here + step * n) % len(marks) for n in range(1, len(marks)))
        place = next((place for place in places if marks[place][0] == "blank" or marks[place][1]), None)
        if place is None:
            self.notify(_("Every other question is answered and none is flagged. x hands in."))
        else:
            self._go(place)

    @on(AnswerSheet.Chosen)
    def _sheet_chosen(self, event: AnswerSheet.Chosen) -> None:
        self._go(event.place)

    def action_flag(self) -> None:
        self.exam.flag()
        self._show_bars()

    def action_list(self) -> None:
        from sgtui.ui.questions.exam_list import ExamListScreen

        items = self.exam.paper.items
        found = [self._questions.known(item[:2]) for item in items]
        prompts = [" ".join(one[1].prompt.text.split()) if one else "" for one in found]
        self.app.push_screen(ExamListScreen(self.exam.marks(), prompts, self.exam.place), self._listed)

    def _listed(self, place: int | None) -> None:
        if place is not None:
            self._go(place)

    def action_scenario(self) -> None:
        self.view.turn()
        self._show_bars()

    def action_clock(self) -> None:
        self.app.desk.change_settings(exam_clock=not self.app.desk.settings.exam_clock)
        self._show_title()

    # Its end

    def action_pause(self) -> None:
        self.leave()
        self.app.pop_screen()

    def leave(self) -> None:
        """Stop the clock; the screen is about to go."""
        if not self._over:
            self.exam.pause()

    def action_hand_in(self) -> None:
        self.app.push_screen(AskYes(_("Hand in the exam?"), unfinished(self.exam)), self._confirmed)

    def _confirmed(self, yes: bool | None) -> None:
        if yes:
            self._hand_in()

    def _hand_in(self) -> None:
        """Grade it away from the screen; each answer is logged."""
        if self._over:
            return
        while self.app.screen is not self and self in self.app.screen_stack:
            self.app.pop_screen()
        self._over = True
        self.query_one("#title", TitleBar).show_ends(
            [Span(f" {self.exam.paper.blueprint.title}", "title")], [Span(_("Grading…"), "faint")]
        )
        self.query_one(KeyBar).put_first([], only=True)
        self.run_worker(self._grade, thread=True, group="grade")

    def _grade(self) -> None:
        self.post_message(self.Graded(*self.exam.hand_in(self._find)))

    def _find(self, item: ExamItem) -> tuple[ArticleInfo, Quiz] | None:
        found = self._questions.get(item[:2])
        return (found[0].info, as_asked(found[1])) if found is not None else None

    def on_exam_screen_graded(self, message: Graded) -> None:
        from sgtui.ui.questions.result_screen import ResultScreen, earlier_than

        earlier = earlier_than(self.app.desk, message.attempt)
        self.app.switch_screen(ResultScreen(message.result, self.exam.paper.blueprint.title, earlier))
