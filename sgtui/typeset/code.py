"""Blocks of code: highlighted, wrapped or left to run out, never reflowed."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from sgtui.typeset.cells import graphemes, is_simple, sanitize, width
from sgtui.typeset.linebreak import NOT_AT_START
from sgtui.typeset.model import Line, Span, TypesetOptions

_HIGHLIGHT_MOST: Final = 20_000
"""Longer code (characters) is set in one style: to colour it would take longer than a frame."""
_TAB: Final = 4
_HANG: Final = 2
"""Cells by which the rest of a wrapped line stands in from its beginning."""

_TITLE: Final = re.compile(r"\b(?:title|filename|file|name)=(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\s\"'{}]+))")

_NAMES: Final = (
    ("Comment", "code.comment"),
    ("Keyword", "code.keyword"),
    ("Name.Function", "code.name"),
    ("Name.Class", "code.name"),
    ("Name.Tag", "code.keyword"),
    ("Name.Attribute", "code.name"),
    ("Name.Builtin", "code.name"),
    ("Name.Decorator", "code.name"),
    ("Literal.String", "code.string"),
    ("Literal.Number", "code.number"),
    ("Operator.Word", "code.keyword"),
    ("Operator", "code.operator"),
    ("Generic.Deleted", "code.error"),
    ("Generic.Inserted", "code.string"),
    ("Generic.Heading", "code.keyword"),
    ("Generic.Prompt", "code.comment"),
    ("Error", "code.error"),
)


@lru_cache(maxsize=512)
def _style(name: str) -> str:
    """The style of one of Pygments's token types, by the longest beginning of its name that has one."""
    return next((style for start, style in _NAMES if name == start or name.startswith(start + ".")), "")


def highlight(source: str, language: str) -> list[Span]:
    """``source`` as spans of ``code`` and ``code.*`` styles; the same characters, whatever the language."""
    plain = [Span(source, "code")]
    if not source or not language or language in ("text", "plaintext", "plain", "txt") or len(source) > _HIGHLIGHT_MOST:
        return plain
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - a first screen seldom has code
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:  # a language that Pygments does not know
        return plain
    found: list[Span] = []
    for kind, value in lexer.get_tokens(source):
        style = _style(str(kind).removeprefix("Token."))
        style = f"code {style}" if style else "code"
        if found and found[-1].style == style:
            found[-1] = Span(found[-1].text + value, style)
        elif value:
            found.append(Span(value, style))
    return found if "".join(span.text for span in found) == source else plain


def named(info: str) -> tuple[str, str]:
    """The language, and the name of the file or an empty string, that the line before a code says.

    As Qiita and Zenn write it (``js:app.js``) and as most site generators do (``js title="app.js"``).
    """
    words = sanitize(info).strip().split(maxsplit=1)
    if not words:
        return "", ""
    language, _colon, name = words[0].partition(":")
    title = _TITLE.search(info)
    if title:
        name = sanitize(title[1] or title[2] or title[3])
    return language.split("{")[0].lower(), name.strip()


def _clean(source: str) -> str:
    """Code as it can be shown: tabs to columns of four, nothing harmful."""
    text = sanitize(source.rstrip("\n"))
    if "\t" not in text:
        return text
    return "\n".join(_expanded(line) for line in text.split("\n"))


def _expanded(line: str) -> str:
    parts = line.split("\t")
    done = parts[0]
    for part in parts[1:]:
        done += " " * (_TAB - width(done) % _TAB) + part
    return done


class CodeContent:
    """Code in a block."""

    __slots__ = ("_language", "_text")

    def __init__(self, source: str, language: str) -> None:
        self._text = _clean(source)
        self._language = language

    @property
    def text(self) -> str:
        """The plain text."""
        return self._text

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        return self._text.count("\n") + 1

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        spans = highlight(self._text, self._language)
        starts: list[int] = []
        position = 0
        for span in spans:
            starts.append(position)
            position += len(span.text)
        found: list[Line] = []
        offset = 0
        for row in self._text.split("\n"):
            hang = min(len(row) - len(row.lstrip(" ")) + _HANG, limit // 3)
            for start, end, cells in _pieces(row, limit, hang, options):
                first, last = offset + start, offset + end
                inset = hang if start else 0
                shown = _slice(spans, starts, first, last)
                if inset:
                    shown = (Span(" " * inset, "code"), *shown)
                found.append(Line(shown, inset + cells, first, last, ((inset, first, last),)))
            offset += len(row) + 1
        widest = max(line.width for line in found)
        return [line.stretched(widest) for line in found] if widest > limit else found


def _slice(spans: list[Span], starts: list[int], first: int, last: int) -> tuple[Span, ...]:
    found: list[Span] = []
    index = bisect_right(starts, first) - 1
    while index < len(spans) and starts[index] < last:
        span = spans[index]
        piece = span.text[max(0, first - starts[index]) : last - starts[index]]
        if piece:
            found.append(Span(piece, span.style))
        index += 1
    return tuple(found)


def _pieces(row: str, limit: int, hang: int, options: TypesetOptions) -> list[tuple[int, int, int]]:
    """A line of code as (start, end, cells): one piece, or where it wraps as many as it takes.

    All but the first leave ``hang`` cells for an indent, so that where lines of code begin can still be seen.
    It wraps in the second half of the line: after a space, else between words, but not before a closing mark.
    """
    cells = width(row, options.ambiguous)
    if cells <= limit or not options.wrap_code:
        return [(0, len(row), cells)]
    clusters = list(row) if is_simple(row) else graphemes(row)
    widths = [width(cluster, options.ambiguous) for cluster in clusters]
    found: list[tuple[int, int, int]] = []
    start = offset = 0
    while start < len(clusters):
        end, used = start, 0
        room = limit - hang if start else limit
        while end < len(clusters) and (used + widths[end] <= room or end == start):
            used += widths[end]
            end += 1
        if end < len(clusters):
            end = _wrap_at(clusters, start, end)
        length = sum(map(len, clusters[start:end]))
        found.append((offset, offset + length, sum(widths[start:end])))
        offset += length
        start = end
    return found


def _wrap_at(clusters: list[str], start: int, end: int) -> int:
    """The best place to wrap a piece that fits up to ``end``: after a space, else between words, else there."""
    middle = start + (end - start) // 2
    for cut in range(end, middle, -1):
        if clusters[cut - 1] == " " and clusters[cut] != " ":
            return cut
    for cut in range(end, middle, -1):
        if clusters[cut][0] not in NOT_AT_START and not (_in_word(clusters[cut - 1]) and _in_word(clusters[cut])):
            return cut
    return end


def _in_word(cluster: str) -> bool:
    return cluster.isascii() and (cluster.isalnum() or cluster == "_")
