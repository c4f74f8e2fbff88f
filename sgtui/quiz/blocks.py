"""Block tokens taken apart: the pieces that a quiz is read from.

Tokens are shared with the article they come from, so nothing here changes one in place: what has
to differ is a copy.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sgtui.markup.factory import markdown
from sgtui.markup.late import late, with_source
from sgtui.markup.text import plain_text, token_text
from sgtui.quiz.directives import may_hold_directive
from sgtui.quiz.model import Fragment

if TYPE_CHECKING:
    from markdown_it.token import Token

LISTS: Final = ("bullet_list", "ordered_list")
ASIDES: Final = ("blockquote", "callout", "details")
"""What stands under a choice or after the choices to say why."""

_DETAILS: Final = re.compile(r"\s*<details\b", re.IGNORECASE)
RIGHT_MARKS: Final = "xX\u0445\u0425"
"""Letters that tick a choice; the last two are Cyrillic, and look the same."""
_TASK: Final = re.compile(
    rf"\[(?P<mark>[ \t\u3000{RIGHT_MARKS}]?)\](?:\s+|$|(?=[\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f]))"
)
"""A task mark; no space is asked for before Japanese, which is written without any."""

_SHARED: "Final[dict[tuple[str, str, int, bool, str, str], Token]]" = {}
_ENDS: "Final[dict[tuple[int, int], tuple[Token, Token]]]" = {}
"""The first and the last token of paragraphs, which are shared and stay."""


class Block(NamedTuple):
    """One block with everything in it.  ``kind`` is its token's type without ``_open``; ``line`` counts from 0."""

    kind: str
    tokens: "tuple[Token, ...]"
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its content, what the quotes under it say, and its task mark (``None``: it has none)."""

    tokens: "tuple[Token, ...]"
    reason: "tuple[Token, ...]"
    mark: bool | None
    line: int


def blocks(tokens: "Sequence[Token]") -> list[Block]:
    """The outermost blocks of a run of tokens, in order."""
    found: list[Block] = []
    nesting: list[int] = [token.nesting for token in tokens]
    index, count, line = 0, len(nesting), 0
    while index < count:
        start, token, depth = index, tokens[index], nesting[index]
        index += 1
        while depth > 0 and index < count:
            depth += nesting[index]
            index += 1
        if token.map:
            line = token.map[0]
        found.append(Block(token.type.removesuffix("_open"), tuple(tokens[start:index]), line))
    return found


def folded(found: Sequence[Block]) -> list[Block]:
    """Blocks with each run from ``<details>`` to ``</details>`` made one block of the kind ``details``."""
    if not any(block.kind == "html_block" for block in found):
        return list(found)
    result: list[Block] = []
    index = 0
    while index < len(found):
        end = index + 1
        if found[index].kind == "html_block" and _DETAILS.match(found[index].tokens[0].content):
            closing = (place for place in range(index, len(found)) if "</details" in found[place].tokens[0].content)
            end = next(closing, index) + 1
            run = found[index:end]
            result.append(Block("details", joined(run), run[0].line))
        else:
            result.append(found[index])
        index = end
    return result


def inside(block: Block) -> "tuple[Token, ...]":
    """The tokens between a block's opening and closing ones."""
    return block.tokens[1:-1]


def joined(parts: "Sequence[Block]") -> "tuple[Token, ...]":
    """The tokens of several blocks as one run."""
    return tuple(token for block in parts for token in block.tokens)


def unquoted(quotes: "Sequence[Block]") -> "tuple[Token, ...]":
    """What stands in several quotes, as one run; a callout or a folded block stays what it is."""
    return tuple(token for quote in quotes for token in (inside(quote) if quote.kind == "blockquote" else quote.tokens))


def fragment(tokens: "Sequence[Token]") -> Fragment:
    """A run of tokens with its text."""
    run = tuple(tokens)
    if len(run) != 3 or run[1].type != "inline":
        return Fragment(tuple(map(_shared, run)), plain_text(run).strip())
    opening, inline, closing = run  # what most choices and reasons are
    text = token_text(inline).strip()
    reader = late(inline)
    if reader is None or opening.type != "paragraph_open" or any(token.attrs or token.meta for token in run):
        return Fragment(run, text)
    ends = (_shared(opening), _shared(closing))
    return Fragment(_ENDS.setdefault((id(ends[0]), id(ends[1])), ends), text, source=inline.content, reader=reader)


def _shared(token: "Token") -> "Token":
    """One token for all openings (or closings) that are alike: where they stand, their text says too."""
    if not token.nesting or token.attrs or token.meta:
        return token
    key = (token.type, token.tag, token.level, token.hidden, token.markup, token.info)
    if key not in _SHARED:
        _SHARED[key] = token.copy(map=None)
    return _SHARED[key]


def optional_fragment(tokens: "Sequence[Token]") -> Fragment | None:
    """As :func:`fragment`, but nothing for nothing."""
    return fragment(tokens) if tokens else None


def source(tokens: "Sequence[Token]") -> str:
    """What the author wrote in a run of tokens, markup included: for telling two choices apart."""
    if len(tokens) == 3 and tokens[1].type == "inline":  # what most are
        return tokens[1].content.strip()
    return "\n".join(token.content for token in tokens if token.content).strip()


def first_inline(tokens: "Sequence[Token]") -> "Token | None":
    """The inline token of the paragraph that a run begins with, if it begins with one."""
    if len(tokens) > 1 and tokens[0].type == "paragraph_open" and tokens[1].type == "inline":
        return tokens[1]
    return None


def items(block: Block) -> list[Item]:
    """The items of a list, with task marks and the quotes under each taken off."""
    found = []
    for entry in blocks(inside(block)):
        mark, content = _without_mark(entry)
        if len(content) == 3 and content[0].type == "paragraph_open":
            found.append(Item(content, (), mark, entry.line))
            continue
        parts = [part for part in folded(blocks(content)) if not is_mark(part)]
        reason = unquoted([part for part in parts if part.kind in ASIDES])
        rest = joined([part for part in parts if part.kind not in ASIDES])
        found.append(Item(rest, reason, mark, entry.line))
    return found


def is_mark(block: Block) -> bool:
    """Whether a block is one of the grammar's own comments, which are never part of a text."""
    return block.kind == "html_block" and may_hold_directive(block.tokens[0].content)


def is_task_list(block: Block) -> bool:
    """Whether a block is a list with a ``[ ]`` or ``[x]`` before at least one of its items."""
    if block.kind not in LISTS:
        return False
    level = block.tokens[0].level + 1
    return any(
        token.type == "list_item_open" and token.level == level and _is_task(block.tokens[index + 1 : index + 3])
        for index, token in enumerate(block.tokens)
    )


def without_prefix(tokens: "Sequence[Token]", prefix: "re.Pattern[str]") -> "tuple[Token, ...] | None":
    """``tokens`` with what ``prefix`` matches at the start of their first paragraph taken off, or ``None``.

    A pattern that reaches into markup (``**解説:** …``) makes the rest be read again.
    """
    inline = first_inline(tokens)
    if inline is None:
        return None
    match = prefix.match(inline.content)
    if match is None:
        return None
    return tokens[0], cut(inline, match.end()), *tokens[2:]


def with_content(inline: "Token", content: str, env: Mapping[str, Any] | None = None) -> "Token":
    """A copy of an inline token that reads ``content``, its markup read anew."""
    fresh = {"references": dict((env or {}).get("references", {}))}
    children = markdown().parseInline(content, fresh)[0].children
    return altered(inline, content, children)


def rewritten(inline: "Token", content: str, env: Mapping[str, Any]) -> "Token":
    """A copy of an inline token that reads ``content``, late where the token itself is read late."""
    reader = late(inline)
    return with_content(inline, content, env) if reader is None else with_source(inline, content, reader)


def walk(tokens: "Sequence[Token]") -> "Iterator[Token]":
    """Every token of a run and every child of its inline tokens, in reading order."""
    for token in tokens:
        yield token
        yield from token.children or ()


def cut(inline: "Token", length: int) -> "Token":
    """A copy of an inline token without the first ``length`` characters of its source."""
    content = inline.content[length:]
    if not content.strip():
        return altered(inline, "", [])
    reader = late(inline)
    if reader is not None:
        return with_source(inline, content, reader)
    children = inline.children or []
    prefix = inline.content[:length]
    if children[0].type != "text" or not children[0].content.startswith(prefix.rstrip()):
        return with_content(inline, content)
    rest = children[0].content[length:]
    following = children[1:]
    if rest:
        return altered(inline, content, [altered(children[0], rest), *following])
    return altered(inline, content, following[1:] if following and following[0].type == "softbreak" else following)


def altered(token: "Token", content: str, children: "list[Token] | None" = None) -> "Token":
    """A copy of a token that reads ``content``; quicker than the token's own way, which matters by the hundred."""
    return type(token)(
        token.type,
        token.tag,
        token.nesting,
        token.attrs,
        token.map,
        token.level,
        children,
        content,
        token.markup,
        token.info,
        token.meta,
        token.block,
        token.hidden,
    )


def _is_box(inline: "Token") -> bool:
    """Whether a task mark was turned into an HTML check box already."""
    if late(inline) is not None and "checkbox" not in inline.content:
        return False
    first = inline.children[0] if inline.children else None
    return first is not None and first.type == "html_inline" and "checkbox" in first.content


def _is_task(start: "Sequence[Token]") -> bool:
    inline = first_inline(start)
    return inline is not None and (_TASK.match(inline.content) is not None or _is_box(inline))


def _is_right(mark: str) -> bool:
    return mark != "" and mark in RIGHT_MARKS


def _without_mark(entry: Block) -> "tuple[bool | None, tuple[Token, ...]]":
    """A list item's task mark and its tokens without it, however the Markdown parser left the mark."""
    tokens = inside(entry)
    inline = first_inline(tokens)
    if inline is None:
        return None, tokens
    if _is_box(inline):
        box, *following = inline.children or []
        if following and following[0].type == "text":
            following[0] = altered(following[0], following[0].content.lstrip())
        checked = "checked" in box.content.replace("checkbox", "")
        return checked, (tokens[0], altered(inline, inline.content, following), *tokens[2:])
    match = _TASK.match(inline.content)
    if match is None:
        return None, tokens
    if match.end() == len(inline.content) and len(tokens) > 3:
        return _is_right(match["mark"]), tokens[3:]  # the content is a block of its own beneath the mark
    return _is_right(match["mark"]), (tokens[0], cut(inline, match.end()), *tokens[2:])
