"""Of several questions on the screen, which one the keys answer can be seen."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from sgtui.ui.app import SgtuiApp

from .reading import held, page, reader

OpenApp = Callable[..., SgtuiApp]
KINDS = Path(__file__).parents[1] / "data" / "kinds"
FIRST, SECOND = "合言葉を決めるとき", "持っているものによる認証"


async def begin(app: SgtuiApp, pilot: Pilot[int]) -> None:
    app.meet_learner()
    app.read("kinds")
    await pilot.pause()
    await pilot.pause()


def bars(app: SgtuiApp) -> dict[str, str]:
    """The bar before each question's text."""
    rows = page(app).split("\n")
    return {text: next(row for row in rows if text in row).strip()[0] for text in (FIRST, SECOND)}


async def test_the_bar_says_which_question_the_keys_answer(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        assert held(app).asking.current == "single"
        assert bars(app) == {FIRST: "▍", SECOND: "▏"}
        reader(app).at_quiz.turn_to("multiple")
        reader(app).follow_eye()
        await pilot.pause()
        assert bars(app) == {FIRST: "▏", SECOND: "▍"}
        reader(app).leave()
