"""Run a program in a pseudo-terminal and time what it paints (Linux and macOS)."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Terminal:
    """A running program and what it wrote so far."""

    pid: int
    fd: int
    started: float
    output: bytearray = field(default_factory=bytearray)

    def wait_for(self, marker: str, *, since: int = 0, limit: float = 60.0) -> float:
        """Seconds (monotonic clock) at which ``marker`` had been written after byte ``since``.

        Raises TimeoutError after ``limit`` seconds.
        """
        wanted = marker.encode()
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            ready, _, _ = select.select([self.fd], [], [], 0.5)
            if ready:
                try:
                    self.output += os.read(self.fd, 65536)
                except OSError:
                    break
                now = time.perf_counter()
                if self.output.find(wanted, since) >= 0:
                    return now
        raise TimeoutError(f"never painted: {marker}: {bytes(self.output[-400:])!r}")

    def rest(self, seconds: float) -> None:
        """Let the program run for a while, whatever it writes."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                self.output += os.read(self.fd, 65536)

    def memory(self) -> float:
        """What the program holds in memory now, in megabytes."""
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True)
        return int(shown.stdout) / 1024

    def send(self, keys: str) -> tuple[float, int]:
        """Type ``keys``; returns the time and how much had been written before."""
        before = len(self.output)
        now = time.perf_counter()
        os.write(self.fd, keys.encode())
        return now, before


@contextlib.contextmanager
def terminal(
    command: Sequence[str], *, rows: int = 40, columns: int = 120, environ: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """Start ``command`` (arguments for this Python) in a terminal of that size; it is killed at the end."""
    started = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at every start
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="ja_JP.UTF-8", PYTHONWARNINGS="ignore")
        os.environ.update(environ or {})
        os.execv(sys.executable, [sys.executable, *command])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        yield Terminal(pid, fd, started)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


def median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
