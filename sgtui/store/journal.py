"""The journal: one line for each change, beside the state file.

A line is eight hexadecimal digits (CRC-32 of what follows the space), a space, and a JSON object::

    5f0a9d31 {"n": 42, "c": [["bookmarks", "7654321098765432109876", {"library": …}]]}

``n`` counts changes from the file's first day on, so that replaying a line twice does nothing and a missing line is
noticed.  ``c`` holds table, uid and the whole new document, or ``null`` where the document was removed.  The first
line says which state file it belongs to (``file``) and which changes that file holds already (``after``).
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

FORMAT: Final = 1


class Put(NamedTuple):
    """A document of a table as it is from now on; ``None`` removes it."""

    table: str
    uid: int
    document: dict[str, Any] | None


class Change(NamedTuple):
    """What was changed at once: number and documents."""

    number: int
    puts: tuple[Put, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal's bytes hold.

    ``length`` is the number of bytes up to the end of the last whole line; ``torn`` is true if something stands after
    it, ``damaged`` counts whole lines that are not what was written.
    """

    file: str
    after: int
    changes: tuple[Change, ...]
    length: int
    torn: bool
    damaged: int


def dumps(value: Any) -> bytes:
    """``value`` as JSON on one line, readable where it can be."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode()
    except UnicodeEncodeError:  # lone surrogates: from an odd file name or terminal
        return json.dumps(value, allow_nan=False).encode()


def header_line(file: str, after: int) -> bytes:
    """The first line of a journal for the state file ``file`` that holds the changes up to ``after``."""
    return _line({"journal": FORMAT, "file": file, "after": after})


def change_line(number: int, puts: Iterable[Put]) -> bytes:
    """The line for change ``number``."""
    return _line({"n": number, "c": [[put.table, str(put.uid), put.document] for put in puts]})


def read_journal(data: bytes) -> Journal:
    """Read ``data``; never raises."""
    length = data.rfind(b"\n") + 1
    lines = data[:length].split(b"\n")[:-1]
    header = _value(lines[0]) if lines else None
    file, after = _header(header)
    changes, damaged = read_changes(lines[1:] if file else lines)
    return Journal(file, after, tuple(changes), length, length < len(data), damaged)


def read_changes(lines: Sequence[bytes]) -> tuple[list[Change], int]:
    """The changes in ``lines``, and how many lines hold none."""
    changes = []
    damaged = 0
    for line in lines:
        change = _change(_value(line))
        if change is None:
            damaged += 1
        else:
            changes.append(change)
    return changes, damaged


def _line(value: object) -> bytes:
    text = dumps(value)
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _value(line: bytes) -> Any:
    try:
        if int(line[:8], 16) != zlib.crc32(line[9:]):
            return None
        return json.loads(line[9:])
    except (ValueError, RecursionError):  # not ours, or not whole: the caller counts it
        return None


def _header(value: Any) -> tuple[str, int]:
    if isinstance(value, dict) and isinstance(value.get("file"), str) and isinstance(value.get("after"), int):
        return value["file"], value["after"]
    return "", 0


def _change(value: Any) -> Change | None:
    if not isinstance(value, dict) or not isinstance(value.get("n"), int) or not isinstance(value.get("c"), list):
        return None
    try:
        puts = tuple(Put(str(table), int(uid), document) for table, uid, document in value["c"])
    except (TypeError, ValueError):  # a line of another shape
        return None
    return Change(value["n"], puts)
