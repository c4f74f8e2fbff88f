"""Writing files so that a crash leaves the old one or the new one, never half of either."""

import itertools
import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
"""Only the learner may read what the learner did."""

_numbers: Final = itertools.count()
_BINARY: Final = getattr(os, "O_BINARY", 0)
"""Windows would otherwise turn every line feed into two characters."""


def make_folder(folder: Path) -> None:
    """Create ``folder`` (private to the user) and those above it; raises ``OSError``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable, where the platform can (Windows cannot open a folder)."""
    flag = getattr(os, "O_DIRECTORY", None)
    if flag is None:
        return
    handle = os.open(folder, os.O_RDONLY | flag)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(handle: int) -> None:
    """Wait until what was written to ``handle`` is on the disk, not only in the drive's own memory."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - only there

        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        except OSError:  # network folders know only the ordinary kind
            os.fsync(handle)
    else:
        os.fsync(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write all of ``data``; ``os.write`` may take only a part."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def write_new(path: Path, data: bytes) -> None:
    """Write ``data`` to a fresh private file at ``path`` and wait until it is on the disk; all of it, or no file."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE)
    try:
        try:
            write_all(handle, data)
            sync(handle)
        finally:
            os.close(handle)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def open_private(path: Path, *, create: bool = False) -> int:
    """A handle to read and write ``path``; raises ``OSError``."""
    return os.open(path, os.O_RDWR | _BINARY | (os.O_CREAT if create else 0), PRIVATE)


def temporary(path: Path) -> Path:
    """A name beside ``path`` for its next version; no other process or thread gets the same."""
    return path.with_name(f"{path.name}.new-{os.getpid()}-{next(_numbers)}")


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` at once and durably; raises ``OSError`` and leaves the old file."""
    new = temporary(path)
    try:
        write_new(new, data)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def remove_leftovers(path: Path, now: datetime) -> None:
    """Remove what a program that died an hour ago or more left half written beside ``path``."""
    for left in path.parent.glob(f"{path.name}*.new-*"):
        if now.timestamp() - left.stat().st_mtime > 3600:
            left.unlink(missing_ok=True)


def duplicate(source: Path, target: Path) -> None:
    """Make ``target`` the same file as ``source``: a second name where the file system has those, else a copy."""
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except (OSError, NotImplementedError):  # FAT, some network folders
        shutil.copyfile(source, target)
        target.chmod(PRIVATE)


def set_aside(path: Path, word: str, now: datetime) -> Path:
    """Rename ``path`` to ``path.word-<date>-<time>``, never over another file; returns the new path."""
    target = free_name(path, word, now)
    path.replace(target)
    return target


def free_name(path: Path, word: str, now: datetime) -> Path:
    """A name beside ``path`` that nothing has yet: ``path.word-<date>-<time>``."""
    stem = f"{path.name}.{word}-{now:%Y%m%d-%H%M%S}"
    target = path.with_name(stem)
    number = 2
    while target.exists():
        target = path.with_name(f"{stem}-{number}")
        number += 1
    return target
