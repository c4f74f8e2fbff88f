"""Two machines' files as one: a union of sets by uid.

A record on both sides is joined (:mod:`sgtui.store.joins`); one that was deleted stays deleted unless it was saved
again later.  Merging is commutative, associative and idempotent: any order of any number of files gives the same
records.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sgtui.store.backups import journal_of, load_journal
from sgtui.store.differing import differing, pick
from sgtui.store.engine import Engine
from sgtui.store.joins import JOINED, join, newest
from sgtui.store.journal import Journal, Put
from sgtui.store.memory import LOCAL, Question, await_cards
from sgtui.store.records import TABLES
from sgtui.store.recovery import LIMIT, apply_change
from sgtui.store.schema import SCHEMA
from sgtui.store.snapshot import DamagedError, Frozen, Table, read_snapshot
from sgtui.store.uid import named_uid

Document = dict[str, Any]
Contents = Mapping[str, Mapping[int, Document]]

DELETED: Final = "deleted"
_EMPTY: Final = Frozen(b"", {}, 0)
_ATTEMPTS: Final = 3
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
    return {name: dict(table.documents) for name, table in read_tables(path).items()}


def read_tables(path: Path) -> dict[str, Table]:
    """As :func:`read_contents`, without decoding what need not be."""
    if path.stat().st_size > LIMIT:
        raise DamagedError("too large")
    return tables_of(path.read_bytes(), load_journal(journal_of(path)))


def tables_of(data: bytes, journal: Journal | None = None) -> dict[str, Table]:
    """The tables of a state file's bytes and of its journal; raises :class:`DamagedError`."""
    snapshot = read_snapshot(data)
    if snapshot.schema > SCHEMA:
        raise DamagedError(f"shape {snapshot.schema}")
    if journal is not None and journal.file == snapshot.file:
        for change in journal.changes:
            if change.number > snapshot.change:
                apply_change(snapshot.tables, change)
    return snapshot.tables


def contents_of(engine: Engine) -> dict[str, dict[int, Document]]:
    """The documents that are open now, without what this file remembers for itself."""
    with engine.memory:
        tables = {name: table for name, table in engine.tables.items() if name not in LOCAL}
        return {name: dict(table.documents) for name, table in tables.items() if table.documents}


def merge_into(engine: Engine, contents: Contents, *, dry_run: bool = False) -> Merged:
    """Merge ``contents`` into the open file; with ``dry_run`` only say what would happen."""
    return merge_tables(engine, {name: Table(documents=dict(contents[name])) for name in contents}, dry_run=dry_run)


def merge_tables(engine: Engine, tables: Mapping[str, Table], *, dry_run: bool = False) -> Merged:
    """Merge the ``tables`` of a file into the open one; with ``dry_run`` only say what would happen.

    Questions whose cards the log may change wait (:func:`sgtui.store.memory.waiting`) until someone made them again,
    even if the program dies in between.  Other windows may write meanwhile.
    """
    theirs = {name: tables[name].freeze() for name in tables if name in TABLES}
    for _attempt in range(_ATTEMPTS):
        version, found, puts = _look(engine, theirs)
        if dry_run or _written(engine, version, puts, found.questions):
            return found
    with engine.change() as change:  # the others are too busy to be overtaken: they wait
        _version, found, puts = _look(engine, theirs)
        change.extend([*await_cards(engine, found.questions), *puts] if puts else ())
    return found


def _look(engine: Engine, theirs: Mapping[str, Frozen]) -> tuple[int, Merged, list[Put]]:
    """What a merge would do to the open file, and the version of it that this was found for."""
    with engine.memory:
        version = engine.version
        mine = {name: table.freeze() for name, table in engine.tables.items()}
    here, puts = _to_put(mine, theirs)
    return version, _summary(here, puts, _complete(mine, puts)), puts


def _to_put(mine: Mapping[str, Frozen], theirs: Mapping[str, Frozen]) -> tuple[Contents, list[Put]]:
    """What is here of all that a merge may touch, and what the merge changes."""
    gone_here, gone_there = (side[DELETED].decode() if DELETED in side else {} for side in (mine, theirs))
    fresh = {uid for uid, item in gone_there.items() if gone_here.get(uid) != item}
    here: dict[str, dict[int, Document]] = {DELETED: gone_here}
    there: dict[str, dict[int, Document]] = {DELETED: gone_there}
    for name in {*mine, *theirs} & TABLES.keys() - {DELETED}:
        here[name], there[name] = differing(mine.get(name, _EMPTY), theirs.get(name, _EMPTY), fresh)
    return here, list(_changes(here, merge(here, there)))


def _written(engine: Engine, version: int, puts: Sequence[Put], questions: Collection[Question]) -> bool:
    """Write ``puts`` unless something else was written since ``version``: then they are not all right any more."""
    for start in range(0, len(puts), _PART):
        with engine.change() as change:
            if engine.version != version:
                return False
            if not start:
                change.extend(await_cards(engine, questions))
            change.extend(puts[start : start + _PART])
        version += 1
    return True


def _complete(mine: Mapping[str, Frozen], puts: Iterable[Put]) -> Callable[[Question], bool]:
    """Whether a question's card is right as it comes: with all its answers, and none here before."""
    if "moves" in mine or any(put.table == "moves" for put in puts):
        return lambda _question: False
    brought = {question for put in puts if put.table == "cards" and (question := _question_of(put))}
    answered = pick(mine.get("answers", _EMPTY), {named_uid("answers", *question) for question in brought}).keys()
    return lambda question: question in brought and named_uid("answers", *question) not in answered


def _question_of(put: Put, known: Document | None = None) -> Question | None:
    document = put.document or known or {}
    if put.table not in {"reviews", "cards"}:
        return None
    return str(document.get("library", "")), str(document.get("article", "")), str(document.get("question", ""))


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


def _summary(here: Contents, puts: Iterable[Put], complete: Callable[[Question], bool]) -> Merged:
    added = changed = deleted = 0
    questions = set()
    for put in puts:
        if put.table == DELETED:
            continue
        known = here.get(put.table, {}).get(put.uid)
        added += known is None
        deleted += put.document is None
        changed += known is not None and put.document is not None
        question = _question_of(put, known)
        if question is not None and not complete(question):
            questions.add(question)
    return Merged(added, changed, deleted, frozenset(questions))
