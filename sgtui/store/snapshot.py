"""The state file itself: JSON as plain TinyDB reads it, one document a line, decoded table by table when asked for.

The first table, ``sgtui``, says which shape the file has, which changes it holds and a checksum of the rest.  While
the checksum holds, the rest is known to be what this program wrote, and a table can be cut out by its place in the
file instead of decoding a hundred thousand reviews to show a bookmark.  A file that another program or a person wrote
is decoded whole.
"""

import contextlib
import gc
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from sgtui.store.journal import dumps
from sgtui.store.schema import SCHEMA, Tables, migrate

HEADER: Final = "sgtui"
"""The table that describes the file."""

_PART: Final = 1 << 16
"""Bytes of a table that are decoded at once: about a millisecond."""
_TABLE_LINE: Final = re.compile(rb'\n"([a-z_]+)": \{\n')


class DamagedError(Exception):
    """A state file that cannot be read; ``str`` is the reason in a few words, for the record."""


class Table:
    """The documents of one table by uid: bytes from the file, and what changed since.

    Not safe to change from two threads at once; the engine sees to that.
    """

    __slots__ = ("_changed", "_documents", "_raw", "_settled")

    def __init__(self, raw: bytes = b"", documents: dict[int, dict[str, Any]] | None = None) -> None:
        """Take the lines of a file (``"uid": {…},\\n`` each, the last without its comma), or decoded documents."""
        self._raw = raw
        self._documents: dict[int, dict[str, Any]] | None = documents if not raw else None
        self._changed: dict[int, dict[str, Any] | None] = {}
        self._settled = 0
        if documents:
            self._changed.update(documents)

    @property
    def documents(self) -> Mapping[int, dict[str, Any]]:
        """Every document; decoded on the first use."""
        if self._documents is None:
            self._documents = self.freeze().decode()
        return self._documents

    @property
    def decoded(self) -> bool:
        """Whether :attr:`documents` costs nothing any more."""
        return self._documents is not None

    def put(self, uid: int, document: dict[str, Any] | None) -> None:
        """Set or (``None``) remove one document."""
        self._changed[uid] = document
        if self._documents is not None:
            _place(self._documents, uid, document)

    def get(self, uid: int) -> dict[str, Any] | None:
        """One document; a table from the file is not decoded for this."""
        if uid in self._changed:
            return self._changed[uid]
        return self._documents.get(uid) if self._documents is not None else _find(self._raw, uid)

    def known(self, uid: int) -> bool:
        """Whether ``uid`` was set since the file was written; a table from the file is not decoded for this."""
        return uid in (self._changed if self._documents is None else self._documents)

    def freeze(self) -> "Frozen":
        """The table as it is now, to be folded while it goes on changing."""
        return Frozen(self._raw, dict(self._changed), self._settled)

    def adopt(self, frozen: "Frozen", decoded: dict[int, dict[str, Any]]) -> None:
        """Take ``decoded``, made from ``frozen``, unless the table was settled or decoded meanwhile."""
        if self._documents is None and self._settled == frozen.settled:
            for uid, document in self._changed.items():
                _place(decoded, uid, document)
            self._documents = decoded

    def settle(self, frozen: "Frozen", raw: bytes) -> None:
        """Take ``raw``, made from ``frozen``, as what need not be encoded again.

        Not if the table was settled or read anew since: then ``raw`` is the older one.
        """
        if self._settled != frozen.settled:
            return
        self._settled += 1
        self._raw = raw
        for uid, document in frozen.changed.items():
            if uid in self._changed and self._changed[uid] is document:
                del self._changed[uid]


class Frozen(NamedTuple):
    """A table at one moment."""

    raw: bytes
    changed: dict[int, dict[str, Any] | None]
    settled: int

    def decode(self) -> dict[int, dict[str, Any]]:
        """The table's documents; other threads can work meanwhile, since no call into C takes long."""
        decoded: dict[int, dict[str, Any]] = {}
        with uncollected():
            for part in _parts(self.raw):
                decoded.update((int(uid), document) for uid, document in json.loads(part).items())
        for uid, document in self.changed.items():
            _place(decoded, uid, document)
        return decoded

    def fold(self) -> bytes:
        """The table's lines as they are to be written, by uid; documents that did not change are not encoded again."""
        if not self.changed:
            return self.raw
        fresh = {uid: _line(uid, document) for uid, document in self.changed.items() if document is not None}
        if self.raw and len(fresh) == len(self.changed) and min(fresh) > _last_uid(self.raw):
            return self.raw[:-1] + b",\n" + _joined(fresh)
        lines = dict(_raw_lines(self.raw))
        for uid in self.changed:
            lines.pop(uid, None)
        return _joined(lines | fresh)


def _parts(raw: bytes) -> Iterator[bytes]:
    """The lines of a table as JSON objects of a few hundred lines each."""
    start = 0
    while start < len(raw):
        end = raw.find(b"\n", start + _PART) + 1 or len(raw)
        yield b"{%b}" % raw[start:end].removesuffix(b"\n").removesuffix(b",")
        start = end


def _find(raw: bytes, uid: int) -> dict[str, Any] | None:
    """The document ``uid`` among the lines of a table, which are in the order of their uids."""
    low, high = 0, len(raw)
    while low < high:
        start = raw.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = raw.index(b"\n", start)
        colon = raw.index(b":", start, end)
        found = int(raw[start + 1 : colon - 1])
        if found == uid:
            document: dict[str, Any] = json.loads(raw[colon + 1 : end].removesuffix(b","))
            return document
        low, high = (end + 1, high) if found < uid else (low, start)
    return None


def _line(uid: int, document: dict[str, Any]) -> bytes:
    return b'"%d": %b' % (uid, dumps(document))


def _joined(lines: dict[int, bytes]) -> bytes:
    return b",\n".join(lines[uid] for uid in sorted(lines)) + b"\n" if lines else b""


def _last_uid(raw: bytes) -> int:
    start = raw.rfind(b"\n", 0, -1) + 1
    return int(raw[start + 1 : raw.index(b'"', start + 1)])


@dataclass(slots=True)
class Snapshot:
    """A state file's contents.

    ``file`` names the file for life; ``change`` is the number of the last change it holds.  ``foreign`` is true where
    another program or a hand wrote it.  ``odd`` counts values that JSON does not have (NaN) and documents that are
    none; the file is kept as it was before it is written again.
    """

    file: str = ""
    change: int = 0
    schema: int = SCHEMA
    tables: dict[str, Table] = field(default_factory=dict)
    foreign: bool = False
    odd: int = 0


def encode(file: str, change: int, tables: Mapping[str, bytes]) -> bytes:
    """A state file's bytes, of each table's lines as :meth:`Frozen.fold` makes them."""
    body = b"".join(b',\n"%b": {\n%b}' % (name.encode(), raw) for name, raw in tables.items() if raw) + b"\n}\n"
    header = {"schema": SCHEMA, "file": file, "change": change, "sum": _digest(body)}
    return b'{\n"%b": {"1": %b}%b' % (HEADER.encode(), dumps(header), body)


def read_header(path: Path) -> dict[str, Any] | None:
    """What a file says of itself (``file``, ``change``), without reading the rest; ``None`` if it is not ours."""
    with path.open("rb") as file:
        return header_of(file.read(1024))


def header_of(head: bytes) -> dict[str, Any] | None:
    """What a file that begins with ``head`` says of itself (``file``, ``change``, ``sum``); ``None`` if not ours."""
    return _own_header(head.partition(b"}}")[0] + b"}}}")


def read_snapshot(data: bytes) -> Snapshot:
    """Read a state file; raises :class:`DamagedError`."""
    begin = data.find(b"}}") + 2
    header = _own_header(data[:begin] + b"}") if data.startswith(b'{\n"sgtui"') else None
    if header is not None and header.get("schema") == SCHEMA:
        with memoryview(data) as view, view[begin:] as body:  # it may be large: no copy
            if header.get("sum") == _digest(body):
                tables = dict(_own_tables(data, begin))
                return Snapshot(str(header["file"]), int(header["change"]), SCHEMA, tables)
    return _read_foreign(data)


def salvage(data: bytes) -> Snapshot:
    """What whole lines of a damaged file still say; never raises."""
    head = data.partition(b"}}")[0]
    header = _own_header(head + b"}}}") or {}
    found: dict[str, dict[int, dict[str, Any]]] = {}
    name = ""
    for line in data.split(b"\n"):
        opened = re.fullmatch(rb'"([a-z_]+)": \{', line)
        if opened is not None:
            name = opened[1].decode()
            continue
        document = re.fullmatch(rb'"(\d{1,30})": (\{.*\}),?', line)
        if name and document is not None:
            try:
                found.setdefault(name, {})[int(document[1])] = json.loads(document[2])
            except (ValueError, RecursionError):  # this line is part of the damage
                continue
    change = header.get("change", 0)
    tables = {table: Table(documents=documents) for table, documents in found.items()}
    return Snapshot(str(header.get("file", "")), change if isinstance(change, int) else 0, SCHEMA, tables, True)


def loads(data: bytes, constant: Callable[[str], Any] | None = None) -> Any:
    """``json.loads`` without the garbage collector's passes over a growing heap (a third of the time)."""
    with uncollected():
        return json.loads(data, parse_constant=constant)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest while a great deal is made that stays, or goes by itself."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _digest(body: bytes | memoryview) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _place(documents: dict[int, dict[str, Any]], uid: int, document: dict[str, Any] | None) -> None:
    if document is None:
        documents.pop(uid, None)
    else:
        documents[uid] = document


def _raw_lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    for line in raw.split(b"\n"):
        if line:
            yield int(line[1 : line.index(b'"', 1)]), line.removesuffix(b",")


def _own_header(text: bytes) -> dict[str, Any] | None:
    try:
        header = json.loads(text)[HEADER]["1"]
    except (ValueError, TypeError, KeyError, RecursionError):  # not a header of ours
        return None
    fits = isinstance(header, dict) and isinstance(header.get("file"), str) and isinstance(header.get("change"), int)
    return header if fits else None


def _own_tables(data: bytes, begin: int) -> Iterator[tuple[str, Table]]:
    place = begin + 1
    while (found := _TABLE_LINE.match(data, place)) is not None:
        end = data.index(b"\n}", found.end()) + 1
        yield found[1].decode(), Table(data[found.end() : end])
        place = end + 2


def _read_foreign(data: bytes) -> Snapshot:
    odd = 0

    def not_a_number(_name: str) -> None:
        nonlocal odd
        odd += 1

    stripped = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped:
        raise DamagedError("empty")
    if not (stripped.startswith(b"{") and stripped.endswith(b"}")):
        raise DamagedError("not JSON")
    try:
        contents = loads(stripped, not_a_number)
    except (ValueError, RecursionError, MemoryError) as error:
        raise DamagedError(str(error)) from error
    tables: Tables = {}
    for name, documents in contents.items():
        if not isinstance(documents, dict):
            odd += 1
            continue
        for uid, document in documents.items():
            if uid.isascii() and uid.isdecimal() and len(uid) < 40 and isinstance(document, dict):
                tables.setdefault(name, {})[int(uid)] = document
            else:
                odd += 1
    header = tables.pop(HEADER, {}).get(1, {})
    schema = _int(header.get("schema", 0))
    if schema <= SCHEMA:
        tables = migrate(tables, schema)
    made = {name: Table(documents=documents) for name, documents in tables.items()}
    return Snapshot(str(header.get("file", "")), _int(header.get("change", 0)), schema, made, True, odd)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
