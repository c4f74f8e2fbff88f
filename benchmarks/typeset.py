"""Opening, holding and setting long articles, beside markdown-it-py's own parse of the same text."""

import gc
import re
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

from benchmarks.report import Row
from sgtui import paths
from sgtui.articles.parser import parse_article, read_article
from sgtui.markup.factory import parse
from sgtui.markup.text import plain_text
from sgtui.typeset.document import build
from sgtui.typeset.find import Finder
from sgtui.typeset.linebreak import break_text
from sgtui.typeset.model import Place, TypesetOptions
from sgtui.typeset.page import Page

ROUNDS = 7
SCREEN = 50
WIDTH = 72
SLICE = 0.006
PEER = "markdown-it-py's parse"
OPTIONS = TypesetOptions()
HOSTILE = ("[", "![", "[^", "^[", "[[")


def text(kilobytes: int) -> str:
    """The bundled course's text again and again; ids of quizzes are left out, so that none repeats."""
    found = [path.read_text("utf-8").split("---", 2)[-1] for path in sorted(paths.bundled_library().rglob("*.md"))]
    course = re.sub(r" id=[\w-]+", "", "\n\n".join(found)).encode()
    size = kilobytes * 1000
    return (course * (size // len(course) + 1))[:size].decode("utf-8", "ignore")


def best(*works: Callable[[], object]) -> tuple[float, ...]:
    """The shortest time of each of several works, in seconds; in turns, so that what disturbs one disturbs all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return tuple(map(min, times))


def first_screen(page: Page, row: int = 0) -> None:
    row = page.ensure(row, SCREEN)
    for index in range(SCREEN):
        page.line(row + index)


def opened(folder: Path, path: str) -> Page:
    page = Page(build(read_article(folder, path), OPTIONS), WIDTH, OPTIONS)
    first_screen(page)
    return page


def slices(page: Page) -> list[float]:
    """Seconds that each slice of setting the rest of a page takes; what the view leaves to a thread is no slice."""
    times = []
    done = False
    while not done:
        heavy = page.heavy()
        if heavy is not None:
            page.adopt(heavy, page.blocks[heavy].lines(page.width, page.options))
        start = time.perf_counter()
        done = page.settle(SLICE, light=True)
        times.append(time.perf_counter() - start)
    return times


def held(folder: Path, path: str) -> int:
    """Bytes that an open article holds: its text, its blocks and quizzes, the lines of a screen."""
    opened(folder, path)  # what all articles share is there before
    gc.collect()
    tracemalloc.start()
    article = read_article(folder, path)
    page = Page(build(article, OPTIONS), WIDTH, OPTIONS)
    first_screen(page)
    while not page.settle(1):
        pass
    gc.collect()
    found = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del article
    return found


def opening(folder: Path, size: int) -> list[Row]:
    source = text(size)
    path = f"{size}.md"
    (folder / path).write_text(source, "utf-8")
    plain = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    peer, blocks, whole = best(
        lambda: plain.parse(source), lambda: parse(source), lambda: opened(folder, path)
    )  # fmt: skip
    bytes_held = held(folder, path)
    goal = 1.5 if size > 5 else None
    return [
        Row(f"{size} KB: Markdown parsed", blocks, peer, PEER, 1.0),
        Row(f"{size} KB: read, parsed, first screen set", whole, peer, PEER, goal),
        Row(
            f"{size} KB: memory (bytes, MB as s)",
            bytes_held / 1e6,
            len(source.encode()) / 1e6,
            "its text",
            6.0 if size == 866 else None,
        ),
        Row(f"{size} KB: longest slice", max(slices(opened(folder, path))), 0.008, "8 ms", 1.0),
    ]


def moving() -> list[Row]:
    """Drawing, resizing, searching a page that is there."""
    pages = {size: Page(build(parse_article(text(size), "a.md"), OPTIONS), WIDTH, OPTIONS) for size in (5, 216, 866)}
    for page in pages.values():
        page.settle(60)
    short, long = best(*(lambda page=pages[size]: first_screen(page, page.height // 2) for size in (5, 866)))
    page = pages[216]
    place = Place(len(page.blocks) // 2, 0)
    widths = iter(range(40, 40 + ROUNDS))

    def resize() -> None:
        page.resize(next(widths))
        first_screen(page, page.row_of(place))

    finder = Finder(pages[866].blocks)
    (resized,) = best(resize)
    start = time.perf_counter()
    finder.find("パスワード")
    first = time.perf_counter() - start
    (again,) = best(lambda: finder.find("パスワードを"))
    return [
        Row("a screen of 866 KB drawn again", long, short, "one of 5 KB", None),
        Row("a screen of 866 KB drawn again", long, 0.008, "8 ms", 1.0),
        Row("216 KB: another width, same place", resized, 0.3, "0.3 s", 1.0),
        Row("866 KB: a word found, each further key", again, first, "the first key"),
    ]


def hostile() -> list[Row]:
    """What is made to be slow: 20,000 brackets that nothing closes, a paragraph of 200,000 characters."""
    rows = []
    for piece in HOSTILE:
        source = "[^a]: x\n\n" + piece * 20_000
        start = time.perf_counter()
        plain_text(parse(source).tokens)
        rows.append(Row(f"20,000 × {piece}", time.perf_counter() - start, 2.0, "2 s", 1.0))
    prose = re.sub(r"[^\u3000-\u9fff]", "", text(866))[:200_000]
    plain = MarkdownIt("commonmark")
    peer, ours = best(lambda: plain.parse(prose), lambda: break_text(prose, WIDTH, OPTIONS))
    rows.append(Row("200,000 characters broken into lines", ours, peer, PEER))
    return rows


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        rows = [row for size in (5, 250, 866) for row in opening(Path(name), size)]
    return rows + moving() + hostile()
