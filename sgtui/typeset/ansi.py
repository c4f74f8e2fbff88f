"""Lines as text for a terminal or a pipe: styles to SGR, nothing else."""

import re
from functools import cache
from typing import Final

from sgtui.typeset.model import Line

# The terminal's own colours (ANSI 0–15), so that the page suits whatever theme is there.
_SGR: Final = {
    "strong": "1",
    "em": "3",
    "strike": "9",
    "code": "36",
    "link": "4;34",
    "heading": "1",
    "heading.1": "1;35",
    "heading.2": "1;35",
    "heading.3": "1",
    "quote": "2",
    "list.marker": "2",
    "table.border": "2",
    "table.head": "1",
    "rule": "2",
    "mark": "7",
    "kbd": "7",
    "math": "36",
    "image": "3;2",
    "diagram": "3;2",
    "dim": "2",
    "footnote": "34",
    "summary": "1",
    "callout": "34",
    "callout.note": "34",
    "callout.tip": "32",
    "callout.important": "35",
    "callout.warning": "33",
    "callout.caution": "31",
    "code.bar": "2",
    "code.keyword": "35",
    "code.name": "34",
    "code.string": "32",
    "code.number": "33",
    "code.comment": "2",
    "code.operator": "",
    "code.error": "31",
    "quiz.bar": "35",
    "quiz.number": "1;35",
    "quiz.cursor": "1",
    "quiz.right": "32",
    "quiz.wrong": "31",
    "quiz.reason": "",
    "quiz.key": "2",
    "quiz.input": "4",
}
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@cache
def _codes(style: str) -> str:
    """The SGR parameters of a list of style names; of a dotted name the longest known beginning counts."""
    found: list[str] = []
    for name in style.split():
        known = name
        while known and known not in _SGR:
            known = known.rpartition(".")[0]
        code = _SGR.get(known, "")
        if code:
            found.append(code)
    return ";".join(found)


def to_text(line: Line, *, color: bool = False) -> str:
    """A line as a string without a line end; blanks at its end are left out.

    With ``color`` styles become SGR sequences, each ended on the same line.  No control character of the
    text itself ever passes.
    """
    spans = list(line.spans)
    while spans and not spans[-1].text.rstrip(" "):
        spans.pop()
    if not spans:
        return ""
    spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip(" "))
    parts: list[str] = []
    for span in spans:
        text = _CONTROL.sub("\ufffd", span.text)
        codes = _codes(span.style) if color else ""
        parts.append(f"\x1b[{codes}m{text}\x1b[0m" if codes else text)
    return "".join(parts)
