"""A quick quiz or today's review: one question after the other."""

import time
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from sgtui.articles.model import Article
from sgtui.i18n import N_, _, ngettext
from sgtui.quiz.answering import Answering
from sgtui.quiz.model import Quiz
from sgtui.study.session import Session
from sgtui.typeset.model import Span
from sgtui.ui.questions.question_view import QuestionView
from sgtui.ui.widgets.bars import KeyBar, TitleBar

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

SECONDS_A_QUESTION = 30


class SessionScreen(Screen[None]):
    """Asks the questions of a session; every answer is safe before its verdict is shown."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", N_("Next"), id="session.next", tooltip=N_("The next question, once this one is answered")),
        Binding("w", "taught", N_("Where it is taught"), id="session.taught", tooltip=N_("Open the section that teaches this")),
        Binding("z", "undo", N_("Undo"), id="session.undo", tooltip=N_("Take the last answer back and ask again")),
        Binding("n", "skip", N_("Skip"), show=False, id="session.skip", tooltip=N_("Leave this question out for now")),
        Binding("q,escape", "leave", N_("Pause"), id="session.leave", tooltip=N_("Back; it can be continued later")),
    ]  # fmt: skip

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self.session = session
        self._heading = name
        self._article: Article | None = None
        self._total = session.asked + session.left
        self._asked_at = time.monotonic()
        self._begun_at = time.monotonic()

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        yield TitleBar(id="title")
        yield QuestionView(desk.typeset_options(), column=desk.settings.page_width)
        yield KeyBar()

    def on_mount(self) -> None:
        self._ask()

    @property
    def view(self) -> QuestionView:
        """The question on the screen."""
        return self.query_one(QuestionView)

    # One question after the other

    def _ask(self) -> None:
        """Show the question that is next, or what it all came to."""
        found = self._next()
        if found is None:
            self._finish()
            return
        self._article, quiz = found
        self._asked_at = time.monotonic()
        number = self.session.asked + 1
        self.view.ask(self._article, Answering.start(quiz, seed=self.session.seed), number=number)
        self._show_bars()

    def _next(self) -> tuple[Article, Quiz] | None:
        """The next question that still exists; those that do not are left out."""
        while (item := self.session.current) is not None:
            found = self.app.desk.find_quiz(item.article, item.question)
            if found is not None:
                return found
            self.session.skip()
        return None

    @on(QuestionView.Changed)
    def _changed(self, event: QuestionView.Changed) -> None:
        before, after = event.before, event.after
        article = self._article
        if article is not None and after.response is not None and not before.submitted:
            seconds = time.monotonic() - self._asked_at
            self.session.answer(
                article.info, after.quiz, after.response, ms=round(seconds * 1000), hint=after.hint_used
            )
        elif article is not None and after.submitted and after.guess != before.guess:
            self.app.desk.mark_guess(article, after.quiz, after)
        self._show_bars()

    def _show_bars(self) -> None:
        done, left = self.session.asked, self.session.left
        total = max(self._total, done + left)
        minutes = max(1, round(left * SECONDS_A_QUESTION / 60))
        passed = int(time.monotonic() - self._begun_at)
        parts = [f"{min(done + (not self._answered), total)}/{total}", f"{passed // 60}:{passed % 60:02}"]
        if left:
            parts.append(ngettext("about {n} min", "about {n} min", minutes).format(n=minutes))
        left_end = [Span(f" {self._heading}", "title")]
        if self._article is not None:
            left_end.append(Span(f" › {self._article.info.title}", "faint"))
        self.query_one("#title", TitleBar).show_ends(left_end, [Span(" ・ ".join(parts), "faint")])
        answering = self.view.answering
        shown = [shown for shown in answering.keys() if shown[0] != "t"] if answering else []  # noqa: SIM118 - not a mapping
        self.query_one(KeyBar).put_first(shown)
        self.refresh_bindings()

    @property
    def _answered(self) -> bool:
        return self.view.answering is not None and self.view.answering.submitted

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("go_on", "taught"):
            return self._answered
        if action == "undo":
            return self.session.asked > 0
        return True

    def wants_character(self, character: str) -> bool:
        """Whether a kana is an answer here, not a key."""
        answering = self.view.answering
        return answering is not None and not answering.submitted and bool(character) and answering.accepts(character)

    def on_key(self, event: events.Key) -> None:
        key = event.character if event.is_printable and event.character else event.key
        if key == "t" and self._answered:
            return  # an answer of a session stands; undo takes it back
        if self.view.press(key):
            event.stop()
            event.prevent_default()

    def action_go_on(self) -> None:
        self._ask()

    def action_skip(self) -> None:
        if not self._answered:
            self.session.skip()
        self._ask()

    def action_undo(self) -> None:
        if self.session.undo() is None:
            self.notify(_("There is nothing to take back."))
        self._ask()

    def action_taught(self) -> None:
        """Open the paragraph that teaches what was asked; leaving it comes back here."""
        answering = self.view.answering
        if self._article is not None and answering is not None:
            section = self._article.sections[answering.quiz.section]
            self.app.read(self._article.info.key, slug=section.slug)

    def leave(self) -> None:
        """Keep the session to be continued; the screen is about to go."""
        if self.session.current is not None:
            self.session.pause()

    def action_leave(self) -> None:
        if self.session.current is None:
            self._finish()
            return
        self.leave()
        self.app.pop_screen()

    def _finish(self) -> None:
        from sgtui.ui.questions.result_screen import ResultScreen

        result = self.session.result()
        self.session.finish()
        if result.items:
            self.app.switch_screen(ResultScreen(result, self._heading))
        else:
            self.app.pop_screen()
