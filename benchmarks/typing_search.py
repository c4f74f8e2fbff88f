"""Somebody types into the search screen: when hits are there, and how long the screen could do nothing meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter, thread_time

from textual.widgets import Input

from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk
from sgtui.ui.screens.search import HitList

SCREEN = (120, 40)
BEAT = 0.001


@dataclass
class Typed:
    """What was measured, in seconds, one number a key.

    ``hits`` counts from the key to the first hits on the screen (or to "nothing has that"), ``gaps`` are the longest
    times in which the event loop did not come round until the whole answer was there, ``work`` the processor's time
    that the screen itself took in one go (the rest waited for others); ``bare`` are the gaps of a box that searches
    nothing.
    """

    hits: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


class Heart:
    """Beats in the event loop and notes the longest pause."""

    def __init__(self) -> None:
        self.longest = self.work = 0.0
        self._task = asyncio.ensure_future(self._beat())

    async def _beat(self) -> None:
        while True:
            start, worked = perf_counter(), thread_time()
            await asyncio.sleep(BEAT)
            self.longest = max(self.longest, perf_counter() - start - BEAT)
            self.work = max(self.work, thread_time() - worked)

    def stop(self) -> None:
        self._task.cancel()


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


def typed(root: Path, cache: Path, queries: Sequence[str]) -> Typed:
    """Type each of ``queries``, key by key, over the library at ``root``."""
    return asyncio.run(_typed(root, cache, queries))


async def _typed(root: Path, cache: Path, queries: Sequence[str]) -> Typed:
    desk = Desk.open(
        library=root, state=cache / "typed.json", cache_dir=cache, settings_file=cache / "typed-settings.toml"
    )
    for _library in desk.opening.batches():
        pass
    app = SgtuiApp(desk)
    found = Typed()
    async with app.run_test(size=SCREEN) as pilot:
        await pilot.press("S")
        await pilot.pause()
        while not desk.search.loaded:
            await asyncio.sleep(0.01)
        await app.workers.wait_for_complete()
        box, hits = app.screen.query_one("#search", Input), app.screen.query_one(HitList)
        heart = Heart()
        for query in queries:
            for length in range(1, len(query) + 1):
                await _settle(app)
                before = hits.hits
                heart.longest = heart.work = 0.0
                start = perf_counter()
                box.value = query[:length]
                await _shown(app, hits, before)
                found.hits.append(perf_counter() - start)
                await _settle(app)
                found.gaps.append(heart.longest)
                found.work.append(heart.work)
        await _settle(app)
        with box.prevent(Input.Changed):
            for length in range(40):
                heart.longest = 0.0
                box.value = "暗" * length
                await asyncio.sleep(0.05)
                found.bare.append(heart.longest)
        heart.stop()
    desk.close()
    return found


async def _shown(app: SgtuiApp, hits: HitList, before: object) -> None:
    """Wait for other hits than ``before``, or for the end of the search."""
    heard: list[bool] = []
    app.screen.query_one("#search", Input).call_later(heard.append, True)
    while hits.hits is before and not (heard and all(worker.is_finished for worker in app.workers)):
        await asyncio.sleep(BEAT)


async def _settle(app: SgtuiApp) -> None:
    await asyncio.sleep(0.02)
    while any(not worker.is_finished for worker in app.workers):
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.02)
