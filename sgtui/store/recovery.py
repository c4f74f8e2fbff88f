"""Opening what is there: the state file, or the best that backups, journals and the damaged file itself still give.

Nothing that could not be read is ever written over: it is set aside under a new name first.
"""

import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from sgtui.errors import Problem, problem
from sgtui.files import duplicate, free_name, set_aside, write_new
from sgtui.store.backups import backups, journal_of, load_journal
from sgtui.store.journal import Change, Journal
from sgtui.store.schema import SCHEMA
from sgtui.store.snapshot import DamagedError, Snapshot, Table, read_snapshot, salvage

LIMIT: Final = 1 << 30
"""Bytes; a larger file is not one of ours (a million answers take about 250 MB) and is not read into memory."""
_SALVAGED: Final = 1 << 28


@dataclass(slots=True)
class Loaded:
    """What was found.

    ``rewrite`` asks for a fresh state file and journal at once; ``journal`` is the one to go on with otherwise.
    ``damaged`` says that the file in place is no backup of anything; it was set aside under a second name, unless
    ``stuck`` says why that could not be done: then it must not be replaced.
    """

    snapshot: Snapshot
    journal: Journal | None = None
    rewrite: bool = False
    damaged: bool = False
    stuck: OSError | None = None
    notices: list[Problem] = field(default_factory=list)


def load(path: Path, now: datetime) -> Loaded:
    """Open the state file at ``path``; raises ``OSError`` where the folder or file cannot be used at all."""
    found = Loaded(Snapshot())
    try:
        data = _read(path)
        snapshot = read_snapshot(data)
    except FileNotFoundError:
        return _without_file(path, found, now)
    except DamagedError as error:
        return _damaged(path, found, now, str(error))
    found.snapshot = snapshot
    if snapshot.schema > SCHEMA:
        _notice(found, path, "state-newer", shape=snapshot.schema, known=SCHEMA)
        return found
    if snapshot.schema < SCHEMA:
        _keep_copy(found, path, data, now, f"shape-{snapshot.schema}")
    if snapshot.odd:
        kept = _keep_copy(found, path, data, now)
        _notice(found, path, "state-odd", count=snapshot.odd, kept=kept.name)
    found.rewrite = snapshot.foreign
    _replay_own(path, found, now)
    return found


def _read(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{path}: not a file")
    if status.st_size > LIMIT:
        raise DamagedError("too large")
    with path.open("rb") as file:
        if not file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            raise DamagedError("not JSON" if status.st_size else "empty")
        file.seek(0)
        return file.read()


def _replay_own(path: Path, found: Loaded, now: datetime) -> None:
    journal = load_journal(journal_of(path))
    if journal is None:
        found.rewrite = True
        return
    if journal.file != found.snapshot.file:
        if journal.changes or journal.damaged:
            kept = _moved(found, journal_of(path), now)
            _notice(found, path, "state-other-journal", kept=kept.name)
        found.rewrite = True
        return
    found.journal = journal
    _say_what_is_torn(path, found, journal, now)
    changes = [change for change in journal.changes if change.number > found.snapshot.change]
    if changes and changes[0].number > found.snapshot.change + 1:
        changes = _all_changes(path, found.snapshot)
        found.rewrite = True
    _apply(path, found, changes)


def _say_what_is_torn(path: Path, found: Loaded, journal: Journal, now: datetime) -> None:
    if journal.torn:
        _notice(found, path, "state-torn")
        found.rewrite = True
    if journal.damaged:
        kept = _keep_copy(found, journal_of(path), journal_of(path).read_bytes(), now)
        _notice(found, path, "state-journal-damaged", count=journal.damaged, kept=kept.name)
        found.rewrite = True


def _without_file(path: Path, found: Loaded, now: datetime) -> Loaded:
    own = load_journal(journal_of(path))
    if own is None and not any(backups(path)):
        return found
    return _from_backups(path, found, now, None, "state-missing")


def _damaged(path: Path, found: Loaded, now: datetime, reason: str) -> Loaded:
    data = b"" if path.stat().st_size > _SALVAGED else path.read_bytes()
    found.damaged = True
    kept = free_name(path, "damaged", now)
    try:
        duplicate(path, kept)
    except OSError as error:
        found.stuck = error
        kept = path
    _notice(found, path, "state-damaged", kept=kept.name, reason=reason)
    return _from_backups(path, found, now, data, "state-from-backup")


def _from_backups(path: Path, found: Loaded, now: datetime, data: bytes | None, code: str) -> Loaded:
    found.rewrite = True
    own = load_journal(journal_of(path))
    for kept in backups(path):
        try:
            snapshot = read_snapshot(_read(kept))
        except (OSError, DamagedError):  # the next older one may be good
            continue
        found.snapshot = snapshot
        _apply(path, found, _all_changes(path, snapshot))
        _notice(found, path, code, backup=kept.name, records=_count(snapshot))
        break
    else:
        found.snapshot = salvage(data) if data else Snapshot(own.file if own else "")
        _apply(path, found, _all_changes(path, found.snapshot))
        if data is not None or _count(found.snapshot):
            _notice(found, path, "state-salvaged", records=_count(found.snapshot))
    if own is not None:
        _say_what_is_torn(path, found, own, now)
    return found


def _all_changes(path: Path, snapshot: Snapshot) -> list[Change]:
    """Every change after ``snapshot`` that any journal of this file still holds, oldest first."""
    numbered: dict[int, Change] = {}
    for holder in [*reversed(list(backups(path))), path]:
        journal = load_journal(journal_of(holder))
        if journal is not None and snapshot.file in ("", journal.file):
            numbered.update((change.number, change) for change in journal.changes)
    return [numbered[number] for number in sorted(numbered) if number > snapshot.change]


def _apply(path: Path, found: Loaded, changes: list[Change]) -> None:
    snapshot = found.snapshot
    missing = 0
    for change in changes:
        missing += change.number - snapshot.change - 1
        apply_change(snapshot.tables, change)
        snapshot.change = change.number
    if missing:
        _notice(found, path, "state-gap", count=missing)


def apply_change(tables: dict[str, Table], change: Change) -> None:
    """Put the documents of ``change`` into ``tables``."""
    for put in change.puts:
        tables.setdefault(put.table, Table()).put(put.uid, put.document)


def _moved(found: Loaded, path: Path, now: datetime) -> Path:
    try:
        return set_aside(path, "other", now)
    except OSError as error:
        found.stuck = error
        return path


def _keep_copy(found: Loaded, path: Path, data: bytes, now: datetime, word: str = "before-repair") -> Path:
    kept = free_name(path, word, now)
    try:
        write_new(kept, data)
    except OSError as error:
        found.stuck = error
        return path
    return kept


def _count(snapshot: Snapshot) -> int:
    return sum(len(table.documents) for table in snapshot.tables.values())


def _notice(found: Loaded, path: Path, code: str, **details: object) -> None:
    found.notices.append(problem(path.name, 0, code, **details))
