"""The way to the screens without click, and that it leads where click's leads."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sgtui import i18n
from sgtui.cli import main, straight
from sgtui.cli import open as open_module
from sgtui.errors import SgtuiError

PLAIN: tuple[tuple[str, ...], ...] = (
    (),
    ("./教材",),
    ("教材/",),
    (".",),
    ("--lang", "ja"),
    ("--state", "s.json"),
    ("--library", "教材"),
    ("--library", "ない"),
    ("--lang", "en", "--state", "~/s.json", "./教材"),
    ("./教材", "--state", "s.json", "--lang", "ja"),
)
FOR_CLICK: tuple[tuple[str, ...], ...] = (
    ("教材",),
    ("list",),
    ("list", "./教材"),
    ("./ない",),
    ("./教材", "./教材"),
    ("./教材", "--library", "教材"),
    ("--lang",),
    ("--lang", "fr"),
    ("--lang", ""),
    ("--lang=ja",),
    ("--lang", "ja", "--lang", "en"),
    ("--state", "--lang"),
    ("--", "./教材"),
    ("--help",),
    ("--version",),
    ("./教材/a.md",),
)

Calls = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What the screens would be opened with, in a folder that has a library called 教材."""
    (tmp_path / "教材").mkdir()
    (tmp_path / "教材" / "a.md").write_text("# あ\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("SGTUI_STATE", str(tmp_path / "study.json"))
    monkeypatch.setattr(i18n, "_language", "en")
    monkeypatch.setattr(i18n, "_catalogue", i18n._catalogue)
    made: Calls = []

    def open_screens(**places: Any) -> int:
        made.append((i18n.language(), {name: place for name, place in places.items() if place is not None}))
        return 0

    monkeypatch.setattr(straight, "open_screens", open_screens)
    monkeypatch.setattr(open_module, "open_screens", open_screens)
    return made


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_it_means_what_click_understands(words: Sequence[str], calls: Calls, tmp_path: Path) -> None:
    assert straight.run(words) == 0
    assert main.run(words) == 0
    ours, clicks = calls
    ours[1].setdefault("state", tmp_path / "study.json")
    assert ours == clicks


@pytest.mark.parametrize("words", FOR_CLICK, ids=" ".join)
def test_whatever_else_is_left_to_click(words: Sequence[str], calls: Calls) -> None:
    assert straight.run(words) is None
    assert calls == []


def test_what_cannot_be_opened_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(**_places: Any) -> int:
        raise SgtuiError("フォルダーがありません。")

    monkeypatch.setattr(straight, "open_screens", fail)
    assert straight.run(["--library", "ない"]) == 1
    assert capsys.readouterr() == ("", "フォルダーがありません。\n")


def test_it_needs_no_click(tmp_path: Path) -> None:
    code = (
        "import sys; from sgtui.cli import straight; "
        f"straight.understood([{str(tmp_path)!r}, '--lang', 'ja']) or sys.exit(2); sys.exit('click' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
