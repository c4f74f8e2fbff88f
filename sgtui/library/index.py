"""Reading files into rows and texts, on all processors where there are many."""

import os
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sgtui.library.rows import Row, pack
from sgtui.library.scan import Found
from sgtui.library.text import folded

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Indexed = tuple[Row, str]
"""A file's row and its folded text."""

BATCH: Final = 64
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
        for batch in _together(root, batches, tuple(dialects), count):
            done += 1
            yield batch
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


def _together(
    root: Path, batches: Sequence[Sequence[Found]], dialects: tuple[str, ...], workers: int
) -> Iterator[list[Indexed]]:
    """The first batches, in order, read by other processes; ends early where those fail."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - for large libraries only
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    try:
        # Not fork: this process may have threads that hold locks.
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle)
    except (OSError, NotImplementedError, ImportError):  # a platform without semaphores
        return
    try:
        yield from _ordered(pool, root, batches, dialects, workers)
    except (BrokenProcessPool, OSError):  # a worker was killed, or none could be started
        return
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ordered(
    pool: "Executor", root: Path, batches: Sequence[Sequence[Found]], dialects: tuple[str, ...], workers: int
) -> Iterator[list[Indexed]]:
    waiting: deque[Future[list[Indexed]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(index_batch, root, batch, dialects))
        if len(waiting) > 3 * workers:  # no more than this in memory
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _settle() -> None:
    """Make a worker quiet: interrupts are for the main program, and there is little garbage in cycles."""
    import gc  # noqa: PLC0415
    import signal  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(50_000)
