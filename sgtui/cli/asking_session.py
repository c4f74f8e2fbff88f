"""A quick quiz or a review in the plain terminal: each answer is judged at once, in words."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sgtui.articles.model import Article
from sgtui.cli.asking import Command, Lines, Stop, text_of, verdict
from sgtui.i18n import _, ngettext
from sgtui.quiz.answering import Answering
from sgtui.quiz.model import Quiz
from sgtui.study.answer import mark_guess
from sgtui.study.finding import Questions
from sgtui.study.result import Result
from sgtui.study.result_export import Naming
from sgtui.study.session import Session


@dataclass(slots=True)
class Asker:
    """Asks the questions of a session."""

    session: Session
    lines: Lines
    questions: Questions
    clock: Callable[[], float] = time.monotonic
    _last: tuple[Article, Quiz] | None = None

    def run(self) -> Result:
        """Ask until there is no question left, or the learner stops; what was answered is safe either way."""
        total = self.session.asked + self.session.left
        try:
            while (found := self._next()) is not None:
                self._ask(*found, min(self.session.asked + 1, total), total)
        except (Stop, KeyboardInterrupt):
            self.lines.say("")
            self.session.pause()
            left = self.session.left
            told = ngettext("{n} question is left; it waits.", "{n} questions are left; they wait.", left)
            self.lines.say(told.format(n=left))
            return self.session.result()
        result = self.session.result()
        self.session.finish()
        return result

    def _next(self) -> tuple[Article, Quiz] | None:
        while (item := self.session.current) is not None:
            found = self.questions.get((item.article, item.question))
            if found is not None:
                return found
            self.session.skip()
        return None

    # One question

    def _ask(self, article: Article, quiz: Quiz, number: int, total: int) -> None:
        state = Answering.start(quiz, seed=self.session.seed)
        heading = _("Question {n} of {total}: {title}").format(n=number, total=total, title=article.info.title)
        self.lines.show(article, state, heading)
        began, hint = self.clock(), False
        while True:
            try:
                response = self.lines.answer(state)
            except Command as command:
                hint = hint or command.name[:1] == "h"
                if self._obey(command.name, quiz):
                    return
                continue
            if response is not None:
                break
        spent = round((self.clock() - began) * 1000)
        self.session.answer(article.info, quiz, response, ms=spent, hint=hint and quiz.hint is not None)
        self.session.pause()
        self._last = (article, quiz)
        for line in verdict(state.with_response(response)):
            self.lines.say(line)
        item = next((item for item in self.session.items if item[:2] == (article.info.key, quiz.id)), None)
        if item is not None and self.session.comes_again(item):
            self.lines.say(_("This question comes once more before the end."))
        self.lines.say("")

    def _obey(self, name: str, quiz: Quiz) -> bool:
        """Do what a command says; true where another question follows."""
        if name[:1] == "q":
            raise Stop
        if name[:1] == "n":
            self.session.skip()
            return True
        if name[:1] == "z":
            if self.session.undo() is None:
                self.lines.say(_("There is nothing to take back."))
                return False
            self._last = None
            return True
        if name[:1] == "u":
            self._guessed()
        elif name[:1] == "h":
            self.lines.say(_("Hint: ") + text_of(quiz.hint) if quiz.hint is not None else _("There is no hint."))
        else:
            self.lines.say(commands())
        return False

    def _guessed(self) -> None:
        if self._last is None:
            self.lines.say(_("There is nothing to take back."))
            return
        article, quiz = self._last
        session = self.session
        mark_guess(
            session.store, session.scheduler, library=session.library, article=article.info, quiz=quiz, guess=True
        )
        self.lines.say(_("Noted: the last answer was a guess."))


def summary(result: Result, naming: Naming) -> Iterator[str]:
    """What the run came to, by field, and what to read again."""
    if not result.total:
        return
    told = ngettext("{right} of {n} question right.", "{right} of {n} questions right.", result.total)
    yield told.format(right=result.right, n=result.total)
    yield from by_field(result, naming)


def by_field(result: Result, naming: Naming) -> Iterator[str]:
    """Right answers by field, and what to read again."""
    for name, (right, asked) in result.areas.items():
        yield f"  {naming.area(result, name)}: {right}/{asked}"
    if result.sections:
        yield _("Study these sections") + ":"
        for place in result.sections:
            yield f"  {naming.section(*place)}"


def commands() -> str:
    """The commands, one line."""
    return _("/h hint, /u the last answer was a guess, /z take the last answer back, /n skip, /q stop")
