"""Writing the state file anew: everything in one file again, the old one kept, an empty journal after it."""

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from sgtui.errors import Problem, problem
from sgtui.files import free_name, replace_file, sync_folder, temporary, write_new
from sgtui.store.backups import journal_of, load_journal, rotate
from sgtui.store.journal import Put, change_line, header_line
from sgtui.store.schema import SCHEMA
from sgtui.store.snapshot import Frozen, Table, encode, read_header


class Compacting(ABC):
    """The part of the engine that writes the state file anew; :class:`Engine` makes the attributes."""

    path: Path | None
    now: Callable[[], datetime]
    tables: dict[str, Table]
    notices: list[Problem]
    hearers: list[Callable[[Problem], None]]
    memory: threading.RLock
    _threads: threading.RLock
    _lock: FileLock
    _file: str
    _schema: int
    _last: int
    _header: bytes
    _offset: int
    _known: tuple[int, int, int] | None
    _pending: list[tuple[Put, ...]]
    _compacting: threading.Thread | None

    @abstractmethod
    def _hold(self) -> int | None:
        """Lock, catch up, and return the journal's handle."""

    def _compact_aside(self) -> None:
        """In a thread: encode without holding the file, then put the new file in place."""
        with self._threads, self.memory:
            if self._pending:
                self._compacting = None
                return
            frozen, change = self._freeze()
        try:
            written = self._write_new(frozen, change)
            with self._threads:
                handle = self._hold()
                if handle is None:
                    written.path.unlink(missing_ok=True)
                    return
                os.close(handle)
                try:
                    self._put_in_place(written)
                finally:
                    self._lock.release()
        except OSError:  # nothing is lost: the changes are in the journal, and closing tries again
            return
        finally:
            self._compacting = None

    def whole(self) -> bytes:
        """A state file with everything that is in memory; raises ``OSError``."""
        if self.path is not None and self._schema > SCHEMA:
            return self.path.read_bytes()  # a newer program's: only that one could write it
        with self.memory:
            frozen, change = self._freeze()
        return encode(self._file, change, {name: table.fold() for name, table in frozen.items()})

    def _rewrite(self, *, foreign: bool = False, damaged: bool = False) -> None:
        with self.memory:
            frozen, change = self._freeze()
        self._put_in_place(self._write_new(frozen, change), foreign=foreign, damaged=damaged)

    def _freeze(self) -> tuple[dict[str, Frozen], int]:
        return {name: table.freeze() for name, table in self.tables.items()}, self._last

    def _write_new(self, frozen: dict[str, Frozen], change: int) -> "_Written":
        assert self.path is not None
        folded = {name: table.fold() for name, table in frozen.items()}
        new = temporary(self.path)
        write_new(new, encode(self._file, change, folded))
        return _Written(new, change, frozen, folded)

    def _put_in_place(self, written: "_Written", *, foreign: bool = False, damaged: bool = False) -> None:
        assert self.path is not None
        try:
            self._exchange(self.path, written, foreign=foreign, damaged=damaged)
        finally:
            written.path.unlink(missing_ok=True)
        with self.memory:
            for name, table in written.frozen.items():
                if name in self.tables:
                    self.tables[name].settle(table, written.folded[name])

    def _exchange(self, path: Path, written: "_Written", *, foreign: bool, damaged: bool) -> None:
        """Keep the old file as a backup, make the new one the state file, begin a journal after it."""
        change = written.change
        own = load_journal(journal_of(path))
        changes = list(own.changes) if own is not None and own.file == self._file else []
        if own is not None and own.file == self._file and own.after > change:
            return  # another window was quicker, with newer contents
        self._keep_foreign(path)
        rotate(path, self.now(), foreign=foreign, damaged=damaged)
        written.path.replace(path)
        sync_folder(path.parent)
        header = header_line(self._file, change)
        later = b"".join(change_line(item.number, item.puts) for item in changes if item.number > change)
        replace_file(journal_of(path), header + later)
        self._header, self._offset, self._known = header, len(header) + len(later), signature(path)

    def _keep_foreign(self, path: Path) -> None:
        """Keep a copy of a state file that someone else put there while this program ran."""
        found = signature(path)
        if self._known is not None and found is not None and found != self._known and not self._is_ours(path):
            kept = free_name(path, "replaced", self.now())
            path.replace(kept)
            self._notice("state-replaced", kept=kept.name)

    def _is_ours(self, path: Path) -> bool:
        """Whether another window put the file there and died before it began the journal."""
        header = read_header(path)
        return header is not None and header["file"] == self._file and header["change"] <= self._last

    def _notice(self, code: str, **details: object) -> None:
        self._tell_notice(problem(self.path.name if self.path else "", 0, code, **details))

    def _tell_notice(self, notice: Problem) -> None:
        self.notices.append(notice)
        for hear in self.hearers:
            hear(notice)


class _Written(NamedTuple):
    """A new state file that is on the disk but not yet in place."""

    path: Path
    change: int
    frozen: dict[str, Frozen]
    folded: dict[str, bytes]


def signature(path: Path) -> tuple[int, int, int] | None:
    """By which a file put in the place of ``path`` by another program is noticed; ``None`` where there is none."""
    try:
        status = path.stat()
    except OSError:  # gone: whoever took it has it
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
