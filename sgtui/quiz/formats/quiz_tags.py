"""``<quiz>`` … ``</quiz>``: a question with a task list, or a sentence with its gaps as ``[[answer]]``."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sgtui.quiz.blocks import Block, Item, blocks, joined, unquoted
from sgtui.quiz.build import Context
from sgtui.quiz.formats.reading import Found, choices_between, outside_quizzes, parse_at, put, with_inline
from sgtui.quiz.gaps import GAP
from sgtui.quiz.model import Quiz
from sgtui.quiz.parts import Parts, sort_parts

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPEN: Final = re.compile(r"\s*<quiz(?:\s[^>]*)?>[ \t]*\n?", re.IGNORECASE)
_CLOSE: Final = re.compile(r"\s*</quiz>\s*", re.IGNORECASE)
_GAP: Final = re.compile(r"\[\[([^\[\]\n]+)\]\]")


def read(found: Found, context: Context) -> list[Block | Quiz]:
    """The blocks with what stands between the tags made quizzes; a tag that is never closed is left alone."""
    pairs = list(outside_quizzes(found))
    result: list[Block | Quiz] = []
    index = 0
    while index < len(pairs):
        block, free = pairs[index]
        end = _end(pairs, index) if free and isinstance(block, Block) and _opens(block) else None
        if end is None:
            if free and isinstance(block, Block) and _opens(block):
                context.report(block.line, "quiz-tag-unclosed", tag="<quiz>", end="</quiz>")
            result.append(block)
            index += 1
            continue
        inner = [one for one, _ in pairs[index:end] if isinstance(one, Block)]
        result.extend(_question(_unwrapped(inner), inner[0].line, context))
        index = end
    return result


def _opens(block: Block) -> bool:
    return block.kind == "html_block" and _OPEN.match(block.tokens[0].content) is not None


def _end(pairs: Sequence[tuple[Block | Quiz, bool]], start: int) -> int | None:
    """The index after the block in which the closing tag stands."""
    for index in range(start, len(pairs)):
        block, free = pairs[index]
        if not free or not isinstance(block, Block) or block.kind == "heading" or (index > start and _opens(block)):
            return None
        if any(_CLOSE.search(token.content) for token in block.tokens if token.type in {"html_block", "inline"}):
            return index + 1
    return None


def _unwrapped(found: Sequence[Block]) -> list[Block]:
    """The blocks between the tags; Markdown takes the tag's first paragraph for HTML, so that it is read again."""
    result: list[Block] = []
    for block in found:
        if block.kind == "html_block":
            text = block.tokens[0].content
            match = _OPEN.match(text)
            skipped = match.group().count("\n") if match else 0
            text = _CLOSE.sub("\n", text[match.end() if match else 0 :])
            result.extend(blocks(parse_at(text, block.line + skipped)))
        else:
            result.append(Block(block.kind, with_inline(block.tokens, _CLOSE, ""), block.line))
    return [block for block in result if not _is_empty(block)]


def _is_empty(block: Block) -> bool:
    return block.kind == "paragraph" and not block.tokens[1].content.strip()


def _question(found: list[Block], line: int, context: Context) -> list[Block | Quiz]:
    _start, _last, taken = choices_between(found)
    if taken or not any(_has_gap(block) for block in found):
        parts = sort_parts(line, {}, [block for block in found if block.kind != "hr"], closed=True)
        return put(parts, context)
    last = max(index for index, block in enumerate(found) if _has_gap(block))
    answers = [match for block in found[: last + 1] for match in _gaps(block)]
    prompt = [Block(block.kind, with_inline(block.tokens, _GAP, GAP), block.line) for block in found[: last + 1]]
    rest = [block for block in found[last + 1 :] if block.kind != "hr"]
    parts = Parts(line, kind="fill", prompt=joined(prompt), items=[_answer(text, line) for text in answers])
    parts.explanation = tuple(token for block in rest for token in _aside(block))
    return put(parts, context)


def _aside(block: Block) -> "tuple[Token, ...]":
    return unquoted([block]) if block.kind == "blockquote" else block.tokens


def _gaps(block: Block) -> list[str]:
    return [match for token in block.tokens if token.type == "inline" for match in _GAP.findall(token.content)]


def _has_gap(block: Block) -> bool:
    return bool(_gaps(block))


def _answer(text: str, line: int) -> Item:
    """An answer as a line of a fill quiz would hold it, whatever it begins with."""
    paragraph = blocks(parse_at("x", line))[0]
    inline = paragraph.tokens[1]
    child = replace((inline.children or [inline])[0], type="text", content=text)
    tokens = (paragraph.tokens[0], inline.copy(content=text, children=[child]), paragraph.tokens[2])
    return Item(tokens, (), True, line)
