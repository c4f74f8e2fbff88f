"""mdbook-quiz: TOML with ``[[questions]]`` of type MultipleChoice, ShortAnswer and Tracing."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sgtui.errors import Problem, problem
from sgtui.quiz.formats.draft import Draft, DraftChoice, DraftGap
from sgtui.quiz.gaps import GAP

_QUESTION: Final = re.compile(r"\s*\[\[\s*questions\s*\]\]")


def read(text: str, path: str) -> tuple[list[Draft], list[Problem]]:
    """The questions of a file, and by line what was not taken."""
    try:
        found = tomllib.loads(text).get("questions", [])
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        return [], [problem(path, int(at[1]) if at else 0, "import-syntax", format="TOML", reason=error)]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _QUESTION.match(line)]
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for index, entry in enumerate(found if isinstance(found, list) else []):
        line = lines[index] if index < len(lines) else 0
        draft = _question(entry) if isinstance(entry, Mapping) else "import-no-question"
        if isinstance(draft, Draft):
            drafts.append(replace(draft, line=line))
        else:
            problems.append(problem(path, line, draft))
    return drafts, problems


def _question(entry: Mapping[str, Any]) -> Draft | str:
    prompt, answer = entry.get("prompt"), entry.get("answer")
    if not isinstance(prompt, Mapping) or not isinstance(answer, Mapping):
        return "import-no-question"
    makers = {"MultipleChoice": _choices, "ShortAnswer": _short, "Tracing": _tracing}
    make = makers.get(str(entry.get("type")))
    if make is None:
        return "import-kind"
    draft = make(prompt, answer)
    if not isinstance(draft, Draft):
        return draft
    return replace(draft, id=str(entry.get("id", "")), explanation=str(entry.get("context", "")).strip())


def _choices(prompt: Mapping[str, Any], answer: Mapping[str, Any]) -> Draft | str:
    right, wrong = _texts(answer.get("answer")), _texts(prompt.get("distractors"))
    if not right or not wrong:
        return "import-no-answer"
    choices = [DraftChoice(text, False) for text in wrong]
    place = prompt.get("answerIndex")
    place = place if isinstance(place, int) and 0 <= place <= len(choices) else len(choices)
    choices[place:place] = [DraftChoice(text, True) for text in right]
    if prompt.get("sortAnswers") is True:
        choices.sort(key=lambda choice: choice.text)
    text = str(prompt.get("prompt", "")).strip()
    return Draft("multiple" if len(right) > 1 else "single", text, tuple(choices))


def _short(prompt: Mapping[str, Any], answer: Mapping[str, Any]) -> Draft | str:
    accepted = (*_texts(answer.get("answer")), *_texts(answer.get("alternatives")))
    if not accepted:
        return "import-no-answer"
    return Draft("fill", f"{str(prompt.get('prompt', '')).strip()}\n\n→ {GAP}", gaps=(DraftGap(accepted),))


def _tracing(prompt: Mapping[str, Any], answer: Mapping[str, Any]) -> Draft | str:
    """A program to be read: whether it compiles is asked, what it prints is the reason."""
    compiles = answer.get("doesCompile")
    program = str(prompt.get("program", "")).strip("\n")
    if not isinstance(compiles, bool) or not program:
        return "import-no-answer"
    why = f"`{answer['lineNumber']}`" if "lineNumber" in answer else ""
    if compiles and str(answer.get("stdout", "")).strip():
        why = f"```\n{str(answer['stdout']).strip()}\n```"
    choices = (DraftChoice("True", compiles, why), DraftChoice("False", not compiles, why))
    return Draft("true-false", f"This program compiles.\n\n```rust\n{program}\n```", choices)


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [text.strip() for text in found if isinstance(text, str) and text.strip()]
