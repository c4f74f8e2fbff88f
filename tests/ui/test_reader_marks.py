"""Selecting, copying, highlighting and noting; the marks are there again, and taken back."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from sgtui.typeset.model import Place
from sgtui.ui.app import SgtuiApp
from sgtui.ui.marks import words_of
from sgtui.ui.screens.bookmarks import BookmarksScreen
from sgtui.ui.screens.marking import HighlightDialog
from sgtui.ui.widgets.rows import RowList
from tests.ui.reading import (
    KEY,
    TOUR,
    go_to,
    held,
    key_bar,
    open_tour,
    page,
    reader,
    styles_of,
    workers_done,
    write_tour,
)

OpenApp = Callable[..., SgtuiApp]
SIZE = (90, 24)
SENTENCE = "扉の鍵を確かめる。"


async def highlight_sentence(pilot: Pilot[int], app: SgtuiApp, kind: str) -> None:
    """Highlight the second sentence of the first section with the keyboard."""
    await go_to(pilot, app, "鍵を閉める人")
    block = next(i for i, b in enumerate(reader(app).blocks) if "鍵を閉める人" in b.text)
    it = held(app)
    assert it.selecting.begin(Place(block, 0))
    await pilot.press("right_parenthesis", "s", kind)
    await pilot.pause()


async def test_a_sentence_is_selected_and_copied_with_the_keyboard(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "鍵を閉める人")
        await pilot.press("s", "j", "k", "space", "l", "l")
        await pilot.pause()
        assert "selection" in styles_of(app, "")
        assert "1–4" in key_bar(app)
        await pilot.press("y")
        await pilot.pause()
        assert len(app.clipboard) == 3
        await highlight_sentence(pilot, app, "y")
        assert app.clipboard == SENTENCE
        await pilot.press("s", "escape")
        await pilot.pause()
        assert not held(app).selecting.on


async def test_code_is_copied_with_one_key(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "very_long_line")
        await pilot.press("y")
        assert app.clipboard.startswith('print("鍵")\nvery_long_line')


async def test_highlights_are_there_again_at_another_width_with_a_sign_in_the_margin(
    open_app: OpenApp, library: Path
) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await highlight_sentence(pilot, app, "3")
        (mark,) = app.desk.marks.highlights(KEY)
        assert (mark.quote, mark.kind) == (SENTENCE, 3)
    again = open_app()
    async with again.run_test(size=(40, 24)) as pilot:
        await open_tour(pilot, again)
        await go_to(pilot, again, "鍵を閉める人")
        assert "highlight.3" in styles_of(again, "")
        marked = [line for line in page(again).splitlines() if line.strip().startswith("?")]
        assert marked
        it = held(again)
        (placed,) = it.marks.placed
        block = it.blocks[placed.extent.start.block]
        assert block.text[placed.extent.start.offset : placed.extent.end.offset] == SENTENCE


async def test_the_same_text_is_highlighted_once(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await highlight_sentence(pilot, app, "1")
        await highlight_sentence(pilot, app, "4")
        await highlight_sentence(pilot, app, "n")
        await pilot.press(*"memo", "enter")
        await pilot.pause()
        (mark,) = app.desk.marks.highlights(KEY)
        assert (mark.kind, mark.note) == (4, "memo")


async def test_a_highlight_is_changed_noted_removed_and_taken_back(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await highlight_sentence(pilot, app, "1")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert isinstance(app.screen, HighlightDialog)
        await pilot.press("2")
        await pilot.pause()
        assert app.desk.marks.highlights(KEY)[0].kind == 2
        await pilot.press("enter", "n", *"memo", "enter")
        await pilot.pause()
        assert app.desk.marks.highlights(KEY)[0].note == "memo"
        await pilot.press("enter", "d")
        await pilot.pause()
        assert not app.desk.marks.highlights(KEY)
        await pilot.press("U")
        await pilot.pause()
        assert app.desk.marks.highlights(KEY)[0].note == "memo"
        await pilot.press("U", "U")
        await pilot.pause()
        assert app.desk.marks.highlights(KEY)[0].kind == 1


async def test_drawing_over_text_with_the_mouse_selects_it(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        left = (SIZE[0] - reader(app).view.text_width) // 2
        await pilot.mouse_down("#page", offset=(left, 0))
        await pilot.hover("#page", offset=(left + 6, 0))
        view = reader(app).view
        view.post_message(view.Dragged(view, Place(0, 0), Place(0, 3)))
        await pilot.mouse_up("#page", offset=(left + 6, 0))
        await pilot.pause()
        assert held(app).selecting.text() == "会議室の"
        await pilot.press("2")
        await pilot.pause()
        assert app.desk.marks.highlights(KEY)[0].quote == "会議室の"


async def test_edited_text_keeps_its_highlight_and_lost_ones_are_listed_with_their_words(
    open_app: OpenApp, library: Path
) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await highlight_sentence(pilot, app, "1")
    write_tour(library, TOUR.replace("扉の鍵を確かめる。", "扉の鍵を必ず確かめる。"))
    again = open_app()
    async with again.run_test(size=SIZE) as pilot:
        await open_tour(pilot, again)
        assert len(held(again).marks.placed) == 1
    text = TOUR.replace("鍵を閉める人は、鍵を開ける人でもある。扉の鍵を確かめる。二つめの文である。", "何もない。")
    write_tour(library, text)
    last = open_app()
    async with last.run_test(size=SIZE) as pilot:
        await open_tour(pilot, last)
        assert [words_of(mark) or getattr(mark, "quote", "") for mark in held(last).marks.lost] == [SENTENCE]
        await pilot.press("B")
        await pilot.pause()
        await workers_done(last)
        await pilot.pause()
        assert isinstance(last.screen, BookmarksScreen)
        rows = last.screen.query_one(RowList)
        shown = "\n".join(rows.render_line(y).text for y in range(rows.size.height))
        assert SENTENCE in shown
        assert "no longer" in shown or "ありません" in shown


async def test_a_note_beside_a_place_is_kept_and_shown(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("n", *"yomi", "enter")
        await pilot.pause()
        assert app.desk.marks.notes(KEY)[0].text == "yomi"
        assert "✎" in page(app)
        for _ in range(12):
            stop = reader(app).stops.current
            if stop is not None and stop.target.startswith("note:"):
                break
            await pilot.press("tab")
            await pilot.pause()
        assert "yomi" in key_bar(app)


async def test_marks_are_filtered_opened_and_removed_in_their_list(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await highlight_sentence(pilot, app, "1")
        await pilot.press("m", "B")
        await pilot.pause()
        await workers_done(app)
        await pilot.pause()
        rows = app.screen.query_one(RowList)
        assert rows.count == 2
        await pilot.press("slash", *"確かめる", "enter")
        await pilot.pause()
        assert rows.count == 1
        await pilot.press("enter")
        await pilot.pause()
        assert SENTENCE in page(app).replace("\n", "")
        await pilot.press("q", "d")
        await pilot.pause()
        assert not app.desk.marks.highlights()
        await pilot.press("u")
        await pilot.pause()
        assert app.desk.marks.highlights()
