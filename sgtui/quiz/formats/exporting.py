"""Quizzes for other programs: GIFT (Moodle), Anki's text import, JSON."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from sgtui.markup.factory import markdown, parse
from sgtui.quiz.formats.draft import Draft, DraftChoice, draft_of, markdown_of
from sgtui.quiz.gaps import GAP, has_gap
from sgtui.quiz.labels import has_japanese, labels
from sgtui.quiz.model import Case, Quiz

if TYPE_CHECKING:
    from markdown_it.token import Token

_GAPS: Final = re.compile(r"_{3,}|＿{2,}")
_SPECIAL: Final = re.compile(r"([~=#{}:\\])")


def to_gift(quizzes: Sequence[Quiz], cases: Sequence[Case] = ()) -> str:
    """A GIFT file in Markdown mode; a quiz of one of ``cases`` begins with its scenario.

    What GIFT has not is written as nearly as it can be: several gaps as one answer, an order as a
    match with numbers, a flash card as an essay.
    """
    return "\n\n".join(_gift(_told(draft), quiz.id) for quiz, draft in _drafts(quizzes, cases)) + "\n"


def to_anki(quizzes: Sequence[Quiz], cases: Sequence[Case] = ()) -> str:
    """A file for Anki's import: front (a case's scenario first), back and a tag by kind, tab-separated, HTML."""
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#tags column:3\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for quiz, draft in _drafts(quizzes, cases):
        front, back = _sides(_told(draft))
        writer.writerow([_html(front), _html(back), f"sgtui::{quiz.kind}"])
    return out.getvalue()


def to_json(quizzes: Sequence[Quiz], cases: Sequence[Case] = ()) -> str:
    """A JSON bank that :mod:`sgtui.quiz.formats.json_bank` reads again; texts are Markdown."""
    objects = [_object(quiz, draft) for quiz, draft in _drafts(quizzes, cases)]
    return json.dumps({"questions": objects}, ensure_ascii=False, indent=2) + "\n"


class Exporter(Protocol):
    """Quizzes, with the cases some of them belong to, as the text of a file."""

    def __call__(self, quizzes: Sequence[Quiz], cases: Sequence[Case] = (), /) -> str:
        """The text of a file."""


EXPORTERS: Final[dict[str, Exporter]] = {
    "gift": to_gift,
    "anki-tsv": to_anki,
    "json": to_json,
}
"""The formats that can be exported, by name."""


def _drafts(quizzes: Sequence[Quiz], cases: Sequence[Case]) -> Iterator[tuple[Quiz, Draft]]:
    """Each quiz with its draft, to which the scenario of its case belongs."""
    scenarios = {quiz_id: case for case in cases for quiz_id in case.quizzes}
    for quiz in quizzes:
        case = scenarios.get(quiz.id)
        scenario = markdown_of(case.scenario.tokens).strip() if case else ""
        yield quiz, replace(draft_of(quiz), scenario=scenario)


def _told(draft: Draft) -> Draft:
    """A draft whose prompt begins with its scenario."""
    return replace(draft, prompt=f"{draft.scenario}\n\n{draft.prompt}") if draft.scenario else draft


def _object(quiz: Quiz, draft: Draft) -> dict[str, Any]:
    names = labels(len(draft.choices), "kana" if has_japanese(draft.prompt) else "latin")
    made: dict[str, Any] = {
        "id": quiz.id,
        "type": draft.kind,
        "question": draft.prompt,
        "options": [
            {"label": name, "text": choice.text, "correct": choice.right, "explanation": choice.reason}
            for name, choice in zip(names, draft.choices, strict=True)
        ],
        "gaps": [
            {"answers": list(gap.answers), "tolerance": gap.tolerance, "explanation": gap.reason} for gap in draft.gaps
        ],
        "items": list(draft.items),
        "pairs": [{"left": left, "right": right} for left, right in draft.pairs],
        "answer": draft.answer,
        "hint": draft.hint,
        "explanation": draft.explanation,
        "case": quiz.case,
        "scenario": draft.scenario,
        "shuffle": draft.shuffle,
    }
    return {name: value for name, value in made.items() if value not in ("", [], None)}


# GIFT


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.strip()).replace("\n", "\\n")


def _gift(draft: Draft, title: str) -> str:
    prompt, tail = _escaped(draft.prompt), ""
    body = _GIFT[draft.kind](draft)
    if draft.kind == "fill" and len(draft.gaps) == 1 and has_gap(draft.prompt):
        before, after = _GAPS.split(draft.prompt, maxsplit=1)
        prompt, tail = _escaped(before), " " + _escaped(after)
    general = f"\n####{_escaped(draft.explanation)}" if draft.explanation else ""
    return f"::{_escaped(title)}::[markdown]{prompt} {{{body}{general}\n}}{tail}".rstrip()


def _gift_choices(draft: Draft) -> str:
    right = sum(choice.right for choice in draft.choices)
    wrong = len(draft.choices) - right
    lines = []
    for choice in draft.choices:
        mark = "=" if choice.right else "~"
        if right > 1:
            mark = f"~%{100 / right:.5g}%" if choice.right else f"~%{-100 / max(wrong, 1):.5g}%"
        lines.append(f"\n\t{mark}{_with_reason(choice)}")
    return "".join(lines)


def _with_reason(choice: DraftChoice) -> str:
    return _escaped(choice.text) + (f"#{_escaped(choice.reason)}" if choice.reason else "")


def _gift_fill(draft: Draft) -> str:
    if len(draft.gaps) > 1:  # several blanks: one answer with all of them, in order
        whole = " / ".join(gap.answers[0] for gap in draft.gaps)
        return f"\n\t={_escaped(whole)}"
    gap = draft.gaps[0]
    if gap.tolerance is not None:
        number = re.match(r"[+-]?[0-9,.]+", gap.answers[0])
        return f"#{number.group().replace(',', '') if number else 0}:{gap.tolerance:g}"
    return "".join(f"\n\t={_escaped(answer)}" for answer in gap.answers)


def _gift_pairs(draft: Draft) -> str:
    pairs = draft.pairs or tuple((str(number), item) for number, item in enumerate(draft.items, 1))
    return "".join(f"\n\t={_escaped(left)} -> {_escaped(right)}" for left, right in pairs)


def _gift_recall(draft: Draft) -> str:
    return f"\n####{_escaped(draft.answer)}"


_GIFT: Final[dict[str, Callable[[Draft], str]]] = {
    "single": _gift_choices,
    "multiple": _gift_choices,
    "true-false": _gift_choices,
    "fill": _gift_fill,
    "order": _gift_pairs,
    "match": _gift_pairs,
    "recall": _gift_recall,
}


# Anki


_MATH: Final = {"math_inline": "\\({}\\)", "math_inline_double": "\\[{}\\]", "math_block": "\\[{}\\]"}


def _html(text: str) -> str:
    """Markdown as HTML, formulas as Anki's MathJax wants them."""
    parsed = parse(text)
    tokens = [_plain_token(token) for token in parsed.tokens]
    return str(markdown().renderer.render(tokens, markdown().options, parsed.env)).strip()


def _plain_token(token: "Token") -> "Token":
    """A token of this program's own Markdown as one that any renderer of HTML knows."""
    if token.type in _MATH:
        return token.copy(type="text", tag="", content=_MATH[token.type].format(token.content.strip()))
    if token.type.endswith(("_title_open", "_title_close")):
        return token.copy(tag="p")
    if token.children:
        return token.copy(children=[_plain_token(child) for child in token.children])
    return token


def _sides(draft: Draft) -> tuple[str, str]:
    """The front and the back of a card, as Markdown."""
    names = labels(max(len(draft.choices), len(draft.items)), "kana" if has_japanese(draft.prompt) else "latin")
    front, back = [draft.prompt], list[str]()
    if draft.choices:
        pairs = list(zip(names, draft.choices, strict=True))
        front.append("\n".join(f"- {name}. {choice.text}" for name, choice in pairs))
        back.append("**" + "・".join(name for name, choice in pairs if choice.right) + "**")
        back.append("\n".join(f"- {name}. {choice.reason}" for name, choice in pairs if choice.reason))
    for number, gap in enumerate(draft.gaps, 1):
        back.append(f"{number}. {' / '.join(gap.answers)}" + (f" ± {gap.tolerance:g}" if gap.tolerance else ""))
    if draft.items:
        front.append("\n".join(f"- {item}" for item in sorted(draft.items)))
        back.append("\n".join(f"{number}. {item}" for number, item in enumerate(draft.items, 1)))
    if draft.pairs:
        front.append("\n".join(f"- {left}" for left, _ in draft.pairs))
        front.append("\n".join(f"- {right}" for right in sorted(right for _, right in draft.pairs)))
        back.append("\n".join(f"- {left} → {right}" for left, right in draft.pairs))
    back += [part for part in (draft.answer, draft.explanation) if part]
    return "\n\n".join(front).replace(GAP, "［　　　］"), "\n\n".join(part for part in back if part)
