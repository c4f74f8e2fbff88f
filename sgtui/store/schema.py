"""The shape of the state file, and how earlier shapes become today's.

Shape 0 is what plain TinyDB makes of loose documents: no ``sgtui`` table, small document ids, perhaps naive times.
Shape 1 is this program's first.
"""

from collections.abc import Callable
from typing import Any, Final

from sgtui.store.records import TABLES
from sgtui.store.uid import named_uid, new_uid, read_time, write_time

SCHEMA: Final = 1
"""The shape that this program writes."""

Tables = dict[str, dict[int, dict[str, Any]]]


def migrate(tables: Tables, schema: int) -> Tables:
    """``tables`` of an earlier ``schema`` in today's shape; nothing is dropped."""
    for step in _STEPS[max(0, schema) : SCHEMA]:
        tables = step(tables)
    return tables


def _from_loose_documents(tables: Tables) -> Tables:
    """0 → 1: times become UTC text, small ids become uids; a record named by its contents gets its own uid."""
    done: Tables = {}
    for name, documents in tables.items():
        table = done.setdefault(name, {})
        for old, document in documents.items():
            at = read_time(document.get("at"))
            if name not in TABLES or at is None:
                table[old] = document
                continue
            table[_uid_for(name, old, document)] = {**document, "at": write_time(at)}
    return done


def _uid_for(name: str, old: int, document: dict[str, Any]) -> int:
    parts = [str(document.get(part, "")) for part in _NAMED_BY.get(name, ())]
    if parts:
        return named_uid(name, *parts)
    at = read_time(document.get("at"))
    return old if old >= 1 << 40 or at is None else (new_uid(at) >> 32 << 32) | old


_NAMED_BY: Final[dict[str, tuple[str, ...]]] = {
    "articles": ("library", "article"),
    "answers": ("library", "article", "question"),
    "cards": ("library", "article", "question"),
    "libraries": ("key",),
}
_STEPS: Final[tuple[Callable[[Tables], Tables], ...]] = (_from_loose_documents,)
