"""What a block of raw HTML shows: its text, folds (``<details>``) and components that cannot run here."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it.token import Token

_HIDDEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)|<(script|style|template|head|iframe|svg|object)\b.*?(?:</\1\s*>|\Z)"
    r"|<![A-Za-z][^<>]*>|<!\[.{0,999}?\]>|<\?.{0,999}?\?>",
    re.S | re.I,
)
"""What shows nothing.  What looks for an end that may be missing looks no further than a declaration is long."""
_PART: Final = re.compile(
    r"<(?P<details>details)\b(?P<attributes>[^<>]*)>(?:\s*<summary[^<>]*>(?P<summary>.*?)(?:</summary\s*>|\Z))?"
    r"|<summary[^<>]*>(?P<late>.*?)(?:</summary\s*>|\Z)"
    r"|</(?P<end>details)\s*>"
    r"|</?(?P<component>(?-i:[A-Z][A-Z0-9_.]*[a-z])[\w.]*)\b(?:[^<>\"'{]|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*>"
    r"|</?(?:p|div|ul|ol|li|dl|dt|dd|h[1-6]|tr|table|thead|tbody|section|article|center|figure|figcaption|blockquote|"
    r"header|footer|main|nav|aside|address|hr|pre|form|fieldset|quiz)\b(?P<row>[^<>]*)>",
    re.S | re.I,
)
_BREAK: Final = re.compile(r"(<br\b[^<>]*>)", re.I)
_CELL: Final = re.compile(r"</t[dh]\s*>\s*<t[dh]\b[^<>]*>|</?t[dh]\b[^<>]*>", re.I)


@dataclass(frozen=True, slots=True)
class Fold:
    """The beginning or the end of a ``<details>``; ``shown`` says that it is open at first."""

    opens: bool
    title: "Token | None" = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Html:
    """A component of a web page (MDX), by its name."""

    name: str


def html_pieces(source: str) -> "Iterator[Fold | Html | Token]":
    """What ``source`` shows, in order: folds, components, and inline tokens, one for each paragraph.

    Comments, scripts and styles show nothing.
    """
    shown = _HIDDEN.sub("", source)
    position = 0
    closing: set[str] = set()
    for part in _PART.finditer(shown):
        yield from _paragraph(shown[position : part.start()])
        position = part.end()
        if part["details"]:
            title = _inline(part["summary"] or "")
            yield Fold(True, title, bool(re.search(r"\bopen\b", part["attributes"])))
        elif part["end"]:
            yield Fold(False)
        elif part["late"]:
            yield from _paragraph(part["late"])
        elif (name := part["component"]) and name not in closing:
            closing.add(name)
            if not part.group().startswith("</"):
                yield Html(name)
    yield from _paragraph(shown[position:])


def _paragraph(source: str) -> "Iterator[Token]":
    for piece in re.split(r"\n[ \t]*\n", source):
        token = _inline(piece)
        if token is not None:
            yield token


def _inline(source: str) -> "Token | None":
    text = _CELL.sub(lambda cell: "　" if cell.group().startswith("</") and cell.group().count("<") > 1 else "", source)
    lines = "\n".join(line.strip(" \t") for line in text.split("\n"))
    text = "".join(part.strip(" \t") for part in _BREAK.split(lines)).strip()
    if not text:
        return None
    from sgtui.markup.factory import raw_html  # noqa: PLC0415 - a page without raw HTML parses nothing

    token = raw_html().parseInline(text)[0]
    children = token.children or []
    _strip(children, str.lstrip)
    _strip(children[::-1], str.rstrip)
    return token if children else None


def _strip(children: "Sequence[Token]", strip: Callable[[str], str]) -> None:
    """Take white space off that is at an edge once the tags are gone."""
    for child in children:
        if child.type == "text":
            child.content = strip(child.content)
            if child.content:
                return
        elif child.nesting == 0 and child.type != "softbreak":
            return
