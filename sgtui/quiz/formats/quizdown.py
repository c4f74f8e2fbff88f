"""Quizdown: questions as headings in a box named ``quizdown``, or bare with ``1. [x]`` choices.

The box is a fence, a container (``:::{quizdown}``) or ``<div class="quizdown">``.  A quote before
the choices is a hint, one right under a choice says why, one further down explains; a numbered list
without marks is to be put in order.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sgtui.quiz.blocks import Block, blocks, inside, items, joined, unquoted
from sgtui.quiz.build import Context
from sgtui.quiz.formats.reading import (
    Found,
    Under,
    as_paragraph,
    by_heading,
    choices_between,
    is_quiz_like,
    outside_quizzes,
    parse_at,
    put,
)
from sgtui.quiz.model import Quiz
from sgtui.quiz.parts import Parts

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADER: Final = re.compile(r"\s*---\n(.*?\n)?---\n", re.DOTALL)
_UNSHUFFLED: Final = re.compile(r"^\s*shuffle_?answers\s*:\s*(?:false|no|off)\b", re.IGNORECASE | re.MULTILINE)
_DIV: Final = re.compile(r"\s*<div\b[^>]*\bclass=[\"'][^\"']*\bquizdown\b[^>]*>[ \t]*\n?", re.IGNORECASE)
_DIV_END: Final = re.compile(r"</div>\s*$", re.IGNORECASE)


def read(found: Found, context: Context) -> list[Block | Quiz]:
    """The blocks with the quizzes of boxes, and of bare questions, in their place."""
    result: list[Block | Quiz] = []
    pairs = list(outside_quizzes(found))
    index = 0
    while index < len(pairs):
        block, free = pairs[index]
        box = _box(pairs, index) if free and isinstance(block, Block) else None
        if box is None:
            if free and isinstance(block, Block) and block.kind == "html_block" and _DIV.match(block.tokens[0].content):
                context.report(block.line, "quiz-tag-unclosed", tag='<div class="quizdown">', end="</div>")
            result.append(block)
            index += 1
        else:
            inner, shuffled, index = box
            result.extend(_questions(inner, shuffled, context))
    return _bare(result, context)


def _box(pairs: "Sequence[tuple[Block | Quiz, bool]]", index: int) -> tuple[list[Block], bool, int] | None:
    """What stands in the box that begins here, whether its choices may be shuffled, and the index after it."""
    block = pairs[index][0]
    assert isinstance(block, Block)
    first = block.tokens[0]
    if block.kind == "fence" and first.info.strip() in {"quizdown", "{quizdown}"}:
        inner, shuffled = _source(first.content, block.line + 1)
        return inner, shuffled, index + 1
    if block.kind == "container" and first.meta.get("name") == "quizdown":
        inner, shuffled = _without_header(blocks(inside(block)))
        return inner, shuffled, index + 1
    if block.kind == "html_block" and _DIV.match(first.content):
        return _div(pairs, index)
    return None


def _source(text: str, line: int) -> tuple[list[Block], bool]:
    """The blocks of a box's text without its header, and whether its choices may be shuffled."""
    header = _HEADER.match(text)
    if header is None:
        return blocks(parse_at(text, line)), True
    body = blocks(parse_at(text[header.end() :], line + header.group().count("\n")))
    return body, _UNSHUFFLED.search(header.group()) is None


def _without_header(found: list[Block]) -> tuple[list[Block], bool]:
    """As :func:`_source`, where Markdown has taken the header for a rule and an underlined heading."""
    if len(found) < 2 or found[0].kind != "hr":
        return found, True
    if found[1].kind == "hr":
        return found[2:], True
    if found[1].kind == "heading" and found[1].tokens[0].markup == "-":
        return found[2:], _UNSHUFFLED.search(found[1].tokens[1].content) is None
    return found, True


def _div(pairs: "Sequence[tuple[Block | Quiz, bool]]", start: int) -> tuple[list[Block], bool, int] | None:
    """The box from ``<div class="quizdown">`` to ``</div>``; what Markdown took for HTML in it is read again."""
    inner: list[Block] = []
    for index in range(start, len(pairs)):
        block, free = pairs[index]
        if not isinstance(block, Block) or (index > start and not free):
            return None
        text, line = block.tokens[0].content, block.line
        ends = _DIV_END.search(text) if block.kind == "html_block" else None
        begins = _DIV.match(text) if index == start else None
        if begins:
            line += begins.group().count("\n")
            text = text[begins.end() :]
            ends = _DIV_END.search(text)
        if begins or ends:
            text = text[: ends.start()] if ends else text
            inner += blocks(parse_at(text, line))
        else:
            inner.append(block)
        if ends:
            return (*_without_header(inner), index + 1)
    return None


def _questions(found: Sequence[Block], shuffled: bool, context: Context) -> list[Block | Quiz]:
    result: list[Block | Quiz] = []
    for one in by_heading(found):
        if one.heading is None:
            result.extend(one.body)
            continue
        parts = _question(one)
        if not shuffled:
            parts.attributes = {"shuffle": "off"}
        result.extend(put(parts, context))
    return result


def _bare(found: Found, context: Context) -> list[Block | Quiz]:
    result: list[Block | Quiz] = []
    for one in by_heading(found):
        body = [] if one.ours else one.blocks()
        start, _end, taken = choices_between(body)
        numbered = start < len(body) and body[start].kind == "ordered_list"
        if one.heading is not None and numbered and is_quiz_like(taken):
            result.extend(put(_question(one), context))
        else:
            result.extend(one.whole())
    return result


def _question(one: Under) -> Parts:
    assert one.heading is not None
    body = one.blocks()
    start, end, taken = choices_between(body)
    parts = Parts(one.heading.line)
    if not taken:
        lists = [index for index, block in enumerate(body) if block.kind == "ordered_list"]
        if lists:
            start, end = lists[-1], lists[-1] + 1
            taken = items(body[start])
            parts.kind = "order"
    if start < len(body):
        parts.list_open = body[start].tokens[0]
    prompt = [block for block in body[:start] if block.kind != "blockquote"]
    parts.hint = unquoted([block for block in body[:start] if block.kind == "blockquote"])
    parts.prompt = (*as_paragraph(one.heading, one.title), *joined(prompt))
    after = body[end:]
    if after and after[0].kind == "blockquote" and taken and after[0].line == _last_line(body[end - 1].tokens):
        last = taken[-1]
        taken[-1] = type(last)(last.tokens, (*last.reason, *unquoted(after[:1])), last.mark, last.line)
        after = after[1:]
    parts.items = taken
    parts.explanation = unquoted([block for block in after if block.kind == "blockquote"])
    parts.explanation += joined([block for block in after if block.kind != "blockquote"])
    return parts


def _last_line(tokens: "Sequence[Token]") -> int:
    """The line after the last one that a run of tokens has text on."""
    return max((token.map[1] for token in tokens if token.map and token.nesting == 0), default=-1)
