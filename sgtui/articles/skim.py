"""The text of ordinary Markdown without parsing all of it: what indexing a large library rests on.

``skim`` gives the same headings, texts and quiz blocks as the whole parser, several times faster.
It knows the plainest forms (paragraphs, headings, simple lists, tables and fenced code, bold,
code and links inside) by their lines.  What is not so plain is cut out, blank line to blank
line, and given to the parser; a text with anything that could reach over a blank line (raw
HTML, footnotes, reference links, math, containers, indented fences) is left to the parser whole.
Tests compare both on everything they have.
"""

import re
from typing import Final

from markdown_it.token import Token

from sgtui.markup.factory import Parsed, parse
from sgtui.markup.text import quick_text

TEXT: Final = "skimmed"
"""The type of a token that stands for one block (or several): ``content`` is its text without markup."""

HEADING: Final = "skimmed_heading"
"""The type of a token that stands for a heading: ``tag`` is ``h1`` … ``h6``, ``content`` its text."""

_WHOLE: Final = re.compile(
    r"[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]|^[ ]*<(?!!--)|^[ ]+<|^[ ]*(?:[:~{]|\[[^\]\n]*\]:|\$\$)|\[\^|\^\[|"
    r"^(?:import|export)\b|^[ ]+(?:```|~~~)|^[ ]{0,3}>[ ]*(?:```|~~~)",
    re.MULTILINE,
)
# Without any of these nothing of the above can be there.
_FIRST: Final = frozenset(" <:~{[$>ie")
_ANYWHERE: Final = ("^", "\t", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028", "\u2029")
_OPAQUE: Final = re.compile(
    r"^(`{3,})[^`\n]*\n(?:.*?\n)??[ ]{0,3}\1`*[ ]*$|^<!--.*?(?:-->[^\n]*$|\Z)", re.MULTILINE | re.DOTALL
)
_MARK: Final = re.compile(r"<!--\s*(/?)\s*(quiz|case)(?![\w-])", re.IGNORECASE)
_HEADING: Final = re.compile(r"(#{1,6}) +([^\s#](?:.*[^\s#])?)$")
_FENCE: Final = re.compile(r"(`{3,}(?=[^`]*$))")
_INTERRUPTS: Final = re.compile(r"#{1,6}(?: |$)|<|`{3,}[^`]*$")
# What a paragraph's line may begin with: nothing that begins another block.
_SAFE: Final = re.compile(
    r"[A-Za-z\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2060-\u2fff\u3001-\U0010ffff\"'(),./%;?!@]|"
    r"\d{1,9}(?![.)\d])|\d{10}|`(?!`)|\*\*(?=[^\W_])|\["
)
_ITEM: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)]) (?=\S)")
_DELIMITER: Final = re.compile(r"\|(?: *:?-+:? *\|)+$")
_TRAILING: Final = re.compile(r"\s\n")


def skim(body: str) -> Parsed:
    """The blocks of ``body``: tokens of :data:`TEXT` and :data:`HEADING`, and the parser's own where needed.

    ``map`` counts lines of ``body`` from 0, as the parser's does.
    """
    lines = body.split("\n")
    if _is_odd(body, lines):
        return parse(body)
    return Parsed(_Skimmer(lines).run())


def _is_odd(body: str, lines: list[str]) -> bool:
    # The expressions cost more than all of these together, and most texts have none of them.
    if _FIRST.isdisjoint([line[:1] for line in lines]) and not any(map(body.__contains__, _ANYWHERE)):
        return False
    return _WHOLE.search(body) is not None and _WHOLE.search(_OPAQUE.sub("", body)) is not None


class _Skimmer:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._found: list[Token] = []
        self._texts: list[str] = []
        """Texts of blocks that are no token yet: one token stands for as many as follow each other."""
        self._texts_at = 0
        self._hard = -1
        """The first line of what is to be parsed, or -1."""
        self._inside = ""
        """``quiz`` or ``case`` while one is open: all of it goes to the parser."""

    def run(self) -> list[Token]:
        lines = self._lines
        count = len(lines)
        at = 0
        while at < count:
            line = lines[at]
            if not line or not line.strip(" "):
                at += 1
            elif not self._is_plain_line(at):
                at = self._chunk(at)
            else:
                at += 1
        self._flush(count)
        self._put_texts(count)
        return self._found

    def _is_plain_line(self, at: int) -> bool:
        """Take line ``at`` if it is a paragraph of its own; most blocks of most articles are."""
        lines = self._lines
        line = lines[at]
        if self._hard >= 0 or self._inside or (at + 1 < len(lines) and lines[at + 1]):
            return False
        if not _SAFE.match(line) or line[-1].isspace():
            return False
        text = quick_text(line)
        if text is None:
            return False
        if not self._texts:
            self._texts_at = at
        self._texts.append(text)
        return True

    def _chunk(self, start: int) -> int:
        """Take what begins at line ``start``; returns the line after it."""
        line = self._lines[start]
        first = line[0]
        if first == "#":
            found = _HEADING.match(line)
            title = quick_text(found[2]) if found else None
            if found is not None and title is not None and self._inside != "case":
                if self._inside:  # the heading ends the quiz, and its parser has to see that
                    self._inside = ""
                    self._harden(start)
                    return start + 1
                self._add(Token(HEADING, f"h{len(found[1])}", 0, content=title, map=[start, start + 1]), start)
                return start + 1
        elif first == "`":
            fence = _FENCE.match(line)
            if fence is not None:
                return self._fence(start, fence[1])
        elif first == "<":
            return self._comment(start)
        end = self._end(start)
        text = None if self._inside else self._text(start, end)
        if text is None:
            self._harden(start)
        else:
            self._add_text(text, start)
        return end

    def _end(self, start: int) -> int:
        """The line after a chunk: a blank one, or one that begins a heading, a fence or a mark."""
        lines = self._lines
        end = start + 1
        while end < len(lines):
            line = lines[end]
            if not line.strip(" ") or (line[0] in "#<`" and _INTERRUPTS.match(line)):
                break
            end += 1
        return end

    def _fence(self, start: int, fence: str) -> int:
        end = start + 1
        closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}} *$")
        while end < len(self._lines) and not closing.match(self._lines[end]):
            end += 1
        text = "\n".join(self._lines[start + 1 : end]).rstrip("\n")
        end = min(end + 1, len(self._lines))
        if self._inside:
            self._harden(start)
            return end
        self._add_text(text, start)
        return end

    def _comment(self, start: int) -> int:
        """Take a comment, to the end of the line that closes it; marks of quizzes are the parser's, and all between."""
        end = start + 1
        while end <= len(self._lines) and "-->" not in self._lines[end - 1]:
            end += 1
        end = min(end, len(self._lines))
        source = "\n".join(self._lines[start:end])
        marks = list(_MARK.finditer(source))
        for mark in marks:
            if mark[2].lower() == "case":
                self._inside = "" if mark[1] else "case"
            elif self._inside != "case":
                self._inside = "" if mark[1] else "quiz"
        if marks or self._inside:
            self._harden(start)
            # What follows at once on the mark's line or under it belongs to it.
            return end if self._inside else max(end, self._end(end - 1))
        self._add(Token("html_block", "", 0, content=source + "\n", map=[start, end], block=True), start)
        return end

    def _text(self, start: int, end: int) -> str | None:
        """The text of a chunk that is a plain paragraph, list or table; None for anything else."""
        lines = self._lines[start:end]
        first = lines[0]
        if len(lines) == 1 and first in ("---", "***"):
            return ""
        if self._hard >= 0 and first[0] in "|-*+0123456789" and not _SAFE.match(first):
            return None  # it may go on with what the parser has
        whole = "\n".join(lines) if len(lines) > 1 else first
        if whole[-1].isspace() or _TRAILING.search(whole):
            return None
        if _SAFE.match(first):
            return quick_text(whole) if len(lines) == 1 or all(map(_SAFE.match, lines)) else None
        if first[0] == "|":
            return _table(lines)
        after = next((line for line in self._lines[end:] if line.strip(" ")), "")
        # An indented block after a list is its last item's.
        return None if after[:1].isspace() else _items(lines)

    def _add(self, token: Token, line: int) -> None:
        self._flush(line)
        self._put_texts(line)
        self._found.append(token)

    def _add_text(self, text: str, line: int) -> None:
        self._flush(line)
        if not self._texts:
            self._texts_at = line
        self._texts.append(text)

    def _put_texts(self, end: int) -> None:
        if self._texts:
            text = "\n".join(filter(None, self._texts))
            self._found.append(Token(TEXT, "", 0, content=text, map=[self._texts_at, end], block=True))
            self._texts = []

    def _harden(self, line: int) -> None:
        if self._hard < 0:
            self._hard = line

    def _flush(self, end: int) -> None:
        """Parse what was left for the parser, up to line ``end``."""
        if self._hard < 0:
            return
        start, self._hard = self._hard, -1
        self._put_texts(start)
        for token in parse("\n".join(self._lines[start:end])).tokens:
            if token.map:
                token.map = [token.map[0] + start, token.map[1] + start]
            self._found.append(token)


def _items(lines: list[str]) -> str | None:
    texts: list[str] = []
    for line in lines:
        mark = _ITEM.match(line)
        if mark is None or not _SAFE.match(line, mark.end()):
            return None
        text = quick_text(line[mark.end() :])
        if text is None:
            return None
        texts.append(text)
    return "\n".join(texts)


def _table(lines: list[str]) -> str | None:
    if len(lines) < 2 or not _DELIMITER.match(lines[1]):
        return None
    columns = lines[1].count("|") - 1
    texts: list[str] = []
    for number, line in enumerate(lines):
        if number == 1:
            continue
        if line[0] != "|" or line[-1] != "|" or "\\" in line:
            return None
        cells = line[1:-1].split("|")
        if number == 0 and len(cells) != columns:
            return None
        for cell in cells[:columns]:
            text = quick_text(cell.strip(" "))
            if text is None:
                return None
            if text:
                texts.append(text)
    return "\n".join(texts)
