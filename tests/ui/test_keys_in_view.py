"""On a small terminal the key bar still says how to go on and how to leave; quick quiz knows what is chosen."""

from collections.abc import Callable
from pathlib import Path

from sgtui.study.choosing import Wish
from sgtui.ui.app import SgtuiApp
from sgtui.ui.questions.offers import OffersScreen
from sgtui.ui.screens.library import LibraryScreen

from .exam_paper import begin_exam, describe_exam, offered
from .reading import key_bar, reader

OpenApp = Callable[..., SgtuiApp]
KINDS = Path(__file__).parents[1] / "data" / "kinds"
SMALL = (50, 20)


async def test_after_an_answer_enter_is_named_first(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SMALL) as pilot:
        app.meet_learner()
        app.read("kinds")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert key_bar(app).split()[0] == "Enter"
        reader(app).action_leave()
        await pilot.pause()
        app.desk.change_settings(shuffle=False)
        app.ask(app.desk.choose(Wish(shuffle=False)), "quiz")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert key_bar(app).split()[0] == "Enter"
        assert "中断" in key_bar(app)


async def test_an_exam_says_how_to_leave(open_app: OpenApp, library: Path) -> None:
    describe_exam(library)
    app = open_app()
    async with app.run_test(size=SMALL) as pilot:
        await begin_exam(app, pilot)
        assert "中断" in key_bar(app)


async def test_a_key_is_shown_once_with_what_it_does_now(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(200, 40)) as pilot:
        app.meet_learner()
        app.read("kinds", slug="事例")
        await pilot.pause()
        reader(app).at_quiz.turn_to("case-1")
        reader(app).follow_eye()
        await pilot.pause()
        assert key_bar(app).split().count("s") == 1
        reader(app).leave()


async def test_the_library_offers_what_is_chosen_in_it(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.meet_learner()
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await pilot.press("down")
        await pilot.pause()
        await pilot.press("Q")
        shown = await offered(app, pilot)
        assert isinstance(shown, OffersScreen)
        names = " ".join(offer.name for offer in shown.offers)
        assert "この記事" in names
        assert "この分類" in names
