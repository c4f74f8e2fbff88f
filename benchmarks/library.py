"""A large library: first index, warm start, filters and searches.

The library is made by :mod:`benchmarks.library_generator`; ``SGTUI_BENCH_FILES`` and
``SGTUI_BENCH_MB`` choose another size.
"""

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import frontmatter

from benchmarks.library_generator import generate
from benchmarks.report import Row
from benchmarks.typing_search import p95, typed
from sgtui.library.load import Opening, open_library
from sgtui.library.query import Filter, apply
from sgtui.library.search import Search

FILES = int(os.environ.get("SGTUI_BENCH_FILES", "16600"))
MEGABYTES = float(os.environ.get("SGTUI_BENCH_MB", "58"))
QUERIES = (
    "暗",
    "暗号",
    "暗号鍵",
    "暗号鍵 監査",
    "ransamu",
    "サーバー -監査",
    '"を暗号化"',
    "ランサムウェア",
    "zzz",
    "TLS 1.3",
)


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def read_headers(root: Path) -> None:
    """What any reader of front matter must do at least: read every file, and its YAML."""
    for file in root.rglob("*.md"):
        frontmatter.load(file)


def full_scan(root: Path, word: str) -> int:
    """Reading every file and looking into it: the search anyone can write."""
    return sum(word in file.read_text("utf-8") for file in root.rglob("*.md"))


def first_hits(search: Search) -> float:
    """Seconds to the first answer that is not empty (or to the end), at the 95th percentile over every key typed."""
    times: list[float] = []
    for query in QUERIES:
        for length in range(1, len(query) + 1):
            start = perf_counter()
            for hits in search.stages(query[:length]):
                if hits:
                    break
            times.append(perf_counter() - start)
    return p95(times)


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder) / "library", Path(folder) / "cache"
        generate(root, FILES, MEGABYTES)
        for file in root.rglob("*.md"):
            os.utime(file, (1_700_000_000, 1_700_000_000))
        headers = timed(lambda: read_headers(root))
        size = f"{FILES} files"
        usable = timed(lambda: Opening(root, cache_dir=None))
        yield Row(f"{size}: usable on a cold cache", usable, 0.5, "half a second", 1.0)
        yield Row(
            f"{size}: first index", timed(lambda: open_library(root, cache_dir=cache)), headers, "read + YAML", 2.0
        )
        warm = min(timed(lambda: open_library(root, cache_dir=cache)) for _ in range(3))
        yield Row(f"{size}: warm start with rescan", warm, 0.3, "0.3 s", 1.0)
        opening = Opening(root, cache_dir=cache)
        again = min(timed(opening.refresh) for _ in range(3))
        yield Row(f"{size}: rescan of an unchanged tree", again, 0.3, "0.3 s", 1.0)
        library = open_library(root, cache_dir=cache)
        chosen = Filter(difficulty=("advanced",))
        picked = timed(lambda: apply(library.infos, chosen, sort="title"))
        yield Row(f"{size}: filter and sort", picked, 0.05, "50 ms", 1.0)
        by_word = timed(lambda: apply(library.infos, Filter(words="暗"), sort="date"))
        yield Row(f"{size}: filter by a word", by_word, 0.05, "50 ms", 1.0)
        search = Search(library)
        loading = timed(search.load)
        scan = timed(lambda: full_scan(root, "暗号"))
        yield Row(f"{size}: texts into memory, once", loading, scan, "scan of the files")
        yield Row(f"{size}: first hits, p95 over keys", first_hits(search), 0.05, "50 ms", 1.0)
        seen = typed(root, cache, QUERIES)
        yield Row(f"{size}: first hits on the screen, p95", p95(seen.hits), 0.05, "50 ms", 1.0)
        yield Row(f"{size}: screen held up at a key, p95", p95(seen.gaps), 0.016, "16 ms", 1.0)
        yield Row(f"{size}: of it the screen's own work, p95", p95(seen.work), 0.016, "16 ms", 1.0)
        yield Row(f"{size}: a box that searches nothing, p95", p95(seen.bare), 0.016, "16 ms")
        whole = statistics.median(timed(partial(search.find, query)) for query in QUERIES)
        yield Row(f"{size}: all hits, median", whole, scan, "scan of the files")
