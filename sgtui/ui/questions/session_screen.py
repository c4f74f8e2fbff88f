"""A quick quiz or today's review: one question after the other."""

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from sgtui.articles.model import Article
from sgtui.i18n import N_, _, ngettext
from sgtui.quiz.answering import Answering
from sgtui.quiz.model import Quiz
from sgtui.store.records import CardRecord
from sgtui.study.queue import Item
from sgtui.study.session import Session
from sgtui.typeset.model import Line, Span
from sgtui.ui.questions.notes import Note, note_lines
from sgtui.ui.questions.question_view import QuestionView
from sgtui.ui.questions.words import clock
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.page_view import PageView
from sgtui.ui.words import minutes

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

SECONDS_A_QUESTION = 30
TAUGHT = "taught"


class SessionScreen(Screen[None]):
    """Asks the questions of a session; every answer is safe before its verdict is shown."""

    app: "SgtuiApp"
    asking = True
    """Nothing here leads away to other questions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", N_("Next"), id="session.next", tooltip=N_("The next question, once this one is answered")),
        Binding("s", "scenario", N_("Scenario"), show=False, id="session.scenario", tooltip=N_("From the question to its scenario, and back")),
        Binding("w", "taught", N_("Read up"), id="session.taught", tooltip=N_("Open the section that teaches this")),
        Binding("z", "undo", N_("Undo"), id="session.undo", tooltip=N_("Take the last answer back and ask again")),
        Binding("n", "skip", N_("Skip"), show=False, id="session.skip", tooltip=N_("Leave this question out for now")),
        Binding("minus", "rest", N_("Not today"), show=False, id="session.rest", tooltip=N_("Do not ask this question again today; once more takes that back")),
        Binding("x", "suspend", N_("Never again"), show=False, id="session.suspend", tooltip=N_("Do not ask this question any more; once more takes that back")),
        Binding("0", "start_afresh", N_("Start afresh"), show=False, id="session.afresh", tooltip=N_("Schedule this question as if it were new; once more takes that back")),
        Binding("q,escape", "leave", N_("Pause"), id="session.leave", tooltip=N_("Back; it can be continued later")),
    ]  # fmt: skip

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self.session = session
        self._heading = name
        self._article: Article | None = None
        self._item: Item | None = None
        self._card: CardRecord | None = None
        self._put_off = ""
        self._total = session.asked + session.left
        self._asked_at = time.monotonic()
        self._seconds_before = session.seconds

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        yield TitleBar(id="title")
        yield QuestionView(desk.typeset_options(), column=desk.settings.page_width)
        yield KeyBar()

    def on_mount(self) -> None:
        self.view.changed = self._changed
        self.view.notes = self._note_lines
        self.set_interval(1, self._show_title)
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
        self._item, self._card, self._put_off = self.session.current, None, ""
        self._asked_at = time.monotonic()
        self._seconds_before = self.session.seconds
        number = min(self.session.asked + 1, self._total)
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

    def _changed(self, before: Answering, after: Answering) -> None:
        """Save what was answered, before it is shown."""
        article = self._article
        if article is not None and after.response is not None and not before.submitted:
            spent = time.monotonic() - self._asked_at
            recorded = self.session.answer(
                article.info, after.quiz, after.response, ms=round(spent * 1000), hint=after.hint_used
            )
            self._card = recorded.card
            self.session.pause()
        elif article is not None and after.submitted and after.guess != before.guess:
            self.app.desk.mark_guess(article, after.quiz, after)
        self.call_after_refresh(self._show_bars)

    @property
    def _answered(self) -> bool:
        return self.view.answering is not None and self.view.answering.submitted

    # What stands around it

    def _show_title(self) -> None:
        done, left = self.session.asked, self.session.left
        total = max(self._total, done)
        spent = self._seconds_before if self._answered else self._seconds_before + time.monotonic() - self._asked_at
        if self._answered:
            spent = self.session.seconds
        parts = [f"{min(done + (not self._answered), total)}/{total}", clock(spent)]
        if left:
            about = minutes(max(1, round(left * SECONDS_A_QUESTION / 60)))
            parts.append(_("about {time}").format(time=about))
        title = [Span(f" {self._heading}", "title")]
        if self.session.repeated and not self._answered:
            title.append(Span(" ・ " + _("once more"), "warn"))
        if self._article is not None:
            title.append(Span(f" › {self._article.info.title}", "faint"))
        self.query_one("#title", TitleBar).show_ends(title, [Span(" ・ ".join(parts), "faint")])

    def _show_bars(self) -> None:
        self._show_title()
        answering = self.view.answering
        shown = [shown for shown in answering.keys() if shown[0] != "t"] if answering else []  # noqa: SIM118 - not a mapping
        if self._answered:
            shown.insert(0, ("Enter", N_("Next")))
        if self.view.has_scenario:
            shown.append(("s", N_("question") if self.view.at_scenario else N_("scenario")))
        self.query_one(KeyBar).put_first(shown)
        self.refresh_bindings()

    @on(PageView.Moved)
    def _moved(self) -> None:
        self._show_bars()

    def _note_lines(self, width: int) -> Sequence[Line]:
        return note_lines(self._notes(), width)

    def _notes(self) -> Iterator[Note]:
        """What there is to say besides the verdict."""
        item, card = self._item, self._card
        if item is None or self._article is None:
            return
        if self._put_off == "rest":
            yield Note(_("Not asked again today. - takes that back, Enter goes on."), "faint", "·")
        elif self._put_off == "suspend":
            yield Note(_("Not asked any more. x takes that back, Enter goes on."), "faint", "·")
        elif self._put_off == "afresh":
            yield Note(_("Starts afresh, as a new question. 0 takes that back, Enter goes on."), "faint", "·")
        elif self._answered and self.session.comes_again(item):
            yield Note(_("This question comes once more before the end."), "faint", "↺")
        if self._answered and card is not None and not self._right and self.session.scheduler.is_leech(card):
            said = ngettext(
                "Forgotten {n} time by now. Reading it again helps more than another try:",
                "Forgotten {n} times by now. Reading it again helps more than another try:",
                card.lapses,
            )
            yield Note(said.format(n=card.lapses), "warn", "!")
            section = self._article.sections[self._section]
            place = f"w  {self._article.info.title}" + (f" › {section.title}" if section.title else "")
            yield Note(place, "", " ", TAUGHT)

    @property
    def _right(self) -> bool:
        return self.view.answering is not None and self.view.answering.correct is True

    @property
    def _section(self) -> int:
        assert self.view.answering is not None
        return self.view.answering.quiz.section

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go_on":
            return self._answered or bool(self._put_off)
        if action == "taught":
            return self._answered
        if action == "scenario":
            return self.view.has_scenario
        if action == "undo":
            return self.session.asked > 0 or bool(self._put_off)
        if action == "skip":
            return not self._answered
        return True

    def wants_character(self, character: str) -> bool:
        """Whether a kana is an answer here, not a key."""
        answering = self.view.answering
        return answering is not None and not answering.submitted and bool(character) and answering.accepts(character)

    def on_key(self, event: events.Key) -> None:
        key = event.character if event.is_printable and event.character else event.key
        if (key == "t" and self._answered) or self._put_off:
            return  # an answer of a session stands; undo takes it back
        if self.view.press(key):
            event.stop()
            event.prevent_default()

    def action_go_on(self) -> None:
        if self._put_off and not self._answered:
            self.session.skip()
        self._ask()

    def action_scenario(self) -> None:
        self.view.turn()
        self._show_bars()

    def action_skip(self) -> None:
        self.session.skip()
        self._ask()

    def action_undo(self) -> None:
        if self._put_off:
            self._put(self._put_off)
        elif self.session.undo() is None:
            self.notify(_("There is nothing to take back."))
        else:
            self._ask()

    def action_rest(self) -> None:
        self._put("rest")

    def action_suspend(self) -> None:
        self._put("suspend")

    def action_start_afresh(self) -> None:
        self._put("afresh")

    def _put(self, way: str) -> None:
        """Put the question off or start it afresh, or take that back."""
        if self._item is None or self._put_off not in ("", way):
            return
        on = not self._put_off
        put = {"rest": self.session.rest, "suspend": self.session.suspend, "afresh": self.session.start_afresh}[way]
        put(self._item, on=on)
        self._put_off = way if on else ""
        self.view.redraw()
        self._show_bars()

    def action_taught(self) -> None:
        """Open the paragraph that teaches what was asked; leaving it comes back here."""
        if self._article is not None and self.view.answering is not None:
            self.app.read(self._article.info.key, slug=self._article.sections[self._section].slug)

    @on(QuestionView.Followed)
    def _followed(self, event: QuestionView.Followed) -> None:
        if event.target == TAUGHT:
            self.action_taught()

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
