"""The blocks between a quiz's marks sorted into what they are: prompt, answers, hint, explanation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast, get_args

from sgtui.quiz.blocks import (
    ASIDES,
    Block,
    Item,
    folded,
    inside,
    is_mark,
    is_task_list,
    items,
    joined,
    unquoted,
    without_prefix,
)
from sgtui.quiz.model import QuizKind

if TYPE_CHECKING:
    from markdown_it.token import Token

KINDS: Final[tuple[str, ...]] = get_args(QuizKind)

HINT: Final = re.compile(r"[*_]{0,2}(?:ヒント|[Hh]int|HINT)[*_]{0,2}\s*[:：][*_]{0,2}\s*")
EXPLANATION: Final = re.compile(
    r"[*_]{0,2}(?:解説|説明|[Ee]xplanation|EXPLANATION|[Ww]hy)[*_]{0,2}\s*[:：][*_]{0,2}\s*"
)
ANSWER: Final = re.compile(r"[*_]{0,2}(?:答え|解答|正解|[Aa]nswer|ANSWER)[*_]{0,2}\s*[:：][*_]{0,2}\s*")
_ARROW: Final = re.compile(r"->|→|⇒|=>")


@dataclass(slots=True)
class Parts:
    """One quiz block, sorted but not yet checked.  ``line`` counts from 0 in the body.

    ``kind`` is what the author asked for (empty: to be inferred).  ``items`` are choices, answers
    of gaps, things to be put in order, or pairs; ``answer`` is a flash card's back.  ``tail`` is
    text after an unclosed quiz, which belongs to the article again.
    """

    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    kind: QuizKind | None = None
    prompt: "tuple[Token, ...]" = ()
    items: list[Item] = field(default_factory=list)
    answer: "tuple[Token, ...]" = ()
    hint: "tuple[Token, ...]" = ()
    explanation: "tuple[Token, ...]" = ()
    tail: list[Block] = field(default_factory=list)
    list_open: "Token | None" = None


def sort_parts(line: int, attributes: Mapping[str, str], found: Sequence[Block], *, closed: bool) -> Parts:
    """Sort the blocks of one quiz.  ``closed``: its end was marked, so that all of them belong to it."""
    asked = attributes.get("type", "")
    kind = cast("QuizKind", asked) if asked in KINDS else None
    parts = Parts(line, attributes, kind)
    rest = [block for block in folded(found) if not is_mark(block)]
    start, end = _answer_range(rest, kind)
    prompt = []
    for block in rest[:start]:
        if not _take_labelled(parts, block):
            prompt.append(block)
    parts.prompt = joined(prompt)
    _take_answers(parts, rest[start:end])
    _take_after(parts, rest[end:], closed)
    return parts


def _answer_range(rest: Sequence[Block], kind: QuizKind | None) -> tuple[int, int]:
    """Where the answers stand among the blocks: from, to (both the length where there are none)."""
    if kind == "recall":
        for index, block in enumerate(rest):
            if block.kind == "blockquote" and not _is_labelled(block):
                return index, index + 1
        return len(rest), len(rest)
    if kind in {"order", "match"}:
        wanted = "ordered_list" if kind == "order" else "bullet_list"
        lists = [index for index, block in enumerate(rest) if block.kind == wanted]
        if kind == "match":
            lists = [index for index in lists if _has_arrow(rest[index])] or lists
        return (lists[-1], lists[-1] + 1) if lists else (len(rest), len(rest))
    for index, block in enumerate(rest):
        if is_task_list(block):
            return index, _end_of_choices(rest, index)
    if kind == "fill":
        lists = [index for index, block in enumerate(rest) if block.kind == "bullet_list"]
        if lists:
            return lists[-1], lists[-1] + 1
    return len(rest), len(rest)


def _end_of_choices(rest: Sequence[Block], start: int) -> int:
    """Choices may be several lists in a row (other bullets), with unindented reasons between them."""
    end = start + 1
    while end < len(rest):
        if is_task_list(rest[end]):
            end += 1
        elif rest[end].kind == "blockquote" and end + 1 < len(rest) and is_task_list(rest[end + 1]):
            end += 2
        else:
            break
    return end


def _take_answers(parts: Parts, found: Sequence[Block]) -> None:
    for block in found:
        if block.kind != "blockquote":
            parts.list_open = parts.list_open or block.tokens[0]
            parts.items.extend(items(block))
        elif parts.items:
            last = parts.items[-1]
            parts.items[-1] = replace(last, reason=(*last.reason, *inside(block)))
        else:
            parts.answer = _unlabelled(inside(block), ANSWER)


def _take_after(parts: Parts, rest: Sequence[Block], closed: bool) -> None:
    for index, block in enumerate(rest):
        if _take_labelled(parts, block):
            continue
        if block.kind in ASIDES:
            parts.explanation = (*parts.explanation, *unquoted([block]))
        elif closed:
            parts.explanation = (*parts.explanation, *block.tokens)
        else:
            parts.tail = list(rest[index:])
            return


def _take_labelled(parts: Parts, block: Block) -> bool:
    """Put a block that says what it is (「ヒント: …」「解説: …」) where it belongs."""
    tokens = inside(block) if block.kind == "blockquote" else block.tokens
    explanation = without_prefix(tokens, EXPLANATION)
    if explanation is not None and (block.kind == "blockquote" or parts.items):
        parts.explanation = (*parts.explanation, *explanation)
        return True
    hint = without_prefix(tokens, HINT) if block.kind == "blockquote" else None
    if hint is not None:
        parts.hint = (*parts.hint, *hint)
        return True
    return False


def _is_labelled(block: Block) -> bool:
    tokens = inside(block)
    return without_prefix(tokens, HINT) is not None or without_prefix(tokens, EXPLANATION) is not None


def _unlabelled(tokens: "tuple[Token, ...]", label: "re.Pattern[str]") -> "tuple[Token, ...]":
    stripped = without_prefix(tokens, label)
    return tokens if stripped is None else stripped


def _has_arrow(block: Block) -> bool:
    return any(token.type == "inline" and _ARROW.search(token.content) for token in block.tokens)
