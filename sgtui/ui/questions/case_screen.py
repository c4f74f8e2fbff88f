"""The questions of a case in an article, beside their scenario or with it one key away."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from sgtui.i18n import N_
from sgtui.quiz.answering import Answering
from sgtui.typeset.model import Span
from sgtui.ui.questions.question_view import QuestionView
from sgtui.ui.sitting import Sitting
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


class CaseScreen(Screen[str]):
    """Asks the questions of one case; they are those of the article, answered there as well as here.

    Dismissed with the id of the question that was in front of the learner.
    """

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "scenario", N_("Scenario"), show=False, id="case.scenario", tooltip=N_("From the question to its scenario, and back")),
        Binding("n,right,enter", "step(1)", N_("Next question"), id="case.next", tooltip=N_("The next question of this case; Enter once this one is answered")),
        Binding("p,left", "step(-1)", N_("Previous question"), id="case.previous", tooltip=N_("The question of this case before this one")),
        Binding("w", "taught", N_("Read up"), id="case.taught", tooltip=N_("Open the section that teaches this")),
        Binding("q,escape", "close", N_("Back to the article"), id="case.close", tooltip=N_("Back to the page; what was answered stays")),
    ]  # fmt: skip

    def __init__(self, sitting: Sitting, questions: Sequence[str], place: int) -> None:
        """Ask ``questions`` (ids of one case), from the one at ``place`` on."""
        super().__init__()
        self._sitting = sitting
        self._questions = questions
        self._place = place

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        yield TitleBar(id="title")
        yield QuestionView(desk.typeset_options(), column=desk.settings.page_width)
        yield KeyBar()

    def on_mount(self) -> None:
        self.view.hidden_keys = ()
        self.view.changed = self._changed
        self._ask()

    @property
    def view(self) -> QuestionView:
        """The question on the screen."""
        return self.query_one(QuestionView)

    @property
    def _question(self) -> str:
        return self._questions[self._place]

    def _ask(self) -> None:
        sitting, question = self._sitting, self._question
        if not sitting.answerings[question].submitted:
            sitting.ask(question)
        self.view.ask(sitting.article, sitting.answerings[question], number=sitting.numbers[question])
        self._show_bars()

    def _changed(self, _before: Answering, after: Answering) -> None:
        self._sitting.update(after)
        self.call_after_refresh(self._show_bars)

    def _show_bars(self) -> None:
        title = [Span(f" {self._sitting.article.info.title}", "title")]
        count = f"{self._place + 1}/{len(self._questions)}"
        self.query_one("#title", TitleBar).show_ends(title, [Span(count, "faint")])
        answering = self.view.answering
        keys = [*answering.keys()] if answering else []
        if answering is not None and answering.submitted and self._place + 1 < len(self._questions):
            keys.insert(0, ("Enter", N_("Next")))
        keys.append(("s", N_("question") if self.view.at_scenario else N_("scenario")))
        self.query_one(KeyBar).put_first(keys)
        self.refresh_bindings()

    @on(PageView.Moved)
    def _moved(self) -> None:
        self._show_bars()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "taught":
            return self._sitting.answerings[self._question].submitted
        if action == "step":
            return 0 <= self._place + (1 if parameters == (1,) else -1) < len(self._questions)
        return True

    def wants_character(self, character: str) -> bool:
        """Whether a kana is an answer here, not a key."""
        answering = self.view.answering
        return answering is not None and not answering.submitted and bool(character) and answering.accepts(character)

    def on_key(self, event: events.Key) -> None:
        key = event.character if event.is_printable and event.character else event.key
        if self.view.press(key):
            event.stop()
            event.prevent_default()

    def action_step(self, step: int) -> None:
        self._place += step
        self._ask()

    def action_scenario(self) -> None:
        self.view.turn()
        self._show_bars()

    def action_taught(self) -> None:
        """Open the section that teaches what was asked; leaving it comes back here."""
        article, quiz = self._sitting.article, self._sitting.quizzes[self._question]
        self.app.read(article.info.key, slug=article.sections[quiz.section].slug)

    def action_close(self) -> None:
        self.dismiss(self._question)
