"""What the learner is told of their file while the program runs."""

import errno

import pytest

from sgtui.store.records import Anchor
from sgtui.ui.app import SgtuiApp

from .conftest import OpenApp


def said(app: SgtuiApp) -> list[str]:
    return [notification.message for notification in app._notifications]


async def test_a_disk_that_fills_up_is_told_at_once_and_again_when_it_is_better(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app()

    def full(_handle: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "ディスクがいっぱいです")

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        key = app.desk.library.infos[0].key
        with monkeypatch.context() as patch:
            patch.setattr("sgtui.store.engine.write_all", full)
            app.desk.toggle_done(app.desk.library.infos[0])
            await pilot.pause()
        assert [text for text in said(app) if "ディスクがいっぱいです" in text]
        app.desk.marks.add_note(key, text="後で", anchor=Anchor(), section="")
        await pilot.pause()
        assert app.desk.store.unsaved == 0
        assert len(said(app)) == 2
