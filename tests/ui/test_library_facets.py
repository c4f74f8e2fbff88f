"""Conditions with counts: chosen freely, shown as chips, kept under names; and what is worked out for them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.actions import parse
from textual.widgets import Input

from sgtui import i18n
from sgtui.i18n import _
from sgtui.library.conditions import FACETS, with_values
from sgtui.library.filter_text import from_text, to_text
from sgtui.library.query import Filter
from sgtui.ui.app import SgtuiApp
from sgtui.ui.browsing.chips import Shown, chip_lines
from sgtui.ui.browsing.facets import values
from sgtui.ui.browsing.listing import ALL_SORTS, Listing
from sgtui.ui.desk import Desk
from sgtui.ui.screens.facets import FacetRows
from sgtui.ui.text import width
from sgtui.ui.words import SORT
from tests.ui.shelf import SHELF, SIZE, copy_shelf, keys_shown, library_screen, settled, text_of

OpenApp = Callable[..., SgtuiApp]
TODAY = date(2026, 11, 23)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return copy_shelf(tmp_path / "shelf")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk.open(library=SHELF, state=None, cache_dir=None, settings_file=tmp_path / "settings.toml")
    for _library in desk.opening.batches():
        pass
    desk.meet_learner()
    return desk


def counted(desk: Desk, chosen: Filter) -> dict[tuple[str, str], int]:
    return {(one.facet, one.value): one.articles for one in values(Listing(desk), chosen, TODAY)}


def test_counts_are_what_choosing_the_value_leaves(desk: Desk) -> None:
    listing = Listing(desk)
    for chosen in (
        Filter(),
        Filter(exam=("sg",)),
        Filter(category=("alarms",), words="記録"),
        Filter(tag=("警報",), type=("term",)),
        Filter(tag=("警報", "合鍵"), difficulty=("beginner", "intermediate")),
    ):
        for one in values(listing, chosen, TODAY):
            left = listing.shown(with_values(chosen, one.facet, one.value))
            assert len(left) == one.articles, one


def test_every_condition_is_offered(desk: Desk) -> None:
    found = counted(desk, Filter())
    assert {facet for facet, _value in found} == set(FACETS) - {"syllabus"}
    assert found["tag", "警報"] == 2
    assert found["exam", "fe"] == 1
    assert found["has_quizzes", "yes"] == 2
    assert found["updated_since", "2026-01-01"] == 2
    assert found["updated_since", "2026-10-24"] == 1


def test_the_other_conditions_stay_while_a_value_is_counted(desk: Desk) -> None:
    found = counted(desk, Filter(category=("locks",), difficulty=("beginner",)))
    assert (found["category", "alarms"], found["difficulty", "intermediate"]) == (1, 1)
    assert ("tag", "警報") not in found


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), max_size=8).filter(
    lambda text: '"' not in text
)


WORDS = st.lists(TEXTS.filter(lambda text: text and ":" not in text and "：" not in text), max_size=3)
VALUES = st.sets(TEXTS.filter(bool), max_size=3).map(lambda values: tuple(sorted(values)))
FILTERS = st.builds(
    Filter,
    category=VALUES,
    tag=VALUES,
    exam=VALUES,
    words=WORDS.map(" ".join),
    has_quizzes=st.sampled_from([None, True, False]),
    updated_since=st.sampled_from([None, TODAY]),
)


@settings(max_examples=60)
@given(chosen=FILTERS)
def test_a_filter_comes_back_from_its_text(chosen: Filter) -> None:
    assert from_text(to_text(chosen)) == chosen


def test_what_is_no_condition_is_a_word() -> None:
    assert from_text("http://x since:soon nobody:knows") == Filter(words="http://x since:soon nobody:knows")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("category", [True, False])
def test_chips_never_overlap_at_any_width(desk: Desk, lang: str, category: bool) -> None:
    i18n.use(lang)
    filters = (
        Filter(),
        Filter(category=("locks",), difficulty=("intermediate",), status=("reading",)),
        Filter(tag=("とても長い名前のタグが付いた記事だけ",), has_quizzes=True, updated_since=TODAY, words="鍵 と 錠"),
    )
    for cells in range(10, 160):
        for chosen in filters:
            for by in ALL_SORTS:
                lines = chip_lines(desk.library, Shown(chosen, by, 4, 16600), cells, category=category)
                assert all(sum(width(span.text) for span in line) <= cells for line in lines), (cells, by, chosen)


async def test_choosing_conditions_narrows_the_list_and_shows_chips(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        await settled(pilot)
        rows = app.screen.query_one(FacetRows)
        rows.cursor = next(i for i in range(rows.count) if rows.value(i).value == "警報")
        await pilot.press("space")
        await settled(pilot)
        assert rows.current is not None
        assert rows.current.on
        rows.cursor = next(i for i in range(rows.count) if rows.value(i).value == "fe")
        await pilot.press("enter", "escape")
        await settled(pilot)
        assert keys_shown(app) == ["alarms-basics"]
        shown = text_of(app, "#chips")
        assert "警報" in shown
        assert "fe" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert keys_shown(app) == ["alarms-basics", "alarms-log"]
        await pilot.press("F")
        await pilot.pause()
        assert len(keys_shown(app)) == 4


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_order_that_was_chosen_is_named_in_80_columns(desk: Desk, lang: str) -> None:
    i18n.use(lang)
    for by in ALL_SORTS[1:]:
        first = chip_lines(desk.library, Shown(Filter(), by, 5334, 5334), 58, category=False)[0]
        assert _(SORT[by]) in "".join(span.text for span in first)


def test_a_chip_a_value(desk: Desk) -> None:
    chosen = Filter(tag=("it's (odd)", "警報"), category=("alarms", "locks"), type=("term",))
    chips = [
        span for line in chip_lines(desk.library, Shown(chosen, "order", 1, 4), 200, category=False) for span in line
    ]
    actions = [span.target for span in chips if "take_off" in span.target]
    assert [parse(action)[2] for action in actions] == [
        ("category", "alarms"),
        ("category", "locks"),
        ("tag", "it's (odd)"),
        ("tag", "警報"),
        ("type", "term"),
    ]


async def test_values_of_one_kind_are_taken_together(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        await settled(pilot)
        rows = app.screen.query_one(FacetRows)
        for value in ("警報", "合鍵"):
            rows.cursor = next(i for i in range(rows.count) if rows.value(i).value == value)
            await pilot.press("space")
            await settled(pilot)
        assert {rows.value(i).value for i in range(rows.count) if rows.value(i).on} == {"警報", "合鍵"}
        await pilot.press("escape")
        await settled(pilot)
        assert keys_shown(app) == ["locks-copies", "alarms-basics", "alarms-log"]
        shown = text_of(app, "#chips")
        assert "警報 ×" in shown
        assert "合鍵 ×" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert keys_shown(app) == ["alarms-basics", "alarms-log"]
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("F", "escape")
        await settled(pilot)
        assert len(keys_shown(app)) == 4


async def test_two_categories_are_marked_and_a_step_leaves_both(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = library_screen(app)
        for category in ("locks", "alarms"):
            screen.action_switch("category", category)
        await pilot.pause()
        assert len(keys_shown(app)) == 4
        assert text_of(app, "#categories").count("●") == 2
        await pilot.press("c")
        await pilot.pause()
        assert "●" not in text_of(app, "#categories")
        assert not screen.narrowing.chosen


async def test_an_empty_list_says_what_was_asked_and_what_would_find_something(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = library_screen(app)
        screen.narrowing.set(Filter(tag=("警報",), difficulty=("advanced", "beginner"), words="合鍵"))
        screen.narrowed()
        await pilot.pause()
        shown = text_of(app, "#empty")
        assert "タグ: 警報" in shown
        assert "“合鍵” を外すと: 記事2件" in shown
        await pilot.press("slash")
        await pilot.pause()
        assert [word for word in ("Enter", "Esc", "条件") if word in text_of(app, "#keys")] == ["Enter", "Esc"]


async def test_a_chip_is_taken_off_by_a_click(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        library_screen(app).go("tag:警報")
        await pilot.pause()
        await pilot.click("#chips", offset=(3, 1))
        await pilot.pause()
        assert len(keys_shown(app)) == 4


async def test_a_filter_kept_under_a_name_is_there_on_the_next_day(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("d", "f")
        await settled(pilot)
        await pilot.press("w")
        await pilot.pause()
        app.screen.query_one(Input).value = "やさしいもの"
        await pilot.press("enter")
        await pilot.pause()
        assert "やさしいもの" in text_of(app, "#facets")
    again = open_app()
    async with again.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("g", "enter", "escape")
        await settled(pilot)
        assert keys_shown(again) == ["locks-basics", "alarms-basics"]
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("g", "x")
        await settled(pilot)
        assert "やさしいもの" not in text_of(again, "#facets")


async def test_values_are_found_by_their_letters(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("slash")
        app.screen.query_one("#find", Input).value = "合鍵"
        await pilot.pause()
        rows = app.screen.query_one(FacetRows)
        assert [rows.value(i).value for i in range(rows.count)] == ["合鍵"]
        await pilot.press("enter", "enter", "escape", "escape")
        await settled(pilot)
        assert keys_shown(app) == ["locks-copies"]
