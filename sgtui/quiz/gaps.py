"""The gaps of a fill quiz: ``____`` in its prompt, and what its author accepts in them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sgtui.quiz.blocks import Item, first_inline, with_content

if TYPE_CHECKING:
    from markdown_it.token import Token

GAP: Final = "____"

_GAP: Final = re.compile(r"_{3,}|＿{2,}")
_STAND_IN: Final = "\ufdd0"  # a noncharacter: underscores would be read as emphasis around what is between two gaps
_TOLERANCE: Final = re.compile(
    r"(?P<number>[+-]?[0-9][0-9,]*(?:\.[0-9]+)?|[+-]?\.[0-9]+)(?P<before>[^0-9\s.,±+-]{1,15})?"
    r"\s*(?:±|\+/?-)\s*(?P<tolerance>[0-9]*\.?[0-9]+)\s*(?P<after>[^0-9\s].{0,15})?"
)


class Accepted(NamedTuple):
    """What may stand in a gap, and how far off a number may be."""

    answers: tuple[str, ...]
    tolerance: float | None


def has_gap(text: str) -> bool:
    """Whether a text has a gap in it."""
    return _GAP.search(text) is not None


def marked(tokens: "Sequence[Token]", env: Mapping[str, Any] | None = None) -> "tuple[tuple[Token, ...], int]":
    """A prompt whose gaps are tokens of their own, and how many gaps there are.

    A gap in running text becomes a ``text`` token ``____`` with ``meta["gap"]`` (its number from
    0).  In code, where there are no inner tokens, ``meta["gaps"]`` is the first one's number.
    """
    count = 0
    found: list[Token] = []
    for token in tokens:
        if token.type == "inline" and has_gap(token.content):
            count, inline = _mark_inline(token, count, env)
            found.append(inline)
        elif token.type in {"fence", "code_block"} and has_gap(token.content):
            found.append(token.copy(meta={**token.meta, "gaps": count}))
            count += len(_GAP.findall(token.content))
        else:
            found.append(token)
    return tuple(found), count


def split_code(code: str) -> list[str]:
    """The pieces of a line of code between its gaps."""
    return _GAP.split(code)


def accepted(item: Item) -> Accepted:
    """What one line of answers accepts: ``答え | 別解``, ``12.5 ± 0.1``.

    ``｜`` separates too, since that is what a Japanese keyboard types.  Code spans are taken
    whole: `` `ls | wc` `` is one answer.
    """
    inline = first_inline(item.tokens)
    text = "" if inline is None else "".join(_answer_text(child) for child in inline.children or ())
    answers: list[str] = []
    tolerance: float | None = None
    for part in re.split(r"[|｜]", text):
        answer = part.replace(_STAND_IN, "|").strip()
        match = _TOLERANCE.fullmatch(unicodedata.normalize("NFKC", answer))
        if match:
            answer = match["number"] + (match["before"] or match["after"] or "")
            tolerance = max(tolerance or 0.0, float(match["tolerance"]))
        if answer:
            answers.append(answer)
    return Accepted(tuple(dict.fromkeys(answers)), tolerance)


def _answer_text(child: "Token") -> str:
    if child.type == "code_inline":
        return child.content.replace("|", _STAND_IN)
    if child.type in {"softbreak", "hardbreak"}:
        return " "
    return child.content


def _mark_inline(token: "Token", count: int, env: Mapping[str, Any] | None) -> "tuple[int, Token]":
    content = _GAP.sub(_STAND_IN, token.content.replace(_STAND_IN, "\ufffd"))
    inline = with_content(token, content, env)
    children: list[Token] = []
    for child in inline.children or ():
        if _STAND_IN not in child.content:
            children.append(child)
        elif child.type == "text":
            count = _split_text(child, count, children)
        else:
            children.append(
                child.copy(content=child.content.replace(_STAND_IN, GAP), meta={**child.meta, "gaps": count})
            )
            count += child.content.count(_STAND_IN)
    return count, inline.copy(content=token.content, children=children)


def _split_text(child: "Token", count: int, into: "list[Token]") -> int:
    for index, part in enumerate(child.content.split(_STAND_IN)):
        if index:
            into.append(child.copy(content=GAP, meta={"gap": count}))
            count += 1
        if part:
            into.append(child.copy(content=part))
    return count
