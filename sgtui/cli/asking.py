"""Questions in the plain terminal: one line in, sentences out, for screen readers and pipes.

An answer is one line.  What begins with ``/`` is a command, so that no letter that answers is taken for one.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TextIO

from sgtui.articles.model import Article
from sgtui.i18n import _
from sgtui.quiz.answering import Answering
from sgtui.quiz.gaps import GAP
from sgtui.quiz.grading import Response
from sgtui.quiz.labels import answer_index
from sgtui.quiz.model import Fragment
from sgtui.typeset.cells import width
from sgtui.typeset.compose import compose
from sgtui.typeset.model import TypesetOptions

WIDTH: Final = 76
_PLAIN: Final = TypesetOptions(plain=True)
_SEPARATORS: Final = re.compile(r"[\s,、，・]+")


class Stop(Exception):  # noqa: N818 - a way out, not an error
    """The learner wants to stop."""


class Command(Exception):  # noqa: N818
    """The learner typed a command (``name``, without its slash) instead of an answer."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(slots=True)
class Lines:
    """A question shown and its answer read; ``say`` writes a line, ``prompt`` one that does not end.

    Answers are read from ``source``; with ``echo`` (a pipe, where nobody sees them typed) they are said again.
    ``empty`` is the command that an empty answer stands for, where it stands for one.
    """

    source: TextIO
    say: Callable[[str], None]
    prompt: Callable[[str], None]
    echo: bool = False
    empty: str = ""
    _case: tuple[str, str] | None = None

    # Showing

    def show(self, article: Article, state: Answering, heading: str) -> None:
        """A question under ``heading``, its scenario first unless the question before had the same."""
        quiz = state.quiz
        self.say(heading)
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

    def read(self, said: str) -> str:
        """An answer on one line; raises :class:`Stop` at the end of input and :class:`Command`."""
        line = self.raw(said)
        if not line and self.empty:
            raise Command(self.empty)
        return line

    def raw(self, said: str) -> str:
        """As :meth:`read`, where an empty line is a line like others."""
        self.prompt(said)
        line = self.source.readline()
        if not line:
            raise Stop
        line = line.strip()
        if self.echo:
            self.say(line)
        if line.startswith(("/", "／")) and len(line) > 1:
            raise Command(unicodedata.normalize("NFKC", line[1:]).strip().lower())
        return line

    def answer(self, state: Answering) -> Response | None:
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
        places = places_in(self.read(said), state)
        if places is None or (quiz.kind != "multiple" and len(places) != 1):
            self.say(_("That is none of {labels}. /? says what else can be typed.").format(labels=span))
            return None
        return Response(choices=frozenset(state.order[place] for place in places))

    def _fill(self, state: Answering) -> Response | None:
        count = len(state.quiz.gaps)
        texts = []
        for number in range(1, count + 1):
            said = _("Gap {n}: ").format(n=number) if count > 1 else _("Gap: ")
            texts.append(self.raw(said))
        if not any(texts):
            if self.empty:
                raise Command(self.empty)
            self.say(_("Something has to stand in a gap. /? says what else can be typed."))
            return None
        return Response(texts=tuple(texts))

    def _order(self, state: Answering) -> Response | None:
        count = len(state.arranged)
        line = self.read(_("The numbers in the right order: "))
        places = _numbers(line, count)
        if places is None or sorted(places) != list(range(count)):
            self.say(_("Each number from 1 to {n} once, please.").format(n=count))
            return None
        return Response(order=tuple(state.arranged[place] for place in places))

    def _match(self, state: Answering) -> Response | None:
        names = state.labels()
        line = self.read(_("The letters that belong to 1 to {n}, in this order: ").format(n=len(state.paired)))
        places = places_in(line, state)
        if places is None or len(places) != len(state.paired) or len(set(places)) != len(places):
            said = _("{n} different letters of {labels}, please.")
            self.say(said.format(n=len(state.paired), labels=f"{names[0]}–{names[-1]}"))
            return None
        return Response(pairs=tuple(state.order[place] for place in places))

    def _recall(self, state: Answering) -> Response | None:
        self.read(_("Say it, then press Enter to see the answer. "))
        if state.quiz.answer is not None:
            self._say_fragment(state.quiz.answer, _("Answer: "))
        while True:
            index = answer_index(self.read(_("1: I had forgotten, 2: I knew it. ")))
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


def answer_text(state: Answering) -> str:
    """An answer as it stands, in words."""
    kind, names = state.quiz.kind, state.labels()
    if kind == "fill":
        return " / ".join(text or "–" for text in state.texts)
    if kind == "order":
        return " → ".join(text_of(state.quiz.items[index]) for index in state.arranged)
    if kind == "match":
        return " ".join(names[state.order.index(right)] for right in state.paired if right in state.order)
    return " ".join(name for name, index in zip(names, state.order, strict=True) if index in state.ticked)


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


def text_of(part: Fragment | None) -> str:
    """A fragment's text on one line."""
    return " ".join(part.text.split()) if part is not None else ""
