"""What reading a library's files gave, kept for the next start.

One SQLite file a library, safe to delete, by path, size and time of change.  Whatever happens to
it (damaged, read-only, a full disk, another program in it), the library works on: what cannot
be kept in the file is kept in memory until the program ends.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar
from zlib import crc32

import sgtui
from sgtui.library.ignore import Memory
from sgtui.library.rows import COLUMNS, Row, decode_path, encode_path

SHAPE: Final = 3
"""Raised when what a row means changes."""

PAGE: Final = 16 * 1024
"""Bytes of a page of the file: most texts fit into one, so that writing takes half as long."""

PAGES_AHEAD: Final = 4000
"""Pages that are written beside the file before they are put into it."""

BUSY_MS: Final = 1500
"""How long to wait for another program's write, in milliseconds."""

_COLUMNS: Final = ", ".join(f'"{name}"' for name in COLUMNS)
_SCHEMA: Final = (
    f"CREATE TABLE IF NOT EXISTS files ({_COLUMNS}, PRIMARY KEY (path)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS texts (path UNIQUE, folded TEXT)",
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
)
_SOURCES: Final = ("articles", "quiz", "markup", "library")

T = TypeVar("T")


class Cache:
    """Rows and texts of one library's files.  No method raises for anything the disk or the file does."""

    def __init__(self, file: Path | None, stamp: str) -> None:
        self.file = file
        self._stamp = stamp
        self._disk = self._open_disk()
        self._memory: sqlite3.Connection | None = None

    @property
    def on_disk(self) -> bool:
        """Whether what is put in is still there after the program has ended."""
        return self._disk is not None and self._memory is None

    def rows(self) -> list[Row]:
        """Every row that was kept, in no order."""
        query = f"SELECT {_COLUMNS} FROM files"

        def read(connection: sqlite3.Connection) -> list[Row]:
            return list(map(Row._make, connection.execute(query)))

        nothing: list[Row] = []
        found = self._read(read, nothing)
        if self._memory is not None:
            newer = read(self._memory)
            names = {row.path for row in newer}
            found = [*(row for row in found if row.path not in names), *newer]
        return found

    def put(self, rows: Sequence[tuple[Row, str]]) -> None:
        """Keep rows and their folded texts, in place of what was kept for the same paths."""
        marks = ", ".join("?" * len(COLUMNS))

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(f"REPLACE INTO files VALUES ({marks})", (row for row, _ in rows))
            connection.executemany("REPLACE INTO texts VALUES (?, ?)", ((row.path, folded) for row, folded in rows))

        self._write(write)

    def drop(self, paths: Iterable[bytes]) -> None:
        """Forget files that are gone."""
        gone = [(path,) for path in paths]
        if not gone:
            return

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM files WHERE path = ?", gone)
            connection.executemany("DELETE FROM texts WHERE path = ?", gone)

        self._write(write)

    def folded(self) -> Iterator[tuple[str, str]]:
        """The folded text of every file that is kept, in no order."""
        seen: set[bytes] = set()
        for connection in (self._memory, self._disk):
            if connection is None:
                continue
            try:
                for path, folded in connection.execute("SELECT path, folded FROM texts"):
                    if path not in seen and isinstance(folded, str):
                        seen.add(path)
                        yield decode_path(path), folded
            except (sqlite3.Error, TypeError, AttributeError):  # damaged: what was not reached is not found
                continue

    def some_rows(self, paths: Sequence[bytes]) -> list[Row]:
        """The rows of these paths that were kept, in no order."""
        query = f"SELECT {_COLUMNS} FROM files WHERE path IN ({', '.join('?' * len(paths))})"
        nothing: list[Row] = []
        return self._read(lambda connection: list(map(Row._make, connection.execute(query, paths))), nothing)

    def note(self, name: str) -> str:
        """What was noted under ``name``, or nothing."""

        def read(connection: sqlite3.Connection) -> str:
            found = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            return str(found[0]) if found else ""

        return self._read(read, "")

    def put_note(self, name: str, value: str) -> None:
        """Note ``value`` under ``name``, in place of what was noted there."""
        if self.note(name) != value:
            self._write(lambda connection: connection.execute("REPLACE INTO meta VALUES (?, ?)", (name, value)))

    def memory(self) -> Memory:
        """What the last walk decided of ignored paths."""

        def read(connection: sqlite3.Connection) -> Memory:
            found = connection.execute("SELECT value FROM meta WHERE name = 'ignored'").fetchone()
            return _memory(found[0]) if found else Memory()

        return self._read(read, Memory())

    def remember(self, memory: Memory) -> None:
        """Keep what a walk decided."""
        if self.memory() == memory:
            return
        signatures = {path: list(signature) for path, signature in memory.signatures.items()}
        import json  # noqa: PLC0415 - only where files are ignored

        value = json.dumps([signatures, memory.decisions])
        self._write(lambda connection: connection.execute("REPLACE INTO meta VALUES ('ignored', ?)", (value,)))

    def close(self) -> None:
        """Let go of the file."""
        for connection in (self._disk, self._memory):
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):  # a damaged file may not even close
                    connection.close()
        self._disk = self._memory = None

    def _read(self, read: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        if self._disk is None:
            return nothing
        try:
            return read(self._disk)
        except (sqlite3.Error, ValueError, TypeError):
            self._replace_disk()
            return nothing

    def _write(self, write: Callable[[sqlite3.Connection], object]) -> None:
        if self._memory is None and self._disk is not None:
            try:
                with self._disk:
                    write(self._disk)
            except sqlite3.Error:  # full, read-only, busy or damaged: from now on in memory
                pass
            else:
                return
        if self._memory is None:
            self._memory = _prepare(sqlite3.connect(":memory:", check_same_thread=False))
        with self._memory:
            write(self._memory)

    def _open_disk(self) -> sqlite3.Connection | None:
        """The file, made new if it is damaged or of another shape; None if it cannot be had."""
        if self.file is None:
            return None
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._open(self.file)
        except OSError:
            return None
        except sqlite3.Error as error:
            busy = "locked" in str(error)
        try:
            if not busy and _remove(self.file):
                return self._open(self.file)
        except sqlite3.Error:  # the folder is read-only, the disk is full, or worse
            pass
        return None

    def _open(self, file: Path) -> sqlite3.Connection:
        connection = _connect(file)
        try:
            found = connection.execute("SELECT value FROM meta WHERE name = 'stamp'").fetchone()
            if not found or found[0] != self._stamp:
                self._start_over(connection)
        except sqlite3.Error:
            _close(connection)
            raise
        return connection

    def _start_over(self, connection: sqlite3.Connection) -> None:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            for table in ("files", "texts", "meta"):
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("REPLACE INTO meta VALUES ('stamp', ?)", (self._stamp,))

    def _replace_disk(self) -> None:
        _close(self._disk)
        self._disk = None
        if self.file is not None and _remove(self.file):
            self._disk = self._open_disk()


def open_cache(cache_dir: Path | None, root: Path, dialects: Collection[str] = ()) -> Cache:
    """The cache of the library at ``root`` in ``cache_dir``; without a folder, or if it cannot be had, in memory."""
    # The root is in the stamp as well: two whose names have the same checksum take turns with one file.
    real = encode_path(os.path.realpath(root))
    file = cache_dir / f"library-{crc32(real):08x}.sqlite3" if cache_dir is not None else None
    return Cache(file, "/".join((str(SHAPE), sgtui.__version__, _code_stamp(), *sorted(dialects), real.hex())))


def _code_stamp() -> str:
    """Names the code that reads articles: rows that other code made are not trusted."""
    seen: list[tuple[str, int, int]] = []
    package = Path(sgtui.__file__).parent
    for name in _SOURCES:
        try:
            with os.scandir(package / name) as entries:
                files = sorted((e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries if e.is_file())
        except OSError:  # run from a zip: the version must do
            continue
        seen += [file for file in files if file[0].endswith(".py")]
    return f"{crc32(repr((COLUMNS, seen)).encode()):08x}"


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=BUSY_MS / 1000, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES_AHEAD}")
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut takes can be made again
        _prepare(connection)
    except sqlite3.Error:
        _close(connection)
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    for statement in _SCHEMA:
        connection.execute(statement)
    return connection


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        with contextlib.suppress(sqlite3.Error):  # a damaged file may not even close
            connection.close()


def _remove(file: Path) -> bool:
    """Remove the file and what SQLite keeps beside it; False if that cannot be done."""
    try:
        for suffix in ("", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _memory(value: str) -> Memory:
    import json  # noqa: PLC0415

    signatures, decisions = json.loads(value)
    return Memory({path: (int(size), int(time)) for path, (size, time) in signatures.items()}, dict(decisions))
