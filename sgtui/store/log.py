"""The log of answers, line by line, as it lies in the file: for passes over all of it.

Making a document of each of a hundred thousand lines takes longer than counting them.  A line that this program wrote
is taken apart by one regular expression; any other is decoded as usual.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sgtui.store.snapshot import Frozen

Row = tuple[bytes | None, ...]
"""uid, ``at``, library, article, question, choice, correct, ms, hint, guess, mode, scheduled, answered, and ``None``.

Texts are UTF-8 (:func:`text` makes them such again), flags are ``b"true"`` or ``None``, ``choice`` is the inside of a
JSON list, ``ms`` digits; what has its default is ``None``.
"""

_TEXT: Final = rb'"[^"\\]*"'
_FIELDS: Final = (
    rb'"at": "([^"\\]*)"',
    rb', "library": "([^"\\]*)"',
    rb', "article": "([^"\\]*)"',
    rb', "question": "([^"\\]*)"',
    rb'(?:, "section": ' + _TEXT + rb")?",
    rb'(?:, "case": ' + _TEXT + rb")?",
    rb'(?:, "response": (?:\{[^{}\\]*\}|\[[^\[\]{}\\]*\]|' + _TEXT + rb"|[\w.+-]+))?",
    rb'(?:, "choice": \[([\d, ]*)\])?',
    rb'(?:, "correct": (true))?',
    rb'(?:, "ms": (\d+))?',
    rb'(?:, "hint": (true))?',
    rb'(?:, "guess": (true))?',
    rb'(?:, "mode": "(\w+)")?',
    rb'(?:, "scheduled": (true))?',
    rb'(?:, "rating": \d)?',
    rb'(?:, "attempt": ' + _TEXT + rb")?",
    rb'(?:, "answered": "([^"\\]*)")?',
)
_LINE: Final = re.compile(
    rb'^"(\d+)": (?:\{"device": ' + _TEXT + b", " + b"".join(_FIELDS) + rb"\}|(\{.*\})),?$", re.MULTILINE
)


def rows(table: Frozen) -> Iterator[Row]:
    """The rows of the log, oldest file lines first; a line that is no answer is left out."""
    changed = {b"%d" % uid for uid in table.changed}
    row: Row | None
    for row in map(re.Match.groups, _LINE.finditer(table.raw)):
        if changed and row[0] in changed:
            continue
        if row[-1] is None:
            yield row
        elif (odd := _row(row[0], json.loads(row[-1]))) is not None:
            yield odd
    for uid, document in table.changed.items():
        row = _row(b"%d" % uid, document) if document is not None else None
        if row is not None:
            yield row


def text(value: bytes | None) -> str:
    """A text of a row."""
    return value.decode("utf-8", "surrogatepass") if value is not None else ""


def as_bytes(value: str) -> bytes:
    """A text as rows have it."""
    return value.encode("utf-8", "surrogatepass")


def _row(uid: bytes | None, document: Mapping[str, Any]) -> Row | None:
    texts = [_bytes(document.get(name)) for name in ("at", "library", "article", "question")]
    if any(value is None for value in texts):
        return None
    choice, ms = document.get("choice"), document.get("ms")
    return (
        uid,
        *texts,
        json.dumps(choice).strip("[]").encode() if isinstance(choice, list) else None,
        _flag(document, "correct"),
        b"%d" % ms if isinstance(ms, int) and ms > 0 else None,
        _flag(document, "hint"),
        _flag(document, "guess"),
        _bytes(document.get("mode")),
        _flag(document, "scheduled"),
        _bytes(document.get("answered")),
        None,
    )


def _bytes(value: object) -> bytes | None:
    return as_bytes(value) if isinstance(value, str) else None


def _flag(document: Mapping[str, Any], name: str) -> bytes | None:
    return b"true" if document.get(name) is True else None
