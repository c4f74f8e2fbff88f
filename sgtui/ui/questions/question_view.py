"""One question on the page, with its scenario beside it or above it."""

from collections.abc import Sequence
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
from sgtui.typeset.quiz import quiz_lines, read_target
from sgtui.ui.widgets.page_view import PageView

BESIDE_FROM = 110
"""Cells from which on a scenario stands beside its question; below, it stands above it."""


class QuestionView(Horizontal):
    """A question being asked; it posts :class:`Changed` after every key or click that meant something to it."""

    DEFAULT_CSS = """
    QuestionView { height: 1fr; }
    QuestionView > #scenario { width: 1fr; border-right: vkey $foreground 15%; display: none; }
    QuestionView > #scenario.-open { display: block; }
    QuestionView > #question { width: 1fr; }
    """

    @dataclass
    class Changed(Message):
        """The answering is another now."""

        before: Answering
        after: Answering

    def __init__(self, options: TypesetOptions, *, column: int) -> None:
        super().__init__()
        self._options = options
        self._column = column
        self._number: int | None = None
        self._feedback = True
        self._article: Article | None = None
        self.answering: Answering | None = None

    def compose(self) -> ComposeResult:
        yield PageView(column=self._column, id="scenario")
        yield PageView(column=self._column, id="question")

    @property
    def page(self) -> PageView:
        """The question's own page."""
        return self.query_one("#question", PageView)

    def ask(self, article: Article, answering: Answering, *, number: int | None, feedback: bool = True) -> None:
        """Show a question; with ``feedback`` off (a mock exam) an answer is not judged."""
        self._article, self.answering = article, answering
        self._number, self._feedback = number, feedback
        self._arrange()

    def _arrange(self) -> None:
        """Put the scenario where there is room for it."""
        if self._article is None or self.answering is None:
            return
        quiz = self.answering.quiz
        scenario = self._scenario(self._article, quiz)
        beside = bool(scenario) and self.app.size.width >= BESIDE_FROM
        side = self.query_one("#scenario", PageView)
        side.set_class(beside, "-open")
        if beside:
            side.show(Page(scenario, 60, self._options), Place(0, 0))
        above: Sequence[Block] = () if beside else scenario
        question = Block("quiz", quiz.section, quiz.line, QuizContent(quiz), before=1 if above else 0, quiz=quiz)
        blocks = [*above, question]
        self.page.show(Page(blocks, 60, self._options, self._lines), Place(0, 0))
        self.page.focus()

    def _scenario(self, article: Article, quiz: Quiz) -> list[Block]:
        case = next((c for c in article.cases if c.id == quiz.case), None) if quiz.case else None
        return build_tokens(case.scenario.tokens, self._options, article.env) if case else []

    def _lines(self, quiz: Quiz, width: int) -> list[Line]:
        return quiz_lines(quiz, self.answering, width, self._options, self._number, feedback=self._feedback)

    def on_resize(self) -> None:
        beside = self.query_one("#scenario", PageView).has_class("-open")
        if beside != (self.app.size.width >= BESIDE_FROM):
            self._arrange()

    # Answering

    def update(self, after: Answering) -> bool:
        """Show ``after`` instead; false if it is what is shown."""
        before = self.answering
        if before is None or after == before:
            return False
        self.answering = after
        view = self.page
        if view.page is not None:
            block = len(view.page.blocks) - 1
            view.page.invalidate(block)
            view.redraw(view.place())
            if after.submitted and not before.submitted:
                view.reveal(block)
        self.post_message(self.Changed(before, after))
        return True

    def press(self, key: str) -> bool:
        """Give the question a key; false if it means nothing to it."""
        answering = self.answering
        return answering is not None and answering.accepts(key) and self.update(answering.press(key))

    def on_page_view_clicked(self, event: PageView.Clicked) -> None:
        event.stop()
        found = read_target(event.target)
        if found is not None and self.answering is not None:
            self.update(self.answering.click(found[1], found[2]))

    def on_paste(self, event: events.Paste) -> None:
        if self.answering is not None and self.answering.editing:
            event.stop()
            self.update(self.answering.type(event.text))
