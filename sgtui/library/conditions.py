"""The conditions of a :class:`Filter` as values to choose from: read, put on and taken off as text."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from sgtui.library.places import within
from sgtui.library.query import Filter

FACETS: Final = (
    "category",
    "difficulty",
    "status",
    "tag",
    "exam",
    "type",
    "syllabus",
    "has_quizzes",
    "updated_since",
)
"""Fields of :class:`Filter` with values to choose from, in the order they are offered."""

SINGLE: Final = ("has_quizzes", "updated_since")
"""Those of which one value holds at a time."""


def values_of(chosen: Filter, facet: str) -> tuple[str, ...]:
    """The values ``chosen`` has for ``facet``, as text."""
    value = getattr(chosen, facet)
    if isinstance(value, tuple):
        return value
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    return (value.isoformat() if isinstance(value, date) else str(value),)


def with_values(chosen: Filter, facet: str, *values: str) -> Filter:
    """``chosen`` with other values for ``facet``; none takes the condition away, of a single one the last holds.

    Raises ValueError for a value that cannot be: a day that is none.
    """
    typed: Any = tuple(sorted(set(values)))
    if facet == "has_quizzes":
        if not set(values) <= {"yes", "no"}:
            raise ValueError(values)
        typed = values[-1] == "yes" if values else None
    elif facet == "updated_since":
        typed = date.fromisoformat(values[-1]) if values else None
    changes: dict[str, Any] = {facet: typed}
    return replace(chosen, **changes)


def toggled(chosen: Filter, facet: str, value: str) -> Filter:
    """``chosen`` with ``value`` put on beside the others of its kind, or taken off where it is on.

    A place takes the turn of those above and below it.
    """
    now = values_of(chosen, facet)
    if value in now:
        return with_values(chosen, facet, *(other for other in now if other != value))
    if facet == "category":
        now = tuple(other for other in now if not within(other, value) and not within(value, other))
    return with_values(chosen, facet, *now, value)
