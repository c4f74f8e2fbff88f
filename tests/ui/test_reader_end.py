"""What stands below an article, and what is said at its edges."""

from collections.abc import Callable
from pathlib import Path

from sgtui.ui.app import SgtuiApp
from tests.ui.reading import KEY, held, open_tour, page, reader, write_tour

OpenApp = Callable[..., SgtuiApp]
SIZE = (90, 24)


async def test_the_articles_before_and_after_stand_at_the_end(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("G")
        await pilot.pause()
        previous = app.desk.neighbour(KEY, -1)
        assert previous is not None
        assert f"前の記事: {previous.title}" in page(app)
        await pilot.press("less_than_sign")
        await pilot.pause()
        assert reader(app).key == previous.key


async def test_an_article_without_text_says_so_and_what_to_do(open_app: OpenApp, library: Path) -> None:
    write_tour(library, "---\ntitle: 題だけ\n---\n<!-- まだ -->\n")
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        assert not held(app).blocks
        assert "まだ本文がありません" in page(app)
        assert "ここまで" not in page(app)


async def test_what_is_said_again_stands_once(open_app: OpenApp, library: Path) -> None:
    write_tour(library, "# 題\n\n文。\n")
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        for _ in range(5):
            await pilot.press("H")
            await pilot.pause()
        assert len(app._notifications) == 1
