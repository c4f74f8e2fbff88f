"""Noticing that the file of the open article was changed by another program."""

from pathlib import Path
from typing import NamedTuple

LOOK_SECONDS = 0.7
"""Between two looks at the file: one ``stat``, which works on every file system, shared folders included."""


class Mark(NamedTuple):
    """What tells one state of a file from another."""

    size: int
    modified: int
    inode: int


class FileChanges:
    """Watches one file.  A change counts when the file rested between two looks, so that no half-written one is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = self._now()
        self._moving: Mark | None = None

    def _now(self) -> Mark | None:
        try:
            found = self._path.stat()
        except OSError:  # being replaced at this moment, or gone: what was read stays on the screen
            return None
        return Mark(found.st_size, found.st_mtime_ns, found.st_ino)

    def look(self) -> bool:
        """Whether the file has become another since it was read."""
        now = self._now()
        if now is None or now == self._known or not now.size:
            self._moving = None
            return False
        if now != self._moving:
            self._moving = now
            return False
        self._known, self._moving = now, None
        return True
