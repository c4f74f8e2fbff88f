"""Start to first paint, and memory: sgtui beside a bare Textual app, both in a real terminal.

The large library is made by :mod:`benchmarks.library_generator`; ``SGTUI_BENCH_FILES`` and ``SGTUI_BENCH_MB`` choose
another size.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.library import FILES, MEGABYTES
from benchmarks.library_generator import generate
from benchmarks.report import Row
from benchmarks.terminal import median, terminal
from sgtui import paths
from sgtui.library.load import open_library

BARE = """\
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static('painted')

Bare().run()
"""
ROUNDS = 7
SETTLED = 3.0
"""Seconds after the first paint in which everything that waited for it is done."""

Program = tuple[list[str], str, dict[str, str]]
"""Arguments for Python, what the first paint shows, and variables of the environment."""


def first_paint(program: Program) -> float:
    command, marker, environ = program
    with terminal(command, environ=environ) as screen:
        return screen.wait_for(marker) - screen.started


def memory(program: Program) -> tuple[float, float]:
    """Megabytes at the first paint, and when everything has settled."""
    command, marker, environ = program
    with terminal(command, environ=environ) as screen:
        screen.wait_for(marker)
        painted = screen.memory()
        screen.rest(SETTLED)
        return painted, screen.memory()


def beside(work: str, own: Program, peer: Program, goal: float) -> Row:
    """Both by turns, so that whatever else the machine does meets both."""
    pairs = [(first_paint(peer), first_paint(own)) for _ in range(ROUNDS)]
    return Row(work, median([o for _, o in pairs]), median([p for p, _ in pairs]), "bare Textual app", goal)


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "bare.py").write_text(BARE)
        cache = folder / "cache" / "sgtui"
        environ = {"XDG_CACHE_HOME": str(folder / "cache"), "SGTUI_LANG": "ja"}
        open_library(paths.bundled_library(), cache_dir=cache)
        start = ["-m", "sgtui", "--state", str(folder / "study.json")]
        bare: Program = ([str(folder / "bare.py")], "painted", {})
        bundled: Program = (start, "SG試験コース", environ)
        memory(bundled)  # what is made at a first start is there at every other
        yield beside("start to first paint, warm", bundled, bare, 1.25)

        root = folder / "large-library"
        generate(root, FILES, MEGABYTES)
        open_library(root, cache_dir=cache)
        large: Program = ([*start, str(root)], root.name, environ)
        yield beside(f"the same with {FILES} articles", large, bare, 1.5)

        peer, _settled = memory(bare)
        painted, settled = memory(bundled)
        yield Row("memory at the first paint", painted, peer, "bare Textual app", 1.3, memory=True)
        yield Row("memory when settled", settled, peer, "bare Textual app", memory=True)
        yield Row(f"memory when settled, {FILES} articles", memory(large)[1], peer, "bare Textual app", memory=True)
