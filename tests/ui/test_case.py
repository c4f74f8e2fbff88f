"""A case in an article: its questions beside its scenario, one key away, and what was answered is on the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sgtui.typeset.model import Place
from sgtui.ui.app import SgtuiApp
from sgtui.ui.questions.case_screen import CaseScreen
from sgtui.ui.screens.reader import ReaderScreen
from sgtui.ui.widgets.page_view import PageView

from .reading import held, key_bar, page, reader

OpenApp = Callable[..., SgtuiApp]
KINDS = Path(__file__).parents[1] / "data" / "kinds"


async def at_case(app: SgtuiApp, pilot: Pilot[int]) -> None:
    app.meet_learner()
    app.read("kinds")
    await pilot.pause()
    block = next(i for i, b in enumerate(reader(app).blocks) if b.quiz is not None and b.quiz.id == "case-1")
    reader(app).view.go(Place(block, 0))
    reader(app).at_quiz.turn_to("case-1")
    reader(app).follow_eye()
    await pilot.pause()


def case(app: SgtuiApp) -> CaseScreen:
    assert isinstance(app.screen, CaseScreen)
    return app.screen


def scenario(app: SgtuiApp) -> PageView:
    return app.screen.query_one("#scenario", PageView)


async def test_a_wide_terminal_shows_them_side_by_side(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_case(app, pilot)
        assert "s事例" in key_bar(app).replace(" ", "")
        await pilot.press("ｓ")
        await pilot.pause()
        answering = case(app).view.answering
        assert answering is not None
        assert answering.quiz.id == "case-1"
        assert scenario(app).display
        assert "退職した社員の鍵" in scenario(app).render_line(1).text + scenario(app).render_line(0).text
        await pilot.press("ア")
        await pilot.pause()
        assert [review.question for review in app.desk.store.reviews()] == ["case-1"]
        await pilot.press("n", "1")
        await pilot.pause()
        await pilot.press("t", "2", "u")
        await pilot.pause()
        assert [(review.question, review.correct) for review in app.desk.store.reviews()][1:] == [
            ("case-2", False),
            ("case-2", True),
        ]
        await pilot.press("n")  # there is no further question
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert held(app).asking.current == "case-2"
        assert "正解" in page(app)
        assert all(held(app).sitting.answerings[name].submitted for name in ("case-1", "case-2"))
        reader(app).leave()


@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
async def test_a_narrow_one_has_the_scenario_one_key_away(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=size) as pilot:
        await at_case(app, pilot)
        await pilot.press("s")
        await pilot.pause()
        assert not scenario(app).display
        assert "退職した社員の鍵" in "".join(case(app).view.page.render_line(y).text for y in range(size[1]))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        reader(app).leave()


async def test_elsewhere_the_key_selects(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(80, 24)) as pilot:
        app.meet_learner()
        app.read("kinds")
        await pilot.pause()
        await pilot.press("s")
        assert held(app).selecting.on
        reader(app).leave()
