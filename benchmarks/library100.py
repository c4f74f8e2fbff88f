"""A library of 100 MB of Japanese: typing into its search, and what that takes of memory.  Some minutes: run by name.

``SGTUI_BENCH_FILES`` chooses another number of files.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.library import FILES, QUERIES, first_hits, full_scan, read_headers, timed
from benchmarks.library_generator import generate
from benchmarks.report import Row
from benchmarks.startup import BARE, SETTLED, memory
from benchmarks.terminal import terminal
from benchmarks.typing_search import p95, typed
from sgtui.library.load import open_library
from sgtui.library.search import Search

MEGABYTES = 100.0
WORD = "暗号"


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        root, cache = folder / "large-library", folder / "cache" / "sgtui"
        generate(root, FILES, MEGABYTES)
        for file in root.rglob("*.md"):
            os.utime(file, (1_700_000_000, 1_700_000_000))
        size = f"{FILES} files, {MEGABYTES:.0f} MB"
        headers = timed(lambda: read_headers(root))
        yield Row(f"{size}: first index", timed(lambda: open_library(root, cache_dir=cache)), headers, "read + YAML", 2)
        warm = min(timed(lambda: open_library(root, cache_dir=cache)) for _ in range(3))
        yield Row(f"{size}: warm start with rescan", warm, 0.3, "0.3 s", 1.0)
        search = Search(open_library(root, cache_dir=cache))
        loading = timed(search.load)
        yield Row(
            f"{size}: texts into memory, once", loading, timed(lambda: full_scan(root, WORD)), "scan of the files"
        )
        yield Row(f"{size}: first hits, p95 over keys", first_hits(search), 0.05, "50 ms", 1.0)
        del search
        seen = typed(root, cache, QUERIES)
        yield Row(f"{size}: first hits on the screen, p95", p95(seen.hits), 0.05, "50 ms", 1.0)
        yield Row(f"{size}: screen held up at a key, p95", p95(seen.gaps), 0.016, "16 ms", 1.0)
        yield Row(f"{size}: of it the screen's own work", p95(seen.work), 0.016, "16 ms", 1.0)
        yield from _memory(folder, root, size)


def _memory(folder: Path, root: Path, size: str) -> Iterator[Row]:
    (folder / "bare.py").write_text(BARE)
    environ = {"XDG_CACHE_HOME": str(folder / "cache"), "SGTUI_LANG": "ja"}
    start = ["-m", "sgtui", "--state", str(folder / "study.json"), str(root)]
    bare = memory(([str(folder / "bare.py")], "painted", {}))[1]
    over = memory((start, root.name, environ))[1] - bare
    yield Row(f"{size}: memory over bare Textual, settled", over, 150.0, "150 MB", 1.0, memory=True)
    with terminal(start, environ=environ) as screen:
        screen.wait_for(root.name)
        screen.rest(SETTLED)
        screen.send("S")
        screen.rest(SETTLED)
        screen.send(WORD)
        screen.rest(SETTLED)
        over = screen.memory() - bare
    yield Row(f"{size}: the same after a search", over, 150.0, "150 MB", 1.0, memory=True)
