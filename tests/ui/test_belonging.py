"""History follows what was renamed, seen from the screens."""

import shutil
from collections.abc import Callable
from pathlib import Path

from textual.events import AppFocus

from sgtui.store.store import Store
from sgtui.ui.app import SgtuiApp
from tests.ui.conftest import NOW
from tests.ui.shelf import settled

OpenApp = Callable[..., SgtuiApp]


async def test_a_renamed_article_is_still_done(open_app: OpenApp, library: Path) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        info = app.desk.library.at("threat/doors.md")
        assert info is not None
        app.desk.opened(app.desk.article(info.key))
        assert app.desk.toggle_done(info)
    path = library / "threat" / "doors.md"
    path.write_text(
        "\n".join(line for line in path.read_text("utf-8").split("\n") if not line.startswith("id:")), "utf-8"
    )
    path.rename(library / "basics" / "renamed.md")
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await app.workers.wait_for_complete()
        await pilot.pause()
        info = app.desk.library.at("basics/renamed.md")
        assert info is not None
        assert app.desk.statuses.status_of(info) == "done"


async def test_coming_back_to_a_window_shows_what_was_done_in_another(
    open_app: OpenApp, library: Path, tmp_path: Path
) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        info = app.desk.library.at("threat/doors.md")
        assert info is not None
        with Store.open(tmp_path / "study.json", now=lambda: NOW) as other:
            other.set_done(app.desk.shelf, info.key, True)
            assert app.desk.statuses.status_of(info) == "unread"
            app.post_message(AppFocus())
            await pilot.pause()
            assert app.desk.statuses.status_of(info) == "done"


async def test_conflict_copies_are_taken_over_when_the_learner_is_met(
    open_app: OpenApp, library: Path, tmp_path: Path
) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        shelf = app.desk.shelf
    shutil.copy(tmp_path / "study.json", tmp_path / "other.json")
    with Store.open(tmp_path / "other.json", now=lambda: NOW, device="別-1") as other:
        other.add_bookmark(shelf, "doors", note="別の机で")
    (tmp_path / "other.json").replace(tmp_path / "study (花子の競合コピー 2026-11-23).json")
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [mark.note for mark in app.desk.bookmarks()] == ["別の机で"]
        assert any("競合コピー" in notification.message for notification in app._notifications)
