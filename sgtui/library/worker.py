"""Other processes that read files: started with this interpreter, spoken to through pipes.

A worker ends when its standard input does, so none is left behind whatever becomes of the
program.  Unlike multiprocessing this needs no semaphores and never runs the main script again.
Messages are ``marshal`` data from and to this very program.
"""

import contextlib
import marshal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

from sgtui.library.rows import Row
from sgtui.library.scan import Found

AHEAD: Final = 3
"""Batches a worker has waiting: enough to be busy, few enough to fit into a pipe."""

_PIPE: Final = 1 << 20
"""Bytes a pipe holds, where that can be chosen (Linux): a worker goes on while its answer waits."""

_START: Final = "import sys; sys.path.append({folder!r}); from sgtui.library.worker import work; work()"


class WorkerError(Exception):
    """A worker could not be started, or ended before its work did."""


def read_together(
    root: Path, batches: Sequence[Sequence[Found]], dialects: Sequence[str], workers: int
) -> Iterator[list[tuple[Row, str]]]:
    """The rows and texts of ``batches``, in order, read by ``workers`` processes; raises WorkerError."""
    crew = _Crew(root, tuple(dialects), min(workers, len(batches)))
    try:
        for number, batch in enumerate(batches):
            if number >= crew.size * AHEAD:
                yield crew.answer(number - crew.size * AHEAD)
            crew.ask(number, batch)
        for number in range(max(0, len(batches) - crew.size * AHEAD), len(batches)):
            yield crew.answer(number)
    finally:
        crew.dismiss()


class _Crew:
    """Some workers, given batches in turn."""

    def __init__(self, root: Path, dialects: tuple[str, ...], size: int) -> None:
        start = _START.format(folder=str(Path(__file__).parents[2]))
        self.size = size
        self._processes: list[subprocess.Popen[bytes]] = []
        try:
            for _ in range(size):
                # -P: whatever lies in the folder the learner is in, it is not imported.
                process = subprocess.Popen(
                    [sys.executable, "-P", "-c", start],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    pipesize=_PIPE,
                )
                self._processes.append(process)
                self._send(process, (str(root), dialects))
        except (OSError, ValueError) as error:
            self.dismiss()
            raise WorkerError from error

    def ask(self, number: int, batch: Sequence[Found]) -> None:
        """Give batch ``number`` to whose turn it is."""
        try:
            self._send(self._processes[number % self.size], [tuple(file) for file in batch])
        except (OSError, ValueError) as error:
            raise WorkerError from error

    def answer(self, number: int) -> list[tuple[Row, str]]:
        """Wait for batch ``number``."""
        pipe = self._processes[number % self.size].stdout
        assert pipe is not None
        try:
            found = marshal.load(pipe)
        except (EOFError, ValueError, TypeError, OSError) as error:
            raise WorkerError from error
        return [(Row._make(row), text) for row, text in found]

    def dismiss(self) -> None:
        """Let all go; those still at work are ended."""
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):  # it may be gone already
                        pipe.close()
            process.terminate()
        for process in self._processes:
            process.wait()

    @staticmethod
    def _send(process: "subprocess.Popen[bytes]", message: Any) -> None:
        assert process.stdin is not None
        process.stdin.write(marshal.dumps(message))
        process.stdin.flush()


def work(source: IO[bytes] | None = None, target: IO[bytes] | None = None) -> None:
    """Be a worker: answer each batch on standard input with its rows and texts, until there are no more."""
    import gc  # noqa: PLC0415
    import signal  # noqa: PLC0415

    from sgtui.library.index import index_batch  # noqa: PLC0415 - index uses this module

    source, target = source or sys.stdin.buffer, target or sys.stdout.buffer
    with contextlib.suppress(ValueError):  # not in the main thread: a test
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are for the program
    gc.freeze()
    gc.set_threshold(50_000)  # tokens are many and have few cycles
    with contextlib.suppress(EOFError, BrokenPipeError):  # the program has no more work, or has ended
        root, dialects = marshal.load(source)
        while True:
            files = [Found(*file) for file in marshal.load(source)]
            found = index_batch(Path(root), files, dialects)
            target.write(marshal.dumps([(tuple(row), text) for row, text in found]))
            target.flush()
