"""The file, its journal and their locks: every change is on the disk before the caller goes on.

Several windows share one state file: each change is appended under a lock that is held for that line only, after
reading what others have appended since.  So a second window is a full one, and nothing has to be decided by who came
first.  The lock is the operating system's own, which lets go of it when a program dies, however it dies.

Where a change cannot be written (full disk, a folder gone read-only, another program stuck with the lock) it is kept in
memory and written with the next one; :attr:`Engine.unsaved` counts such changes and a notice says so.  What could not
be written until the end is left in another folder (:mod:`sgtui.store.rescue`).
"""

import contextlib
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from sgtui.errors import Problem
from sgtui.files import (
    make_folder,
    open_private,
    remove_leftovers,
    sync,
    write_all,
)
from sgtui.i18n import _
from sgtui.store.backups import backup as backup_of
from sgtui.store.backups import journal_of, load_journal
from sgtui.store.compacting import Compacting, signature
from sgtui.store.journal import Change, Put, change_line, header_line, read_changes, read_journal
from sgtui.store.recovery import Loaded, apply_change, load
from sgtui.store.rescue import rescue, worth_saving
from sgtui.store.schema import SCHEMA
from sgtui.store.snapshot import Table
from sgtui.store.uid import RANDOM_BITS, new_uid

WAIT: Final = 2.0
"""Seconds to wait for another window's line; one takes a few milliseconds."""
GROWN: Final = 4 << 20
"""Bytes of journal after which the state file is written anew in the background."""

Listener = Callable[[Sequence[Put] | None], None]
"""Told what was changed, or ``None`` when everything may have."""


class Engine(Compacting):
    """The documents of a state file, in memory and on the disk.

    ``path`` is ``None`` for a store in memory only.  ``read_only`` means that nothing will be written in this run.
    ``hearers`` are told each later notice when it comes, from whatever thread.  ``version`` counts what changed in
    memory, whoever changed it.  Methods may be called from any thread.
    """

    def __init__(self, path: Path | None, now: Callable[[], datetime]) -> None:
        """Open ``path``; never raises for a file or folder that cannot be used: ``notices`` say what holds instead."""
        self.path = path
        self.now = now
        self.tables: dict[str, Table] = {}
        self.notices: list[Problem] = []
        self.hearers: list[Callable[[Problem], None]] = []
        self.read_only = path is None
        self.listeners: list[Listener] = []
        self.memory = threading.RLock()
        self.version = 0
        self._file = secrets.token_hex(8)
        self._schema = SCHEMA
        self._last = 0
        self._header = b""
        self._offset = 0
        self._uid = 0
        self._known: tuple[int, int, int] | None = None
        self._pending: list[tuple[Put, ...]] = []
        self._said: set[str] = set()
        self._threads = threading.RLock()
        self._compacting: threading.Thread | None = None
        self._closed = False
        self._late = False
        self._refused: Exception | None = None
        if path is not None:
            self._lock = FileLock(path.with_name(path.name + ".lock"), timeout=WAIT, thread_local=False, mode=0o600)
            self._start(path)

    @property
    def unsaved(self) -> int:
        """How many changes are in memory only for now."""
        return len(self._pending)

    def table(self, name: str) -> Table:
        """The table ``name``; made where there is none."""
        table = self.tables.get(name)
        if table is None:
            table = self.tables[name] = Table()
        return table

    def get(self, name: str, uid: int) -> dict[str, Any] | None:
        """One document of the table ``name``."""
        with self.memory:
            return self.table(name).get(uid)

    def documents(self, name: str) -> Mapping[int, dict[str, Any]]:
        """The documents of a large table, decoded without keeping other threads from the rest meanwhile."""
        while True:
            with self.memory:
                table = self.table(name)
                if table.decoded:
                    return table.documents
                frozen = table.freeze()
            decoded = frozen.decode()
            with self.memory:
                table.adopt(frozen, decoded)

    @contextlib.contextmanager
    def change(self) -> Iterator[list[Put]]:
        """Collect puts that become one change: durable, and visible in :attr:`tables`, when the block ends.

        The documents read inside the block are the newest of any window.  Nothing happens if the block raises or
        collects nothing.
        """
        with self._threads:
            handle = self._hold()
            try:
                puts: list[Put] = []
                yield puts
                if puts:
                    self._pending.append(tuple(puts))
                    if handle is not None:
                        self._append(handle)
                    elif self._refused is not None:
                        self._trouble(self._refused)
                    self._show(puts)
            finally:
                self._let_go(handle)
        if self._offset > GROWN and self._compacting is None and not self._closed:
            self._compacting = threading.Thread(target=self._compact_aside, name="sgtui-compact")
            self._compacting.start()

    def new_uid(self, at: datetime) -> int:
        """A uid that nothing has, greater than those made before in the same millisecond of ``at``."""
        uid = new_uid(at)
        if uid >> RANDOM_BITS == self._uid >> RANDOM_BITS:
            uid = max(uid, self._uid + 1)
        while any(table.known(uid) for table in self.tables.values()):
            uid += 1
        self._uid = uid
        return uid

    def refresh(self) -> bool:
        """Read what other windows have written; whether there was anything.  Waits for nobody if there is nothing."""
        with self._threads:
            before = self.version
            if self._is_behind():
                self._let_go(self._hold())
            return self.version != before

    def _is_behind(self) -> bool:
        if self.path is None or self.read_only:
            return False
        try:
            return journal_of(self.path).stat().st_size != self._offset or signature(self.path) != self._known
        except OSError:  # gone: catching up says what that means
            return True

    def compact(self) -> bool:
        """Write the state file anew with everything in it, and begin an empty journal; whether that could be done."""
        with self._threads:
            handle = self._hold()
            if handle is None:
                return False
            try:
                if self._pending:
                    self._append(handle)
            finally:
                os.close(handle)
            try:
                if not self._pending:
                    self._rewrite()
            except OSError as error:
                self._refused = error
                self._notice("state-not-anew", reason=_reason(error))
                return False
            finally:
                self._lock.release()
            return not self._pending

    def close(self) -> None:
        """Compact if anything changed, and let go of everything; what still cannot be saved is left elsewhere."""
        if self._closed:
            return
        self._closed = True
        if self._compacting is not None:
            self._compacting.join()
        if not self.read_only and (self._offset > len(self._header) or self._pending):
            self.compact()
        unsaved = worth_saving(put for puts in self._pending for put in puts)
        if unsaved and self.path is not None:
            kept = rescue(self.path, self.now(), unsaved)
            self._notice("state-rescued" if kept else "state-lost", count=self.unsaved, kept=kept)

    def _start(self, path: Path) -> None:
        try:
            make_folder(path.parent)
            self._lock.acquire(poll_interval=0.002)
        except Timeout:
            self._late = True
            self._notice("state-busy")
            self._look(path)
            return
        except OSError as error:
            self._memory_only(error)
            self._look(path)
            return
        try:
            self._begin(path)
        finally:
            self._lock.release()

    def _begin(self, path: Path) -> None:
        """Open the file and its journal; under the lock."""
        try:
            remove_leftovers(path, self.now())
            found = load(path, self.now())
            self._take(found)
            if found.snapshot.schema > SCHEMA:
                self.read_only = True
                return
            if found.stuck is not None:
                self._memory_only(found.stuck)
            elif found.rewrite or found.journal is None or not path.exists():
                self._rewrite(foreign=found.snapshot.foreign and path.exists(), damaged=found.damaged)
            else:
                self._header = header_line(found.journal.file, found.journal.after)
                self._offset = found.journal.length
                self._known = signature(path)
        except OSError as error:
            self._memory_only(error)

    def _begin_late(self, path: Path) -> None:
        """Another program held the file when this one began, and has let go of it now."""
        self._late = False
        self._begin(path)
        for puts in self._pending:
            self._show(puts)
        self._tell(None)

    def _look(self, path: Path) -> None:
        """Read what is there without the right to write."""
        try:
            if path.exists():
                self._take(load(path, self.now()))
        except OSError:  # not readable either: an empty store, and a notice says so
            return

    def _take(self, found: Loaded) -> None:
        self.tables = found.snapshot.tables
        self._file = found.snapshot.file or self._file
        self._schema = found.snapshot.schema
        self._last = found.snapshot.change
        for notice in found.notices:
            self._tell_notice(notice)

    def _memory_only(self, error: Exception) -> None:
        self.read_only = True
        self._notice("state-memory-only", reason=_reason(error))

    def _hold(self) -> int | None:
        """Lock, catch up, and return the journal's handle; ``None`` where this run writes nothing or cannot now."""
        self._refused = None
        if self.path is None or self.read_only:
            return None
        try:
            self._lock.acquire(poll_interval=0.002)
        except (OSError, Timeout) as error:
            self._refused = error
            return None
        try:
            if self._late:
                self._begin_late(self.path)
            if not self.read_only:
                return self._catch_up(self.path)
        except OSError as error:
            self._refused = error
        self._lock.release()
        return None

    def _let_go(self, handle: int | None) -> None:
        if handle is not None:
            os.close(handle)
            self._lock.release()

    def _catch_up(self, path: Path) -> int:
        try:
            handle = open_private(journal_of(path))
        except FileNotFoundError:
            self._rewrite()  # someone removed the journal; all it held is still in memory
            handle = open_private(journal_of(path))
        try:
            size = os.fstat(handle).st_size
            head = os.read(handle, len(self._header) + 64)
            if not head.startswith(self._header) or size < self._offset:
                self._follow(path)
            elif size > self._offset:
                self._read_tail(handle)
        except OSError:
            os.close(handle)
            raise
        return handle

    def _read_tail(self, handle: int) -> None:
        os.lseek(handle, self._offset, os.SEEK_SET)
        tail = bytearray()
        while block := os.read(handle, 1 << 20):
            tail += block
        whole = tail.rfind(b"\n") + 1
        changes, _torn = read_changes(bytes(tail[:whole]).split(b"\n")[:-1])
        if whole < len(tail):
            os.ftruncate(handle, self._offset + whole)  # its writer died before it was told that this was saved
        self._offset += whole
        self._replay(changes)

    def _follow(self, path: Path) -> None:
        """Another window has written the state file anew: go on from its journal."""
        own = read_journal(journal_of(path).read_bytes())
        retired = load_journal(journal_of(backup_of(path, 1)))
        numbered = {change.number: change for change in retired.changes} if retired is not None else {}
        numbered.update((change.number, change) for change in own.changes)
        changes = [numbered[number] for number in sorted(numbered) if number > self._last]
        gapless = [change.number for change in changes] == list(range(self._last + 1, self._last + 1 + len(changes)))
        if own.file == self._file and gapless and own.after <= self._last + len(changes):
            self._replay(changes)
        else:
            found = load(path, self.now())
            self._take(found)
            for puts in self._pending:
                self._show(puts)
            self._tell(None)
        self._header = header_line(own.file, own.after)
        self._offset = own.length
        self._known = signature(path)

    def _replay(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.number > self._last:
                self._last = change.number
                self._show(change.puts)

    def _append(self, handle: int) -> None:
        lines = [change_line(self._last + place, puts) for place, puts in enumerate(self._pending, 1)]
        data = b"".join(lines)
        try:
            os.lseek(handle, self._offset, os.SEEK_SET)
            write_all(handle, data)
            sync(handle)
        except OSError as error:
            with contextlib.suppress(OSError):  # what cannot be cut off is cut off by the next reader
                os.ftruncate(handle, self._offset)
            self._trouble(error)
            return
        self._offset += len(data)
        self._last += len(lines)
        if len(lines) > 1 and "state-unsaved" in self._said:
            self._said.discard("state-unsaved")
            self._notice("state-saved-again")
        self._pending.clear()

    def _show(self, puts: Sequence[Put]) -> None:
        with self.memory:
            apply_change(self.tables, Change(0, tuple(puts)))
            self._tell(puts)

    def _tell(self, puts: Sequence[Put] | None) -> None:
        with self.memory:
            self.version += 1
            for listener in self.listeners:
                listener(puts)

    def _trouble(self, error: Exception) -> None:
        if "state-unsaved" not in self._said:
            self._said.add("state-unsaved")
            self._notice("state-unsaved", reason=_reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, Timeout):
        return _("another program is using it")
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
