"""Opening a library for a command, with a word on how far it is where that takes long."""

import sys
import time
from pathlib import Path

from sgtui.cli.base import places
from sgtui.i18n import _
from sgtui.library.load import open_library
from sgtui.library.model import Library

PATIENCE = 0.5
"""Seconds of silence before the first word."""


def opened(path: Path | None = None, *, drafts: bool = False) -> Library:
    """The library at ``path``, or the one the command line names; raises SgtuiError if there is none."""
    where = places()
    telling = _Telling()
    try:
        return open_library(path or where.library, cache_dir=where.cache, drafts=drafts, progress=telling)
    finally:
        telling.end()


class _Telling:
    """Tells on a terminal how many files were read, after a while; nothing in a pipe."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._told = 0.0
        self._width = 0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._began < PATIENCE or now - self._told < 0.1 or not sys.stderr.isatty():
            return
        self._told = now
        text = _("Reading the library: {done} of {total} files").format(done=done, total=total)
        self._width = max(self._width, 2 * len(text))
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave no trace on the line."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
