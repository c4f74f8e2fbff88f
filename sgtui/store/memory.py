"""What this file remembers of merging, for itself: never merged and never given to another machine.

It lies in the state file, so that a file restored from a backup also forgets what it merged since.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from sgtui.store.journal import Put
from sgtui.store.uid import named_uid, write_time

if TYPE_CHECKING:
    from sgtui.store.engine import Engine

TABLE: Final = "synced"
LOCAL: Final = frozenset({TABLE})
"""Tables of this file alone."""

Question = tuple[str, str, str]
"""Library, article and question."""

_WAITING: Final = named_uid(TABLE, "waiting")


def seen(engine: "Engine", name: str) -> str:
    """The checksum of the contents that were merged from ``name`` (a file's name or a place's) last, or nothing."""
    document = engine.get(TABLE, named_uid(TABLE, name)) or {}
    return str(document.get("sum", ""))


def remember(engine: "Engine", name: str, checksum: str) -> None:
    """Say that everything in the contents with this checksum is in this file."""
    uid = named_uid(TABLE, name)
    with engine.change() as change:
        if (engine.get(TABLE, uid) or {}).get("sum") != checksum:
            change.append(Put(TABLE, uid, {"name": name, "sum": checksum, "at": write_time(engine.now())}))


def waiting(engine: "Engine") -> frozenset[Question]:
    """The questions whose cards are to be made again since a merge, perhaps one that was interrupted."""
    rows = (engine.get(TABLE, _WAITING) or {}).get("questions", [])
    return frozenset((str(row[0]), str(row[1]), str(row[2])) for row in rows if isinstance(row, list) and len(row) == 3)


def await_cards(engine: "Engine", questions: Collection[Question]) -> Iterable[Put]:
    """The change that makes ``questions`` wait as well."""
    every = waiting(engine) | frozenset(questions)
    if every:
        document = {"questions": [list(question) for question in sorted(every)], "at": write_time(engine.now())}
        yield Put(TABLE, _WAITING, document)


def settled(engine: "Engine") -> None:
    """The cards were made."""
    with engine.change() as change:
        if engine.get(TABLE, _WAITING) is not None:
            change.append(Put(TABLE, _WAITING, None))
