"""The invisible marks of the quiz grammar: ``<!-- quiz … -->``, ``<!-- case … -->`` and their closers.

The same words in ``{/* … */}`` are the marks of an MDX file.  The grammar is described in
docs/quiz-format.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

DirectiveName = Literal["quiz", "case"]

QUIZ_ATTRIBUTES: Final = ("id", "type", "level", "ref", "shuffle", "section")
CASE_ATTRIBUTES: Final = ("id", "level", "ref", "section")

_OPENINGS: Final = ("<!--", "{/*")
_DIRECTIVE: Final = re.compile(
    r"(?:<!--|\{/\*)\s*(?P<close>/?)\s*(?P<name>quiz|case)(?![\w-])(?P<rest>.*?)(?:-->|\*/\})",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"""(?P<name>[^\s=]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'=]\S*))?(?=\s|$)""")


@dataclass(frozen=True, slots=True)
class Directive:
    """One mark: which, whether it closes, and what it says.

    ``strange`` holds the words that are not ``name=value`` with a name the grammar knows.
    ``malformed`` is true where the text after the name cannot be read as attributes at all.
    """

    name: DirectiveName
    closes: bool
    attributes: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()
    malformed: bool = False


def may_hold_directive(html: str) -> bool:
    """Whether a block of HTML can hold a mark at all; quick, may say yes wrongly."""
    return html.lstrip().startswith(_OPENINGS) and _DIRECTIVE.search(html) is not None


def directives(html: str) -> list[Directive]:
    """The marks in a block of HTML, in order (several may stand on one line); none where it begins with no comment."""
    if not html.lstrip().startswith(_OPENINGS):
        return []
    return [_read(*match.group("name", "close", "rest")) for match in _DIRECTIVE.finditer(html)]


def _read(written: str, close: str, rest: str) -> Directive:
    name: DirectiveName = "quiz" if written.lower() == "quiz" else "case"
    closes, rest = bool(close), rest.strip()
    known = QUIZ_ATTRIBUTES if name == "quiz" else CASE_ATTRIBUTES
    attributes: dict[str, str] = {}
    strange: list[str] = []
    position = 0
    while position < len(rest):
        match = _ATTRIBUTE.match(rest, position)
        if match is None:
            return Directive(name, closes, attributes, tuple(strange), malformed=True)
        key, value = match["name"], match["value"]
        if value is not None and value[0] in "\"'":
            value = value[1:-1]
        if value is None or key.lower() not in known:
            strange.append(key)
        else:
            attributes[key.lower()] = value.strip()
        position = match.end()
        while position < len(rest) and rest[position].isspace():
            position += 1
    return Directive(name, closes, attributes, tuple(strange))
