"""Task lists under a question heading, as large public collections of quizzes are written.

    #### Q1. どれか。
    - [ ] 甲
    - [x] 乙

An ordinary list of things to do is left alone: a heading must ask, or be numbered as a question,
and the list must have both right and wrong choices.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sgtui.quiz.blocks import ASIDES, Block, Item, is_task_list, joined, unquoted, without_prefix
from sgtui.quiz.build import Context
from sgtui.quiz.formats.reading import (
    ASKING,
    NUMBERED,
    Found,
    Under,
    as_paragraph,
    by_heading,
    choices_between,
    is_quiz_like,
    put,
)
from sgtui.quiz.model import Quiz
from sgtui.quiz.parts import EXPLANATION, HINT, Parts

if TYPE_CHECKING:
    from markdown_it.token import Token

_TO_DO: Final = re.compile(
    "to-?dos?|tasks?|check ?list|next|remaining|left|done|progress|roadmap|plan"
    "|やること|残り|残って|タスク|予定|進捗|次に",
    re.IGNORECASE,
)
_ANY_NUMBER: Final = re.compile(r"\W*\w{0,3}[0-9]{1,4}\s*[.．:：)）、。](?![0-9A-Za-z])\s*")
_COLLECTION: Final = re.compile(
    r"[\W\d]*(?:quiz(?:zes)?|questions?|self[- ]?check|test yourself"
    r"|クイズ|確認問題|練習問題|演習問題|小テスト|確認テスト|理解度(?:チェック|確認)|問題)[\W\d]*",
    re.IGNORECASE,
)


def read(found: Found, context: Context) -> list[Block | Quiz]:
    """The blocks with the quizzes under question headings in their place."""
    sections = by_heading(found)
    series = _is_series(sections)
    result: list[Block | Quiz] = []
    for one in sections:
        if one.heading is None or one.ours:
            result.extend(one.whole())
        elif _asks(one, series):
            result.extend(put(_question(one.heading, one.blocks()), context))
        elif _COLLECTION.fullmatch(one.title):
            result.append(one.heading)
            result.extend(_several(one.blocks(), context))
        else:
            result.extend(one.whole())
    return result


def _is_series(sections: Sequence[Under]) -> bool:
    """Whether the numbered headings of an article are questions.

    Plans are numbered as well (Q1 to Q4 of a year), but their lists have any number of ticks;
    most questions have one.
    """
    numbered = [(one, taken) for one in sections if NUMBERED.match(one.title) and (taken := _taken(one))]
    once = sum(is_quiz_like(taken) and _ticks(taken) == 1 for _, taken in numbered)
    if once > 1 and once >= 0.6 * len(numbered):
        return True
    asking = sum(ASKING.search(one.title) is not None for one, _ in numbered)
    ticked = sum(_ticks(taken) > 0 for _, taken in numbered)
    return once > 1 and asking >= 0.5 * len(numbered) and once >= 0.6 * ticked


def _taken(one: Under) -> list[Item]:
    return [] if one.ours or one.heading is None else choices_between(one.blocks())[2]


def _ticks(taken: Sequence[Item]) -> int:
    return sum(item.mark is True for item in taken)


def _asks(one: Under, series: bool) -> bool:
    """Whether a section is a question: one of a series, or asking and clearly no list of things to do.

    In a series a list with nothing or everything marked is a mistake to be reported, elsewhere it
    is not ours.
    """
    taken = _taken(one)
    numbered = NUMBERED.match(one.title) is not None
    if numbered and series:
        return bool(taken)
    if series and _ANY_NUMBER.match(one.title) and is_quiz_like(taken) and _ticks(taken) == 1:
        return True
    if _TO_DO.search(one.title) or not is_quiz_like(taken) or _ticks(taken) != 1:
        return False
    if numbered:
        return any(ASKING.search(text) for text in (one.title, *_paragraphs(one)))
    return ASKING.search(one.title) is not None and len(taken) > 2


def _paragraphs(one: Under) -> list[str]:
    return [block.tokens[1].content for block in one.blocks() if block.kind == "paragraph"]


def _question(heading: Block, body: Sequence[Block]) -> Parts:
    start, end, taken = choices_between(body)
    number = NUMBERED.match(heading.tokens[1].content) or _ANY_NUMBER.match(heading.tokens[1].content)
    title = heading.tokens[1].content[number.end() if number else 0 :]
    asked = _Asked(heading.line, as_paragraph(heading, title), list(body[:start]), taken, list(body[end:]))
    return asked.parts(body[start].tokens[0] if start < len(body) else None)


def _several(body: Sequence[Block], context: Context) -> list[Block | Quiz]:
    """Questions one after another under one heading: text, task list, what is quoted after it."""
    result: list[Block | Quiz] = []
    waiting: list[Block] = []
    index = 0
    while index < len(body):
        block = body[index]
        index += 1
        waiting.append(block)
        if not is_task_list(block):
            continue
        end = index
        while end < len(body) and (body[end].kind in ASIDES or without_prefix(body[end].tokens, EXPLANATION)):
            end += 1
        taken = choices_between([block])[2]
        prompt = waiting[:-1]
        if is_quiz_like(taken) and prompt and prompt[-1].kind in {"paragraph", "fence", "table"}:
            asked = _Asked(prompt[0].line, (), prompt, taken, list(body[index:end]))
            result.extend(put(asked.parts(block.tokens[0]), context))
            index = end
        else:
            result.extend(waiting)
        waiting = []
    return [*result, *waiting]


@dataclass(slots=True)
class _Asked:
    line: int
    title: "tuple[Token, ...]"
    before: list[Block]
    items: list[Item]
    after: list[Block]

    def parts(self, list_open: "Token | None") -> Parts:
        made = Parts(self.line, items=self.items, list_open=list_open)
        prompt = []
        for block in self.before:
            inner = without_prefix(unquoted([block]), HINT) if block.kind == "blockquote" else None
            if inner is None:
                prompt.append(block)
            else:
                made.hint = (*made.hint, *inner)
        made.prompt = (*self.title, *joined(prompt))
        for block in self.after:
            tokens = unquoted([block]) if block.kind == "blockquote" else block.tokens
            made.explanation = (*made.explanation, *(without_prefix(tokens, EXPLANATION) or tokens))
        return made
