"""Answers line by line, as they lie in the file: for passes over all of them.

Making a document of each of a hundred thousand lines takes longer than counting them.  A line that this program wrote
is taken apart by one regular expression; any other is decoded as usual.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from sgtui.store.journal import dumps
from sgtui.store.snapshot import Frozen

Row = tuple[bytes | None, ...]
"""uid, ``at``, place, article, choice, correct, ms, doubt, mode, scheduled, answered, and ``None`` (see :data:`AT` …).

The place (:func:`place`) names article and question together.  Texts are UTF-8 (:func:`text` makes them such again),
``choice`` is the inside of a JSON list, ``ms`` digits; ``correct``, ``doubt`` (a hint was used, or it was a guess) and
``scheduled`` are flags: something or nothing.
"""
UID, AT, PLACE, ARTICLE, CHOICE, CORRECT, MS, DOUBT, MODE, SCHEDULED, ANSWERED, ODD = range(12)

Outcome = tuple[str, str, bool]
"""Article, question, and whether its latest answer was right."""

_PART: Final = 1 << 18
"""Bytes looked through at once."""


def rows(table: Frozen, library: str) -> Iterator[Row]:
    """The log of ``library`` as rows, oldest file lines first; a line that is no answer is left out."""
    changed = {b"%d" % uid for uid in table.changed}
    for row in _matches(table.raw, _REVIEW, library):
        if changed and row[UID] in changed:
            continue
        odd = row[ODD]
        if row[PLACE] is not None:
            yield row
        elif odd is not None:  # else it is of another library
            yield from _rows(row[UID], json.loads(odd), library)
    for uid, document in table.changed.items():
        yield from _rows(b"%d" % uid, document or {}, library)


def outcomes(table: Frozen, library: str) -> Iterator[Outcome]:
    """The latest answer to each question of ``library``, from the table of answers."""
    changed = {b"%d" % uid for uid in table.changed}
    for uid, article, question, rest, odd in _matches(table.raw, _ANSWER, library):
        if changed and uid in changed:
            continue
        if article is not None and question is not None and rest is not None:
            yield article.decode(), question.decode(), b'"correct": true' in rest
        elif odd is not None:
            yield from _outcome(json.loads(odd), library)
    for document in table.changed.values():
        yield from _outcome(document or {}, library)


def outcomes_of(documents: Mapping[int, Mapping[str, Any]], library: str) -> Iterator[Outcome]:
    """The same as :func:`outcomes` from documents."""
    for document in documents.values():
        yield from _outcome(document, library)


def place(article: str, question: str) -> bytes:
    """How rows name a question: as it stands in the file."""
    return b'"article": %b, "question": %b' % (dumps(article), dumps(question))


def named(place: bytes | None) -> tuple[str, str]:
    """The article and question that a row's place names."""
    if place is None:
        return "", ""
    if b"\\" in place:
        found = json.loads(b"{%b}" % place)
        return found["article"], found["question"]
    article, _between, question = place[len(b'"article": "') : -1].partition(b'", "question": "')
    return article.decode(), question.decode()


def text(value: bytes | None) -> str:
    """A text of a row."""
    return value.decode("utf-8", "surrogatepass") if value is not None else ""


def as_bytes(value: str) -> bytes:
    """A text as rows have it."""
    return value.encode("utf-8", "surrogatepass")


_REVIEW: Final = (
    rb'"at": "(TEXT)", "library": "LIBRARY", ("article": "(TEXT)", "question": "TEXT")',
    rb'(?:, "section": "TEXT")?',
    rb'(?:, "case": "TEXT")?',
    rb'(?:, "response": (?:\{[^{}\\]*\}|\[[^\[\]{}\\]*\]|"TEXT"|[\w.+-]+))?',
    rb'(?:, "choice": \[([\d, ]*)\])?',
    rb'(, "correct": true)?',
    rb'(?:, "ms": (\d+))?',
    rb'(, "hint": true(?:, "guess": true)?|, "guess": true)?',
    rb'(?:, "mode": "(\w+)")?',
    rb'(, "scheduled": true)?',
    rb'(?:, "rating": \d)?',
    rb'(?:, "attempt": "TEXT")?',
    rb'(?:, "answered": "(TEXT)")?',
)
_ANSWER: Final = (
    rb'"at": "TEXT", "library": "LIBRARY", "article": "(TEXT)", "question": "(TEXT)"',
    *_REVIEW[1:4],
    rb"(.*)",
)


def _matches(raw: bytes, fields: tuple[bytes, ...], library: str) -> Iterator[Row]:
    """The groups of every line.  Where no text is escaped, a text ends at the next quotation mark: far quicker."""
    start = 0
    while start < len(raw):
        end = raw.find(b"\n", start + _PART) + 1 or len(raw)
        plain = raw.find(b"\\", start, end) < 0
        yield from map(re.Match.groups, _line(fields, library, plain=plain).finditer(raw, start, end))
        start = end


@lru_cache(maxsize=8)
def _line(fields: tuple[bytes, ...], library: str, *, plain: bool) -> "re.Pattern[bytes]":
    """A line of ``library`` in groups, one of another library in none, or any other as a whole in the last."""
    ours = b"".join(fields)
    others = rb'"at": "TEXT", "library": "(?!LIBRARY")TEXT", .*'
    whole = rb'^"(\d+)": (?:\{"device": "TEXT", (?:%b|%b)\}|(\{.*\})),?$' % (ours, others)
    whole = whole.replace(b"TEXT", rb'[^"]*' if plain else rb'[^"\\]*')
    return re.compile(whole.replace(b"LIBRARY", re.escape(dumps(library)[1:-1])), re.MULTILINE)


def _rows(uid: bytes | None, document: Mapping[str, Any], library: str) -> Iterator[Row]:
    at, article, question = (document.get(name) for name in ("at", "article", "question"))
    if document.get("library") != library or not all(isinstance(value, str) for value in (at, article, question)):
        return
    choice, ms = document.get("choice"), document.get("ms")
    yield (
        uid,
        as_bytes(str(at)),
        place(str(article), str(question)),
        as_bytes(str(article)),
        json.dumps(choice).strip("[]").encode() if isinstance(choice, list) else None,
        _flag(document, "correct"),
        b"%d" % ms if isinstance(ms, int) and ms > 0 else None,
        _flag(document, "hint") or _flag(document, "guess"),
        _bytes(document.get("mode")),
        _flag(document, "scheduled"),
        _bytes(document.get("answered")),
        None,
    )


def _outcome(document: Mapping[str, Any], library: str) -> Iterator[Outcome]:
    article, question = document.get("article"), document.get("question")
    if document.get("library") == library and isinstance(article, str) and isinstance(question, str):
        yield article, question, document.get("correct") is True


def _bytes(value: object) -> bytes | None:
    return as_bytes(value) if isinstance(value, str) else None


def _flag(document: Mapping[str, Any], name: str) -> bytes | None:
    return b"true" if document.get(name) is True else None
