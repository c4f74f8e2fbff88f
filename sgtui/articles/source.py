"""A file's bytes become text, whatever the file is."""

import os
import stat
from pathlib import Path
from typing import Final, NamedTuple

from sgtui.errors import Problem, problem

LIMIT_MB: Final = 16
"""Files larger than this (binary megabytes) are listed with a problem and not opened."""

_BOM: Final = b"\xef\xbb\xbf"
# Without O_NONBLOCK, opening a FIFO waits for a writer for ever; Windows has neither FIFOs nor the flag.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Source(NamedTuple):
    """A file's text with line ends as ``\\n``, its size in bytes, and what was wrong with it."""

    text: str
    problems: tuple[Problem, ...] = ()
    size: int = 0
    mtime_ns: int = 0


def read_source(file: Path | str, path: str) -> Source:
    """Read ``file``; problems are reported under ``path`` (relative to the library).  Never raises for any file."""
    try:
        descriptor = os.open(file, _FLAGS)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return Source("", (problem(path, 0, "file-unreadable", reason=_reason(error)),))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Source("", (problem(path, 0, "file-not-regular"),))
        if status.st_size > LIMIT_MB << 20:
            size = f"{status.st_size / (1 << 20):.1f}"
            return Source("", (problem(path, 0, "file-too-large", size=size, limit=LIMIT_MB),), status.st_size)
        data = _read(descriptor, (LIMIT_MB << 20) + 1)
    except OSError as error:
        return Source("", (problem(path, 0, "file-unreadable", reason=_reason(error)),))
    finally:
        os.close(descriptor)
    if len(data) > LIMIT_MB << 20:  # it grew between the question and the reading
        size = f"{len(data) / (1 << 20):.1f}"
        return Source("", (problem(path, 0, "file-too-large", size=size, limit=LIMIT_MB),), len(data))
    text, problems = decode(data, path)
    return Source(text, problems, len(data), status.st_mtime_ns)


def decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """``data`` as text: BOM dropped, bytes that are not UTF-8 as �, line ends as ``\\n``, NUL as �."""
    found: list[Problem] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        found.append(problem(path, 0, "not-utf8"))
    else:
        body = data.removeprefix(_BOM)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            found.append(problem(path, line, "not-utf8"))
            text = body.decode("utf-8", errors="replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        found.append(problem(path, line, "file-has-nul"))
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if not text or text.isspace():
        found.append(problem(path, 0, "file-empty"))
    return text, tuple(found)


def _read(descriptor: int, limit: int) -> bytes:
    """At most ``limit`` bytes; a file may change under the reader, so the size is not trusted."""
    parts: list[bytes] = []
    left = limit
    while left > 0:
        part = os.read(descriptor, min(left, 1 << 20))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    """The system's own words, without the file name that stands before them anyway."""
    return getattr(error, "strerror", None) or str(error)
