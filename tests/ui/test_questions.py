"""Quick quiz and review: answered, judged, taken back, put aside, taken up again."""

from collections.abc import Callable

from textual.pilot import Pilot

from sgtui.study.choosing import Wish
from sgtui.ui.app import SgtuiApp
from sgtui.ui.questions.offers import OffersScreen
from sgtui.ui.questions.result_screen import ResultScreen
from sgtui.ui.questions.session_screen import SessionScreen
from sgtui.ui.screens.reader import ReaderScreen
from sgtui.ui.widgets.rows import RowList

OpenApp = Callable[..., SgtuiApp]
SIZE = (100, 30)


def session(app: SgtuiApp) -> SessionScreen:
    assert isinstance(app.screen, SessionScreen)
    return app.screen


def question(app: SgtuiApp) -> str:
    answering = session(app).view.answering
    assert answering is not None
    return answering.quiz.id


async def begin(app: SgtuiApp, pilot: Pilot[int], *, only: str = "all") -> None:
    """Ask the questions of the small library in course order, choices as written."""
    await pilot.pause()
    app.meet_learner()
    app.desk.change_settings(shuffle=False)
    app.ask(app.desk.choose(Wish(only=only, shuffle=False)), "quiz")  # type: ignore[arg-type]
    await pilot.pause()


async def offered(app: SgtuiApp, pilot: Pilot[int]) -> None:
    """Wait until what there is to begin was worked out."""
    for _attempt in range(500):
        await pilot.pause(0.01)
        if isinstance(app.screen, OffersScreen) and app.screen.offers:
            return
    raise AssertionError("nothing was offered")


async def test_a_run_from_the_first_question_to_its_result(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot)
        assert question(app) == "keys-01"
        await pilot.press("イ", "enter", "1", "2", "enter", "enter")
        await pilot.pause()
        assert question(app) == "keys-03"
        await pilot.press("enter", "2", "enter", "enter")
        await pilot.pause()
        assert question(app) == "lost-01"
        await pilot.press("2", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ResultScreen)
        assert [item.correct for item in app.screen.result.items] == [True, False, True, True]
        assert [a.right for a in app.desk.store.attempts()] == [3]
        rows = ["".join(span.text for span in row) for row in app.screen._lines(90)]
        assert sum(row.startswith(" ↺ ") for row in rows) == 1
        assert sum(row.startswith(" ✓ ") for row in rows) == 2  # by section, those that were all right too


async def test_an_answer_is_taken_back_everywhere(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot)
        await pilot.press("1")
        await pilot.pause()
        assert len(app.desk.store.reviews()) == 1
        await pilot.press("z")
        await pilot.pause()
        assert question(app) == "keys-01"
        assert app.desk.store.reviews() == []
        await pilot.press("2")
        await pilot.pause()
        assert app.desk.store.reviews()[0].correct


async def test_a_run_is_put_aside_and_taken_up_by_the_next_start(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot)
        await pilot.press("2", "enter", "q")
        await pilot.pause()
        assert not isinstance(app.screen, SessionScreen)
    again = open_app()
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("Q")
        await offered(again, pilot)
        assert again.screen.query_one("#offers", RowList).count > 0
        await pilot.press("enter")
        await pilot.pause()
        assert question(again) == "keys-02"
        assert session(again).session.asked == 1


async def test_what_was_answered_wrong_is_reviewed_on_the_next_day(open_app: OpenApp) -> None:
    from datetime import timedelta

    from tests.ui.conftest import NOW

    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot)
        await pilot.press("1", "enter", "q")
        await pilot.pause()
    later = open_app(now=NOW + timedelta(days=2))
    async with later.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("v")
        await offered(later, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert question(later) == "keys-01"
        assert session(later).session.kind == "review"


async def test_nothing_due_offers_something_new(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("v")
        await offered(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert session(app).session.kind == "quick"


async def test_new_questions_have_the_limit_of_the_day(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.meet_learner()
        app.desk.change_settings(new_per_day=1)
        await pilot.press("v")
        await offered(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert len(session(app).session.items) == 1
        await pilot.press("1", "enter", "enter")
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        app.action_review()
        await pilot.pause()
        await offered(app, pilot)
        assert isinstance(app.screen, OffersScreen)
        assert [offer.run for offer in app.screen.offers if offer.what == "今日の分は終わりました"] == [None]


async def test_where_it_is_taught_opens_the_section_and_comes_back(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot)
        await pilot.press("1", "w")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        await pilot.press("q")
        await pilot.pause()
        assert question(app) == "keys-01"
