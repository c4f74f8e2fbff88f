"""Several machines through a place they all reach (:mod:`sgtui.store.places`).

Each device writes one file there, ``sgtui-<device>.json``, and only that one; it reads all the others and merges them.
So two devices never write the same file, and whatever order the files arrive in, everyone ends with the same records.
Conflict copies that file-sync programs leave, there or beside the state file, are state files like any other and are
merged too.  A device reads its own file when it is not the one it wrote: it is what is left after a lost disk.

Whole contents that were merged once are known by the checksum in their first line and not read again, so that a
synchronisation that was cut off goes on where it stopped.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from sgtui.errors import Problem, SgtuiError, problem
from sgtui.i18n import _
from sgtui.store.journal import read_journal
from sgtui.store.memory import LOCAL, Question, remember, seen, waiting
from sgtui.store.merge import Merged, merge_tables, read_tables, tables_of
from sgtui.store.places import HEAD, Place
from sgtui.store.recovery import LIMIT, apply_change
from sgtui.store.snapshot import DamagedError, Table, encode, header_of
from sgtui.store.store import Store

_CONFLICTS: Final = re.compile(r"(conflict|競合|の複製|のコピー)", re.IGNORECASE)


@dataclass(slots=True)
class Synced:
    """What a synchronisation did (or would do): by file name what was merged from it, and whether ours was written.

    ``known`` are files whose contents were merged before.  ``problems`` are files that could not be read; they are
    left alone and tried again next time.
    """

    merged: dict[str, Merged] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    written: bool = False
    problems: list[Problem] = field(default_factory=list)


def own_file(device: str) -> str:
    """The name of the one file that ``device`` writes."""
    return f"sgtui-{device}.json"


def synchronise(
    store: Store, place: Place, *, settle: Callable[[frozenset[Question]], object] | None = None, dry_run: bool = False
) -> Synced:
    """Merge what other devices left at ``place`` into ``store``, and leave there what this one knows.

    ``settle`` is called in between with the questions whose cards are to be made again, if there are any.  Interrupted
    anywhere, it is simply done again.  With ``dry_run`` nothing is written anywhere.  Raises :class:`SgtuiError` where
    the place cannot be used, or another run is using it for the same state file.
    """
    done = Synced()
    with _alone(store.path, dry_run=dry_run):
        try:
            store.refresh()
            _merge_conflicts(store, done, dry_run=dry_run)
            files = place.files()
            for name, size in files.items():
                _take_over(store, place, name, size, done, dry_run=dry_run)
            questions = waiting(store.engine)
            if questions and settle is not None and not dry_run:
                settle(questions)
            _leave(store, place, files, done, dry_run=dry_run)
        except OSError as error:
            raise _unusable(place.title, error) from error
    return done


def merge_conflict_copies(store: Store, *, dry_run: bool = False) -> Synced:
    """Merge the conflict copies beside the state file that were not merged yet; the copies stay where they are."""
    done = Synced()
    _merge_conflicts(store, done, dry_run=dry_run)
    return done


def conflict_copies(path: Path) -> list[Path]:
    """Copies of the state file ``path`` and of its journal that a file-sync program left beside it."""
    stem, whole = path.stem.casefold(), path.name.casefold()
    found = []
    for file in path.parent.iterdir() if path.parent.is_dir() else ():
        name = file.name.casefold()
        of_file = name.startswith(stem) and file.suffix == path.suffix
        of_journal = name.startswith(whole) and file.suffix == ".journal" and ".other-" not in name
        if file != path and (of_file or of_journal) and _CONFLICTS.search(file.name) and file.is_file():
            found.append(file)
    return sorted(found)


def _merge_conflicts(store: Store, done: Synced, *, dry_run: bool) -> None:
    for copy in conflict_copies(store.path) if store.path is not None else ():
        try:
            with copy.open("rb") as file:
                checksum = _checksum(file.read(HEAD)) if copy.suffix != ".journal" else ""
            if checksum and seen(store.engine, copy.name) == checksum:
                done.known.append(copy.name)
                continue
            tables = _journal_tables(copy) if copy.suffix == ".journal" else read_tables(copy)
        except (OSError, DamagedError) as error:
            done.problems.append(_unreadable(copy.name, error))
            continue
        done.merged[copy.name] = merge_tables(store.engine, tables, dry_run=dry_run)
        if checksum and not dry_run:
            remember(store.engine, copy.name, checksum)


def _journal_tables(path: Path) -> dict[str, Table]:
    """The documents that a journal's changes leave; what it deleted is in its table of deletions."""
    if path.stat().st_size > LIMIT:
        raise DamagedError("too large")
    tables: dict[str, Table] = {}
    for change in read_journal(path.read_bytes()).changes:
        apply_change(tables, change)
    return tables


def _take_over(store: Store, place: Place, name: str, size: int, done: Synced, *, dry_run: bool) -> None:
    known_as = f"{place.title} {name}"
    checksum = _checksum(place.head(name))
    if checksum and seen(store.engine, known_as) == checksum:
        done.known.append(name)
        return
    try:
        tables = _tables(place, name, size)
    except DamagedError as error:  # half copied, perhaps: whole the next time
        done.problems.append(_unreadable(name, error))
        return
    done.merged[name] = merge_tables(store.engine, tables, dry_run=dry_run)
    if checksum and not dry_run:
        remember(store.engine, known_as, checksum)


def _tables(place: Place, name: str, size: int) -> dict[str, Table]:
    if size > LIMIT:
        raise DamagedError("too large")
    return tables_of(place.read(name))


def _leave(store: Store, place: Place, files: dict[str, int], done: Synced, *, dry_run: bool) -> None:
    """Write our file unless the one there holds the same."""
    name = own_file(store.device)
    data = _encode(store)
    checksum = _checksum(data[:HEAD])
    if files.get(name) == len(data) and _checksum(place.head(name)) == checksum:
        return
    done.written = True
    if not dry_run:
        place.write(name, data)
        remember(store.engine, f"{place.title} {name}", checksum)


def _encode(store: Store) -> bytes:
    with store.engine.memory:
        frozen = {name: table.freeze() for name, table in sorted(store.engine.tables.items()) if name not in LOCAL}
    return encode(store.device, 0, {name: table.fold() for name, table in frozen.items()})


def _checksum(head: bytes) -> str:
    header = header_of(head)
    return str(header.get("sum", "")) if header is not None else ""


class _alone:  # noqa: N801 - used as a statement
    """One synchronisation of a state file at a time."""

    def __init__(self, path: Path | None, *, dry_run: bool) -> None:
        self._lock = FileLock(path.with_name(path.name + ".sync-lock"), timeout=0) if path and not dry_run else None

    def __enter__(self) -> None:
        try:
            if self._lock is not None:
                self._lock.acquire()
        except Timeout:
            raise SgtuiError(_("Another synchronisation of this file is running.")) from None
        except OSError as error:
            raise _unusable(str(self._lock.lock_file) if self._lock else "", error) from error

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.release()


def _unreadable(name: str, error: Exception) -> Problem:
    return problem(name, 0, "state-unreadable", reason=_reason(error))


def _unusable(title: str, error: OSError) -> SgtuiError:
    return SgtuiError(_("{path} cannot be used ({reason}).").format(path=title, reason=_reason(error)))


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
