"""All that the learner left, in one list: marks, places, time, lost questions; each change can be taken back."""

from pathlib import Path

from textual.pilot import Pilot

from sgtui.quiz.grading import Response
from sgtui.store.records import Anchor
from sgtui.study.answer import record_answer
from sgtui.ui.app import SgtuiApp
from sgtui.ui.questions.matching import MatchScreen
from sgtui.ui.screens.bookmarks import BookmarksScreen
from sgtui.ui.screens.reader import ReaderScreen
from sgtui.ui.widgets.rows import RowList

from .conftest import OpenApp

KEY = "basics/keys"


def shown(app: SgtuiApp) -> str:
    rows = app.screen.query_one("#bookmarks", RowList)
    return "\n".join(rows.render_line(y).text.rstrip() for y in range(rows.size.height)).strip()


async def open_kind(pilot: Pilot[int], app: SgtuiApp, tabs: int) -> None:
    await pilot.pause()
    await pilot.press("b")
    await pilot.pause()
    assert isinstance(app.screen, BookmarksScreen)
    await pilot.press(*["tab"] * tabs)
    await pilot.pause()


async def test_places_open_where_they_were_left_and_can_begin_again(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.pause()
        store, shelf = app.desk.store, app.desk.shelf
        title = app.desk.article(KEY).sections[-1].path
        store.save_position(shelf, KEY, Anchor(path=title), 0.6)
        store.add_seconds(shelf, KEY, 600)
        await open_kind(pilot, app, 4)
        assert title[-1] in shown(app)
        assert "60%" in shown(app)
        assert "10" in shown(app)
        await pilot.press("d")
        await pilot.pause()
        assert shown(app) == ""
        await pilot.press("u")
        await pilot.pause()
        assert "60%" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)


async def test_time_that_was_not_read_is_taken_out_and_put_back(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.pause()
        store, shelf = app.desk.store, app.desk.shelf
        store.add_seconds(shelf, KEY, 5400)
        await open_kind(pilot, app, 5)
        assert "90" in shown(app)
        await pilot.press("d")
        await pilot.pause()
        assert store.seconds_read(shelf, KEY) == 0
        await pilot.press("u")
        await pilot.pause()
        assert store.seconds_read(shelf, KEY) == 5400


async def test_a_lost_question_is_given_to_one_that_is_asked(open_app: OpenApp, library: Path) -> None:
    app = open_app()
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.pause()
        article = app.desk.article(KEY)
        quiz = article.quizzes[0]
        desk = app.desk
        record_answer(
            desk.store, desk.scheduler, library=desk.shelf, article=article.info, quiz=quiz,
            response=Response(choices=frozenset({0})),
        )  # fmt: skip
        file = library / article.info.path
        changed = (
            file.read_text("utf-8").replace(f"id={quiz.id}", "id=other").replace(quiz.prompt.text, "まったく別の問い")
        )
        file.write_text(changed, "utf-8")
        desk.forget_articles()
        fresh = desk.article(KEY)
        desk.opened(fresh)
        assert [orphan.question for orphan in desk.marks.orphans()] == [quiz.id]
        await open_kind(pilot, app, 6)
        assert quiz.prompt.text[:10] in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, MatchScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert desk.marks.orphans() == []
        assert desk.store.answer(desk.shelf, KEY, "other") is not None
        await pilot.press("u")
        await pilot.pause()
        assert [orphan.question for orphan in desk.marks.orphans()] == [quiz.id]
        assert desk.store.answer(desk.shelf, KEY, quiz.id) is not None
        assert desk.store.answer(desk.shelf, KEY, "other") is None
