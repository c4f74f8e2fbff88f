"""Callouts: ``> [!NOTE]`` as on GitHub and in Obsidian, ``:::note``, MyST's ``:::{note}``, Zenn's ``:::message``.

All become ``callout_open`` … ``callout_close`` tokens (``details_open`` … ``details_close`` for details) whose
``meta`` holds ``kind`` (note, tip, important, warning, caution), ``name`` as it was written, in lower case, and
``fold`` (``-`` folded, ``+`` foldable but open, else empty).  An author's title follows as ``callout_title_open``,
inline, ``callout_title_close``.
"""

import re
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

KINDS: Final = {
    "note": "note",
    "info": "note",
    "abstract": "note",
    "summary": "note",
    "tldr": "note",
    "example": "note",
    "quote": "note",
    "cite": "note",
    "todo": "note",
    "question": "note",
    "help": "note",
    "faq": "note",
    "message": "note",
    "memo": "note",
    "tip": "tip",
    "hint": "tip",
    "success": "tip",
    "check": "tip",
    "done": "tip",
    "important": "important",
    "warning": "warning",
    "attention": "warning",
    "warn": "warning",
    "caution": "caution",
    "danger": "caution",
    "error": "caution",
    "alert": "caution",
    "failure": "caution",
    "fail": "caution",
    "missing": "caution",
    "bug": "caution",
}
"""Names of callouts in the wild, and the five kinds they are shown as."""

_QUOTED: Final = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\]]*)?\]([+-]?)[ \t]*(.*)")
_OPENER: Final = re.compile(
    r"(:{3,})[ \t]*(?:\{([A-Za-z][\w-]*)\}|([A-Za-z][\w-]*))[ \t]*(?:\[([^\]]*)\]|(.*?))[ \t]*:*[ \t]*$"
)
_CLOSER: Final = re.compile(r":{3,}[ \t]*$")
_ANY: Final = re.compile(r"^[ \t>]*(:{3,}[^\n]*)$", re.M)
_PAIRS: Final = "colon containers"


def _title(text: str, line: int, name: str, level: int) -> list[Token]:
    if not text:
        return []
    inline = Token("inline", "", 0, content=text, map=[line, line + 1], level=level + 2, block=True, children=[])
    opening = Token(f"{name}_title_open", "", 1, block=True, map=[line, line + 1], level=level + 1)
    return [opening, inline, Token(f"{name}_title_close", "", -1, block=True, level=level + 1)]


def _quoted(state: StateCore) -> None:
    """Turn block quotes that begin with ``[!NAME]`` into callouts."""
    state.env.pop(_PAIRS, None)
    tokens = state.tokens
    if not any(token.type == "inline" and token.content[:2] == "[!" for token in tokens):
        return
    done: list[Token] = []
    closing: dict[int, str] = {}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "blockquote_close" and closing.pop(token.level, ""):
            token.type = "callout_close"
        done.append(token)
        index += 1
        if token.type != "blockquote_open" or index + 2 >= len(tokens):
            continue
        inline = tokens[index + 1]
        found = _QUOTED.match(inline.content) if tokens[index].type == "paragraph_open" else None
        if found is None:
            continue
        closing[token.level] = "callout"
        token.type = "callout_open"
        name = found[1].lower()
        token.meta = {"kind": KINDS.get(name, "note"), "name": name, "fold": found[2]}
        line = token.map[0] if token.map else 0
        done.extend(_title(found[3].strip() or ("" if name in KINDS else found[1]), line, "callout", token.level))
        inline.content = inline.content[found.end() :].lstrip("\n")
        if not inline.content:
            index += 3  # the paragraph held the title alone
    state.tokens = done


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _pairs(source: str) -> dict[int, int]:
    """The lines on which containers begin, each with the line on which it ends; the unclosed are left out."""
    found: dict[int, int] = {}
    unclosed: list[int] = []
    line = position = 0
    for match in _ANY.finditer(source):
        line += source.count("\n", position, match.start())
        position = match.start()
        if not _CLOSER.match(match[1]):
            unclosed.append(line)
        elif unclosed:
            found[unclosed.pop()] = line
    return found


def _end_of(state: StateBlock, start: int, end: int) -> int:
    """The line that closes the container opened at ``start``, or -1."""
    pairs = state.env.get(_PAIRS)
    if pairs is None:
        pairs = state.env[_PAIRS] = _pairs(state.src)
    last = int(pairs.get(start, -1))
    return last if last < end else -1


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if state.src[position : position + 3] != ":::" or state.sCount[start] - state.blkIndent >= 4:
        return False
    found = _OPENER.match(_line(state, start))
    if found is None:
        return False
    last = _end_of(state, start, end)
    if last < 0:
        return False
    if silent:
        return True
    name = (found[2] or found[3]).lower()
    title = (found[4] if found[4] is not None else found[5]).strip()
    if name == "message":
        name, title = ("alert" if title == "alert" else "message"), ""
    kind = "details" if name == "details" else "callout" if name in KINDS else "container"
    meta: dict[str, Any] = {"kind": KINDS.get(name, name), "name": name, "fold": "-" if kind == "details" else ""}
    opening = state.push(f"{kind}_open", "div", 1)
    opening.meta, opening.map, opening.markup, opening.block = meta, [start, last + 1], found[1], True
    if kind != "container":
        state.tokens.extend(_title(title, start, kind, opening.level))
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = parent, line_max
    closing = state.push(f"{kind}_close", "div", -1)
    closing.block, closing.markup = True, found[1]
    state.line = last + 1
    return True


def callouts_plugin(md: MarkdownIt) -> None:
    """Read callouts in both spellings."""
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "colon_container", _container, {"alt": alternatives})
    md.core.ruler.after("block", "quoted_callouts", _quoted)
