"""Whether an answer is right.

Typed answers are compared as a kind teacher would: width, case, カタカナ or ひらがな, spaces, the
kind of dash and the long-vowel mark at the end of a word (サーバ＝サーバー) make no difference.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sgtui.markup.fold import fold
from sgtui.quiz.model import Gap, Quiz

_SPACES: Final = re.compile(r"[\s\u200b\ufeff・]+")
_DASHES: Final = re.compile(r"[‐‑‒–—―−﹣－]")
_AFTER_KANA: Final = re.compile(r"(?<=[ぁ-ゖー])-")
_LAST_LONG: Final = re.compile(r"(?<=[ぁ-ゖ])ー+(?![ぁ-ゖー])")
_NUMBER: Final = re.compile(
    r"(?P<number>[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?)(?P<unit>[^0-9.,+-][^0-9]*)?"
)


@dataclass(frozen=True, slots=True)
class Response:
    """What a learner answered, by the author's numbering, however things were shuffled when shown.

    ``choices`` are indexes of the ticked choices; ``texts`` what stands in each gap; ``order`` the
    indexes of the items in the learner's order; ``pairs`` the index of the right side chosen for
    each left side (-1: none); ``recalled`` what the learner said of a flash card.
    """

    choices: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    pairs: tuple[int, ...] = ()
    recalled: bool | None = None

    def to_record(self) -> dict[str, Any]:
        """What JSON can keep of it; empty parts are left out."""
        record: dict[str, Any] = {
            "choices": sorted(self.choices),
            "texts": list(self.texts),
            "order": list(self.order),
            "pairs": list(self.pairs),
        }
        record = {name: value for name, value in record.items() if value}
        return record if self.recalled is None else {**record, "recalled": self.recalled}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Response":
        """The response that :meth:`to_record` wrote; what is missing or of another shape is empty."""
        recalled = record.get("recalled")
        return cls(
            frozenset(_integers(record.get("choices"))),
            tuple(text for text in _list(record.get("texts")) if isinstance(text, str)),
            _integers(record.get("order")),
            _integers(record.get("pairs")),
            recalled if isinstance(recalled, bool) else None,
        )


@dataclass(frozen=True, slots=True)
class Grade:
    """Right or wrong as a whole, and part by part: each choice, gap, place in the order, or left side."""

    correct: bool
    parts: tuple[bool, ...]


def grade(quiz: Quiz, response: Response) -> Grade:
    """Grade an answer; a part that was not answered is wrong."""
    if quiz.kind == "fill":
        texts = (*response.texts, *[""] * len(quiz.gaps))
        parts = tuple(accepts(gap, text) for gap, text in zip(quiz.gaps, texts, strict=False))
    elif quiz.kind == "order":
        parts = _grade_order(quiz, response)
    elif quiz.kind == "match":
        parts = _grade_match(quiz, response)
    elif quiz.kind == "recall":
        parts = (response.recalled is True,)
    else:
        parts = tuple((index in response.choices) == choice.correct for index, choice in enumerate(quiz.choices))
    return Grade(bool(parts) and all(parts), parts)


def right_response(quiz: Quiz) -> Response:
    """The answer that is graded as right."""
    return Response(
        choices=frozenset(index for index, choice in enumerate(quiz.choices) if choice.correct),
        texts=tuple(gap.answers[0] if gap.answers else "" for gap in quiz.gaps),
        order=tuple(range(len(quiz.items))),
        pairs=tuple(range(len(quiz.pairs))),
        recalled=True if quiz.kind == "recall" else None,
    )


def accepts(gap: Gap, text: str) -> bool:
    """Whether ``text`` may stand in ``gap``: like one of its answers, or a number close enough to one."""
    typed = normal(text)
    if not typed:
        return False
    return any(typed == normal(answer) or _same_number(text, answer, gap.tolerance) for answer in gap.answers)


def normal(text: str) -> str:
    """A typed answer without what does not matter in it; two answers are the same if these are equal."""
    folded = _DASHES.sub("-", fold(text))
    folded = _AFTER_KANA.sub("ー", _SPACES.sub("", folded))
    return _LAST_LONG.sub("", folded).rstrip("。.、,") or folded


def _same_number(text: str, answer: str, tolerance: float | None) -> bool:
    wanted, typed = _number(answer), _number(text)
    if wanted is None or typed is None:
        return False
    if typed[1] and normal(typed[1]) != normal(wanted[1]):
        return False
    allowed = (tolerance or 0.0) * (1 + 1e-9) + 1e-9 * abs(wanted[0])
    return abs(typed[0] - wanted[0]) <= allowed


def _number(text: str) -> tuple[float, str] | None:
    """A decimal number and its unit; not what merely starts with digits, nor 007."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None or not any(digit.isdigit() for digit in match["number"]):
        return None
    digits = match["number"].lstrip("+-").replace(",", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    return float(match["number"].replace(",", "")), (match["unit"] or "").strip()


def _grade_order(quiz: Quiz, response: Response) -> tuple[bool, ...]:
    places = (*response.order, *[-1] * len(quiz.items))
    return tuple(places[index] == index for index in range(len(quiz.items)))


def _grade_match(quiz: Quiz, response: Response) -> tuple[bool, ...]:
    """Two lefts that share a right side (the same words twice) may take either."""
    rights = [normal(pair.right.text) or str(index) for index, pair in enumerate(quiz.pairs)]
    chosen = (*response.pairs, *[-1] * len(rights))
    return tuple(
        chosen[index] == index or (0 <= chosen[index] < len(rights) and rights[chosen[index]] == right)
        for index, right in enumerate(rights)
    )


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _integers(value: object) -> tuple[int, ...]:
    return tuple(number for number in _list(value) if isinstance(number, int) and not isinstance(number, bool))
