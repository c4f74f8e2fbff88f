"""Banks of questions in JSON, whatever their keys are called.

A question is any object with a text and choices; where it stands in the file does not matter.
Keys known: ``question text prompt stem``, ``options choices answers``, ``answer correct
correctLabel correctAnswer answerIndex``, ``explanation rationale``, ``scenario``, ``hint``, ``id``.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sgtui.errors import Problem, problem
from sgtui.quiz.formats.draft import Draft, DraftChoice, DraftGap
from sgtui.quiz.gaps import GAP, has_gap
from sgtui.quiz.labels import KANA, LATIN, authored, refers_to_label

_QUESTION: Final = ("question", "questionText", "text", "prompt", "stem", "問題", "問題文")
_CHOICES: Final = ("options", "choices", "answers", "選択肢")
_RIGHT: Final = (
    *("correctLabel", "correctAnswer", "correct_answer", "correctAnswers", "correct_answers", "correctOption"),
    *("correct_option", "correctIndex", "correct_index", "answerIndex", "answer_index", "answer", "correct", "正解"),
)
_EXPLANATION: Final = ("explanation", "explain", "rationale", "solution", "feedback", "解説")
_OWN: Final = ("gaps", "items", "pairs")
_FLAGS: Final = ("correct", "isCorrect", "is_correct", "right", "isRight")
_TEXTS: Final = ("text", "content", "option", "value", "answer", "label")
_DEEPEST: Final = 40


def read(text: str, path: str) -> tuple[list[Draft], list[Problem]]:
    """The questions of a bank, and what was not taken; a line is that of the question's text in the file."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        return [], [problem(path, line, "import-syntax", format="JSON", reason=error)]
    drafts: list[Draft] = []
    problems: list[Problem] = []
    lines = _Lines(text)
    for entry, scenario in _entries(data):
        line = lines.find(_first(entry, _QUESTION))
        draft = _question(entry)
        if isinstance(draft, Draft):
            drafts.append(replace(draft, line=line, scenario=_text(entry.get("scenario")) or scenario))
        else:
            problems.append(problem(path, line, draft))
    if not drafts and not problems:
        problems.append(problem(path, 0, "import-no-question"))
    return drafts, problems


class _Lines:
    """Finds the line of a string of the file, going forward as the questions do."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def find(self, value: object) -> int:
        """The line (from 1) on which ``value`` stands as a JSON string, 0 where it cannot be found."""
        if not isinstance(value, str):
            return 0
        for written in (json.dumps(value, ensure_ascii=False), json.dumps(value)):
            found = self._text.find(written, self._at)
            if found >= 0:
                self._at = found + len(written)
                return self._text.count("\n", 0, found) + 1
        return 0


def _entries(data: object, scenario: str = "", depth: int = 0) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every object that looks like a question, with the scenario it stands under."""
    if depth > _DEEPEST:
        return
    if isinstance(data, Mapping):
        if isinstance(_first(data, _QUESTION), str) and (
            any(_first(data, names) is not None for names in (_CHOICES, _RIGHT, _OWN))
        ):
            yield data, scenario
            return
        scenario = _text(data.get("scenario")) or scenario
        for value in data.values():
            yield from _entries(value, scenario, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value, scenario, depth + 1)


def _question(entry: Mapping[str, Any]) -> Draft | str:
    prompt = _text(_first(entry, _QUESTION))
    if not prompt:
        return "import-no-question"
    common: dict[str, Any] = {
        "explanation": _text(_first(entry, _EXPLANATION)),
        "hint": _text(entry.get("hint")),
        "id": _text(entry.get("id")),
    }
    own = _own(entry, prompt, common)
    if own is not None:
        return own
    right = _first(entry, _RIGHT)
    options = _options(_first(entry, _CHOICES))
    if not options:
        answers = tuple(_texts(right))
        if not answers:
            return "import-no-answer"
        if len(answers) == 1 and len(answers[0]) > 40 and not has_gap(prompt):
            return Draft("recall", prompt, answer=answers[0], **common)
        return Draft("fill", prompt if has_gap(prompt) else f"{prompt}\n\n→ {GAP}", gaps=(DraftGap(answers),), **common)
    return _with_choices(prompt, options, right, common)


def _own(entry: Mapping[str, Any], prompt: str, common: dict[str, Any]) -> Draft | None:
    """A question of a kind that only this program's own export has."""
    kind = entry.get("type")
    if kind == "fill":
        gaps = [gap for gap in entry.get("gaps") or () if isinstance(gap, Mapping)]
        made = tuple(
            DraftGap(tuple(_texts(gap.get("answers"))), _float(gap.get("tolerance")), _text(gap.get("explanation")))
            for gap in gaps
        )
        return Draft("fill", prompt, gaps=made, **common) if made else None
    if kind == "order":
        return Draft("order", prompt, items=tuple(_texts(entry.get("items"))), **common)
    if kind == "match":
        pairs = [pair for pair in entry.get("pairs") or () if isinstance(pair, Mapping)]
        sides = tuple((_text(pair.get("left")), _text(pair.get("right"))) for pair in pairs)
        return Draft("match", prompt, pairs=sides, **common)
    return Draft("recall", prompt, answer=_text(entry.get("answer")), **common) if kind == "recall" else None


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _with_choices(
    prompt: str, options: list[tuple[str, DraftChoice]], right: object, common: dict[str, Any]
) -> Draft | str:
    """Labels that are part of the options go, unless the explanation speaks of them: then the order must stay."""
    texts = [choice.text for _, choice in options]
    baked = authored(texts)
    names = [name or (baked[index][0] if baked else _letter(index)) for index, (name, _) in enumerate(options)]
    bare = [text[baked[index][1] :] if baked else text for index, text in enumerate(texts)]
    marked = _marked([choice for _, choice in options], bare, names, right)
    if not any(marked):
        return "import-no-answer"
    spoken = " ".join([common["explanation"], common["hint"], *(choice.reason for _, choice in options)])
    keep = refers_to_label(spoken, names)
    choices = tuple(
        DraftChoice(f"{names[index]}. {bare[index]}" if keep else bare[index], marked[index], choice.reason)
        for index, (_, choice) in enumerate(options)
    )
    return Draft("multiple" if sum(marked) > 1 else "single", prompt, choices, shuffle=not keep, **common)


def _marked(choices: Sequence[DraftChoice], bare: Sequence[str], names: Sequence[str], right: object) -> list[bool]:
    if any(choice.right for choice in choices):
        return [choice.right for choice in choices]
    wanted = right if isinstance(right, list) else [right]
    return [
        any(_is(one, index, (choices[index].text, bare[index]), names[index]) for one in wanted)
        for index in range(len(choices))
    ]


def _is(wanted: object, index: int, texts: tuple[str, str], name: str) -> bool:
    """Whether what a bank gives as the answer (an index from 0, a label, the text) is this choice.

    ``texts``: the choice's text with the label baked into it, and without.
    """
    whole, text = texts
    if isinstance(wanted, bool):
        return False
    if isinstance(wanted, int):
        return wanted == index
    if isinstance(wanted, Mapping):
        wanted = _first(wanted, ("label", "id", "key", *_TEXTS))
    if not isinstance(wanted, str) or not wanted.strip():
        return False
    said, plain = _normal(wanted), re.compile(r"[.．)）:：、]\s*$")
    if plain.sub("", said) == _normal(name):
        return True
    return said in {_normal(text), _normal(whole)}


def _options(value: object) -> list[tuple[str, DraftChoice]]:
    """The choices, each with the label it is given outside its text."""
    if isinstance(value, Mapping):
        return [(str(name), DraftChoice(_text(text), False)) for name, text in value.items() if _text(text)]
    found = []
    for one in value if isinstance(value, list) else []:
        if isinstance(one, Mapping):
            text = _text(_first(one, _TEXTS))
            label = _text(one.get("label") or one.get("id") or one.get("key"))
            right = any(one.get(flag) is True for flag in _FLAGS)
            choice = DraftChoice(text, right, _text(_first(one, _EXPLANATION)))
            found.append((label if len(label) <= 2 and label != text else "", choice))
        else:
            found.append(("", DraftChoice(_text(one), False)))
    return found


def _letter(index: int) -> str:
    return LATIN[index] if index < len(LATIN) else KANA[index % len(KANA)]


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _first(entry: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _texts(value: object) -> list[str]:
    return [text for one in (value if isinstance(value, list) else [value]) if (text := _text(one))]
