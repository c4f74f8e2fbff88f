"""One question on the page, with its scenario beside it or above it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from sgtui.articles.model import Article
from sgtui.quiz.answering import Answering
from sgtui.quiz.model import Quiz
from sgtui.typeset.block import Block
from sgtui.typeset.contents import QuizContent
from sgtui.typeset.document import build_tokens
from sgtui.typeset.model import Line, Place, TypesetOptions
from sgtui.typeset.page import Page
from sgtui.typeset.quiz import quiz_lines
from sgtui.typeset.quiz_targets import read_target
from sgtui.ui.widgets.page_view import PageView

BESIDE_FROM = 110
"""Cells from which on a scenario stands beside its question; below, it stands above it."""
_START = Place(0, 0)


class QuestionPage(PageView):
    """A page whose keys are there only while there is somewhere to go; what they do not take goes on to the screen."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "section":
            return False
        if action not in ("page", "lines", "half", "edge"):
            return True
        step = parameters[0] if parameters else 0
        forward = bool(step) if action == "edge" else isinstance(step, int) and step > 0
        return self.bottom < self.rows if forward else self.top > 0

    def bring_to_top(self, row: int) -> None:
        """Scroll so that ``row`` is the first in view."""
        self.scroll_to_row(row)


class QuestionView(Horizontal):
    """A question being asked.

    ``changed`` is called with the answering before and after every key or click that meant something to it, before
    that is shown: an answer is safe before its verdict can be seen.  ``notes`` gives the lines below the question for a
    width in cells; clicks on them are posted as :class:`Followed`.  ``hidden_keys`` are the quiz's keys that mean nothing here.
    """

    DEFAULT_CSS = """
    QuestionView { height: 1fr; }
    QuestionView > #scenario { width: 1fr; border-right: vkey $foreground 15%; display: none; }
    QuestionView > #scenario.-open { display: block; }
    QuestionView > #question { width: 1fr; }
    """

    @dataclass
    class Followed(Message):
        """A span below the question that leads somewhere was clicked."""

        target: str

    def __init__(self, options: TypesetOptions, *, column: int) -> None:
        super().__init__()
        self._options = options
        self._column = column
        self._number: int | None = None
        self._feedback = True
        self._article: Article | None = None
        self._case: tuple[str, str] | None = None
        self.answering: Answering | None = None
        self.notes: Callable[[int], Sequence[Line]] = lambda _width: ()
        self.hidden_keys: Collection[str] = ("t",)
        self.changed: Callable[[Answering, Answering], None] = lambda _before, _after: None

    def compose(self) -> ComposeResult:
        yield QuestionPage(column=self._column, id="scenario")
        yield QuestionPage(column=self._column, id="question")

    def on_mount(self) -> None:
        self.page.tail = lambda width: self.notes(width)  # noqa: PLW0108 - the notes change

    @property
    def page(self) -> QuestionPage:
        """The question's own page."""
        return self.query_one("#question", QuestionPage)

    @property
    def _side(self) -> PageView:
        return self.query_one("#scenario", PageView)

    @property
    def has_scenario(self) -> bool:
        """Whether the question belongs to a case."""
        return self._case is not None

    @property
    def _beside(self) -> bool:
        return self._side.has_class("-open")

    def ask(self, article: Article, answering: Answering, *, number: int | None, feedback: bool = True) -> None:
        """Show a question; with ``feedback`` off (a mock exam) an answer is not judged.

        A scenario is shown from its beginning when it is new, and left where it is while its questions follow.
        """
        case = (article.info.key, answering.quiz.case) if answering.quiz.case else None
        known = case is not None and case == self._case
        self._article, self.answering, self._case = article, answering, case
        self._number, self._feedback = number, feedback
        self._arrange(known=known, at_question=known)
        self.page.focus()

    def _arrange(self, *, known: bool, at_question: bool) -> None:
        """Put the scenario where there is room for it."""
        if self._article is None or self.answering is None:
            return
        quiz = self.answering.quiz
        scenario = self._scenario(self._article, quiz)
        beside = bool(scenario) and self.app.size.width >= BESIDE_FROM
        side = self._side
        shown = beside and known and self._beside
        side.set_class(beside, "-open")
        if beside and not shown:
            side.show(Page(scenario, 60, self._options), _START)
        above: Sequence[Block] = () if beside else scenario
        question = Block("quiz", quiz.section, quiz.line, QuizContent(quiz), before=1 if above else 0)
        place = Place(len(above), 0) if at_question else _START
        self.page.show(Page([*above, question], 60, self._options, self._lines), place)

    def _scenario(self, article: Article, quiz: Quiz) -> list[Block]:
        case = next((c for c in article.cases if c.id == quiz.case), None) if quiz.case else None
        return build_tokens(case.scenario.tokens, self._options, article.env) if case else []

    def _lines(self, quiz: Quiz, width: int) -> list[Line]:
        return quiz_lines(
            quiz,
            self.answering,
            width,
            self._options,
            self._number,
            feedback=self._feedback,
            hidden_keys=self.hidden_keys,
        )

    def on_resize(self) -> None:
        if self._case is not None and self._beside != (self.app.size.width >= BESIDE_FROM):
            self._arrange(known=True, at_question=self._beside or self._at_question)

    # The scenario

    @property
    def _at_question(self) -> bool:
        view = self.page
        if view.page is None:
            return False
        at_end = view.top > 0 and view.bottom >= view.rows
        return at_end or view.place().block == len(view.page.blocks) - 1

    @property
    def at_scenario(self) -> bool:
        """Whether the keys that scroll move the scenario: it has them beside the question, or is what is in view."""
        return self._side.has_focus if self._beside else not self._at_question

    def turn(self) -> None:
        """From the question to its scenario, or back."""
        if not self.has_scenario or self.page.page is None:
            return
        if self._beside:
            (self.page if self._side.has_focus else self._side).focus()
        elif self._at_question:
            self.page.go(_START)
        else:
            self.page.go(Place(len(self.page.page.blocks) - 1, 0))

    # Answering

    def update(self, after: Answering) -> bool:
        """Show ``after`` instead; false if it is what is shown."""
        before = self.answering
        if before is None or after == before:
            return False
        self.answering = after
        self.changed(before, after)
        self.redraw(reveal=after.submitted and not before.submitted)
        return True

    def redraw(self, *, reveal: bool = False) -> None:
        """Set the question and its notes anew; with ``reveal`` scrolled as far as needed to show all of it."""
        view = self.page
        if view.page is not None:
            block = len(view.page.blocks) - 1
            view.page.invalidate(block)
            view.redraw(view.place())
            if reveal:
                self._reveal(block)

    def _reveal(self, block: int) -> None:
        """Show the question with what came of it; where all of it has no room, what came of it."""
        view = self.page
        assert view.page is not None
        first, height = view.page.extent(block)
        if height <= view.size.height:
            view.reveal(block)
            return
        marked = (row for row in range(first, first + height) if _is_marked(view.page.line(row)[0]))
        view.bring_to_top(min(next(marked, first), first + height - view.size.height))

    def press(self, key: str) -> bool:
        """Give the question a key; false if it means nothing to it.

        There is no second try here: what was answered stands.
        """
        answering = self.answering
        if answering is None or (answering.submitted and key in self.hidden_keys):
            return False
        return answering.accepts(key) and self.update(answering.press(key))

    def on_page_view_clicked(self, event: PageView.Clicked) -> None:
        event.stop()
        found = read_target(event.target)
        if found is not None and self.answering is not None and found[1] != "retry":
            self.update(self.answering.click(found[1], found[2]))
        elif found is None and event.block < 0:
            self.post_message(self.Followed(event.target))

    def on_paste(self, event: events.Paste) -> None:
        if self.answering is not None and self.answering.editing:
            event.stop()
            self.update(self.answering.type(event.text))


def _is_marked(line: Line) -> bool:
    """Whether a line of an answered question says right or wrong."""
    return any(name in span.style.split() for span in line.spans for name in ("quiz.right", "quiz.wrong"))
