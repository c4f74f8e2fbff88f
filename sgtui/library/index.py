"""Reading files into rows and texts, on all processors where there are many."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from sgtui.library.rows import Row, pack
from sgtui.library.scan import Found
from sgtui.library.text import folded
from sgtui.library.worker import WorkerError, read_together

Indexed = tuple[Row, str]
"""A file's row and its folded text."""

BATCH: Final = 32
"""Files read between two reports."""

MANY: Final = 600
"""Files from which other processes are worth their start."""


def index_files(
    root: Path, files: Sequence[Found], dialects: Collection[str] = (), *, workers: int | None = None
) -> Iterator[list[Indexed]]:
    """Read ``files`` in order, in batches; every file gives a row, whatever it is.

    With many files and processors, ``workers`` other processes do the reading (None: as many as
    there are processors); where they cannot be had, this one does.
    """
    count = processors() if workers is None else workers
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    done = 0
    if count > 1 and len(files) >= MANY:
        try:
            for found in read_together(root, batches, tuple(dialects), count):
                done += 1
                yield found
        except WorkerError:  # no process can be had here, or one was killed: the rest is read by this one
            pass
    for rest in batches[done:]:
        yield index_batch(root, rest, dialects)


def index_batch(root: Path, files: Sequence[Found], dialects: Collection[str] = ()) -> list[Indexed]:
    """Read some files."""
    return [index_file(root, file, dialects) for file in files]


def index_file(root: Path, file: Found, dialects: Collection[str] = ()) -> Indexed:
    """Read one file."""
    from sgtui.articles.parser import digest_article  # noqa: PLC0415 - a warm start reads none

    digest = digest_article(root, file.path, dialects=dialects)
    return pack(digest.info, digest.id, file.size, file.mtime_ns), folded(digest.sections)


def processors() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
