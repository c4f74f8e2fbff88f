"""Taking back a change to a record whose fields have lives of their own.

Such a record is joined field by field when files merge, so an old value put back must be newer than the one it
replaces; and "changed meanwhile" means the fields that can be taken back, not the reading position that moved on.
"""

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]


def meaning(table: str, document: Mapping[str, Any] | None) -> Any:
    """What undoing compares: a document without when and where it was saved; of an article its ticks and ``done``."""
    if table == "articles":
        return _ticked(document or {}), (document or {}).get("done")
    return document and {name: item for name, item in document.items() if name not in {"at", "device"}}


def reverted_article(before: Document | None, made: Document | None, after: Document, now: str) -> Document:
    """``after`` with the ticks and ``done`` of ``before``, as said at ``now`` (a time as the file writes it).

    ``made`` is what the change that is taken back made of ``before``.  The position goes back only if that change moved
    it, and nobody has read on since.
    """
    earlier, changed = before or {}, made or {}
    result = dict(after)
    if earlier.get("done") != after.get("done"):
        result.pop("done", None)
        result["done_at"] = now
        if earlier.get("done") is not None:
            result["done"] = earlier["done"]
    if earlier.get("position") != changed.get("position") == after.get("position") and earlier.get("position"):
        result["position"] = {**earlier["position"], "at": now}
    was, now_ticked = _ticked(earlier), _ticked(after)
    for field, slugs in (("sections", was - now_ticked), ("unticked", now_ticked - was)):
        if slugs:
            result[field] = {**_times(after, field), **dict.fromkeys(sorted(slugs), now)}
    return result


def _ticked(document: Mapping[str, Any]) -> frozenset[str]:
    gone = _times(document, "unticked")
    return frozenset(slug for slug, at in _times(document, "sections").items() if str(at) > str(gone.get(slug, "")))


def _times(document: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = document.get(field)
    return value if isinstance(value, Mapping) else {}
