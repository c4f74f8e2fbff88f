"""YAML headers of the plainest form, read by their lines: what indexing a large library rests on.

``quick_yaml`` knows keys with one-line values (plain or quoted), lists of such values and mappings of such keys.  It
gives what :class:`sgtui.articles.handlers.Loader` gives, many times faster, or None: then the loader has to read it.
Tests compare both on everything they have.
"""

import math
import re
from typing import Any, Final

_LONGEST: Final = 8192
"""A longer header goes to the loader, which counts what it makes of it."""

# Tabs, controls, YAML's own line ends and what the loader refuses.
_ODD: Final = re.compile("[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_START: Final = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]"
_LINE: Final = re.compile(
    r"( *)(?:([A-Za-z_][A-Za-z0-9_-]{0,99}):|-(?= ))"
    rf"(?: +(?:'((?:[^'\n]|'')*)' *|\"([^\"\\\n]*)\" *|({_START}[^\n]*)|\[([^\[\]{{}}:#?\\\n]*)\] *)| *)\n|"
    r" *(?:#[^\n]*)?\n"
)
_PLAIN: Final = re.compile(_START)
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]{1,18}|[0-9]+\.[0-9]+)")
_CONSTANTS: Final[dict[str, Any]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("~", "null", "Null", "NULL"), None),
}


def written_number(text: str) -> Any:
    """A number, if that is how Python would write it; else the text."""
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        if str(value) == text and math.isfinite(value):
            return value
    return text


def quick_yaml(raw: str) -> dict[str, Any] | None:
    """The values of the header ``raw``; None if it is not one of the plainest form without anything wrong."""
    if len(raw) > _LONGEST or _ODD.search(raw):
        return None
    text = raw if raw.endswith("\n") else raw + "\n"
    outline = _Outline()
    at = 0
    for line in _LINE.finditer(text):
        if line.start() != at:
            return None
        at = line.end()
        indent, key, single, double, plain, flow = line.groups()
        if indent is None:  # blank, or a comment
            continue
        value = _value(single, double, plain, flow)
        if value is _UNKNOWN:
            return None
        if key is not None:
            fits = outline.key(len(indent), key, value, empty=line.lastindex == _KEY)
        else:  # an item without anything after its dash holds what is on the next lines
            fits = line.lastindex != _INDENT and outline.item(len(indent), value)
        if not fits:
            return None
    return outline.top if at == len(text) else None


class _Outline:
    """Mappings and lists as they grow line by line; a method says False where a line does not fit."""

    __slots__ = ("items", "items_at", "opened", "top", "waiting")

    def __init__(self) -> None:
        self.top: dict[str, Any] = {}
        self.opened = [(0, self.top)]  # the mappings a line may go on with, the innermost last
        self.waiting = ""  # the innermost one's last key, while it has no value yet
        self.items: list[Any] | None = None
        self.items_at = 0

    def item(self, width: int, value: Any) -> bool:
        level, mapping = self.opened[-1]
        if self.waiting and width >= level:
            mapping[self.waiting] = self.items = []
            self.items_at = width
            self.waiting = ""
        if self.items is None or width != self.items_at:
            return False
        self.items.append(value)
        return True

    def key(self, width: int, key: str, value: Any, *, empty: bool) -> bool:
        level, mapping = self.opened[-1]
        self.items = None
        if self.waiting and width > level:
            inner: dict[str, Any] = {}
            mapping[self.waiting] = inner
            level, mapping = width, inner
            self.opened.append((level, mapping))
        while width < level:  # never below the outermost, which is at 0
            self.opened.pop()
            level, mapping = self.opened[-1]
        if width != level or key in mapping:
            return False
        mapping[key] = value
        self.waiting = key if empty else ""
        return True


_INDENT, _KEY = 1, 2  # groups of _LINE
_UNKNOWN: Final = object()


def _value(single: str | None, double: str | None, plain: str | None, flow: str | None) -> Any:
    if plain is not None:
        return _scalar(plain.rstrip(" "))
    if single is not None:
        return single.replace("''", "'")
    return double if flow is None else _flow(flow)


def _scalar(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if ": " in text or " #" in text or text[-1] == ":":
        return _UNKNOWN
    return written_number(text) if _NUMBER.fullmatch(text) else text


def _flow(inside: str) -> Any:
    if not inside.strip(" "):
        return []
    found = []
    for part in inside.split(","):
        item = part.strip(" ")
        if not item:
            return _UNKNOWN
        if item[0] in "'\"":
            if len(item) < 2 or item[-1] != item[0] or item[0] in item[1:-1]:
                return _UNKNOWN
            found.append(item[1:-1])
        elif not _PLAIN.match(item):
            return _UNKNOWN
        else:
            found.append(_scalar(item))
    return found
