"""One quiz being answered: a value that every key or click turns into the next one.

The page of an article, a review and a mock exam all show the same :class:`Answering`, so a kind
of quiz behaves the same everywhere and is tested without a screen.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from sgtui import i18n
from sgtui.quiz import answer_keys
from sgtui.quiz.grading import Grade, Response, grade
from sgtui.quiz.labels import LabelStyle, has_japanese, labels
from sgtui.quiz.model import Quiz


@dataclass(frozen=True, slots=True)
class Answering:
    """Where a learner is with one quiz.

    ``order`` gives the author's index of what is shown at each place: choices, or the right sides
    of a match quiz.  ``cursor`` is a shown place (-1: none yet): a choice, a gap, a place in the
    order, a left side.  ``ticked`` and ``paired`` (for each left side its right one, -1: none)
    hold the author's indexes; ``arranged`` the author's index of the item at each place; ``held``
    the place whose item is being moved.  ``editing``: typed characters go into the gap at the
    cursor.  ``deferred``: nothing is answered at once, so that it can be changed until a mock exam
    is handed in.  ``response`` and ``grade`` are there once the answer is given.
    """

    quiz: Quiz
    order: tuple[int, ...] = ()
    cursor: int = -1
    ticked: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    arranged: tuple[int, ...] = ()
    paired: tuple[int, ...] = ()
    held: int | None = None
    editing: bool = False
    moved: bool = False
    revealed: bool = False
    hint_shown: bool = False
    hint_used: bool = False
    show_reasons: bool = False
    guess: bool = False
    attempt: int = 0
    deferred: bool = False
    response: Response | None = None
    grade: Grade | None = None

    @classmethod
    def start(cls, quiz: Quiz, *, seed: int | None = None, deferred: bool = False) -> Self:
        """A quiz nobody has answered yet.

        With a ``seed`` the choices are shuffled, the same way each time, unless the quiz forbids
        it.  What has to be ordered or matched is always shuffled: shown in the author's order it
        would be its own answer.  No item to be ordered is shown in its right place.
        """
        source = f"{quiz.id}:{seed if quiz.shuffle else ''}"
        first = 0 if quiz.kind == "match" else -1
        order: tuple[int, ...] = tuple(range(len(quiz.choices)))
        if quiz.kind == "match":
            order = _permutation(len(quiz.pairs), source, avoid_identity=True)
        elif seed is not None and quiz.shuffle:
            order = _permutation(len(quiz.choices), source, avoid_identity=False)
        return cls(
            quiz,
            order=order,
            cursor=first,
            texts=("",) * len(quiz.gaps),
            arranged=_derangement(len(quiz.items), source),
            paired=(-1,) * len(quiz.pairs),
            deferred=deferred,
        )

    # what a screen asks

    @property
    def submitted(self) -> bool:
        """Whether the answer is given."""
        return self.response is not None

    @property
    def correct(self) -> bool | None:
        """Right or wrong; ``None`` before the answer."""
        return self.grade.correct if self.grade else None

    @property
    def label_style(self) -> LabelStyle:
        """Kana labels for a Japanese learner or a Japanese quiz, else Latin ones.

        Where the author's own labels are spoken of in the text (so that nothing is shuffled) they decide.
        """
        written = self.quiz.choices[0].label if self.quiz.choices and not self.quiz.shuffle else ""
        if written.isalpha():
            return "latin" if written.isascii() else "kana"
        return "kana" if i18n.language() == "ja" or has_japanese(self.quiz.prompt.text) else "latin"

    def labels(self) -> tuple[str, ...]:
        """The labels of what is chosen from, by shown place."""
        return labels(len(self.order), self.label_style)

    @property
    def has_more_reasons(self) -> bool:
        """Whether reasons are left to show: those of choices neither taken nor right."""
        return any(
            choice.reason and not choice.correct and index not in self.ticked
            for index, choice in enumerate(self.quiz.choices)
        )

    @property
    def answered(self) -> bool:
        """Whether there is an answer that could be graded, given or not yet given."""
        if self.quiz.kind == "fill":
            return any(text.strip() for text in self.texts)
        if self.quiz.kind == "order":
            return self.moved or self.submitted
        if self.quiz.kind == "match":
            return -1 not in self.paired
        if self.quiz.kind == "recall":
            return self.submitted
        return bool(self.ticked)

    @property
    def ready(self) -> bool:
        """Whether Enter would give the answer."""
        return self.answered and not self.submitted and not self.deferred and self.held is None

    def accepts(self, key: str) -> bool:
        """Whether ``key`` means something to this quiz now; otherwise it is the reader's."""
        return answer_keys.press(self, key) is not None

    def keys(self) -> list[tuple[str, str]]:
        """What works right now: (keys as shown, English msgid of what they do)."""
        return answer_keys.keys(self)

    # what a learner does

    def press(self, key: str) -> "Answering":
        """The answering after ``key``: a key's name (``up``, ``enter``, ``space`` …) or a character.

        A key that means nothing changes nothing.
        """
        after = answer_keys.press(self, key)
        return self if after is None else after

    def type(self, text: str) -> "Answering":
        """Put ``text`` (pasted, or committed by an input method) into the gap at the cursor."""
        if self.quiz.kind != "fill" or self.submitted:
            return self
        place = max(self.cursor, 0)
        clean = "".join(character for character in text if character.isprintable())
        texts = (*self.texts[:place], self.texts[place] + clean, *self.texts[place + 1 :])
        return replace(self, texts=texts, cursor=place, editing=True)

    def choose(self, place: int) -> "Answering":
        """Take what is shown at ``place``, as a click on it does.

        Answers at once where one choice is right; ticks or unticks; picks up or puts down an item
        to be ordered; gives the right side to the current left one; opens a gap; turns a flash
        card, then says forgotten (0) or recalled (1).
        """
        if self.submitted or place < 0:
            return self
        return {
            "fill": self._open_gap,
            "order": self._pick_or_put,
            "match": self._pair_here,
            "recall": self._turn,
        }.get(self.quiz.kind, self._take)(place)

    def select(self, place: int) -> "Answering":
        """Put the cursor at ``place`` without answering anything."""
        return self if self.submitted else replace(self, cursor=place)

    def move(self, start: int, end: int) -> "Answering":
        """Move the item at one place of the order to another."""
        places = range(len(self.arranged))
        if self.submitted or start not in places or end not in places:
            return self
        rest = [*self.arranged[:start], *self.arranged[start + 1 :]]
        rest.insert(end, self.arranged[start])
        held = end if self.held == start else self.held
        return replace(self, arranged=tuple(rest), cursor=end, held=held, moved=True)

    def pair(self, left: int, place: int) -> "Answering":
        """Give the right side shown at ``place`` to a left side; whoever had it loses it."""
        if self.submitted or left not in range(len(self.paired)) or place not in range(len(self.order)):
            return self
        right = self.order[place]
        paired = [-1 if taken == right else taken for taken in self.paired]
        paired[left] = right
        later = [index for index, taken in enumerate(paired) if taken == -1]
        after = next((index for index in later if index > left), later[0] if later else left)
        return replace(self, paired=tuple(paired), cursor=after)

    def unpair(self, left: int) -> "Answering":
        """Take a left side's right one away again."""
        if self.submitted or left not in range(len(self.paired)):
            return self
        return replace(self, paired=(*self.paired[:left], -1, *self.paired[left + 1 :]), cursor=left)

    def reveal(self) -> "Answering":
        """Turn a flash card over."""
        return replace(self, revealed=True) if self.quiz.kind == "recall" else self

    def submit(self) -> "Answering":
        """Give the answer as it stands; the rest blank."""
        if self.submitted:
            return self
        kind = self.quiz.kind
        return self.with_response(
            Response(
                choices=self.ticked,
                texts=self.texts if kind == "fill" else (),
                order=self.arranged if kind == "order" else (),
                pairs=self.paired if kind == "match" else (),
                recalled=False if kind == "recall" else None,
            )
        )

    def with_response(self, response: Response) -> "Answering":
        """The quiz as answered with ``response``, given now or long ago.

        What of it no longer fits a quiz that was edited since is left out of what is shown.
        """
        count = len(self.quiz.items)
        return replace(
            self,
            response=response,
            grade=grade(self.quiz, response),
            ticked=frozenset(index for index in response.choices if 0 <= index < len(self.quiz.choices)),
            texts=(*response.texts, *[""] * len(self.quiz.gaps))[: len(self.quiz.gaps)],
            arranged=response.order if sorted(response.order) == list(range(count)) else self.arranged,
            paired=tuple(
                right if 0 <= right < len(self.quiz.pairs) else -1
                for right in (*response.pairs, *[-1] * len(self.quiz.pairs))[: len(self.quiz.pairs)]
            ),
            revealed=True,
            hint_shown=False,
            editing=False,
            held=None,
        )

    def noted(self, response: Response) -> "Answering":
        """The quiz with what ``response`` says filled in, but not given: a mock exam may still change it."""
        filled = self.with_response(response)
        return replace(filled, response=None, grade=None, revealed=self.revealed, moved=bool(response.order))

    def retry(self) -> "Answering":
        """The same quiz once more, shown in the same order."""
        fresh = Answering.start(self.quiz)
        return replace(fresh, order=self.order, attempt=self.attempt + 1)

    def mark_guess(self) -> "Answering":
        """Say that a right answer was luck, or take that back."""
        return replace(self, guess=not self.guess) if self.correct else self

    def toggle_hint(self) -> "Answering":
        """Show the hint or hide it; that it was seen is remembered."""
        if self.quiz.hint is None or self.submitted:
            return self
        return replace(self, hint_shown=not self.hint_shown, hint_used=True)

    def toggle_reasons(self) -> "Answering":
        """Show every choice's reason, or only those of the chosen and the right one."""
        return replace(self, show_reasons=not self.show_reasons) if self.submitted else self

    def click(self, action: str, index: int = 0) -> "Answering":
        """What a click on a part of the quiz does; ``action`` is a part's name in :func:`sgtui.typeset.quiz.target`."""
        clicks: dict[str, Callable[[], Answering]] = {
            "choice": lambda: self.choose(index),
            "item": lambda: self.choose(index),
            "right": lambda: self.choose(index),
            "gap": lambda: self.choose(index),
            "left": lambda: self.select(index) if 0 <= index < len(self.paired) else self,
            "submit": lambda: self.press("enter"),
            "hint": self.toggle_hint,
            "reasons": self.toggle_reasons,
            "retry": lambda: self.retry() if self.submitted else self,
            "guess": self.mark_guess,
        }
        return clicks[action]() if action in clicks else self

    # keeping it

    def to_record(self) -> dict[str, Any]:
        """All of it but the quiz, for JSON."""
        return {
            "order": list(self.order),
            "cursor": self.cursor,
            "ticked": sorted(self.ticked),
            "texts": list(self.texts),
            "arranged": list(self.arranged),
            "paired": list(self.paired),
            "moved": self.moved,
            "revealed": self.revealed,
            "hint_used": self.hint_used,
            "guess": self.guess,
            "attempt": self.attempt,
            "response": None if self.response is None else self.response.to_record(),
        }

    @classmethod
    def from_record(cls, quiz: Quiz, record: Mapping[str, Any]) -> "Answering":
        """What :meth:`to_record` kept; begun anew where the quiz has changed its shape since."""
        fresh = cls.start(quiz)
        kept = Response.from_record(
            {"choices": record.get("ticked"), "texts": record.get("texts"), "pairs": record.get("paired")}
        )
        order = Response.from_record({"order": record.get("order")}).order
        arranged = Response.from_record({"order": record.get("arranged")}).order
        same = (
            sorted(order) == sorted(fresh.order)
            and sorted(arranged) == sorted(fresh.arranged)
            and len(kept.texts) == len(fresh.texts)
            and len(kept.pairs) == len(fresh.paired)
            and all(0 <= index < len(quiz.choices) for index in kept.choices)
            and all(-1 <= index < len(quiz.pairs) for index in kept.pairs)
        )
        if not same:
            return fresh
        cursor = record.get("cursor")
        attempt = record.get("attempt")
        again = replace(
            fresh,
            order=order,
            cursor=cursor if isinstance(cursor, int) and cursor < _places(fresh) else fresh.cursor,
            ticked=kept.choices,
            texts=kept.texts,
            arranged=arranged,
            paired=kept.pairs,
            moved=record.get("moved") is True,
            revealed=record.get("revealed") is True,
            hint_used=record.get("hint_used") is True,
            guess=record.get("guess") is True,
            attempt=attempt if isinstance(attempt, int) else 0,
        )
        response = record.get("response")
        return again.with_response(Response.from_record(response)) if isinstance(response, Mapping) else again

    def _take(self, place: int) -> "Answering":
        if place >= len(self.order):
            return self
        taken = self.order[place]
        if self.quiz.kind == "multiple":
            return replace(self, cursor=place, ticked=self.ticked ^ {taken})
        if self.deferred:
            return replace(self, cursor=place, ticked=frozenset({taken}) - self.ticked)
        return replace(self, cursor=place, ticked=frozenset({taken})).submit()

    def _open_gap(self, place: int) -> "Answering":
        return replace(self, cursor=place, editing=True) if place < len(self.texts) else self

    def _pair_here(self, place: int) -> "Answering":
        return self.pair(self.cursor, place)

    def _pick_or_put(self, place: int) -> "Answering":
        if place >= len(self.arranged):
            return self
        if self.held is None:
            return replace(self, cursor=place, held=place)
        return replace(self.move(self.held, place) if place != self.held else self, cursor=place, held=None)

    def _turn(self, place: int) -> "Answering":
        if not self.revealed:
            return self.reveal()
        return self.with_response(Response(recalled=place == 1)) if place in {0, 1} else self


def _places(answering: Answering) -> int:
    return max(len(answering.order), len(answering.texts), len(answering.arranged), len(answering.paired), 1)


def _permutation(count: int, source: str, *, avoid_identity: bool) -> tuple[int, ...]:
    """A shuffling of ``range(count)`` that is the same for the same ``source``."""
    numbers = list(range(count))
    random.Random(source).shuffle(numbers)
    if avoid_identity and count > 1 and numbers == list(range(count)):
        numbers = [*numbers[1:], numbers[0]]
    return tuple(numbers)


def _derangement(count: int, source: str) -> tuple[int, ...]:
    """A shuffling of ``range(count)`` that leaves nothing in its place, the same for the same ``source``."""
    numbers = list(range(count))
    chance = random.Random(source)
    for _try in range(64):  # more than one shuffling in three is such a one
        chance.shuffle(numbers)
        if all(number != place for place, number in enumerate(numbers)):
            return tuple(numbers)
    return (*range(1, count), *range(min(count, 1)))
