"""Folders below the categories: shown and hidden, chosen, counted, by keys and by mouse."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sgtui.library.query import Filter
from sgtui.ui.app import SgtuiApp
from sgtui.ui.browsing.facets import values
from sgtui.ui.screens.facets import FacetRows
from sgtui.ui.widgets.article_list import CategoryList
from tests.ui.shelf import SIZE, keys_shown, library_screen, settled, text_of
from tests.unit.library.trees import article, plant

OpenApp = Callable[..., SgtuiApp]
FILES = ("docs/ja/guides/a", "docs/ja/guides/b", "docs/ja/c", "docs/en/guides/d", "notes/e", "notes/single/folder/f")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return plant(tmp_path / "site", {f"{path}.md": article(path[-1]) for path in FILES})


def names(app: SgtuiApp) -> list[str]:
    return [re.sub(r"\s+\d+.*", "", line) for line in text_of(app, "#categories").splitlines() if line.strip()]


async def test_folders_are_shown_chosen_and_hidden_again(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert names(app)[1:] == ["▸docs", "▸notes"]
        app.screen.query_one(CategoryList).focus()
        await pilot.press("down", "right")
        await settled(pilot)
        assert names(app)[1:] == ["▾docs", "  en", " ▸ja", "▸notes"]
        await pilot.press("down", "down", "right", "down")
        await settled(pilot)
        assert keys_shown(app) == ["docs/ja/guides/a", "docs/ja/guides/b"]
        assert names(app)[3:5] == [" ▾ja", "   guides"]
        await pilot.press("left")
        await settled(pilot)
        assert len(keys_shown(app)) == 3
        await pilot.press("left", "left", "left")
        await settled(pilot)
        assert names(app)[1:] == ["▸docs", "▸notes"]
        assert len(keys_shown(app)) == 4


async def test_the_mark_can_be_clicked_and_hiding_widens_what_was_chosen_below(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        library_screen(app).action_switch("category", "docs/ja/guides")
        await settled(pilot)
        assert "   guides" in names(app)
        assert "docs/ja/guides ×" not in text_of(app, "#chips")
        row = names(app).index("▾docs")
        await pilot.click("#categories", offset=(0, row))
        await settled(pilot)
        assert names(app)[1:] == ["▸docs", "▸notes"]
        assert library_screen(app).narrowing.chosen == Filter(category=("docs",))


async def test_places_are_counted_and_chosen_in_the_list_of_conditions(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        await settled(pilot)
        rows = app.screen.query_one(FacetRows)
        await pilot.press("space")
        await settled(pilot)
        shown = [
            (one.name, one.articles) for one in (rows.value(i) for i in range(rows.count)) if one.facet == "category"
        ]
        assert shown == [("docs", 4), ("  en", 1), ("  ja", 3), ("notes", 2)]
        rows.cursor = 2
        await pilot.press("space", "escape")
        await settled(pilot)
        assert library_screen(app).narrowing.chosen == Filter(category=("docs/ja",))
        listing, day = app.desk.listing, app.desk.study_day
        for one in values(listing, Filter(category=("docs/ja", "notes")), day):
            if one.facet == "category":
                assert len(listing.shown(Filter(category=(one.value,)))) == one.articles


async def test_a_place_without_articles_can_be_taken_off(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        chosen = Filter(category=("docs/ja",), words="e")
        found = [one for one in values(app.desk.listing, chosen, app.desk.study_day) if one.facet == "category"]
        assert ("docs/ja", 0, True) in [(one.value, one.articles, one.on) for one in found]
