"""From a quiz's sorted parts to a :class:`Quiz`, or to what is wrong with them.

The grammar is described, with examples that the tests run, in docs/quiz-format.md.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Required, TypedDict

from sgtui.errors import Problem, problem
from sgtui.markup.text import quick_text
from sgtui.quiz.blocks import Item, cut, first_inline, fragment, optional_fragment, rewritten, source, walk
from sgtui.quiz.concealed import holds_choices
from sgtui.quiz.gaps import accepted, marked
from sgtui.quiz.labels import authored, refers_to_label, refers_to_position
from sgtui.quiz.model import Choice, Fragment, Gap, Pair, Quiz, QuizKind
from sgtui.quiz.parts import KINDS, Parts

if TYPE_CHECKING:
    from markdown_it.token import Token

_SWITCH: Final = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
_TRUE: Final = frozenset({"正しい", "正", "○", "〇", "◯", "はい", "適切", "適切である", "true", "yes", "t"})
_FALSE: Final = frozenset(
    {"誤り", "誤", "誤っている", "間違い", "間違っている", "正しくない", "×", "✕", "✗", "☓", "いいえ"}
    | {"不適切", "適切でない", "適切ではない", "false", "no", "f", "x"}
)
_ARROWS: Final = (re.compile(r"\s*->\s*"), re.compile(r"\s*=>\s*"), re.compile(r"\s*[→⇒]\s*"))


@dataclass(slots=True)
class Context:
    """What every quiz of one article shares: where it is, and what was found so far."""

    path: str
    key: str
    body_line: int = 1
    env: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def line(self, body_line: int) -> int:
        """The file's line (from 1) of a line of the body (from 0)."""
        return self.body_line + body_line

    def report(self, body_line: int, code: str, **details: object) -> None:
        """List a problem at a line of the body (from 0)."""
        self.problems.append(problem(self.path, self.line(body_line), code, **details))

    def errors(self) -> int:
        """How many errors (not warnings) were reported so far."""
        return sum(found.severity == "error" for found in self.problems)


def build(parts: Parts, context: Context) -> Quiz | None:
    """The quiz that sorted parts make, or ``None`` after reporting why they make none."""
    before = context.errors()
    kind = parts.kind or _infer(parts)
    asked = parts.attributes.get("type", "")
    if asked and asked not in KINDS:
        context.report(parts.line, "quiz-unknown-type", type=asked, known=", ".join(KINDS))
    if not source(parts.prompt):
        context.report(parts.line, "quiz-empty-prompt")
    found = _common(parts, kind, context)
    _KINDS[kind](found, parts, context)
    if context.errors() > before:
        return None
    name, is_explicit = _name(found, parts, context)
    return Quiz(id=name, explicit_id=is_explicit, **found)


def prompt_hash(prompt: str) -> str:
    """Ten hexadecimal digits of a prompt's text after NFKC and without white space."""
    normal = "".join(unicodedata.normalize("NFKC", prompt).split())
    return hashlib.blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _infer(parts: Parts) -> QuizKind:
    if len(parts.items) == 2 and _is_true_false(parts.items):
        return "true-false"
    return "multiple" if sum(item.mark is True for item in parts.items) > 1 else "single"


def _is_true_false(found: list[Item]) -> bool:
    texts = [_normal(source(item.tokens)) for item in found]
    first, second = texts
    return (first in _TRUE and second in _FALSE) or (first in _FALSE and second in _TRUE)


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("。.")


class _Fields(TypedDict, total=False):
    """A quiz in the making, by the names of :class:`Quiz`; made whole once, for that is what takes time."""

    kind: Required[QuizKind]
    line: Required[int]
    prompt: Required[Fragment]
    choices: tuple[Choice, ...]
    gaps: tuple[Gap, ...]
    items: tuple[Fragment, ...]
    pairs: tuple[Pair, ...]
    answer: Fragment | None
    hint: Required[Fragment | None]
    explanation: Required[Fragment | None]
    level: str
    ref: str
    about: str
    shuffle: Required[bool]


def _common(parts: Parts, kind: QuizKind, context: Context) -> _Fields:
    """What is common to all kinds."""
    return {
        "kind": kind,
        "line": context.line(parts.line),
        "prompt": fragment(parts.prompt),
        "hint": optional_fragment(parts.hint),
        "explanation": optional_fragment(parts.explanation),
        "level": parts.attributes.get("level", ""),
        "ref": parts.attributes.get("ref", ""),
        "about": parts.attributes.get("section", ""),
        "shuffle": _switch(parts, context),
    }


def _switch(parts: Parts, context: Context) -> bool:
    value = parts.attributes.get("shuffle", "on").lower()
    if value not in _SWITCH:
        context.report(parts.line, "quiz-bad-shuffle", value=value)
    return _SWITCH.get(value, True)


def _name(quiz: _Fields, parts: Parts, context: Context) -> tuple[str, bool]:
    """The id of a finished quiz, and whether it is its author's: it is, unless another one has it already."""
    wanted = parts.attributes.get("id", "")
    if wanted and wanted not in context.ids:
        context.ids[wanted] = quiz["line"]
        return wanted, True
    if wanted:
        context.report(parts.line, "quiz-duplicate-id", id=wanted, other=context.ids[wanted])
    prompt = quiz["prompt"]
    made = base = f"{context.key}#{prompt_hash(prompt.text or source(prompt.tokens))}"
    number = 1
    while made in context.ids:
        number += 1
        made = f"{base}-{number}"
    context.ids[made] = quiz["line"]
    return made, False


# choices: single, multiple, true-false


def _choices(quiz: _Fields, parts: Parts, context: Context) -> None:
    found = parts.items
    if not found:
        context.report(parts.line, "quiz-no-choices")
        for code in filter(holds_choices, parts.prompt):
            context.report(code.map[0] if code.map else parts.line, "quiz-in-code")
        return
    _check_choices(quiz["kind"], found, parts, context)
    cut_items, names = _without_labels(found)
    choices = tuple(
        Choice(fragment(item.tokens), item.mark is True, optional_fragment(item.reason), context.line(item.line), name)
        for item, name in zip(cut_items, names, strict=True)
    )
    _check_duplicates(cut_items, context)
    quiz["choices"] = choices
    if quiz["kind"] == "true-false" or _speaks_of_others(quiz, [name for name in names if name]):
        quiz["shuffle"] = False


def _check_choices(kind: QuizKind, found: list[Item], parts: Parts, context: Context) -> None:
    right = sum(item.mark is True for item in found)
    for item in found:
        if item.mark is None:
            context.report(item.line, "quiz-unmarked-choice")
        if not source(item.tokens):
            context.report(item.line, "quiz-blank-choice")
    if len(found) == 1:
        context.report(parts.line, "quiz-one-choice")
    elif right == 0:
        context.report(parts.line, "quiz-no-right")
    elif right == len(found):
        context.report(parts.line, "quiz-all-right")
    elif kind != "multiple" and right > 1:
        context.report(parts.line, "quiz-many-right", type=kind, right=right)
    if kind == "true-false" and len(found) != 2:
        context.report(parts.line, "quiz-true-false-choices", count=len(found))


def _without_labels(found: list[Item]) -> tuple[list[Item], list[str]]:
    """Choices without the labels that their author wrote, and those labels (empty: there were none)."""
    inlines = [first_inline(item.tokens) for item in found]
    labels = authored(["" if inline is None else inline.content for inline in inlines])
    if labels is None:
        return found, [""] * len(found)
    cut_items = []
    for item, inline, (_, length) in zip(found, inlines, labels, strict=True):
        assert inline is not None  # a label was read from it
        tokens = (item.tokens[0], cut(inline, length), *item.tokens[2:])
        cut_items.append(Item(tokens, item.reason, item.mark, item.line))
    return cut_items, [name for name, _ in labels]


def _check_duplicates(found: list[Item], context: Context) -> None:
    """Choices that say the same; a capital may be all the difference, as between two names in a program."""
    seen: dict[str, int] = {}
    for item in found:
        text = " ".join(unicodedata.normalize("NFKC", source(item.tokens)).split()).rstrip("。.")
        if text and text in seen:
            context.report(item.line, "quiz-duplicate-choice", other=context.line(seen[text]))
        seen.setdefault(text, item.line)


def _speaks_of_others(quiz: _Fields, names: list[str]) -> bool:
    """Whether moving a choice would make the text about it wrong."""
    contents = [choice.content.text for choice in quiz["choices"]]
    texts = [quiz["prompt"].text, *contents]
    texts += [part.text for part in (quiz["hint"], quiz["explanation"]) if part]
    texts += [choice.reason.text for choice in quiz["choices"] if choice.reason]
    return refers_to_position(contents) or any(refers_to_label(text, names) for text in texts)


# fill


def _fill(quiz: _Fields, parts: Parts, context: Context) -> None:
    tokens, count = marked(parts.prompt, context.env)
    gaps = []
    for item in parts.items:
        answers, tolerance = accepted(item)
        if item.mark is False:
            context.report(item.line, "quiz-gap-unchecked")
        elif not answers:
            context.report(item.line, "quiz-gap-empty")
        gaps.append(Gap(answers, optional_fragment(item.reason), context.line(item.line), tolerance))
    if count == 0:
        context.report(parts.line, "quiz-gap-missing")
    elif not gaps:
        context.report(parts.line, "quiz-gap-no-answers")
    elif count != len(gaps):
        context.report(parts.line, "quiz-gap-count", gaps=count, answers=len(gaps))
    quiz["prompt"], quiz["gaps"] = Fragment(tokens, fragment(tokens).text), tuple(gaps)


# order, match, recall


def _order(quiz: _Fields, parts: Parts, context: Context) -> None:
    if len(parts.items) < 2:
        context.report(parts.line, "quiz-order-list")
    _check_blank(parts.items, context)
    _check_duplicates(parts.items, context)
    quiz["items"] = tuple(fragment(item.tokens) for item in parts.items)
    _add_reasons(quiz, parts)


def _match(quiz: _Fields, parts: Parts, context: Context) -> None:
    pairs = []
    lefts: dict[str, int] = {}
    for item in parts.items:
        sides = _sides(item, context.env)
        if sides is None or not all(source(side) for side in sides):
            context.report(item.line, "quiz-pair-arrow")
            continue
        left, right = (fragment(side) for side in sides)
        name = _normal(source(left.tokens))
        if name in lefts:
            context.report(item.line, "quiz-pair-duplicate", other=context.line(lefts[name]))
        lefts.setdefault(name, item.line)
        pairs.append(Pair(left, right, context.line(item.line)))
    if len(parts.items) < 2:
        context.report(parts.line, "quiz-pair-list")
    quiz["pairs"] = tuple(pairs)
    _add_reasons(quiz, parts)


def _recall(quiz: _Fields, parts: Parts, context: Context) -> None:
    if not source(parts.answer):
        context.report(parts.line, "quiz-recall-answer")
    quiz["answer"] = fragment(parts.answer)


def _check_blank(found: list[Item], context: Context) -> None:
    for item in found:
        if not source(item.tokens):
            context.report(item.line, "quiz-blank-choice")


def _add_reasons(quiz: _Fields, parts: Parts) -> None:
    """Quotes under the lines of a list are explanation where a line has no reason of its own."""
    reasons = tuple(token for item in parts.items for token in item.reason)
    if reasons:
        quiz["explanation"] = optional_fragment((*reasons, *parts.explanation))


def _sides(item: Item, env: Mapping[str, Any]) -> "tuple[tuple[Token, ...], tuple[Token, ...]] | None":
    """The left and right of ``左 -> 右``; an arrow inside code or a link does not count."""
    inline = first_inline(item.tokens)
    if inline is None or len(item.tokens) != 3:
        return None
    opening, _, closing = item.tokens
    content = inline.content
    plain = quick_text(content) == content
    bare = [content] if plain else [token.content for token in walk([inline]) if token.type == "text"]
    for arrow in _ARROWS:
        if any(arrow.search(text) for text in bare):
            position = _arrow_outside_code(content, arrow)
            if position is not None:
                left, right = content[: position[0]], content[position[1] :]
                return (
                    (opening, rewritten(inline, left, env), closing),
                    (opening, rewritten(inline, right, env), closing),
                )
    return None


def _arrow_outside_code(content: str, arrow: "re.Pattern[str]") -> tuple[int, int] | None:
    code = [match.span() for match in re.finditer(r"(`+)(?!`).*?(?<!`)\1(?!`)", content)]
    for match in arrow.finditer(content):
        if not any(start < match.end() and match.start() < end for start, end in code):
            return match.span()
    return None


_KINDS: Final[dict[QuizKind, Callable[[_Fields, Parts, Context], None]]] = {
    "single": _choices,
    "multiple": _choices,
    "true-false": _choices,
    "fill": _fill,
    "order": _order,
    "match": _match,
    "recall": _recall,
}
