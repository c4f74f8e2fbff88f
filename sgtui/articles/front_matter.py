"""The header of an article: found, read and never in the way of the text beneath it.

``split_header`` finds it, ``read_header`` makes data of it (the plainest by its lines, others through
python-frontmatter with the handlers of :mod:`sgtui.articles.handlers`), and :mod:`sgtui.articles.fields`
reads the dialects.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sgtui.errors import Problem, problem

MAX_CHARACTERS: Final = 256 * 1024
"""A header longer than this is not read; the longest seen in real collections are about 45 KB."""
MAX_NODES: Final = 20_000
"""A header with more values than this (aliases counted each time) is not read."""

_OPENERS: Final = re.compile(r"\s*^(---|\+\+\+)[ \t]*\n", re.MULTILINE)
_CLOSERS: Final = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
# What makes the lines after a first `---` a header and not a rule above some prose.
_KEY: Final = {
    "---": re.compile(r"^(?:[\w\"'][^\n:]*:(?:[ \t]|$)|#|\{|&)", re.MULTILINE),
    "+++": re.compile(r"^(?:[\w\"'][^\n=]*=|#|\[)", re.MULTILINE),
}
_SALVAGE: Final = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*[:=][ \t]+(\S.*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Header:
    """The parts of a file: the header's raw text, where it begins, and where the body begins (lines from 1)."""

    language: Literal["", "yaml", "toml"]
    raw: str
    line: int
    body: str
    body_line: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class RawHeader:
    """A header as data: ``values`` as written, ``problems`` found on the way, the ``header`` it came from."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    header: Header = field(default_factory=lambda: Header("", "", 1, "", 1))

    def line_of(self, *keys: str) -> int:
        """The file's line (from 1) where the first of ``keys`` stands that is found; else where the header begins."""
        for key in keys:
            found = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[:=]", self.header.raw, re.MULTILINE)
            if found:
                return self.header.line + self.header.raw.count("\n", 0, found.start())
        return max(self.header.line - 1, 1)


def split_header(text: str) -> Header:
    """Cut ``text`` (line ends ``\\n``, no BOM) into header and body.

    A rule (``---``) that opens a text without keys after it is no header.  A header that is never
    closed ends at its first blank line.
    """
    opening = _OPENERS.match(text)
    if opening is None:
        return Header("", "", 1, text, 1)
    fence = opening[1]
    start = opening.end()
    line = text.count("\n", 0, start) + 1
    closing = _CLOSERS[fence].search(text, start)
    if closing is not None:
        raw, end, closed = text[start : closing.start()], closing.end(), True
        if raw.strip() and not _KEY[fence].search(raw):
            return Header("", "", 1, text, 1)
    else:
        end = _blank_line(text, start)
        raw, closed = text[start:end], False
        if not _KEY[fence].match(raw):
            return Header("", "", 1, text, 1)
    body_line = line + text.count("\n", start, end)
    return Header("yaml" if fence == "---" else "toml", raw, line, text[end:], body_line, closed)


def read_header(text: str, path: str) -> RawHeader:
    """Find and read the header of ``text``; never raises.

    What cannot be read becomes a problem with the file's line, and simple ``key: value`` lines are
    used all the same, so that a broken header does not cost an article its title.
    """
    header = split_header(text)
    if not header.language:
        return RawHeader(header=header)
    found: list[Problem] = []
    if not header.closed:
        fence = "---" if header.language == "yaml" else "+++"
        found.append(problem(path, header.line - 1, "header-unclosed", fence=fence))
    if not header.raw.strip():
        return RawHeader({}, tuple(found), header)
    if len(header.raw) > MAX_CHARACTERS:
        size = len(header.raw) // 1024
        found.append(problem(path, header.line - 1, "header-too-long", size=size, limit=MAX_CHARACTERS // 1024))
        return RawHeader(_salvage(header.raw[:MAX_CHARACTERS]), tuple(found), header)
    values, more = _load(header, path)
    return RawHeader(values, (*found, *more), header)


def _load(header: Header, path: str) -> tuple[dict[str, Any], list[Problem]]:
    from sgtui.articles.quick_header import quick_yaml  # noqa: PLC0415 - a warm start reads none

    plain = quick_yaml(header.raw) if header.language == "yaml" else None
    if plain is not None:
        return plain, []
    # Late: together some 30 ms, which a warm start has no use for.
    import frontmatter  # noqa: PLC0415

    from sgtui.articles.handlers import HeaderError, TomlHandler, YamlHandler  # noqa: PLC0415

    handler = YamlHandler() if header.language == "yaml" else TomlHandler()
    fence = handler.START_DELIMITER
    found: list[Problem] = []
    try:
        loaded, _ = frontmatter.parse(f"{fence}\n{header.raw}\n{fence}\n", handler=handler)
        values = _plain(loaded)
    except HeaderError as error:
        found.append(problem(path, header.line + error.line - 1, error.code, **error.details))
        values = _salvage(header.raw)
    found += [
        problem(path, header.line + twice.line - 1, "header-duplicate-key", key=twice.key)
        for twice in handler.duplicates
    ]
    return values, found


def _plain(loaded: dict[str, Any]) -> dict[str, Any]:
    """A copy of plain lists and dictionaries: aliases are written out (up to a limit), cycles are refused."""
    from sgtui.articles.handlers import MAX_DEPTH, HeaderError  # noqa: PLC0415

    left = MAX_NODES

    def copy(value: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise HeaderError("header-too-many-values", 1, limit=MAX_NODES)
        if depth > MAX_DEPTH:
            raise HeaderError("header-too-deep", 1, limit=MAX_DEPTH)
        if isinstance(value, dict):
            return {str(key): copy(item, depth + 1) for key, item in value.items()}
        if isinstance(value, (list, tuple, set)):
            return [copy(item, depth + 1) for item in value]
        return value

    return {str(key): copy(value, 1) for key, value in loaded.items()}


def _salvage(raw: str) -> dict[str, Any]:
    """The unindented ``key: value`` lines of a header that is otherwise unreadable, values as text."""
    values: dict[str, Any] = {}
    for key, value in _SALVAGE.findall(raw):
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        values.setdefault(key, value[1:-1] if quoted else value.strip("\"'"))
    return values


def _blank_line(text: str, start: int) -> int:
    """Where the first blank line from ``start`` begins, or the end of the text."""
    found = re.compile(r"^[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, start)
    return found.start() if found else len(text)
