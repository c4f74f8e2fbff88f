"""A library with an exam, and a program that sits it until somebody kills it.

Run as ``python -m tests.ui.exam_paper LIBRARY STATE FOLDER``: begins the exam, answers, says ``ready`` and waits.
"""

import asyncio
import sys
from pathlib import Path

from textual.pilot import Pilot

from sgtui import i18n
from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk
from sgtui.ui.questions.exam_choosing import ExamChoosingScreen
from sgtui.ui.questions.exam_screen import ExamScreen
from sgtui.ui.questions.offers import OffersScreen

EXAM = """
[exams.small]
title = "小さな模試"
minutes = 10
shuffle = false

[[exams.small.parts]]
title = "第一部"
count = 3
areas = [{ title = "基礎", categories = ["basics"] }]

[[exams.small.parts]]
title = "第二部"
count = 2
areas = [{ title = "脅威", categories = ["threat"] }]
"""


def describe_exam(library: Path) -> None:
    """Add the exam to a library's manifest: three questions of five are there for it, and one for its second part."""
    manifest = library / "library.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + EXAM, encoding="utf-8")


async def offered(app: SgtuiApp, pilot: Pilot[int]) -> OffersScreen:
    """Wait until what there is to begin was worked out."""
    for _attempt in range(1000):
        await pilot.pause(0.01)
        if isinstance(app.screen, OffersScreen) and app.screen.offers:
            return app.screen
    raise AssertionError("nothing was offered")


async def begin_exam(app: SgtuiApp, pilot: Pilot[int], *, seed: int = 1) -> ExamScreen:
    """Begin the first exam on offer (or go on with the one put aside)."""
    await pilot.pause()
    app.meet_learner()
    app.push_screen(ExamChoosingScreen(seed=seed))
    await offered(app, pilot)
    await pilot.press("enter")
    await pilot.pause()
    await pilot.pause()
    assert isinstance(app.screen, ExamScreen)
    return app.screen


async def _sit(library: Path, state: Path, folder: Path) -> None:
    desk = Desk.open(library=library, state=state, cache_dir=folder / "cache", settings_file=folder / "settings.toml")
    for _library in desk.opening.batches():
        pass
    app = SgtuiApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        exam = (await begin_exam(app, pilot)).exam
        assert len(exam.paper.items) == 4
        await pilot.press("2", "n", "m")
        await pilot.pause()
        print("ready", flush=True)
        await asyncio.sleep(60)


if __name__ == "__main__":
    i18n.use("ja")
    asyncio.run(_sit(*map(Path, sys.argv[1:4])))
