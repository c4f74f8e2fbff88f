"""Several libraries, and files that change while they are on the screen."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from sgtui.library.load import Opening
from sgtui.ui.app import SgtuiApp
from sgtui.ui.files import Follower
from sgtui.ui.screens.libraries import LibrariesScreen
from tests.ui.shelf import SIZE, copy_shelf, keys_shown, library_screen, settled, text_of, top

OpenApp = Callable[..., SgtuiApp]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return copy_shelf(tmp_path / "shelf")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: 別の棚の一冊\n---\n\n本文です。\n", "utf-8")
    return folder


async def turned(pilot: Pilot[int]) -> None:
    """Wait until another library lies on the desk and has been read."""
    for _round in range(3):
        await settled(pilot)


async def test_another_folder_has_progress_of_its_own_and_the_way_back(open_app: OpenApp, other: Path) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("x", "d", "L")
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        app.screen.query_one(Input).value = str(other)
        await pilot.press("enter")
        await turned(pilot)
        assert app.desk.library.root == other
        assert [info.title for info in app.desk.library.infos] == ["別の棚の一冊"]
        assert len(keys_shown(app)) == 1
        assert app.desk.statuses.status_of(app.desk.library.infos[0]) == "unread"
        await pilot.press("L")
        await pilot.pause()
        assert top(app, LibrariesScreen).is_current
        assert "守りの棚" in text_of(app, "#libraries")
        await pilot.press("enter")
        await turned(pilot)
        assert app.desk.library.id == "shelf"
        assert len(keys_shown(app)) == 4
        assert app.desk.statuses.status_of(app.desk.library.info("locks-basics")) == "done"


async def test_a_folder_that_is_not_there_leaves_everything_as_it_is(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.open_library(tmp_path / "nowhere")
        await turned(pilot)
        assert app.desk.library.id == "shelf"
        assert any("nowhere" in notice.message for notice in app._notifications)


async def test_a_library_whose_folder_is_gone_is_listed_as_gone(open_app: OpenApp, library: Path, other: Path) -> None:
    app = open_app(other)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
    moved = other.rename(other.with_name("moved"))
    again = open_app()
    async with again.run_test(size=(140, 30)) as pilot:
        await pilot.press("L")
        await pilot.pause()
        rows = text_of(again, "#libraries").splitlines()
        assert "消え" in rows[1] or "gone" in rows[1] or "ありません" in rows[1]
    moved.rename(other)


async def test_the_list_follows_when_files_have_changed(open_app: OpenApp, library: Path) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "down")
        await pilot.pause()
        (library / "locks" / "new.md").write_text("---\ntitle: 新しい錠\ncategory: locks\n---\n\n本文。\n", "utf-8")
        assert app.desk.opening.refresh()
        for _library in app.desk.opening.batches():
            pass
        app.post_message(app.FilesChanged())
        await pilot.pause()
        assert "locks/new" in keys_shown(app)
        current = library_screen(app).articles.current
        assert current is not None
        assert current.key == "alarms-basics"


def test_changed_files_are_noticed(library: Path, tmp_path: Path) -> None:
    opening = Opening(library, cache_dir=tmp_path / "cache")
    ready, changed = Event(), Event()
    titles: list[list[str]] = []

    def told() -> None:
        titles.append([info.title for info in opening.library.infos])
        (changed if ready.is_set() else ready).set()

    follower = Follower(opening, told, lambda _reason: None)
    follower.start()
    assert ready.wait(20)
    number = 0
    while not changed.is_set() and number < 100:  # the watch begins at some moment: write until it has
        number += 1
        path = library / "locks" / "basics.md"
        path.write_text(path.read_text("utf-8").replace("錠の選び方", f"錠の選び方{number}", 1), "utf-8")
        os.utime(path, ns=(number * 10**9, number * 10**9))
        changed.wait(0.2)
    follower.stop(put_away=True)
    assert follower.wait(20)
    assert "錠の選び方" in titles[0]
    assert "錠の選び方" not in titles[-1]


async def test_what_a_library_says_of_itself_stands_below_it_and_below_its_articles(
    open_app: OpenApp, library: Path
) -> None:
    manifest = library / "library.toml"
    manifest.write_text('footer.ja = "公式の教材ではありません。"\n' + manifest.read_text("utf-8"), "utf-8")
    app = open_app()
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert text_of(app, "#footer") == " 公式の教材ではありません。"
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("G")
        await settled(pilot)
        assert "公式の教材ではありません。" in text_of(app, "#page")
