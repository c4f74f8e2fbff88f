"""Moving about in an article: search, links, footnotes, folded parts, outline, back and forward."""

from collections.abc import Callable
from pathlib import Path

from sgtui.typeset.cells import width
from sgtui.typeset.model import Place
from sgtui.ui.app import SgtuiApp
from sgtui.ui.commands import ArticleCommands, SectionCommands
from sgtui.ui.following import follow
from sgtui.ui.screens.dialogs import AskYes
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.screens.marking import FootnoteDialog
from sgtui.ui.widgets.page_view import PageView
from sgtui.ui.widgets.prose import Prose
from tests.ui.reading import go_to, held, key_bar, open_tour, page, reader, styles_of, write_tour

OpenApp = Callable[..., SgtuiApp]
SIZE = (90, 24)


async def test_search_counts_marks_and_goes_round(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("slash", *"鍵", "enter")
        await pilot.pause()
        search = held(app).search
        count = len(search.matches)
        assert count > 8
        assert f"1/{count}" in key_bar(app)
        assert {"found", "found.here"} <= styles_of(app, "鍵")
        await pilot.press("N")
        await pilot.pause()
        assert f"{count}/{count}" in key_bar(app)
        await pilot.press("n", "n")
        await pilot.pause()
        assert f"2/{count}" in key_bar(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not search.on
        assert "found" not in styles_of(app, "鍵")


async def test_search_finds_across_line_ends_in_other_kana_and_unfolds(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=(24, 20)) as pilot:
        await open_tour(pilot, app)
        await reader(app).action_search()
        reader(app).find("カクレテイタ")
        assert not held(app).search.matches
        reader(app).find("鍵を開ける人でも")
        await pilot.pause()
        match = held(app).search.current
        assert match is not None
        page_ = reader(app).page
        first, last = page_.row_of(Place(match.block, match.start)), page_.row_of(Place(match.block, match.end - 1))
        assert last > first
        reader(app).find("隠れてイた")
        await pilot.pause()
        assert "隠れていた" in page(app).replace("\n", "").replace(" ", "")


async def test_esc_while_typing_words_goes_back_to_where_it_began(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("slash", *"尽きる")
        await pilot.pause()
        assert reader(app).view.top > 0
        await pilot.press("escape")
        await pilot.pause()
        assert reader(app).view.top == 0
        await pilot.press("slash", *"どこにも無い言葉", "enter")
        await pilot.pause()
        assert not held(app).search.on


async def test_tab_shows_where_a_link_leads_and_enter_goes_there_and_h_comes_back(
    open_app: OpenApp, library: Path
) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert "鍵と錠 › 本数を数える" in key_bar(app)
        assert "cursor" in styles_of(app, "本数")
        await pilot.press("shift+tab")
        await pilot.pause()
        assert "無くした鍵" in key_bar(app)
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert reader(app).article.info.title == "鍵と錠"
        assert "本数を数える" in page(app).splitlines()[0] + page(app).splitlines()[1]
        await pilot.press("H")
        await pilot.pause()
        assert reader(app).article.info.title == "鍵の巡回"
        assert reader(app).view.top == 0
        await pilot.press("L")
        await pilot.pause()
        assert reader(app).article.info.title == "鍵と錠"
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)


async def test_in_page_jumps_come_back_to_the_very_line(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "鍵を閉める人")
        await pilot.press("k")
        await pilot.pause()
        place = reader(app).view.place()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert "まとめ" in page(app)
        await pilot.press("backspace")
        await pilot.pause()
        assert reader(app).view.place() == place


async def test_numbers_lead_to_links(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("l")
        await pilot.pause()
        assert "[1]無くした鍵" in page(app)
        assert "[2]本数" in page(app)
        await pilot.press("１")
        await pilot.pause()
        assert reader(app).article.info.title == "無くした鍵"


async def test_web_addresses_are_shown_in_full_and_asked_first_and_broken_links_say_so(
    open_app: OpenApp, library: Path
) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        opened: list[str] = []
        app.open_url = lambda url, *, new_tab=True: opened.append(url)  # type: ignore[method-assign]  # noqa: PLW0108
        await open_tour(pilot, app)
        await pilot.press("tab", "tab", "tab", "tab")
        await pilot.pause()
        assert "nowhere.md" in key_bar(app)
        await pilot.press("enter")
        await pilot.pause()
        assert any("nowhere.md" in note.message for note in app._notifications)
        await pilot.press("tab")
        await pilot.pause()
        assert "https://example.com/very/long?page=1" in key_bar(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AskYes)
        await pilot.press("escape")
        await pilot.pause()
        assert opened == []
        await pilot.press("enter", "y")
        await pilot.pause()
        assert opened == ["https://example.com/very/long?page=1"]


async def test_a_footnote_opens_over_the_page_and_its_note_leads_back(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("tab", "tab", "tab", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FootnoteDialog)
        await pilot.press("enter")
        await pilot.pause()
        assert "脚注の本文" in page(app)
        await pilot.press("tab", "tab")
        await pilot.pause()
        stop = held(app).stops.current
        assert stop is not None
        assert stop.target == "footref:1"
        await pilot.press("enter")
        await pilot.pause()
        assert "会議室の鍵は" in page(app)


async def test_details_open_in_place_with_enter(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "まとめへ")
        assert "隠れていた" not in page(app)
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert "隠れていた" in page(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "隠れていた" not in page(app)


async def test_tab_stops_at_a_question_and_enter_goes_into_it(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "very_long_line")
        await pilot.press("tab", "enter", "enter")
        await pilot.pause()
        assert reader(app).sitting.answerings["tour-01"].submitted


async def test_after_an_answer_one_key_leads_to_where_it_is_taught_and_back(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=(90, 14)) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "鍵はどれか")
        await pilot.press("w")
        await pilot.pause()
        assert "二つめの節" not in page(app)
        await pilot.press("2")
        await pilot.pause()
        place = reader(app).view.place()
        await pilot.press("w")
        await pilot.pause()
        assert "二つめの節" in page(app).splitlines()[0] + page(app).splitlines()[1]
        await pilot.press("H")
        await pilot.pause()
        assert reader(app).view.place() == place


async def test_the_outline_filters_as_one_types_and_goes_there(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=(110, 24)) as pilot:
        await open_tour(pilot, app)
        await pilot.press("c", "slash", *"二つ")
        await pilot.pause()
        assert reader(app).outline.list.count == 1
        await pilot.press("enter")
        await pilot.pause()
        assert "二つめの節" in page(app).splitlines()[0] + page(app).splitlines()[1]
        assert reader(app).outline.list.count == 3
        await pilot.press("c", "slash", *"無い")
        await pilot.pause()
        hint = reader(app).outline.query_one(Prose)
        assert hint.size.height > 0
        await pilot.press("escape")
        await pilot.pause()
        assert hint.size.height == 0
        assert reader(app).outline.list.count == 3


async def test_a_file_that_is_open_alone_says_how_to_follow_its_links(open_app: OpenApp, library: Path) -> None:
    app = open_app(write_tour(library))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.pause()
        follow(reader(app), "lost.md", 0)
        await pilot.pause()
        (said,) = app._notifications
        assert f"sgtui {library / 'threat'}" in said.message


async def test_the_words_of_a_fold_open_it_when_clicked(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "開くと見える")
        row, line = next((y, line) for y, line in enumerate(page(app).splitlines()) if "開くと見える" in line)
        at = width(line.partition("見える")[0])
        for shown in (True, False):
            await pilot.click(PageView, offset=(at, row))
            await pilot.pause()
            assert ("隠れていた鍵" in page(app)) is shown
        await pilot.click(PageView, offset=(at + 30, row))
        await pilot.pause()
        assert "隠れていた鍵" not in page(app)


async def test_the_palette_goes_to_sections_and_articles(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        (hit,) = [hit async for hit in SectionCommands(app.screen).search("二つ")]
        hit.command()
        await pilot.pause()
        assert "二つめの節" in page(app)
        (hit,) = [hit async for hit in ArticleCommands(app.screen).search("無くした")]
        hit.command()
        await pilot.pause()
        assert reader(app).article.info.title == "無くした鍵"
