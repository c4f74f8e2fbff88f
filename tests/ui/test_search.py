"""One box for the whole library: what is found, how it is shown, and where Enter leads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from sgtui.library.search import Search
from sgtui.ui.app import SgtuiApp
from sgtui.ui.browsing.found import look_closer
from sgtui.ui.screens.dialogs import AskYes
from sgtui.ui.screens.facets import FacetsScreen
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.screens.reader import ReaderScreen
from sgtui.ui.screens.search import HitList, SearchScreen
from tests.ui.shelf import SIZE, copy_shelf, settled, text_of, top

OpenApp = Callable[..., SgtuiApp]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return copy_shelf(tmp_path / "shelf")


async def search(pilot: Pilot[int], text: str) -> HitList:
    """Type ``text`` into the box; gives the list when everything has been looked through."""
    await settled(pilot)
    pilot.app.screen.query_one("#search", Input).value = text
    await settled(pilot)
    await settled(pilot)
    return pilot.app.screen.query_one(HitList)


@pytest.mark.parametrize(
    ("typed", "first", "marked"),
    [
        ("さーばー", "locks-copies", "サーバ"),
        ("ransamu", "locks-copies", "ランサム"),
        ("ﾌｳｼｮｸ", None, ""),
        ("風", "alarms-log", "風"),
        ("破錠時間 早く", "alarms-basics", "破錠時間"),
        ("“より早く駆け”", "alarms-basics", "より早く駆け"),
        ("警報 -風", "alarms-basics", "警報"),
        ("difficulty:advanced 誤報", "alarms-log", "誤報"),
    ],
)
async def test_words_are_found_as_people_type_them(
    open_app: OpenApp, typed: str, first: str | None, marked: str
) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("S")
        hits = await search(pilot, typed)
        if first is None:
            assert not hits.display
            assert text_of(app, "#empty").strip()
            return
        assert hits.hits[0].info.key == first
        found = hits.found(0)
        assert found is not None
        assert marked in [found.snippet.text[start:end] for start, end in found.snippet.marks]


async def test_enter_opens_at_the_match_and_q_comes_back_to_the_hits(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("S")
        await search(pilot, "夕方")
        await pilot.press("enter")
        await settled(pilot)
        assert top(app, ReaderScreen).article.info.key == "locks-copies"
        assert "夕方" in "".join(text_of(app, "#page").splitlines()[:2])
        await pilot.press("q")
        await settled(pilot)
        assert top(app, SearchScreen).is_current
        await pilot.press("escape")
        await pilot.pause()
        assert top(app, LibraryScreen).is_current


async def test_the_box_opens_from_an_article_and_remembers_what_was_asked(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("ctrl+g")
        await search(pilot, "合鍵")
        await pilot.press("escape")
        await pilot.pause()
        assert top(app, ReaderScreen).is_current
        await pilot.press("S")
        await settled(pilot)
        assert app.screen.query_one("#search", Input).value == "合鍵"
        assert app.screen.query_one(HitList).hits[0].info.key == "locks-copies"


async def test_arrows_choose_while_typing_and_a_second_letter_narrows(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("S")
        hits = await search(pilot, "警報")
        many = hits.count
        await pilot.press("down")
        await pilot.pause()
        assert hits.cursor == 1
        assert app.screen.query_one("#search", Input).has_focus
        await search(pilot, "警報 風")
        assert 0 < hits.count < many
        assert hits.cursor == 0


async def test_no_answer_is_found(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("S")
        hits = await search(pilot, "突き合わせる")
        assert not hits.display


async def test_where_nothing_is_found_something_near_is_offered(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("S")
        await search(pilot, "合鍵 存在しない")
        await settled(pilot)
        shown = text_of(app, "#empty")
        assert "「合鍵 存在しない」" in shown
        assert "存在しない を外すと: 記事1件" in shown


async def test_it_opens_over_a_dialog_which_is_there_again_afterwards(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("ctrl+g")
        hits = await search(pilot, "合鍵")
        assert hits.count
        await pilot.press("escape")
        await settled(pilot)
        assert top(app, FacetsScreen).is_current


async def test_no_search_beside_an_exam_nor_over_its_dialogs(open_app: OpenApp) -> None:
    class Asking(Screen[None]):
        asking = True

    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(Asking())
        await app.push_screen(AskYes("?", ""))
        await pilot.press("ctrl+g")
        await settled(pilot)
        assert top(app, AskYes).is_current


async def test_an_empty_box_explains_itself(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.press("S")
        await settled(pilot)
        assert top(app, SearchScreen).is_current
        assert text_of(app, "#empty").strip()
        await pilot.press("enter", "down", "escape")
        await pilot.pause()
        assert top(app, LibraryScreen).is_current


def test_the_place_of_a_match_is_its_paragraph(open_app: OpenApp) -> None:
    desk = open_app().desk
    (hit,) = Search(desk.library).find("見回りより")
    found = look_closer(desk.library, hit)
    assert found.anchor is not None
    assert found.anchor.path == ("強さは時間で測る",)
    assert found.anchor.excerpt.startswith("破錠時間とは")
    assert 0 < found.anchor.fraction < 1
