"""How two versions of one record become one.

Each rule takes the greatest by a total order, field by field where fields have lives of their own, so joining is
commutative, associative and idempotent, and two machines that exchange files in any order end with the same.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

Document = dict[str, Any]


def join(table: str, one: Document, other: Document) -> Document:
    """Two versions of the same record of ``table`` as one."""
    return _RULES.get(table, newest)(one, other)


def newest(one: Document, other: Document) -> Document:
    """The version that was saved later; equal times are settled by device, then by content."""
    return max(one, other, key=rank)


def rank(document: Mapping[str, Any]) -> tuple[str, str, str]:
    """The order of versions: time, device, content."""
    return _text(document, "at"), _text(document, "device"), json.dumps(document, sort_keys=True, default=str)


def _join_articles(one: Document, other: Document) -> Document:
    joined = _newest_but(one, other, _OF_ARTICLES)
    _set(joined, "sections", _latest_times(one.get("sections"), other.get("sections")))
    _set(joined, "unticked", _latest_times(one.get("unticked"), other.get("unticked")))
    _set(joined, "furthest", max(_number(one, "furthest"), _number(other, "furthest")) or None)
    _set(joined, "opened", max(_text(one, "opened"), _text(other, "opened")) or None)
    _set(joined, "position", max(one.get("position"), other.get("position"), key=_position_rank))
    by_hand = max(one, other, key=lambda item: (_text(item, "done_at"), rank_of(item.get("done"))))
    _set(joined, "done", by_hand.get("done"))
    _set(joined, "done_at", by_hand.get("done_at"))
    return joined


def _join_libraries(one: Document, other: Document) -> Document:
    joined = _newest_but(one, other, _OF_LIBRARIES)
    _set(joined, "paths", _latest_times(one.get("paths"), other.get("paths")))
    _set(joined, "opened", max(_text(one, "opened"), _text(other, "opened")) or None)
    return joined


def _newest_but(one: Document, other: Document, fields: frozenset[str]) -> Document:
    """The newer version without ``fields``: what is joined by itself must not decide which version is newer."""
    rest = ({name: value for name, value in item.items() if name not in fields} for item in (one, other))
    return max(rest, key=rank)


def rank_of(value: Any) -> str:
    """Any JSON value as a text that orders it."""
    return json.dumps(value, sort_keys=True, default=str)


def _latest_times(one: Any, other: Any) -> Document | None:
    times: Document = {}
    for source in (one, other):
        for name, at in source.items() if isinstance(source, Mapping) else ():
            times[name] = max(times.get(name, ""), at, key=str)
    return times or None


def _position_rank(position: Any) -> tuple[str, str]:
    return (_text(position, "at") if isinstance(position, Mapping) else "", rank_of(position))


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


def _number(document: Mapping[str, Any], name: str) -> float:
    value = document.get(name)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def _set(document: Document, name: str, value: Any) -> None:
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value


_OF_ARTICLES: Final = frozenset({"sections", "unticked", "furthest", "opened", "position", "done", "done_at"})
_OF_LIBRARIES: Final = frozenset({"paths", "opened"})
_RULES: Final[dict[str, Callable[[Document, Document], Document]]] = {
    "articles": _join_articles,
    "libraries": _join_libraries,
}

JOINED: Final = frozenset(_RULES)
"""Tables whose records are joined field by field; they are never deleted by a merge, since part of one may be newer."""
