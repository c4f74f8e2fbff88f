"""The text of tokens without their markup: what a slug, a search or a comparison sees."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from markdown_it.token import Token

from sgtui.markup.cjk import is_cjk, joins
from sgtui.markup.late import late

_TASK = re.compile(r"\[[ xX]\][ \u3000\t]")
_HIDDEN_HTML = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_HTML_BREAK = re.compile(
    r"\n[ \t]*\n|<br\b[^<>]*>|</?(?:p|div|ul|ol|li|dl|dt|dd|h[1-6]|tr|table|thead|tbody|section|article|center|figure|"
    r"figcaption|blockquote|header|footer|main|nav|aside|address|hr|pre|form|fieldset|quiz|details|summary)\b[^<>]*>",
    re.I,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS_TAG = re.compile(r"<(?:b|strong|i|em|s|del|strike)\b", re.I)
_SPACES = re.compile(r"[ \t]*\n[ \t\n]*")
_SPECIAL = re.compile(r"[\\`*_\[\]<&~$^{}]")
_PLAIN = re.compile(
    r"`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    r"|\*\*(?P<strong>[^\W_](?:[^\\`*_\[\]<&~$^{}\n]*[^\W_])?)\*\*"
    r"|(?<!!)\[(?P<link>[^\\`*_\[\]<&~$^{}\n]+)\]\((?:https?://)?[\w./#%?=-]+\)"
)
"""Markup that means the same wherever it stands, so that nothing else need be looked at."""
_GROUPS = _PLAIN.groups + 1
_EDGES = (" **", "** ", "[ ", " ]")
"""Without these no space stands where an emphasis opens or closes."""
_SPACED = re.compile(r"(?:\s|\A)\n|\n(?:\s|\Z)")
_LINE_END = re.compile(r"\n")

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
    parts = (_untagged(part).strip() for part in _HTML_BREAK.split(shown))
    return "\n".join(_SPACES.sub(_space, part) for part in parts if part)


def _untagged(source: str) -> str:
    """``source`` without tags; what stands around emphasis is closed up as it is in a paragraph."""
    if not _EMPHASIS_TAG.search(source):
        return unescape(_TAG.sub("", source))
    from sgtui.markup.factory import raw_html  # noqa: PLC0415 - its plugins are built on this module

    lines = "\n".join(line.strip(" \t") for line in source.split("\n"))
    return inline_text(raw_html().parseInline(lines.strip())[0].children or ())


def _space(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return "" if joins(before, after) else " "


def tighten(before: str, after: str) -> bool:
    """Whether a space between two characters, put there only to make ``**`` work, should go."""
    return bool(before and after) and is_cjk(before) and is_cjk(after)


EMPHASIS = frozenset(("strong_open", "strong_close", "em_open", "em_close", "s_open", "s_close"))


class _Joined:
    """Text being put together: ``soft`` after a line's end, ``edge`` where an emphasis just opened or closed."""

    __slots__ = ("edge", "last", "parts", "soft")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.last = ""
        self.edge = self.soft = False

    def add(self, content: str) -> None:
        if not content:
            return
        if self.soft:
            if self.parts and "\n" not in (self.last, content) and not joins(self.last, content[0]):
                self.parts.append(" ")
            self.soft = False
        if self.edge:
            content = self._close_up(content)
            self.edge = False
        self.parts.append(content)
        self.last = content[-1:] or self.last

    def add_lines(self, content: str) -> None:
        """Add text whose line ends are soft."""
        first, *others = content.split("\n")
        self.add(first)
        for line in others:
            self.soft = True
            self.add(line)

    def _close_up(self, content: str) -> str:
        """Drop one space at the edge of an emphasis where Japanese stands on both sides of it."""
        if not self.parts:
            return content
        left = self.parts[-1]
        if left[-1:] == " " and len(left) > 1 and tighten(left[-2], content[:1]):
            self.parts[-1] = left[:-1]
        elif content[0] == " " and len(content) > 1 and tighten(left[-1:], content[1]):
            return content[1:]
        return content


def inline_text(children: Sequence[Token]) -> str:
    """The text of inline tokens: breaks between Japanese vanish, others are spaces or, if hard, line ends."""
    joined = _Joined()
    for token in children:
        kind = token.type
        if kind in TEXT:
            joined.add(token.content)
        elif kind == "softbreak":
            joined.soft = True
        elif kind == "hardbreak":
            joined.add("\n")
        elif kind == "image":
            joined.add(inline_text(token.children or ()))
        elif kind in RUBY:
            joined.add(RUBY[kind])
        elif kind in EMPHASIS:
            joined.edge = True
    return "".join(joined.parts)


def quick_text(source: str) -> str | None:
    """The text of a paragraph's source, if there is nothing in it but text, bold, code and links; else None.

    The same as :func:`inline_text` of what the parser makes of it, many times faster.
    """
    broken = "\n" in source
    if broken and _SPACED.search(source):
        return None
    if not _SPECIAL.search(source):
        return _LINE_END.sub(_space, source) if broken else source
    if not broken and not any(map(source.__contains__, _EDGES)):
        parts = _PLAIN.split(source)
        return None if _SPECIAL.search("".join(parts[::_GROUPS])) else "".join(filter(None, parts))
    joined = _Joined()
    at = 0
    for found in _PLAIN.finditer(source):
        start = found.start()
        if _SPECIAL.search(source, at, start):
            return None
        joined.add_lines(source[at:start])
        kind = found.lastgroup or ""
        joined.edge = joined.edge or kind == "strong"
        joined.add(found[kind])
        joined.edge = joined.edge or kind == "strong"
        at = found.end()
    if _SPECIAL.search(source, at):
        return None
    joined.add_lines(source[at:])
    return "".join(joined.parts)


def token_text(token: Token) -> str:
    """The text of an ``inline`` token; its markup is read only if need be."""
    text = quick_text(token.content) if late(token) is not None else None
    return inline_text(token.children or ()) if text is None else text


def _block_text(token: Token, in_item: bool) -> str:
    if token.type == "inline":
        text = token_text(token)
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
