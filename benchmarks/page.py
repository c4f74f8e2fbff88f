"""A page: opening, paging and resizing articles of several sizes, beside markdown-it-py and Textual's MarkdownViewer.

Everything runs in this process without a terminal, so that both sides paint into the same nothing.
"""

import asyncio
import gc
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import MarkdownViewer

from benchmarks.library_generator import article
from benchmarks.report import Row
from benchmarks.terminal import median
from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk
from sgtui.ui.screens.reader import ReaderScreen

SIZES = {"5 KB": 5_000, "216 KB": 216_000, "250 KB": 250_000, "866 KB": 866_000}
SCREEN = (100, 24)
ROUNDS = 7
LIMIT = 60.0


def text_of(size: int) -> str:
    """Japanese study text of about ``size`` bytes, the same every time."""
    return article(random.Random(size), 1, size)


def paints(app: App[Any], true: Callable[[], bool]) -> list[float]:
    """From now on, the times (monotonic seconds) at which the app has painted while ``true()`` held."""
    times: list[float] = []
    paint = app._display

    def display(screen: Any, renderable: Any) -> None:
        paint(screen, renderable)
        if true():
            times.append(time.perf_counter())

    app._display = display  # type: ignore[method-assign]
    return times


async def painted_after(app: App[Any], work: Callable[[], Any], true: Callable[[], bool]) -> float:
    """Seconds from the beginning of ``work`` to the first paint for which ``true()`` holds."""
    times = paints(app, true)
    start = time.perf_counter()
    work()
    while not times:
        await asyncio.sleep(0.0005)
        if time.perf_counter() - start > LIMIT:
            raise TimeoutError("never painted")
    del app._display  # the hook: the class's own is left
    await asyncio.sleep(0.02)
    return times[0] - start


class Empty(ScrollView):
    """A line-API view that shows blanks: what paging costs whoever does it."""

    def on_mount(self) -> None:
        self.virtual_size = Size(0, 100_000)

    def render_line(self, y: int) -> Strip:
        return Strip.blank(self.size.width)


class EmptyApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Empty()


class Viewer(App[None]):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield MarkdownViewer(show_table_of_contents=False)


async def empty_page() -> float:
    app = EmptyApp()
    async with app.run_test(size=SCREEN) as pilot:
        view = app.query_one(Empty)
        view.focus()
        await pilot.pause()
        app.animation_level = "none"
        return median([await paged(app, lambda: view.scroll_offset.y) for _ in range(ROUNDS * 3)])


async def paged(app: App[Any], top: Callable[[], float]) -> float:
    """Seconds from a PageDown key to the paint that shows another place."""
    before = top()
    return await painted_after(app, lambda: app.simulate_key("pagedown"), lambda: top() != before)


async def ours(folder: Path, size: int) -> dict[str, float]:
    """Seconds: open (Enter to the painted page), page (a PageDown), resize; memory in MB as ``memory``."""
    library = folder / str(size)
    library.mkdir()
    (library / "one.md").write_text(text_of(size), "utf-8")
    (library / "warm.md").write_text("# 暖機\n\n文です。\n", "utf-8")
    desk = Desk.open(library=library, state=folder / f"{size}.json", cache_dir=None, settings_file=folder / "s.toml")
    for _ in desk.opening.batches():
        pass
    key = next(info.key for info in desk.library.infos if info.path == "one.md")
    other = next(info.key for info in desk.library.infos if info.path != "one.md")
    app = SgtuiApp(desk)
    found: dict[str, float] = {}
    async with app.run_test(size=SCREEN) as pilot:
        app.meet_learner()
        app.animation_level = "none"
        opens = []
        for wanted in (other, key, key, key):
            gc.collect()
            opens.append(await painted_after(app, lambda wanted=wanted: app.read(wanted), lambda: shown(app)))  # type: ignore[misc]
            if len(opens) < 4:
                app.screen.leave()  # type: ignore[attr-defined]
                app.pop_screen()
                await pilot.pause()
        found["open"] = min(opens[1:])
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        times = []
        for _ in range(ROUNDS * 3):
            if reader.view.bottom >= reader.page.height:
                reader.view.action_edge(0)
                await pilot.pause()
            times.append(await paged(app, lambda: reader.view.top))
        found["page"] = median(times)
        reader.view.action_edge(0)
        while not reader.page.settled:
            await pilot.pause(0.01)
        times = [await resized(app, width, lambda: reader.view.size.width) for width in (80, 120, 70, 100)]
        found["resize"] = median(times)
        reader.leave()
    desk.close()
    return found


def shown(app: App[Any]) -> bool:
    """Whether the article's text is on the screen."""
    screen = app.screen
    if not isinstance(screen, ReaderScreen) or not screen.query("#page") or screen.it is None:
        return False
    return screen.view.page is screen.it.page and screen.view.size.width > 0


async def resized(app: App[Any], width: int, view_width: Callable[[], int]) -> float:
    """Seconds from a new terminal width to the paint of the text at that width."""
    size = Size(width, SCREEN[1])
    before = view_width()
    assert app._driver is not None
    app._driver._size = size
    return await painted_after(app, lambda: app.post_message(events.Resize(size, size)), lambda: view_width() != before)


async def theirs(size: int) -> dict[str, float]:
    found: dict[str, float] = {}
    app = Viewer(text_of(size).split("---\n", 2)[2])
    async with app.run_test(size=SCREEN) as pilot:
        app.animation_level = "none"
        viewer = app.query_one(MarkdownViewer)
        start = time.perf_counter()
        await viewer.document.update(app.text)
        await pilot.pause()
        found["open"] = time.perf_counter() - start
        viewer.focus()
        await pilot.pause()
        times = []
        for _ in range(3):
            before = viewer.scroll_offset.y
            times.append(
                await painted_after(
                    app,
                    lambda: viewer.scroll_to(
                        y=viewer.scroll_offset.y + viewer.size.height, animate=False, immediate=True
                    ),
                    lambda before=before: viewer.scroll_offset.y != before,  # type: ignore[misc]
                )
            )
        found["page"] = median(times)
        found["resize"] = await resized(app, 80, lambda: viewer.size.width)
    return found


def parse(size: int) -> float:
    text = text_of(size).split("---\n", 2)[2]
    parser = MarkdownIt("commonmark").enable("table")
    parser.parse(text)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        parser.parse(text)
        times.append(time.perf_counter() - start)
    return min(times)


def memory(size: int) -> tuple[float, float]:
    """Bytes that our page and markdown-it-py's tokens of the same text hold."""
    from sgtui.articles.parser import parse_article
    from sgtui.typeset.document import build
    from sgtui.typeset.model import TypesetOptions
    from sgtui.typeset.page import Page

    text = text_of(size)
    tracemalloc.start()
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    peer = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    tracemalloc.start()
    made = parse_article(text, "one.md")
    page = Page(build(made, TypesetOptions()), 72)
    page.settle(60)
    own = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert tokens
    assert page.height
    return own, peer


def measure() -> list[Row]:
    rows: list[Row] = []
    blank = asyncio.run(empty_page())
    with tempfile.TemporaryDirectory() as name:
        own = {label: asyncio.run(ours(Path(name), size)) for label, size in SIZES.items()}
    viewers = {label: asyncio.run(theirs(SIZES[label])) for label in ("5 KB", "216 KB")}
    parses = {label: parse(size) for label, size in SIZES.items()}
    rows.append(Row("open 5 KB", own["5 KB"]["open"], 0.06, "60 ms", 1.0))
    rows.extend(
        Row(f"open {label}", own[label]["open"], parses[label], "markdown-it-py's parse", 1.5)
        for label in ("250 KB", "866 KB")
    )
    rows.extend(Row(f"open {label}", own[label]["open"], viewers[label]["open"], "MarkdownViewer") for label in viewers)
    rows.extend(Row(f"PageDown {label}", own[label]["page"], blank, "empty line-API view") for label in own)
    rows.append(Row("PageDown over an empty view, 866 KB", own["866 KB"]["page"] - blank, 0.008, "8 ms", 1.0))
    rows.append(Row("PageDown 866 KB beside 5 KB", own["866 KB"]["page"], own["5 KB"]["page"], "5 KB", 1.25))
    rows.extend(
        Row(f"PageDown {label}", own[label]["page"], viewers[label]["page"], "MarkdownViewer") for label in viewers
    )
    rows.append(Row("resize 216 KB", own["216 KB"]["resize"], 0.3, "300 ms", 1.0))
    rows.append(Row("resize 216 KB", own["216 KB"]["resize"], viewers["216 KB"]["resize"], "MarkdownViewer"))
    own_bytes, peer_bytes = memory(SIZES["250 KB"])
    rows.append(Row("memory 250 KB (MB shown as ms)", own_bytes / 1e9, peer_bytes / 1e9, "markdown-it-py's tokens"))
    return rows
