"""Reading an article: the place is kept, quizzes are answered where they stand, marks hold."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk
from sgtui.ui.following import follow, preview
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.screens.reader import ReaderScreen
from sgtui.ui.widgets.page_view import PageView

OpenApp = Callable[..., SgtuiApp]
SIZE = (100, 30)


def reader(app: SgtuiApp) -> ReaderScreen:
    assert isinstance(app.screen, ReaderScreen)
    return app.screen


def page(app: SgtuiApp) -> str:
    """What the page shows, line by line."""
    view = app.screen.query_one(PageView)
    return "\n".join(view.render_line(y).text.rstrip() for y in range(view.size.height))


async def open_keys(pilot: Pilot[int]) -> None:
    await pilot.press("enter")
    await pilot.pause()


async def to_quiz(pilot: Pilot[int], app: SgtuiApp, quiz: str) -> None:
    """Bring a quiz to the upper part of the screen."""
    screen = reader(app)
    block = screen.page.block_of_quiz(quiz)
    assert block is not None
    from sgtui.typeset.model import Place

    screen.view.go(Place(block, 0))
    await pilot.pause()
    assert screen.at_quiz.current == quiz


@pytest.mark.parametrize("key", ["2", "２", "イ", "い", "ｲ", "i", "ｉ"])
async def test_every_way_to_say_the_second_choice(open_app: OpenApp, key: str) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_keys(pilot)
        await to_quiz(pilot, app, "keys-01")
        await pilot.press(key)
        await pilot.pause()
        assert reader(app).sitting.answerings["keys-01"].correct is True
        assert "✓" in page(app)


async def test_no_answer_is_shown_before_it_is_given(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 200)) as pilot:
        await open_keys(pilot)
        shown = page(app)
        assert "相手に安全に渡すこと" in shown
        assert "写し取られる" not in shown
        assert "解説" not in shown


async def test_answers_and_place_are_there_on_the_next_day(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 12)) as pilot:
        await open_keys(pilot)
        await to_quiz(pilot, app, "keys-01")
        await pilot.press("1", "j", "j")
        await pilot.pause()
        place = reader(app).view.place()
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
    again = open_app()
    async with again.run_test(size=(60, 20)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert reader(again).view.place() == place
        answering = reader(again).sitting.answerings["keys-01"]
        assert answering.submitted
        assert not answering.correct


async def test_reading_keys_and_answer_keys_do_not_fight(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 20)) as pilot:
        await open_keys(pilot)
        await to_quiz(pilot, app, "keys-01")
        top = reader(app).view.top
        await pilot.press("j", "k")
        await pilot.pause()
        assert reader(app).view.top == top
        assert not reader(app).sitting.answerings["keys-01"].submitted
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)


async def test_a_gap_takes_what_is_typed_and_esc_gives_the_keys_back(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 16)) as pilot:
        await open_keys(pilot)
        await to_quiz(pilot, app, "keys-03")
        await pilot.press("enter", "q", "backspace", "２", "enter")
        await pilot.pause()
        assert reader(app).sitting.answerings["keys-03"].correct is True


async def test_multiple_choices_are_ticked_and_sent(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_keys(pilot)
        await to_quiz(pilot, app, "keys-02")
        await pilot.press("1", "ウ", "enter")
        await pilot.pause()
        assert reader(app).sitting.answerings["keys-02"].correct is True


async def test_try_again_and_guess(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_keys(pilot)
        await to_quiz(pilot, app, "keys-01")
        await pilot.press("1", "t", "2", "u")
        await pilot.pause()
        answering = reader(app).sitting.answerings["keys-01"]
        assert answering.correct is True
        assert answering.guess


async def test_full_width_keys_move_the_page(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(60, 14)) as pilot:
        await open_keys(pilot)
        await pilot.press("Ｇ")
        await pilot.pause()
        assert reader(app).view.top > 0
        await pilot.press("き")
        await pilot.pause()
        assert reader(app).view.top == 0


async def test_bookmark_with_a_note_is_listed_and_opens_at_the_spot(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 16)) as pilot:
        await open_keys(pilot)
        await pilot.press("]", "]")
        await pilot.pause()
        await pilot.press("M")
        await pilot.pause()
        await pilot.press(*"mada", "enter")
        await pilot.pause()
        (mark,) = app.desk.bookmarks()
        assert (mark.title, mark.note) == ("本数を数える", "mada")
        await pilot.press("q", "b", "enter")
        await pilot.pause()
        assert "本数を数える" in page(app)
        assert "★" in page(app)


async def test_sections_are_ticked_when_their_end_was_seen_and_their_quizzes_answered(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_keys(pilot)
        sitting = reader(app).sitting
        section = sitting.article.sections[1]
        assert not sitting.finished(section)
        await to_quiz(pilot, app, "keys-01")
        await pilot.press("2", "space", "space", "space")
        await pilot.pause()
        assert sitting.finished(section)


async def test_links_lead_to_articles_and_places(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_keys(pilot)
        follow(reader(app), "../threat/lost.md", 0)
        await pilot.pause()
        assert reader(app).article.info.title == "無くした鍵"
        follow(reader(app), "../basics/keys.md#本数を数える", 0)
        await pilot.pause()
        assert "■ 本数を数える" in page(app).splitlines()[0] + page(app).splitlines()[1]
        follow(reader(app), "../../../etc/passwd", 0)
        await pilot.pause()
        assert reader(app).article.info.title == "鍵と錠"


async def test_links_lead_on_before_the_library_was_read(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SgtuiApp, "follow_files", lambda _app: None)
    desk = Desk.open(library=library, state=None, cache_dir=None, settings_file=tmp_path / "settings.toml")
    app = SgtuiApp(desk)
    async with app.run_test(size=SIZE) as pilot:
        await open_keys(pilot)
        assert not any(info.digest for info in desk.library.infos)
        assert preview(reader(app), "#本数を数える") == "本数を数える"
        assert preview(reader(app), "../threat/lost.md#錠を替える").endswith(" › 錠を替える")
        assert "無い" in preview(reader(app), "../threat/lost.md#無い")
        follow(reader(app), "../threat/lost.md#錠を替える", 0)
        await pilot.pause()
        assert "■ 錠を替える" in page(app)
        assert not app._notifications


async def test_a_tiny_terminal_still_shows_the_page(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(20, 5)) as pilot:
        await open_keys(pilot)
        assert "会議室" in page(app).replace("\n", "")
