"""Quizzes: what reading them adds to an article, a key to its verdict, an exam put together from many questions."""

import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from benchmarks.library_generator import article, quiz
from benchmarks.page import SCREEN, empty_page, painted_after, shown
from benchmarks.report import Row
from benchmarks.terminal import median
from sgtui import paths
from sgtui.articles.parser import parse_article
from sgtui.library.load import open_library
from sgtui.library.model import Library
from sgtui.quiz import parser
from sgtui.store.store import Store
from sgtui.study.blueprint import Blueprint, read_blueprint
from sgtui.study.papers import make_paper
from sgtui.typeset.model import Place
from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk
from sgtui.ui.screens.reader import ReaderScreen

ROUNDS = 9
ARTICLES, QUIZZES_EACH = 3_400, 6
AREAS = 8
ATTEMPTS = 5
"""Earlier exams that the next one has to look at, for what was asked least often."""


def best(*works: Callable[[], object]) -> tuple[float, ...]:
    """The least processor time of several works, in seconds; in turns, so that what disturbs one disturbs all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return tuple(map(min, times))


def parsing() -> list[Row]:
    """The bundled course parsed as it is, and with every quiz taken for text."""
    files = sorted(paths.bundled_library().rglob("*.md"))
    texts = [(path.read_text("utf-8"), path.name) for path in files]

    def course() -> None:
        for text, name in texts:
            parse_article(text, name)

    def as_text() -> None:
        with patch.object(parser, "split", lambda tokens, **_: parser.Split((tuple(tokens),), (), ())):
            course()

    course()
    ours, peer = best(course, as_text)
    return [Row("the course parsed, with its quizzes", ours, peer, "quizzes read as text", 1.25)]


async def verdicts(folder: Path) -> list[float]:
    """Seconds from a key that answers to the painted verdict, in an article of many quizzes."""
    library = folder / "asked"
    library.mkdir()
    rng = random.Random(1)
    asked = "\n\n".join(quiz(rng, f"asked-{number:02d}") for number in range(ROUNDS * 3))
    (library / "asked.md").write_text(f"# 問い\n\n{asked}\n\n" + article(rng, 1, 60_000).split("---\n", 2)[2], "utf-8")
    desk = Desk.open(library=library, state=folder / "s.json", cache_dir=None, settings_file=folder / "s.toml")
    for _ in desk.opening.batches():
        pass
    app = SgtuiApp(desk)
    times = []
    async with app.run_test(size=SCREEN) as pilot:
        app.meet_learner()
        app.animation_level = "none"
        await painted_after(app, lambda: app.read("asked"), lambda: shown(app))
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        blocks = [place for place, block in enumerate(reader.blocks) if block.kind == "quiz"]
        for number, block in enumerate(blocks):
            reader.view.go(Place(block, 0))
            await pilot.pause()
            assert not _judged(reader)
            times.append(await painted_after(app, lambda: app.simulate_key("1"), lambda: _judged(reader)))
            assert len(desk.store.reviews()) == number + 1
        reader.leave()
    desk.close()
    return times


def _judged(reader: ReaderScreen) -> bool:
    rows = (reader.view.render_line(y).text for y in range(reader.view.size.height))
    return any("✓" in row or "✗" in row for row in rows)


def many_questions(folder: Path) -> Library:
    """A library of 20,000 questions, opened."""
    rng = random.Random(2)
    for number in range(ARTICLES):
        asked = "\n\n".join(quiz(rng, f"q-{number}-{place}") for place in range(QUIZZES_EACH))
        file = folder / f"category-{number % AREAS}" / f"{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# 記事 {number}\n\n{asked}\n", "utf-8")
    return open_library(folder, cache_dir=None)


def blueprint() -> Blueprint:
    areas = [{"title": f"分野 {n}", "categories": [f"category-{n}"]} for n in range(AREAS)]
    parts = [{"title": "科目A", "count": 48, "areas": areas}, {"title": "科目B", "count": 12, "areas": areas}]
    return read_blueprint("sg", {"minutes": 120, "parts": parts})


def exams(folder: Path) -> Row:
    """A 60-question exam from 20,000 questions; others were sat before."""
    library = many_questions(folder)
    assert sum(len(info.quizzes) for info in library.infos) >= 20_000  # a few of those made up say one choice twice
    plan = blueprint()
    with Store.open(None) as store:
        for seed in range(ATTEMPTS):
            sit(store, library, plan, seed)
        seeds = iter(range(100, 100 + ROUNDS))
        (taken,) = best(lambda: make_paper(store, "bench", library, plan, next(seeds)))
    return Row("60 questions chosen from 20,000", taken, 0.3, "limit", 1.0)


def sit(store: Store, library: Library, plan: Blueprint, seed: int) -> None:
    from sgtui.settings import Settings
    from sgtui.study.exam import Exam
    from sgtui.study.scheduler import Scheduler

    paper = make_paper(store, "bench", library, plan, seed)
    assert len(paper.items) == 60
    Exam(store, Scheduler(Settings()), "bench", paper, time.monotonic).hand_in(lambda _item: None)


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        times = asyncio.run(verdicts(Path(name)))
        bare = asyncio.run(empty_page())
        rows = [
            Row("a key to the painted verdict, saved; median", median(times), 0.03, "limit", 1.0),
            Row("a key to the painted verdict, saved; median", median(times), bare, "PageDown, empty line-API view"),
            Row("a key to the painted verdict, saved; worst", max(times), 0.03, "limit"),
        ]
        return [*parsing(), *rows, exams(Path(name) / "many")]
