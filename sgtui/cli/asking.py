"""Questions in the plain terminal: one line in, sentences out, for screen readers and pipes.

An answer is one line.  What begins with ``/`` is a command, so that no letter that answers is taken for one.
"""

import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TextIO

from sgtui.articles.model import Article
from sgtui.i18n import _, ngettext
from sgtui.library.model import Library
from sgtui.quiz.answering import Answering
from sgtui.quiz.gaps import GAP
from sgtui.quiz.grading import Response
from sgtui.quiz.labels import answer_index
from sgtui.quiz.model import Fragment, Quiz
from sgtui.study.answer import mark_guess
from sgtui.study.result import Result
from sgtui.study.result_export import Naming
from sgtui.study.session import Session
from sgtui.typeset.cells import width
from sgtui.typeset.compose import compose
from sgtui.typeset.model import TypesetOptions

WIDTH: Final = 76
_PLAIN: Final = TypesetOptions(plain=True)
_SEPARATORS: Final = re.compile(r"[\s,、，・]+")


class Stop(Exception):  # noqa: N818 - a way out, not an error
    """The learner wants to stop."""


class Command(Exception):  # noqa: N818
    """The learner typed a command instead of an answer."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(slots=True)
class Asker:
    """Asks the questions of a session; ``say`` writes a line, ``prompt`` one that does not end.

    Answers are read from ``source``; with ``echo`` (a pipe, where nobody sees them typed) they are said again.
    """

    session: Session
    library: Library
    source: TextIO
    say: Callable[[str], None]
    prompt: Callable[[str], None]
    echo: bool = False
    clock: Callable[[], float] = time.monotonic
    _articles: dict[str, Article] = field(default_factory=dict)
    _last: tuple[Article, Quiz] | None = None
    _case: tuple[str, str] | None = None

    def run(self) -> Result:
        """Ask until there is no question left, or the learner stops; what was answered is safe either way."""
        total = self.session.asked + self.session.left
        try:
            while (found := self._next()) is not None:
                self._ask(*found, min(self.session.asked + 1, total), total)
        except (Stop, KeyboardInterrupt):
            self.say("")
            self.session.pause()
            left = self.session.left
            told = ngettext("{n} question is left; it waits.", "{n} questions are left; they wait.", left)
            self.say(told.format(n=left))
            return self.session.result()
        result = self.session.result()
        self.session.finish()
        return result

    def _next(self) -> tuple[Article, Quiz] | None:
        while (item := self.session.current) is not None:
            quiz = None
            if self.library.has(item.article):
                article = self._articles.setdefault(item.article, self.library.read(item.article))
                quiz = next((quiz for quiz in article.quizzes if quiz.id == item.question), None)
            if quiz is not None:
                return article, quiz
            self.session.skip()
        return None

    # One question

    def _ask(self, article: Article, quiz: Quiz, number: int, total: int) -> None:
        state = Answering.start(quiz, seed=self.session.seed)
        self._show(article, quiz, state, number, total)
        began, hint = self.clock(), False
        while True:
            try:
                response = self._answer(state)
            except Command as command:
                hint = hint or command.name == "h"
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
            self.say(line)
        item = next((item for item in self.session.items if item[:2] == (article.info.key, quiz.id)), None)
        if item is not None and self.session.comes_again(item):
            self.say(_("This question comes once more before the end."))
        self.say("")

    def _obey(self, name: str, quiz: Quiz) -> bool:
        """Do what a command says; true where another question follows."""
        if name == "q":
            raise Stop
        if name == "n":
            self.session.skip()
            return True
        if name == "z":
            if self.session.undo() is None:
                self.say(_("There is nothing to take back."))
                return False
            self._last = None
            return True
        if name == "u":
            self._guessed()
        elif name == "h":
            self.say(_("Hint: ") + text_of(quiz.hint) if quiz.hint is not None else _("There is no hint."))
        else:
            self.say(commands())
        return False

    def _guessed(self) -> None:
        if self._last is None:
            self.say(_("There is nothing to take back."))
            return
        article, quiz = self._last
        session = self.session
        mark_guess(
            session.store, session.scheduler, library=session.library, article=article.info, quiz=quiz, guess=True
        )
        self.say(_("Noted: the last answer was a guess."))

    # Showing

    def _show(self, article: Article, quiz: Quiz, state: Answering, number: int, total: int) -> None:
        self.say(_("Question {n} of {total}: {title}").format(n=number, total=total, title=article.info.title))
        case = next((case for case in article.cases if case.id == quiz.case), None) if quiz.case else None
        if case is not None and self._case != (article.info.key, case.id):
            self.say("")
            self._say_fragment(case.scenario)
        self._case = (article.info.key, quiz.case) if case is not None else None
        self.say("")
        self._say_fragment(quiz.prompt, numbered=len(quiz.gaps) > 1)
        self.say("")
        for label, part in shown_parts(state):
            self._say_fragment(part, f"  {label}  ")
        if quiz.kind == "match":
            self.say("")
            for label, place in zip(state.labels(), state.order, strict=True):
                self._say_fragment(quiz.pairs[place].right, f"  {label}  ")

    def _say_fragment(self, part: Fragment, first: str = "", *, numbered: bool = False) -> None:
        """A fragment after ``first``, its further lines set in as far.

        With ``numbered`` its gaps bear their numbers.
        """
        numbers = itertools.count(1)
        for line in compose(part.tokens, WIDTH - width(first), _PLAIN):
            text = line.text
            if numbered:
                text = re.sub(re.escape(GAP), lambda _match: f"({next(numbers)}){GAP}", text)
            self.say(first + text)
            first = " " * width(first)

    # Reading

    def _read(self, said: str) -> str:
        """One line; raises :class:`Stop` at the end of input and :class:`Command`."""
        self.prompt(said)
        line = self.source.readline()
        if not line:
            raise Stop
        line = line.strip()
        if self.echo:
            self.say(line)
        if line.startswith(("/", "／")) and len(line) > 1:
            raise Command(line[1:2].lower())
        return line

    def _answer(self, state: Answering) -> Response | None:
        """What was answered; ``None`` where it was no answer, which was said."""
        quiz = state.quiz
        if quiz.kind == "fill":
            return self._fill(state)
        if quiz.kind == "order":
            return self._order(state)
        if quiz.kind == "match":
            return self._match(state)
        if quiz.kind == "recall":
            return self._recall(state)
        names = state.labels()
        span = f"{names[0]}–{names[-1]}" if len(names) > 1 else names[0]
        if quiz.kind == "multiple":
            said = _("All that are right ({labels}), on one line: ").format(labels=span)
        else:
            said = _("Answer ({labels}): ").format(labels=span)
        places = places_in(self._read(said), state)
        if places is None or (quiz.kind != "multiple" and len(places) != 1):
            self.say(_("That is none of {labels}. /? says what else can be typed.").format(labels=span))
            return None
        return Response(choices=frozenset(state.order[place] for place in places))

    def _fill(self, state: Answering) -> Response | None:
        count = len(state.quiz.gaps)
        texts = []
        for number in range(1, count + 1):
            said = _("Gap {n}: ").format(n=number) if count > 1 else _("Gap: ")
            texts.append(self._read(said))
        if not any(texts):
            self.say(_("Something has to stand in a gap. /? says what else can be typed."))
            return None
        return Response(texts=tuple(texts))

    def _order(self, state: Answering) -> Response | None:
        count = len(state.arranged)
        line = self._read(_("The numbers in the right order: "))
        places = _numbers(line, count)
        if places is None or sorted(places) != list(range(count)):
            self.say(_("Each number from 1 to {n} once, please.").format(n=count))
            return None
        return Response(order=tuple(state.arranged[place] for place in places))

    def _match(self, state: Answering) -> Response | None:
        names = state.labels()
        line = self._read(_("The letters that belong to 1 to {n}, in this order: ").format(n=len(state.paired)))
        places = places_in(line, state)
        if places is None or len(places) != len(state.paired) or len(set(places)) != len(places):
            said = _("{n} different letters of {labels}, please.")
            self.say(said.format(n=len(state.paired), labels=f"{names[0]}–{names[-1]}"))
            return None
        return Response(pairs=tuple(state.order[place] for place in places))

    def _recall(self, state: Answering) -> Response | None:
        self._read(_("Say it, then press Enter to see the answer. "))
        if state.quiz.answer is not None:
            self._say_fragment(state.quiz.answer, _("Answer: "))
        while True:
            index = answer_index(self._read(_("1: I had forgotten, 2: I knew it. ")))
            if index in (0, 1):
                return Response(recalled=index == 1)


def shown_parts(state: Answering) -> Iterator[tuple[str, Fragment]]:
    """What is chosen from, put in order, or matched: its label and itself, in the order shown."""
    quiz = state.quiz
    if quiz.kind == "order":
        for number, index in enumerate(state.arranged, 1):
            yield str(number), quiz.items[index]
    elif quiz.kind == "match":
        for number, pair in enumerate(quiz.pairs, 1):
            yield str(number), pair.left
    else:
        for label, index in zip(state.labels(), state.order, strict=True):
            yield label, quiz.choices[index].content


def places_in(line: str, state: Answering) -> list[int] | None:
    """The shown places that a line names: ``2``, ``イ``, ``1 3``, ``アウ``; ``None`` where something in it is none."""
    words = _words(line, few=len(state.order) < 10)
    places = []
    for word in words:
        whole = word.isdecimal()
        index = int(word) - 1 if whole else answer_index(word, state.label_style)
        if index is None or not 0 <= index < len(state.order):
            return None
        places.append(index)
    return places or None


def _numbers(line: str, count: int) -> list[int] | None:
    words = _words(line, few=count < 10)
    return [int(word) - 1 for word in words] if words and all(word.isdecimal() for word in words) else None


def _words(line: str, *, few: bool) -> list[str]:
    """What a line names, one by one; run together too, but digits only where there are ``few`` (fewer than ten)."""
    words = [word for word in _SEPARATORS.split(line) if word]
    if len(words) == 1 and (few or not words[0].isdecimal()):
        return list(words[0])
    return words


def verdict(state: Answering) -> Iterator[str]:
    """Right or wrong, the right answer, every reason and the explanation, in words."""
    quiz, grade = state.quiz, state.grade
    assert grade is not None
    assert state.response is not None
    yield _("Right.") if grade.correct else _("Wrong.")
    if quiz.kind == "fill":
        for number, (gap, right) in enumerate(zip(quiz.gaps, grade.parts, strict=True), 1):
            said = _("Gap {n}: right, {answer}.") if right else _("Gap {n}: wrong, the answer is {answer}.")
            yield said.format(n=number, answer=gap.answers[0])
            if gap.reason is not None:
                yield "  " + text_of(gap.reason)
    elif quiz.kind == "order" and not grade.correct:
        yield _("In the right order:")
        yield from (f"  {number}  {text_of(item)}" for number, item in enumerate(quiz.items, 1))
    elif quiz.kind == "match" and not grade.correct:
        yield _("They belong together like this:")
        yield from (f"  {text_of(pair.left)} — {text_of(pair.right)}" for pair in quiz.pairs)
    elif quiz.choices:
        yield from _reasons(state)
    if quiz.explanation is not None:
        yield _("Explanation: ") + text_of(quiz.explanation)


def _reasons(state: Answering) -> Iterator[str]:
    for label, index in zip(state.labels(), state.order, strict=True):
        choice = state.quiz.choices[index]
        said = _("right") if choice.correct else _("wrong")
        if index in state.ticked:
            said += ", " + _("your answer")
        reason = f" {text_of(choice.reason)}" if choice.reason is not None else ""
        yield f"  {label} ({said}).{reason}"


def summary(result: Result, naming: Naming) -> Iterator[str]:
    """What the run came to, by field, and what to read again."""
    if not result.total:
        return
    told = ngettext("{right} of {n} question right.", "{right} of {n} questions right.", result.total)
    yield told.format(right=result.right, n=result.total)
    for name, (right, asked) in result.areas.items():
        yield f"  {naming.area(result, name)}: {right}/{asked}"
    if result.sections:
        yield _("Study these sections") + ":"
        for place in result.sections:
            yield f"  {naming.section(*place)}"


def commands() -> str:
    """The commands, one line."""
    return _("/h hint, /u the last answer was a guess, /z take the last answer back, /n skip, /q stop")


def text_of(part: Fragment | None) -> str:
    """A fragment's text on one line."""
    return " ".join(part.text.split()) if part is not None else ""
