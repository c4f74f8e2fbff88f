"""Quizdown: questions as headings in a fence named ``quizdown``, or bare with ``1. [x]`` choices.

A quote before the choices is a hint, one after a choice says why; a numbered list without marks
is to be put in order.
"""

import re
from typing import Final

from sgtui.quiz.blocks import Block, blocks, is_task_list, items, joined, unquoted
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

_HEADER: Final = re.compile(r"\s*---\n.*?\n---\n", re.DOTALL)


def read(found: Found, context: Context) -> list[Block | Quiz]:
    """The blocks with the quizzes of fences, and of bare questions, in their place."""
    result: list[Block | Quiz] = []
    for block, free in outside_quizzes(found):
        if free and isinstance(block, Block) and block.kind == "fence" and block.tokens[0].info.strip() == "quizdown":
            result.extend(_fence(block, context))
        else:
            result.append(block)
    return _bare(result, context)


def _fence(block: Block, context: Context) -> list[Block | Quiz]:
    text, line = block.tokens[0].content, block.line + 1
    header = _HEADER.match(text)
    if header:
        line += header.group().count("\n")
        text = text[header.end() :]
    result: list[Block | Quiz] = []
    for one in by_heading(blocks(parse_at(text, line))):
        if one.heading is None:
            result.extend(one.body)
        else:
            result.extend(put(_question(one), context))
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
    if after and after[0].kind == "blockquote" and taken and (is_task_list(body[start]) or parts.kind == "order"):
        last = taken[-1]
        taken[-1] = type(last)(last.tokens, (*last.reason, *unquoted(after[:1])), last.mark, last.line)
        after = after[1:]
    parts.items = taken
    parts.explanation = unquoted([block for block in after if block.kind == "blockquote"])
    parts.explanation += joined([block for block in after if block.kind != "blockquote"])
    return parts
