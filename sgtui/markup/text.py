"""The text of tokens without their markup: what a slug, a search or a comparison sees."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from markdown_it.token import Token

from sgtui.markup.cjk import is_cjk, joins

_TASK = re.compile(r"\[[ xX]\][ \u3000\t]")
_HIDDEN_HTML = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_HTML_BREAK = re.compile(
    r"\n[ \t]*\n|<br\b[^<>]*>|</?(?:p|div|ul|ol|li|dl|dt|dd|h[1-6]|tr|table|thead|tbody|section|article|center|figure|"
    r"figcaption|blockquote|header|footer|main|nav|aside|address|hr|pre|form|fieldset|quiz|details|summary)\b[^<>]*>",
    re.I,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SPACES = re.compile(r"[ \t]*\n[ \t\n]*")

TEXT = frozenset(("text", "code_inline", "math_inline", "text_special"))
"""Inline tokens whose content is text."""

RUBY = {"rt_open": "（", "rt_close": "）"}
"""How a reading is set where nothing can stand above a character: 漢字（かんじ）."""


def task_mark(content: str) -> str:
    """The ``[ ] `` or ``[x] `` that ``content`` (of a list item's first line) begins with, or nothing."""
    found = _TASK.match(content)
    return found.group() if found else ""


def html_text(source: str) -> str:
    """The text a piece of HTML shows: no comments, scripts, styles or tags; entities resolved."""
    shown = _HIDDEN_HTML.sub("", source)
    parts = (unescape(_TAG.sub("", part)).strip() for part in _HTML_BREAK.split(shown))
    return "\n".join(_SPACES.sub(_joined, part) for part in parts if part)


def _joined(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return "" if joins(before, after) else " "


def tighten(before: str, after: str) -> bool:
    """Whether a space between two characters, put there only to make ``**`` work, should go."""
    return bool(before and after) and is_cjk(before) and is_cjk(after)


def inline_text(children: Sequence[Token]) -> str:
    """The text of inline tokens: breaks between Japanese vanish, others are spaces or, if hard, line ends."""
    parts: list[str] = []
    last = ""
    edge = False  # the space before an emphasis that just opened or closed may have to go
    soft = False
    for token in children:
        kind = token.type
        if kind in TEXT:
            content = token.content
        elif kind == "softbreak":
            soft = True
            continue
        elif kind == "hardbreak":
            content = "\n"
        elif kind == "image":
            content = inline_text(token.children or ())
        elif kind in RUBY:
            content = RUBY[kind]
        else:
            edge = edge or kind in EMPHASIS
            continue
        if not content:
            continue
        if soft:
            if parts and "\n" not in (last, content) and not joins(last, content[0]):
                parts.append(" ")
            soft = False
        if edge:
            content = _close_up(parts, content)
            edge = False
        parts.append(content)
        last = content[-1:] or last
    return "".join(parts)


EMPHASIS = frozenset(("strong_open", "strong_close", "em_open", "em_close", "s_open", "s_close"))


def _close_up(parts: list[str], content: str) -> str:
    """Drop one space at the edge of an emphasis where Japanese stands on both sides of it."""
    if not parts:
        return content
    left = parts[-1]
    if left[-1:] == " " and len(left) > 1 and tighten(left[-2], content[:1]):
        parts[-1] = left[:-1]
    elif content[0] == " " and len(content) > 1 and tighten(left[-1:], content[1]):
        return content[1:]
    return content


def _block_text(token: Token, in_item: bool) -> str:
    if token.type == "inline":
        text = inline_text(token.children or ())
        return text[len(task_mark(text)) :] if in_item else text
    if token.type in ("fence", "code_block", "math_block"):
        return token.content.rstrip("\n")
    if token.type == "html_block":
        return html_text(token.content)
    return ""


def plain_text(tokens: Iterable[Token]) -> str:
    """The text of block or inline tokens as a reader sees it; blocks are separated by line ends.

    Comments and raw HTML tags are left out, the ``[ ]`` of a task and list bullets too.
    """
    found = list(tokens)
    if found and found[0].block is False and found[0].type != "inline" and not _holds_blocks(found):
        return inline_text(found)
    parts: list[str] = []
    previous = ""
    before_previous = ""
    for token in found:
        in_item = before_previous == "list_item_open" or previous == "list_item_open"
        text = _block_text(token, in_item)
        if text:
            parts.append(text)
        before_previous, previous = previous, token.type
    return "\n".join(parts)


def _holds_blocks(tokens: Sequence[Token]) -> bool:
    return any(token.block or token.type == "inline" for token in tokens)
