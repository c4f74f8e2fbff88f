"""A mock exam in the plain terminal: nothing is judged before it is handed in, every line is saved."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sgtui.articles.model import Article, ArticleInfo
from sgtui.cli.asking import Command, Lines, Stop, answer_text
from sgtui.cli.asking_session import by_field
from sgtui.i18n import _
from sgtui.quiz.answering import Answering
from sgtui.quiz.model import Quiz
from sgtui.store.records import Attempt
from sgtui.study.blueprint import ExamItem
from sgtui.study.exam import Exam
from sgtui.study.finding import Questions
from sgtui.study.papers import as_asked, unfinished
from sgtui.study.result import Result
from sgtui.study.result_export import Naming, compared, facts
from sgtui.ui.questions.words import clock

monotonic: Callable[[], float] = time.monotonic
_YES: Final = frozenset(("y", "yes", "はい", "ｙ"))


@dataclass(slots=True)
class ExamAsker:
    """Asks an exam; ``lines.empty`` is set, so that an empty line leaves a question as it is and goes on.

    With ``clock`` each question says how much time is left.
    """

    exam: Exam
    lines: Lines
    questions: Questions
    clock: bool = True
    _shown: int = -1

    def run(self) -> tuple[Result, Attempt] | None:
        """Ask until it is handed in, by the learner or by the clock; ``None`` where it was put aside."""
        self.exam.go_on()
        self.exam.save()
        try:
            while self.exam.left:
                if self._ask():
                    return self._hand_in()
            self.lines.say(_("Time is up."))
            return self._hand_in()
        except (Stop, KeyboardInterrupt):
            self.exam.pause()
            self.lines.say("")
            self.lines.say(_("The clock stands at {time} left. The same command goes on.").format(time=self._left()))
            return None

    def _hand_in(self) -> tuple[Result, Attempt]:
        return self.exam.hand_in(self._find)

    def _find(self, item: ExamItem) -> tuple[ArticleInfo, Quiz] | None:
        found = self.questions.get(item[:2])
        return (found[0].info, as_asked(found[1])) if found is not None else None

    # One question

    def _ask(self) -> bool:
        """Ask the question that the exam is at, once; true where the exam is to be handed in."""
        item = self.exam.current
        found = self.questions.get(item[:2])
        state = self.exam.answering(as_asked(found[1])) if found is not None else None
        if self._shown != self.exam.place:
            self._show(found[0] if found is not None else None, state)
        self._shown = self.exam.place
        try:
            if state is None:
                self.lines.read(_("Command: "))
                return False
            response = self.lines.answer(state)
        except Command as command:
            return self._obey(command.name)
        if response is not None and self.exam.left:
            self.exam.put(state.noted(response))
            self._step(1)
        return False

    def _show(self, article: Article | None, state: Answering | None) -> None:
        self.lines.say("")
        part = self.exam.current.part
        total = len(self.exam.paper.items)
        heading = _("Question {n} of {total}: {title}").format(n=self.exam.place + 1, total=total, title=part)
        if self.clock:
            heading += " ・ " + _("{time} left").format(time=self._left())
        if article is None or state is None:
            self.lines.say(heading)
            self.lines.say(_("This question is no longer in the library; it will count as not answered."))
            return
        self.lines.show(article, state, heading)
        if state.answered:
            self.lines.say(_("Your answer so far: {answer}").format(answer=answer_text(state)))

    def _left(self) -> str:
        return clock(self.exam.left)

    # Commands

    def _obey(self, name: str) -> bool:
        """Do what a command says; true where the exam is to be handed in."""
        if name.isdecimal():
            self._go(int(name) - 1)
            return False
        if name[:1] == "q":
            raise Stop
        if name[:1] == "x":
            return self._confirmed()
        commands: dict[str, Callable[[], None]] = {
            "n": lambda: self._step(1),
            "p": lambda: self._step(-1),
            "m": self._flag,
            "d": self._take_back,
            "l": self._list,
            "t": lambda: self.lines.say(_("{time} left").format(time=self._left())),
            "h": lambda: self.lines.say(_("There are no hints in an exam.")),
        }
        commands.get(name[:1], lambda: self.lines.say(exam_commands()))()
        return False

    def _go(self, place: int) -> None:
        if not 0 <= place < len(self.exam.paper.items):
            self.lines.say(_("There is no question {n}.").format(n=place + 1))
            return
        self.exam.go(place)
        self._shown = -1

    def _step(self, step: int) -> None:
        place = self.exam.place + step
        if 0 <= place < len(self.exam.paper.items):
            self._go(place)
        elif step > 0:
            self.lines.say(_("That was the last question. /x hands in, /l shows what is blank, /1 goes to the first."))

    def _flag(self) -> None:
        self.lines.say(_("Flagged.") if self.exam.flag() else _("No longer flagged."))

    def _take_back(self) -> None:
        self.exam.take_back()
        self.lines.say(_("This question is blank again."))

    def _list(self) -> None:
        """The answer sheet in words."""
        marks = list(enumerate(self.exam.marks(), 1))
        for said, numbers in (
            (_("Answered: {numbers}"), [n for n, (mark, _flag) in marks if mark == "answered"]),
            (_("Blank: {numbers}"), [n for n, (mark, _flag) in marks if mark == "blank"]),
            (_("Flagged: {numbers}"), [n for n, (_mark, flagged) in marks if flagged]),
        ):
            if numbers:
                self.lines.say(said.format(numbers=", ".join(ranges(numbers))))

    def _confirmed(self) -> bool:
        self.lines.say(unfinished(self.exam))
        try:
            return self.lines.raw(_("Hand in the exam? (y/n) ")).lower() in _YES
        except Command:
            return False


def ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Rising numbers as they are said: ``1``, ``4–8``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    for first, last in runs:
        yield str(first) if first == last else f"{first}–{last}"


def exam_summary(result: Result, naming: Naming, earlier: Attempt | None) -> Iterator[str]:
    """What the exam came to; ``earlier`` is the attempt before, to compare with."""
    yield from facts(result)
    if earlier is not None:
        yield compared(result, earlier)
    yield from by_field(result, naming)


def exam_commands() -> str:
    """The commands, one line."""
    return _(
        "Enter alone: next. /n next, /p previous, /12 to question 12, /m flag, /d blank again, /l answer sheet, "
        "/t time left, /x hand in, /q pause"
    )
