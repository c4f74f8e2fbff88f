"""A question of a finished run, as it was answered."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from sgtui.i18n import N_, _
from sgtui.quiz.answering import Answering
from sgtui.quiz.grading import Response
from sgtui.study.finding import Found
from sgtui.study.result import ItemResult
from sgtui.study.result_export import mark_of
from sgtui.typeset.model import Line, Span
from sgtui.ui.questions.notes import Note, note_lines
from sgtui.ui.questions.question_view import QuestionView
from sgtui.ui.questions.words import clock
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


class AnswerScreen(Screen[None]):
    """Looks through the questions of a result, with the answers given and the right ones."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right,enter", "step(1)", N_("Next question"), id="answer.next", tooltip=N_("The next question of the result")),
        Binding("p,left", "step(-1)", N_("Previous question"), id="answer.previous", tooltip=N_("The question before this one")),
        Binding("s", "scenario", N_("Scenario"), show=False, id="answer.scenario", tooltip=N_("From the question to its scenario, and back")),
        Binding("w", "taught", N_("Read up"), id="answer.taught", tooltip=N_("Open the section that teaches this")),
        Binding("q,escape", "close", N_("Back"), id="answer.close", tooltip=N_("Back to the result")),
    ]  # fmt: skip

    def __init__(self, items: Sequence[ItemResult], found: Found, number: int, name: str) -> None:
        super().__init__()
        self._items = items
        self._found = found
        self.number = number
        self._heading = name

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        yield TitleBar(id="title")
        yield QuestionView(desk.typeset_options(), column=desk.settings.page_width)
        yield KeyBar()

    def on_mount(self) -> None:
        self.view.hidden_keys = ("t", "u")
        self.view.notes = self._notes
        self._show()

    @property
    def view(self) -> QuestionView:
        """The question on the screen."""
        return self.query_one(QuestionView)

    @property
    def _item(self) -> ItemResult:
        return self._items[self.number]

    def _show(self) -> None:
        item = self._item
        article, quiz = self._found[item.article, item.question]
        answered = Answering.start(quiz)
        answered = (
            answered.with_response(Response.from_record(item.response))
            if isinstance(item.response, Mapping)
            else answered.submit()
        )
        self.view.ask(article, answered, number=self.number + 1)
        right = [f"{self.number + 1}/{len(self._items)}", mark_of(item) + ("⚑" if item.flagged else "")]
        if item.seconds >= 1:
            right.append(clock(item.seconds))
        title = [Span(f" {self._heading}", "title"), Span(f" › {article.info.title}", "faint")]
        self.query_one("#title", TitleBar).show_ends(title, [Span(" ・ ".join(right), "faint")])
        self._show_keys()

    def _show_keys(self) -> None:
        keys = [("r", text) for key, text in (self.view.answering.keys() if self.view.answering else ()) if key == "r"]
        if self.view.has_scenario:
            keys.append(("s", N_("question") if self.view.at_scenario else N_("scenario")))
        self.query_one(KeyBar).put_first(keys)
        self.refresh_bindings()

    def _notes(self, width: int) -> Sequence[Line]:
        if self._item.correct is not None:
            return ()
        return note_lines([Note(_("This question was left blank."), "warn", "–")], width)

    @on(PageView.Moved)
    def _moved(self) -> None:
        self._show_keys()

    def _neighbour(self, step: int) -> int | None:
        """The number of the next question in a direction that still exists."""
        numbers = range(self.number + step, len(self._items) if step > 0 else -1, step)
        return next((n for n in numbers if (self._items[n].article, self._items[n].question) in self._found), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "step":
            return self._neighbour(1 if parameters == (1,) else -1) is not None
        return True

    def on_key(self, event: events.Key) -> None:
        key = event.character if event.is_printable and event.character else event.key
        if key == "r" and self.view.press(key):
            event.stop()
            event.prevent_default()
            self._show_keys()

    def action_step(self, step: int) -> None:
        number = self._neighbour(step)
        if number is not None:
            self.number = number
            self._show()

    def action_scenario(self) -> None:
        self.view.turn()
        self._show_keys()

    def action_taught(self) -> None:
        article, quiz = self._found[self._item.article, self._item.question]
        self.app.read(article.info.key, slug=article.sections[quiz.section].slug)

    def action_close(self) -> None:
        self.app.pop_screen()
