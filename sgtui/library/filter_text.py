"""A filter as a person types it: ``category:threat tag:"risk table" tag:key quizzes:yes since:2026-01-01 key``."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sgtui.library.conditions import FACETS, values_of, with_values
from sgtui.library.query import Filter

NAMES: Final[Mapping[str, str]] = {
    "category": "category",
    "difficulty": "difficulty",
    "status": "status",
    "tag": "tag",
    "exam": "exam",
    "type": "type",
    "syllabus": "syllabus",
    "quizzes": "has_quizzes",
    "since": "updated_since",
}
"""What a condition is called in the text, and its field of :class:`Filter`."""

_FIELDS: Final = {field: name for name, field in NAMES.items()}
_CONDITION: Final = re.compile(r'(?<!\S)([a-z]+)[:：]("[^"]*"|\S+)')


def to_text(chosen: Filter) -> str:
    """The text that :func:`from_text` reads as ``chosen``."""
    parts = [f"{_FIELDS[facet]}:{_quoted(value)}" for facet in FACETS for value in values_of(chosen, facet)]
    return " ".join([*parts, *chosen.words.split()])


def from_text(text: str) -> Filter:
    """The filter that ``text`` means.

    A condition that stands twice takes either value.  One nobody knows, or a value that cannot be, counts as words
    to look for.
    """
    chosen = Filter()
    words: list[str] = []
    place = 0
    for found in _CONDITION.finditer(text):
        words += text[place : found.start()].split()
        place = found.end()
        try:
            facet = NAMES[found[1]]
            chosen = with_values(chosen, facet, *values_of(chosen, facet), found[2].strip('"'))
        except (KeyError, ValueError):  # no condition of ours: somebody looks for “http:…”
            words.append(found[0])
    words += text[place:].split()
    return replace(chosen, words=" ".join(words))


def merged(chosen: Filter, more: Filter) -> Filter:
    """Both filters together; where both set one condition, ``more`` has it."""
    for facet in FACETS:
        values = values_of(more, facet)
        if values:
            chosen = with_values(chosen, facet, *values)
    return replace(chosen, words=more.words)


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
