"""Terms: listed, met or not, shown for a word of a text, and taught where the article names them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from sgtui.ui.app import SgtuiApp
from sgtui.ui.screens.glossary import GlossaryScreen, TermList, TermPopup
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.screens.reader import ReaderScreen
from tests.ui.shelf import SIZE, copy_shelf, settled, text_of, top

OpenApp = Callable[..., SgtuiApp]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return copy_shelf(tmp_path / "shelf")


def terms(app: SgtuiApp) -> list[str]:
    shown = app.screen.query_one(TermList)
    return [shown.term(index).term for index in range(shown.count)] if shown.display else []


async def test_terms_are_listed_filtered_and_lead_to_their_article(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("T")
        await pilot.pause()
        assert terms(app) == ["破錠時間", "検知"]
        await pilot.press("slash")
        app.screen.query_one("#filter", Input).value = "ｹﾝﾁ"
        await pilot.pause()
        assert terms(app) == ["検知"]
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert top(app, ReaderScreen).article.info.key == "alarms-basics"
        assert "検知" in text_of(app, "#page").splitlines()[0]


async def test_a_term_is_met_when_its_article_was_opened(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("q", "T", "s")
        await pilot.pause()
        assert terms(app) == ["破錠時間"]
        await pilot.press("s")
        await pilot.pause()
        assert terms(app) == ["検知"]


@pytest.mark.parametrize(
    ("text", "offset", "shown"),
    [
        ("破錠時間", None, ["破錠時間"]),
        ("はじょうじかん", None, ["破錠時間"]),
        ("ディテクションと破錠時間の話", None, ["検知", "破錠時間"]),
        ("ディテクションと破錠時間の話", 10, ["破錠時間"]),
    ],
)
async def test_a_word_shows_its_meaning(open_app: OpenApp, text: str, offset: int | None, shown: list[str]) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.show_term(text, offset)
        await pilot.pause()
        assert top(app, TermPopup).is_current
        lines = text_of(app, "#lines")
        assert all(term in lines for term in shown)
        assert "錠を壊すのに要る時間。" in lines or shown == ["検知"]
        await pilot.press("escape")
        await pilot.pause()
        assert top(app, LibraryScreen).is_current


async def test_the_pop_up_opens_the_article_and_the_whole_glossary(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.show_term("検知")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert top(app, ReaderScreen).is_current
        app.show_term("検知")
        await pilot.pause()
        await pilot.press("T")
        await settled(pilot)
        assert top(app, GlossaryScreen).is_current


async def test_unknown_words_and_libraries_without_a_glossary_say_so(open_app: OpenApp, library: Path) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.show_term("窓")
        await pilot.pause()
        assert top(app, LibraryScreen).is_current
        (notice,) = app._notifications
        assert "窓" in notice.message
    (library / "glossary.toml").unlink()
    for file in library.rglob("*.md"):
        file.write_text(file.read_text("utf-8").replace("type: term", "type: method"), "utf-8")
    again = open_app()
    async with again.run_test(size=SIZE) as pilot:
        await pilot.press("T")
        await pilot.pause()
        assert "glossary.toml" in text_of(again, "#empty")
