"""What could not be saved to the end, left where there is room: a state file of its own, to be merged later."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from sgtui.files import free_name, write_new
from sgtui.store.journal import Put
from sgtui.store.memory import LOCAL
from sgtui.store.snapshot import Table, encode

_OF_ITSELF: Final = frozenset({*LOCAL, "libraries"})
"""Tables that the next run fills by itself."""


def worth_saving(puts: Iterable[Put]) -> list[Put]:
    """Those of ``puts`` that say what the learner did, and not only that a library was opened."""
    return [put for put in puts if put.table not in _OF_ITSELF]


def rescue(path: Path, now: datetime, puts: Iterable[Put]) -> Path | None:
    """Write ``puts``, which ``path`` would not take, to the folder for temporary files; ``None`` if that fails too.

    ``sgtui state merge`` takes what is written; it holds each record as it was at the end.
    """
    import tempfile  # noqa: PLC0415 - hardly ever needed

    tables: dict[str, Table] = {}
    for put in puts:
        tables.setdefault(put.table, Table()).put(put.uid, put.document)
    data = encode("", 0, {name: table.freeze().fold() for name, table in tables.items()})
    try:
        kept = free_name(Path(tempfile.gettempdir()) / f"sgtui-{path.name}", "unsaved", now)
        write_new(kept, data)
    except OSError:  # no room there either: the caller says so
        return None
    return kept
