"""Two machines' files as one: a union of sets by uid.

A record on both sides is joined (:mod:`sgtui.store.joins`); one that was deleted stays deleted unless it was saved
again later.  Merging is commutative, associative and idempotent: any order of any number of files gives the same
records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sgtui.store.backups import journal_of, load_journal
from sgtui.store.engine import Engine
from sgtui.store.joins import JOINED, join, newest
from sgtui.store.journal import Put
from sgtui.store.records import TABLES
from sgtui.store.recovery import LIMIT
from sgtui.store.schema import SCHEMA
from sgtui.store.snapshot import DamagedError, read_snapshot

Document = dict[str, Any]
Contents = Mapping[str, Mapping[int, Document]]

DELETED: Final = "deleted"
_PART: Final = 2000
"""Documents in one line of the journal: a whole history is not one line of 30 MB."""


@dataclass(frozen=True, slots=True)
class Merged:
    """How many documents were added, changed and deleted here, and the questions whose cards the log may change.

    ``questions`` are (library, article, question).
    """

    added: int = 0
    changed: int = 0
    deleted: int = 0
    questions: frozenset[tuple[str, str, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.deleted)


def merge(one: Contents, other: Contents) -> dict[str, dict[int, Document]]:
    """The documents of both, table by table; tables that end empty are left out."""
    gone = _union(DELETED, one.get(DELETED, {}), other.get(DELETED, {}))
    merged = {DELETED: gone} if gone else {}
    for table in sorted({*one, *other} - {DELETED}):
        both = _union(table, one.get(table, {}), other.get(table, {}))
        if table not in JOINED:
            both = {uid: document for uid, document in both.items() if not _is_deleted(table, document, gone.get(uid))}
        if both:
            merged[table] = both
    return merged


def read_contents(path: Path) -> dict[str, dict[int, Document]]:
    """The documents of a state file (and of the journal beside it), to be merged.

    Raises ``OSError`` where it cannot be read and :class:`DamagedError` where it is no state file of a known shape.
    """
    if path.stat().st_size > LIMIT:
        raise DamagedError("too large")
    snapshot = read_snapshot(path.read_bytes())
    if snapshot.schema > SCHEMA:
        raise DamagedError(f"shape {snapshot.schema}")
    contents = {name: dict(table.documents) for name, table in snapshot.tables.items()}
    journal = load_journal(journal_of(path))
    if journal is not None and journal.file == snapshot.file:
        for change in journal.changes:
            if change.number > snapshot.change:
                for put in change.puts:
                    _put(contents.setdefault(put.table, {}), put)
    return contents


def contents_of(engine: Engine) -> dict[str, dict[int, Document]]:
    """The documents that are open now."""
    with engine.memory:
        return {name: dict(table.documents) for name, table in engine.tables.items() if table.documents}


def merge_into(engine: Engine, contents: Contents, *, dry_run: bool = False) -> Merged:
    """Merge ``contents`` into the open file; with ``dry_run`` only say what would happen."""
    here = contents_of(engine)
    wanted = merge(here, {name: contents[name] for name in contents if name in TABLES})
    puts = list(_changes(here, wanted))
    if not dry_run:
        for start in range(0, len(puts), _PART):
            with engine.change() as change:
                change.extend(puts[start : start + _PART])
    return _summary(here, puts)


def _union(table: str, one: Mapping[int, Document], other: Mapping[int, Document]) -> dict[int, Document]:
    both = dict(one)
    for uid, document in other.items():
        mine = both.get(uid)
        if mine is None:
            both[uid] = document
        elif mine != document:
            both[uid] = newest(mine, document) if table == DELETED else join(table, mine, document)
    return both


def _is_deleted(table: str, document: Document, deletion: Document | None) -> bool:
    if deletion is None or deletion.get("table", table) != table:
        return False
    return str(deletion.get("at", "")) >= str(document.get("at", ""))


def _changes(here: Contents, wanted: Contents) -> Iterable[Put]:
    for table in {*here, *wanted}:
        before, after = here.get(table, {}), wanted.get(table, {})
        for uid, document in after.items():
            if before.get(uid) != document:
                yield Put(table, uid, document)
        for uid in before.keys() - after.keys():
            yield Put(table, uid, None)


def _summary(here: Contents, puts: Iterable[Put]) -> Merged:
    added = changed = deleted = 0
    questions = set()
    for put in puts:
        if put.table == DELETED:
            continue
        known = here.get(put.table, {}).get(put.uid)
        added += known is None
        deleted += put.document is None
        changed += known is not None and put.document is not None
        document = put.document or known or {}
        if put.table in {"reviews", "cards"}:
            place = (document.get("library"), document.get("article"), document.get("question"))
            questions.add(tuple(str(part or "") for part in place))
    return Merged(added, changed, deleted, frozenset((one, two, three) for one, two, three in questions))


def _put(table: dict[int, Document], put: Put) -> None:
    if put.document is None:
        table.pop(put.uid, None)
    else:
        table[put.uid] = put.document
