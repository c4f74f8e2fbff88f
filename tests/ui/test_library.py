"""The library screen: lists, chips, orders, going on, and what it says when there is nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sgtui import i18n
from sgtui.articles.model import ArticleInfo
from sgtui.quiz.answering import Answering
from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.screens.problems import ProblemsScreen
from sgtui.ui.screens.reader import ReaderScreen
from sgtui.ui.widgets.article_list import ArticleList
from sgtui.ui.widgets.start_list import StartList
from tests.ui.conftest import NOW
from tests.ui.shelf import SIZE, copy_shelf, keys_shown, library_screen, settled, text_of, top

OpenApp = Callable[..., SgtuiApp]
ALL = ["locks-basics", "locks-copies", "alarms-basics", "alarms-log"]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return copy_shelf(tmp_path / "shelf")


def article(app: SgtuiApp) -> ArticleInfo:
    return top(app, ReaderScreen).article.info


def answer(desk: Desk, key: str, *, right: bool) -> None:
    """Answer the first quiz of an article."""
    made = desk.article(key)
    quiz = made.quizzes[0]
    choice = next(i for i, choice in enumerate(quiz.choices) if choice.correct is right)
    desk.record_answer(made, quiz, Answering.start(quiz).press(str(choice + 1)), milliseconds=1000)


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_each_key_narrows_and_esc_takes_the_newest_filter_off(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert keys_shown(app) == ALL
        await press(pilot, "d")
        assert keys_shown(app) == ["locks-basics", "alarms-basics"]
        await press(pilot, "c", "c")
        assert keys_shown(app) == ["alarms-basics"]
        await press(pilot, "escape")
        assert keys_shown(app) == ["locks-basics", "alarms-basics"]
        await press(pilot, "s", "s")
        assert keys_shown(app) == []
        assert "Esc" in text_of(app, "#empty")
        await press(pilot, "F")
        assert keys_shown(app) == ALL


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("サーバー", ["locks-copies"]),
        ("ｻｰﾊﾞ", ["locks-copies"]),
        ("tag:警報 記録", ["alarms-log"]),
        ("category:警報 difficulty:advanced", ["alarms-log"]),
        ("quizzes:yes since:2026-01-01", ["locks-basics"]),
    ],
)
async def test_the_box_takes_words_and_conditions(open_app: OpenApp, typed: str, left: list[str]) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "slash")
        for character in typed:
            app.screen.query_one("#filter").insert_text_at_cursor(character)  # type: ignore[attr-defined]
        await pilot.pause()
        assert keys_shown(app) == left
        await press(pilot, "enter")
        assert keys_shown(app) == left
        assert library_screen(app).articles.has_focus
        await press(pilot, "F")
        assert keys_shown(app) == ALL


async def test_esc_in_the_box_forgets_the_words_only(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "slash", *"zzz")
        assert keys_shown(app) == []
        await press(pilot, "escape")
        assert keys_shown(app) == ["locks-basics", "alarms-basics"]
        assert library_screen(app).articles.has_focus


async def test_orders(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        app.desk.meet_learner()
        app.desk.store.open_article(app.desk.shelf, "alarms-log")
        app.desk.store.open_article(app.desk.shelf, "locks-copies")
        await press(pilot, "o")
        assert keys_shown(app) == ["locks-copies", "alarms-basics", "alarms-log", "locks-basics"]
        await press(pilot, "o")
        assert keys_shown(app) == ["locks-basics", "alarms-basics", "locks-copies", "alarms-log"]
        await press(pilot, "o")
        assert keys_shown(app) == ["locks-basics", "alarms-basics", "locks-copies", "alarms-log"]
        await press(pilot, "o")
        assert set(keys_shown(app)[:2]) == {"alarms-log", "locks-copies"}
        await press(pilot, "o", "o", "o")
        assert keys_shown(app) == ALL


async def test_weakest_and_due_come_first(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        desk = app.desk
        answer(desk, "locks-basics", right=True)
        answer(desk, "alarms-log", right=False)
        await press(pilot, "o", "o", "o", "o", "o")
        assert keys_shown(app)[:2] == ["alarms-log", "locks-basics"]
        await press(pilot, "o")
        assert keys_shown(app)[:2] == ["alarms-log", "locks-basics"]


async def test_continue_reading_names_article_section_and_minutes(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 12)) as pilot:
        await press(pilot, "enter")
        assert article(app).key == "locks-basics"
        await press(pilot, "]", "]", "q")
    again = open_app()
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        row = text_of(again, "#continue")
        assert "錠の選び方 › 扉ごとに決める" in row
        assert again.screen.query_one(StartList).has_focus
        await press(pilot, "enter")
        assert article(again).key == "locks-basics"


async def test_after_a_finished_article_the_next_one_is_offered(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "x", "q")
        assert "合鍵の管理" in text_of(app, "#continue")
        await press(pilot, "r")
        assert article(app).key == "locks-copies"


async def test_next_and_any_unread(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        assert article(app).key == "locks-basics"
        await press(pilot, "q", "c", "c", "n")
        assert article(app).key == "alarms-basics"
        await press(pilot, "q", "N")
        assert article(app).key == "alarms-log"
        await press(pilot, "q", "F", "N")
        assert article(app).key == "locks-copies"
        await press(pilot, "q", "n")
        assert library_screen(app).is_current


async def test_a_click_chooses_and_a_second_one_opens(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(ArticleList, offset=(6, 2))
        await pilot.pause()
        current = library_screen(app).articles.current
        assert current is not None
        assert current.key == "alarms-basics"
        await pilot.click(ArticleList, offset=(6, 2))
        await pilot.pause()
        assert article(app).key == "alarms-basics"


async def test_chips_categories_and_order_can_be_clicked(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        line = text_of(app, "#chips").splitlines()[0]
        await pilot.click("#chips", offset=(cells(line, "上級"), 0))
        assert keys_shown(app) == ["alarms-log"]
        await pilot.click("#chips", offset=(cells(line, "上級"), 0))
        assert keys_shown(app) == ALL
        await pilot.click("#chips", offset=(cells(text_of(app, "#chips").splitlines()[0], "コース順"), 0))
        assert keys_shown(app)[0] == "locks-copies"
        await pilot.click("#categories", offset=(3, 2))
        assert set(keys_shown(app)) == {"alarms-basics", "alarms-log"}


def cells(line: str, text: str) -> int:
    """The column at which ``text`` begins."""
    from sgtui.ui.text import width

    return width(line[: line.index(text)])


async def test_about_shows_what_is_known_and_leads_on(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "i")
        shown = text_of(app, "#lines")
        assert "サーバー室の合鍵" in shown
        assert "錠の選び方" in shown
        assert "返却を確かめる" in shown
        await press(pilot, "down", "down", "enter")
        assert article(app).key == "locks-copies"


async def test_in_a_tiny_terminal_conditions_can_be_chosen(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(20, 5)) as pilot:
        await press(pilot, "f")
        await settled(pilot)
        assert "錠" in text_of(app, "#facets")
        await press(pilot, "enter", "escape")
        assert keys_shown(app) == ["locks-basics", "locks-copies"]


@pytest.mark.parametrize("size", [(20, 5), (30, 8), (40, 12), (50, 20), (80, 24), (140, 40)])
@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_every_size_shows_the_list_and_no_chip_overlaps(
    open_app: OpenApp, size: tuple[int, int], lang: str
) -> None:
    i18n.use(lang)
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "d", "d", "d")
        assert keys_shown(app) == ["alarms-log"]
        assert "警報の" in text_of(app, "#articles")
        for line in app.screen.query_one("#chips").render_lines(app.screen.query_one("#chips").size.region):
            assert line.cell_length <= size[0]


async def test_problems_are_listed_and_open_their_article(open_app: OpenApp, library: Path) -> None:
    (library / "locks" / "broken.md").write_text("---\ntitle: [壊れ\n---\n\n本文です。\n", "utf-8")
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "1" in text_of(app, "#title")
        await press(pilot, "p")
        assert top(app, ProblemsScreen).is_current
        assert "broken.md:" in text_of(app, "#problems")
        await press(pilot, "enter")
        assert article(app).path == "locks/broken.md"


async def test_an_empty_folder_says_what_a_library_is(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    app = open_app(tmp_path / "nothing")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "n", "i", "x", "f")
        assert not text_of(app, "#facets").strip()
        await press(pilot, "escape")
        assert "first-article" in text_of(app, "#empty")


async def test_reviews_and_the_days_to_the_exam_are_told(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        answer(app.desk, "locks-basics", right=True)
    (tmp_path / "settings.toml").write_text("[study]\nexam_date = 2027-02-14\n", "utf-8")
    later = open_app(now=NOW + timedelta(days=40))
    async with later.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert any(str(days) in text_of(later, "#title") for days in (42, 43, 44))  # the day is the local one
        rows = later.screen.query_one(StartList)
        assert rows.count >= 1
        assert "1問" in text_of(later, "#continue")
        await press(pilot, "G", "enter")
        assert not isinstance(later.screen, LibraryScreen)
