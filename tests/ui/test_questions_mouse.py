"""Every kind of question in an article, answered with the mouse alone."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from sgtui.quiz.answering import Answering
from sgtui.typeset.cells import width
from sgtui.typeset.model import Place
from sgtui.typeset.quiz_targets import target
from sgtui.ui.app import SgtuiApp
from sgtui.ui.widgets.page_view import PageView

from .reading import held, reader

OpenApp = Callable[..., SgtuiApp]
KINDS = Path(__file__).parents[1] / "data" / "kinds"


async def click(app: SgtuiApp, pilot: Pilot[int], quiz: str, action: str, index: int | None = None) -> None:
    """Click where a part of a question stands on the screen."""
    view, wanted = reader(app).view, target(quiz, action, index)
    for y in range(view.size.height):
        x = view.left
        for span in view.page.line(view.top + y)[0].spans if view.page and view.top + y < view.page.height else ():
            if span.target == wanted:
                assert await pilot.click(PageView, offset=(x, y))
                await pilot.pause()
                return
            x += width(span.text)
    raise AssertionError(f"{wanted} is not on the screen")


def state(app: SgtuiApp, quiz: str) -> Answering:
    return held(app).sitting.answerings[quiz]


async def go(app: SgtuiApp, pilot: Pilot[int], quiz: str) -> None:
    block = held(app).page.block_of_quiz(quiz)
    assert block is not None
    reader(app).view.go(Place(block, 0))
    await pilot.pause()


async def test_every_kind_is_answered_with_the_mouse(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(80, 24)) as pilot:
        app.meet_learner()
        app.read("kinds")
        await pilot.pause()
        await go(app, pilot, "single")
        await click(app, pilot, "single", "hint")
        assert state(app, "single").hint_shown
        await click(app, pilot, "single", "choice", 0)
        await click(app, pilot, "single", "reasons")
        assert state(app, "single").show_reasons
        await click(app, pilot, "single", "retry")
        await click(app, pilot, "single", "choice", 1)
        await click(app, pilot, "single", "guess")
        assert state(app, "single").guess

        await go(app, pilot, "multiple")
        await click(app, pilot, "multiple", "choice", 0)
        await click(app, pilot, "multiple", "choice", 2)
        await click(app, pilot, "multiple", "submit")
        assert state(app, "multiple").correct

        await go(app, pilot, "true-false")
        await click(app, pilot, "true-false", "choice", 1)
        assert state(app, "true-false").correct

        await go(app, pilot, "fill")
        await click(app, pilot, "fill", "gap", 1)
        await pilot.press("か", "ー", "ド")
        await click(app, pilot, "fill", "gap", 0)
        await pilot.press("合", "言", "葉")
        await click(app, pilot, "fill", "gap", 1)
        await click(app, pilot, "fill", "submit")
        assert state(app, "fill").correct

        await go(app, pilot, "order")
        for place in range(3):
            where = state(app, "order").arranged.index(place)
            if where != place:
                await click(app, pilot, "order", "item", where)
                await click(app, pilot, "order", "item", place)
        await click(app, pilot, "order", "submit")
        assert state(app, "order").correct

        await go(app, pilot, "match")
        for left in range(3):
            await click(app, pilot, "match", "left", left)
            await click(app, pilot, "match", "right", state(app, "match").order.index(left))
        await click(app, pilot, "match", "submit")
        assert state(app, "match").correct

        await go(app, pilot, "recall")
        await click(app, pilot, "recall", "submit")
        await click(app, pilot, "recall", "choice", 1)
        assert state(app, "recall").correct
        reader(app).leave()
