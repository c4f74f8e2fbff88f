"""Text of a quiz that cannot be asked, without anything that tells its answer."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from sgtui.quiz.blocks import ASIDES, LISTS, RIGHT_MARKS, Block, altered, blocks, inside, is_task_list, items, joined
from sgtui.quiz.parts import Parts

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKED: Final = re.compile(rf"^(?P<bullet>\s*(?:[-*+]|\d+[.)])\s+)\[[ {RIGHT_MARKS}]?\]", re.MULTILINE)
_CHOICES: Final = frozenset({None, "single", "multiple", "true-false"})


def without_answers(parts: Parts) -> "tuple[Token, ...]":
    """The prompt and the unmarked choices of a quiz that could not be built.

    Reasons, hint and explanation are left out; so is a list whose very content is the answer
    (gaps, order, pairs, the back of a card).
    """
    if parts.kind in _CHOICES and parts.list_open is None:
        return _hushed(parts.prompt, keep_lines=True)
    if parts.kind not in _CHOICES or parts.list_open is None:
        prompt = joined([block for block in blocks(parts.prompt) if block.kind not in LISTS])
        return _hushed(prompt, keep_lines=False)
    return (*parts.prompt, *_bare_list(parts.list_open, [item.tokens for item in parts.items]))


def holds_choices(token: "Token") -> bool:
    """Whether a block of code has marked choices in it: most such blocks were never closed."""
    return token.type == "fence" and _MARKED.search(token.content) is not None


def _hushed(tokens: "tuple[Token, ...]", *, keep_lines: bool) -> "tuple[Token, ...]":
    """A prompt whose code is not closed swallows the choices: their marks and reasons are taken out of it."""
    return tuple(
        altered(token, "\n".join(_quiet_lines(token.content, keep_lines))) if holds_choices(token) else token
        for token in tokens
    )


def _quiet_lines(code: str, keep_lines: bool) -> Iterator[str]:
    answers = False
    for line in code.split("\n"):
        match = _MARKED.match(line)
        answers = answers or match is not None
        if match and keep_lines:
            yield f"{match['bullet']}[ ]{line[match.end() :]}"
        elif not match and not (answers and line.lstrip().startswith(">")):
            yield line


def conceal(tokens: "Sequence[Token]") -> "tuple[Token, ...]":
    """Any block with the task lists in it unmarked and without the quotes under their items."""
    found: list[Token] = []
    for block in blocks(tokens):
        if is_task_list(block):
            found.extend(_bare_list(block.tokens[0], [item.tokens for item in items(block)]))
        elif len(block.tokens) < 3 or block.kind in {"paragraph", "heading", "table"}:
            found.extend(block.tokens)
        else:
            found.extend((block.tokens[0], *_inner(block), block.tokens[-1]))
    return tuple(found)


def _inner(block: Block) -> "tuple[Token, ...]":
    parts = blocks(inside(block))
    last = max((index for index, part in enumerate(parts) if is_task_list(part)), default=len(parts))
    kept = [part for index, part in enumerate(parts) if index <= last or part.kind not in ASIDES]
    return conceal([token for part in kept for token in part.tokens])


def _bare_list(opening: "Token", contents: "Sequence[tuple[Token, ...]]") -> "tuple[Token, ...]":
    item_open = opening.copy(type="list_item_open", tag="li", attrs={}, level=opening.level + 1, markup="-", nesting=1)
    item_close = item_open.copy(type="list_item_close", nesting=-1)
    closing = opening.copy(type=opening.type.replace("_open", "_close"), nesting=-1)
    run = [opening]
    for content in contents:
        run.extend((item_open, *content, item_close))
    return (*run, closing)
