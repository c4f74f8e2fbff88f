"""Task lists under a question heading, as large public collections of quizzes are written.

    #### Q1. どれか。
    - [ ] 甲
    - [x] 乙

An ordinary list of things to do is left alone: a heading must ask, or be numbered as a question,
and the list must have both right and wrong choices.  What looks like a question and is not taken
is reported.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sgtui.quiz.blocks import ASIDES, LISTS, RIGHT_MARKS, Block, Item, is_task_list, joined, unquoted, without_prefix
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
    r"\b(?:to-?dos?|tasks?|check ?lists?|next|remaining|left|done|progress|roadmap|plans?|goals?|timeline|schedule"
    r"|milestones?)\b"
    "|やること|残り|残って|タスク|予定|進捗|次に|計画|目標|日程",
    re.IGNORECASE,
)
_LETTERED: Final = re.compile(
    r"[*_\s]*(?P<word>[^\W\d_][^\s\d.．:：。]{0,11})\s?[0-9]{1,4}\s*[.．:：)）、。](?![0-9A-Za-z])\s*"
)
_SERIES: Final = 5
"""So many headings with one word and a number, most with a list that has one tick, are questions in any language."""
_MARKED_LINE: Final = re.compile(rf"\s*[-*+] \[[ {RIGHT_MARKS}]\]")
_LIKE_MARK: Final = re.compile(rf"\[[ \t\u3000{RIGHT_MARKS}]?\](?![(\[])")
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
    word = _word_of_series(sections)
    result: list[Block | Quiz] = []
    for one in sections:
        if one.heading is None or one.ours:
            result.extend(one.whole())
        elif _asks(one, series) or (word and _has_word(one, word) and _taken(one)):
            result.extend(put(_question(one.heading, one.blocks()), context))
        elif _COLLECTION.fullmatch(one.title):
            result.append(one.heading)
            result.extend(_several(one.blocks(), context))
        else:
            if _looks_asked(one, word, series=series):
                context.report(one.heading.line, "quiz-not-taken")
            result.extend(one.whole())
    _report_swallowed(found, context)
    return result


def _word_of_series(sections: Sequence[Under]) -> str:
    """The word that numbers the questions of an article in whatever language (``F1.``, ``问题1.``); often none."""
    lists = [
        (match["word"], taken) for one in sections if (match := _LETTERED.match(one.title)) and (taken := _taken(one))
    ]
    counts = Counter(word for word, _ in lists)
    for word, count in counts.most_common(1):
        once = sum(is_quiz_like(taken) and _ticks(taken) == 1 for found, taken in lists if found == word)
        if count >= _SERIES and once >= 0.6 * count and not _TO_DO.search(word):
            return word
    return ""


def _has_word(one: Under, word: str) -> bool:
    match = _LETTERED.match(one.title)
    return match is not None and match["word"] == word


def _looks_asked(one: Under, word: str, *, series: bool) -> bool:
    """Whether a section that was not taken looks like a question all the same.

    Among other questions a heading that asks or is numbered like them will do, or as many marks as
    choices have; elsewhere it must be numbered like a question, and not speak of things to do.
    """
    marks = sum(_marks(block) for block in one.blocks())
    asks = ASKING.search(one.title) is not None
    numbered = NUMBERED.match(one.title) is not None
    if series or word:
        return marks > (0 if asks or numbered or _has_word(one, word) else 2)
    return marks > 1 and numbered and (asks or not _TO_DO.search(one.title))


def _marks(block: Block) -> int:
    """How many items of a list, or lines of a paragraph, begin with something like a mark (``[ ]``, ``[x]``)."""
    if block.kind not in LISTS:
        return 0
    return sum(token.type == "inline" and _LIKE_MARK.match(token.content) is not None for token in block.tokens)


def _report_swallowed(found: Sequence[Block | Quiz], context: Context) -> None:
    """Report blocks of code with whole questions in them: most were never closed."""
    for block in found:
        if isinstance(block, Block) and block.kind == "fence":
            lines = block.tokens[0].content.split("\n")
            headings = sum(line.startswith("#") and NUMBERED.match(line.lstrip("# ")) is not None for line in lines)
            if headings and sum(_MARKED_LINE.match(line) is not None for line in lines) > 1:
                context.report(block.line, "quiz-in-code")


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
    title = heading.tokens[1].content
    number = NUMBERED.match(title) or _ANY_NUMBER.match(title) or _LETTERED.match(title)
    title = title[number.end() if number else 0 :]
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
            if len(taken) > 1 and prompt and ASKING.search(_last_words(prompt)):
                context.report(block.line, "quiz-not-taken")
            result.extend(waiting)
        waiting = []
    return [*result, *waiting]


def _last_words(prompt: Sequence[Block]) -> str:
    """The text of the last paragraph before a list."""
    return next((block.tokens[1].content for block in reversed(prompt) if block.kind == "paragraph"), "")


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
