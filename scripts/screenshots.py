"""Make the pictures of the README: the real screens, exported as SVG."""

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sgtui import i18n, paths
from sgtui.ui.app import SgtuiApp
from sgtui.ui.desk import Desk

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"


def standing_alone(svg: str) -> str:
    """``svg`` without fonts from elsewhere: a reader's own monospaced font, with Japanese, does as well."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    return svg.replace("Fira Code", "Noto Sans Mono CJK JP, monospace")


async def picture(name: str, size: tuple[int, int], keys: list[str], language: str) -> None:
    """Press ``keys`` in a new learner's program and keep what the screen shows."""
    i18n.use(language)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(
            library=paths.bundled_library(),
            state=Path(folder) / "study.json",
            cache_dir=Path(folder) / "cache",
            settings_file=Path(folder) / "settings.toml",
            now=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        )
        for _library in desk.opening.batches():
            pass
        app = SgtuiApp(desk)
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await app.workers.wait_for_complete()
                await pilot.pause(0.2)
                await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause(0.5)
            PICTURES.mkdir(parents=True, exist_ok=True)
            (PICTURES / f"{name}.svg").write_text(
                standing_alone(app.export_screenshot(title="sgtui")), encoding="utf-8"
            )
        desk.close()


async def main() -> None:
    await picture("library", (100, 30), [], "ja")
    await picture("reader", (110, 34), ["j", "j", "enter", "space", "2"], "ja")


if __name__ == "__main__":
    asyncio.run(main())
