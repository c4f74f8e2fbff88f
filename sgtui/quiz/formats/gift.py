"""Moodle's GIFT: https://docs.moodle.org/en/GIFT_format

Taken: multiple choice (with weights), true-false, short answer, missing word, numerical, matching.
Not taken, and said so: essays and descriptions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sgtui.errors import Problem, problem
from sgtui.quiz.formats import html_text
from sgtui.quiz.formats.draft import Draft, DraftChoice, DraftGap
from sgtui.quiz.gaps import GAP, has_gap

_ESCAPED: Final = re.compile(r"\\([~=#{}:\\n])")
_SHIELDS: Final = {sign: chr(0xFDD0 + index) for index, sign in enumerate("~=#{}:")}  # noncharacters
_TITLE: Final = re.compile(r"\s*::(.*?)::\s*", re.DOTALL)
_FORMAT: Final = re.compile(r"\s*\[(html|markdown|plain|moodle)\]\s*")
_ANSWER: Final = re.compile(r"([=~])([^=~]*)")
_WEIGHT: Final = re.compile(r"\s*%(-?[0-9.]+)%")
_TRUE_FALSE: Final = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#|$)", re.IGNORECASE)
_RANGE: Final = re.compile(r"\s*(-?[0-9.]+)\s*\.\.\s*(-?[0-9.]+)\s*")
_NUMBER: Final = re.compile(r"\s*(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)\s*(?::\s*([0-9.]+))?\s*")


class _Answer(NamedTuple):
    right: bool
    weight: float | None
    text: str
    reason: str


def read(text: str, path: str) -> tuple[list[Draft], list[Problem]]:
    """The questions of a GIFT file, and by line what was not taken."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for line, source in _questions(text):
        draft = _question(source)
        if isinstance(draft, Draft):
            drafts.append(replace(draft, line=line))
        else:
            problems.append(problem(path, line, draft))
    return drafts, problems


def _questions(text: str) -> Iterator[tuple[int, str]]:
    """The questions with their lines: blank lines part them, except inside braces."""
    start, taken, depth = 0, list[str](), 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("//") or (depth <= 0 and line.startswith("$CATEGORY:")):
            continue
        if not line.strip() and depth <= 0:
            if taken:
                yield start, "\n".join(taken)
            taken, depth = [], 0
            continue
        if not taken:
            start = number
        shielded = _shield(line)
        depth += shielded.count("{") - shielded.count("}")
        taken.append(line)
    if taken:
        yield start, "\n".join(taken)


def _shield(text: str) -> str:
    """Escaped signs are put out of the way so that what is left means itself."""
    return _ESCAPED.sub(lambda match: _SHIELDS.get(match[1], "\n" if match[1] == "n" else "\\"), text)


def _plain(text: str, markup: str) -> str:
    """A piece of text as Markdown, its escaped signs back in place."""
    own = _FORMAT.match(text)
    if own:
        markup, text = own[1], text[own.end() :]
    for sign, shield in _SHIELDS.items():
        text = text.replace(shield, sign)
    return html_text.to_markdown(text) if markup == "html" or "<" in text else text.strip()


def _question(source: str) -> Draft | str:
    """The question, or the code of the problem that kept it from being taken."""
    text = _shield(source)
    title = _TITLE.match(text)
    text = text[title.end() :] if title else text
    markup = _FORMAT.match(text)
    kind = markup[1] if markup else "moodle"
    text = text[markup.end() :] if markup else text
    head, brace, rest = text.partition("{")
    if not brace:
        return "import-description"
    body, closed, tail = rest.rpartition("}")
    if not closed:
        return "import-unclosed"
    prompt = _plain(head, kind)
    answers, _, general = body.partition("####")
    draft = _answered(prompt, _plain(tail, kind), answers, kind)
    return replace(draft, explanation=_plain(general, kind)) if isinstance(draft, Draft) else draft


def _answered(prompt: str, tail: str, body: str, markup: str) -> Draft | str:
    if not body.strip():
        return "import-essay"
    if _TRUE_FALSE.match(body):
        return _true_false(f"{prompt} {tail}".strip(), body, markup)
    if body.lstrip().startswith("#"):
        return _numerical(_with_gap(prompt, tail), body.lstrip()[1:], markup)
    found = [_read(sign, text, markup) for sign, text in _ANSWER.findall(body) or [("=", body)]]
    if all(answer.right and "->" in answer.text for answer in found):
        pairs = tuple((left.strip(), right.strip()) for left, _, right in (a.text.partition("->") for a in found))
        return Draft("match", f"{prompt} {tail}".strip(), pairs=tuple(pair for pair in pairs if all(pair)))
    if all(answer.right for answer in found):
        best = [answer for answer in found if answer.weight is None or answer.weight >= 100]
        reason = next((answer.reason for answer in best if answer.reason), "")
        return Draft("fill", _with_gap(prompt, tail), gaps=(DraftGap(tuple(a.text for a in best), None, reason),))
    return _choices(f"{prompt} {GAP} {tail}".strip() if tail else prompt, found)


def _choices(prompt: str, found: Sequence[_Answer]) -> Draft:
    full = any(answer.right for answer in found)
    choices = tuple(
        DraftChoice(answer.text, answer.right if full else (answer.weight or 0) > 0, answer.reason) for answer in found
    )
    return Draft("multiple" if sum(choice.right for choice in choices) > 1 else "single", prompt, choices)


def _true_false(prompt: str, body: str, markup: str) -> Draft:
    said, *reasons = body.split("#")
    right = said.strip().upper().startswith("T")
    wrong_reason, right_reason = (*(_plain(reason, markup) for reason in reasons[:2]), "", "")[:2]
    true = DraftChoice("True", right, right_reason if right else wrong_reason)
    false = DraftChoice("False", not right, wrong_reason if right else right_reason)
    return Draft("true-false", prompt, (true, false))


def _numerical(prompt: str, body: str, markup: str) -> Draft | str:
    pieces = [text for sign, text in _ANSWER.findall(body) if sign == "="] or [body]
    for piece in pieces:
        answer = _read("=", piece, markup)
        if answer.weight is not None and answer.weight < 100:
            continue
        span, number = _RANGE.fullmatch(answer.text), _NUMBER.fullmatch(answer.text)
        if span:
            low, high = float(span[1]), float(span[2])
            gap = DraftGap((f"{(low + high) / 2:g}",), (high - low) / 2, answer.reason)
        elif number:
            gap = DraftGap((number[1],), float(number[2]) if number[2] else None, answer.reason)
        else:
            return "import-no-answer"
        return Draft("fill", prompt, gaps=(gap,))
    return "import-no-answer"


def _read(sign: str, text: str, markup: str) -> _Answer:
    weight = _WEIGHT.match(text)
    text = text[weight.end() :] if weight else text
    answer, _, reason = text.partition("#")
    value = float(weight[1]) if weight else None
    return _Answer(sign == "=", value, " ".join(_plain(answer, markup).split()), _plain(reason, markup))


def _with_gap(prompt: str, tail: str) -> str:
    """The prompt with a gap where the answer stood, unless the author drew one."""
    if has_gap(prompt):
        return f"{prompt} {tail}".strip()
    return f"{prompt} {GAP} {tail}".strip() if tail else f"{prompt}\n\n→ {GAP}"
