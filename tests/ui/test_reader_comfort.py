"""Comfort: width, focus, wrapping, themes, the editor, a file that changes, the learner's own speed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sgtui.typeset.cells import width
from sgtui.ui.app import SgtuiApp
from sgtui.ui.reading import editor
from sgtui.ui.reading.changes import FileChanges
from sgtui.ui.reading.pace import Pace
from sgtui.ui.widgets.bars import TitleBar
from sgtui.ui.widgets.page_view import PageView
from tests.ui.reading import TOUR, go_to, held, open_tour, page, reader, styles_of, workers_done, write_tour

OpenApp = Callable[..., SgtuiApp]
SIZE = (90, 24)


async def test_the_column_is_as_wide_as_wanted_and_stays_so(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        before = reader(app).view.text_width
        await pilot.press("minus", "minus")
        await pilot.pause()
        assert reader(app).view.text_width == before - 8
    again = open_app()
    async with again.run_test(size=SIZE) as pilot:
        await open_tour(pilot, again)
        assert reader(again).view.text_width == before - 8


async def test_focus_dims_all_but_the_paragraph_being_read(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await pilot.press("z")
        await pilot.pause()
        assert "unfocused" in styles_of(app, "会議室")
        assert "unfocused" not in styles_of(app, "鍵を閉める")
        await pilot.press("z")
        await pilot.pause()
        assert "unfocused" not in styles_of(app, "会議室")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (90, "脅威 › 会議室の鍵の巡回 1/2節 ・ 残り1分"),
        (46, "会議室の鍵の巡回 1/2節 ・ 残り1分"),
        (38, "会議室の鍵の巡回 残り1分"),
        (24, "会議室… 残り1分"),
    ],
)
async def test_the_title_goes_before_where_one_is(open_app: OpenApp, library: Path, columns: int, words: str) -> None:
    header = "---\ntitle: 会議室の鍵の巡回\n---\n\n"
    write_tour(library, header + "## 一\n\n" + "文である。\n\n" * 60 + "## 二\n")
    app = open_app()
    async with app.run_test(size=(columns, 24)) as pilot:
        await open_tour(pilot, app)
        bar = reader(app).query_one(TitleBar).render_line(0).text
        assert " ".join(bar.split()).startswith(words), bar


async def test_long_lines_run_on_and_slide_when_they_do_not_wrap(open_app: OpenApp, library: Path) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=(60, 24)) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "very_long_line")
        assert not any(line.endswith("›") for line in page(app).splitlines())
        await pilot.press("W")
        await pilot.pause()
        signs = {width(line.rstrip()) for line in page(app).splitlines() if line.rstrip().endswith("›")}
        assert signs == {reader(app).view.scrollable_content_region.width}, "the scrollbar hides none"
        await pilot.press(*["right"] * 20)
        await pilot.pause()
        assert 'wxyz"' in page(app)
        assert any(line.lstrip().startswith("‹") for line in page(app).splitlines())
        await pilot.press("W")
        await pilot.pause()
        assert not any("‹" in line or "›" in line for line in page(app).splitlines())


WIDE_TABLE = """# 広い表

| 攻撃 | 説明 | 対策 |
|---|---|---|
| 甲 | 考えられる文字の組合せを端から一つずつすべて試していく攻撃である | 長いパスワードと回数の制限と見張り |
| 乙 | | |
"""


async def test_wide_tables_run_on_and_slide_as_one(open_app: OpenApp, library: Path) -> None:
    write_tour(library, WIDE_TABLE)
    app = open_app()
    async with app.run_test(size=(60, 24)) as pilot:
        await open_tour(pilot, app)
        assert any("回数の" in line for line in page(app).splitlines())
        await pilot.press("W")
        await pilot.pause()
        assert sum(line.endswith("›") for line in page(app).splitlines()) >= 3
        await pilot.press(*["right"] * 20)
        await pilot.pause()
        head, _rule, first, second, *_ = page(app).split("‹")[1:]
        assert width(head.partition("対策")[0]) == width(first.partition("長い")[0])
        assert not second.split("\n")[0].strip()
        row = next(y for y, line in enumerate(page(app).splitlines()) if "長い" in line)
        cell = width(page(app).splitlines()[row].partition("長い")[0])
        await pilot.mouse_down(PageView, offset=(cell, row))
        place = reader(app).view._drawn_from
        assert place is not None
        assert reader(app).blocks[place.block].text[place.offset :].startswith("長い")
        await pilot.mouse_up(PageView, offset=(cell, row))


@pytest.mark.parametrize("theme", ["high-contrast-dark", "high-contrast-light", "ansi-dark", "ansi-light"])
async def test_every_theme_draws_the_page_and_is_kept(open_app: OpenApp, library: Path, theme: str) -> None:
    write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        app.theme = theme
        await open_tour(pilot, app)
        await pilot.press("slash", *"鍵", "enter")
        await pilot.pause()
        assert "会議室" in page(app)
    assert open_app().theme == theme


async def test_the_page_follows_its_file_and_keeps_the_place(open_app: OpenApp, library: Path) -> None:
    path = write_tour(library)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await open_tour(pilot, app)
        await go_to(pilot, app, "二つめの節")
        write_tour(library, TOUR.replace("会議室の鍵は", "新しい段落である。\n\n会議室の鍵は"))
        assert path.exists()
        changes = held(app).changes
        assert changes.look() or changes.look()
        reader(app).reload()
        await workers_done(app, "open")
        await pilot.pause()
        assert any("新しい段落" in block.text for block in reader(app).blocks)
        assert "二つめの節" in "".join(page(app).splitlines()[:3])


def test_a_file_counts_as_changed_when_it_rests(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("一")
    changes = FileChanges(path)
    assert not changes.look()
    path.write_text("一二")
    assert not changes.look()
    path.write_text("一二三")
    assert not changes.look()
    assert changes.look()
    assert not changes.look()
    path.write_text("")
    assert not changes.look()
    assert not changes.look()
    path.unlink()
    assert not changes.look()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("vim", ["vim", "+12", "a.md"]),
        ("code --wait", ["code", "--wait", "--goto", "a.md:12"]),
        ("hx", ["hx", "a.md:12"]),
        ("'/opt/my editor/nvim' -p", ["/opt/my editor/nvim", "-p", "+12", "a.md"]),
    ],
)
def test_editors_are_told_the_line_in_their_own_way(chosen: str, expected: list[str]) -> None:
    assert editor.command(Path("a.md"), 12, {"EDITOR": chosen}) == expected
    assert editor.command(Path("a.md"), 12, {"EDITOR": "other", "VISUAL": chosen}) == expected


async def test_e_edits_unless_it_answers_and_capital_e_always(
    open_app: OpenApp, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tour(library)
    edited: list[tuple[Path, int]] = []

    def edit(_app: object, path: Path, line: int) -> str:
        edited.append((path, line))
        return ""

    monkeypatch.setattr(editor, "edit", edit)
    app = open_app()
    async with app.run_test(size=(90, 14)) as pilot:
        await open_tour(pilot, app)
        await pilot.press("e")
        await pilot.pause()
        assert [(p.resolve(), line > 5) for p, line in edited] == [(path.resolve(), True)]
        await workers_done(app, "open")
        await go_to(pilot, app, "鍵はどれか")
        await pilot.press("E")
        await pilot.pause()
        assert len(edited) == 2
        assert not reader(app).sitting.answerings["tour-01"].submitted


def test_speed_is_learned_from_steady_reading_only() -> None:
    pace = Pace()
    now = seen = 0.0
    pace.see(now, seen)
    steps = ((300, 30), (280, 30), (5000, 1), (310, 30), (300, 900), (290, 30), (320, 31), (300, 29))
    for characters, seconds in steps:
        now, seen = now + seconds, seen + characters
        pace.see(now, seen)
    assert 550 <= pace.learned(0) <= 650
    assert 500 < pace.learned(500) < 560
    assert Pace().learned(480) == 480
