"""Opening from the shell: what is opened, and how the command behaves as a process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sgtui.cli import main
from sgtui.cli.main import insert_default
from tests.unit.cli.conftest import Run
from tests.unit.library.trees import plant


class TestOpening:
    @pytest.fixture
    def opened(self, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
        import sgtui.ui.app

        calls: list[dict[str, Any]] = []

        def record(**settings: Any) -> int:
            calls.append(settings)
            return 0

        monkeypatch.setattr(sgtui.ui.app, "run_app", record)
        return calls

    def test_what_is_opened(self, sgtui: Run, library: Path, tmp_path: Path, opened: list[dict[str, Any]]) -> None:
        file = library / "threat/phish.md"
        for words in ([], [library], [file], ["--library", library], ["--state", tmp_path / "s.json"]):
            assert sgtui(*words)[0] == 0
        shown = [(call["library"], call["file"], call["state"].name) for call in opened]
        assert shown == [
            (None, None, "study.json"),
            (library, None, "study.json"),
            (None, file, "study.json"),
            (library, None, "study.json"),
            (None, None, "s.json"),
        ]

    def test_what_cannot_be_opened(self, sgtui: Run, tmp_path: Path, opened: list[dict[str, Any]]) -> None:
        code, _, err = sgtui("lsit")
        assert code == 1
        assert "no folder, file or command called lsit" in err
        assert sgtui(plant(tmp_path, {"a.txt": ""}) / "a.txt")[0] == 1
        assert sgtui(tmp_path / "none.md")[0] == 1
        assert opened == []

    @pytest.mark.parametrize(
        ("words", "wanted"),
        [
            ([], ["open"]),
            (["x.md"], ["open", "x.md"]),
            (["list", "x"], ["list", "x"]),
            (["--lang", "ja"], ["--lang", "ja", "open"]),
            (["--lang", "ja", "list"], ["--lang", "ja", "list"]),
            (["--lang=ja", "./list"], ["--lang=ja", "open", "./list"]),
            (["--library"], ["--library", "open"]),
            (["--help"], ["--help"]),
            (["-h", "x"], ["-h", "x"]),
        ],
    )
    def test_the_command_that_is_meant(self, words: list[str], wanted: list[str]) -> None:
        assert insert_default(words, main.build().params, {"list", "read"}) == wanted


def python(*words: str, **settings: Any) -> "subprocess.CompletedProcess[bytes]":
    environ = {**os.environ, "SGTUI_LANG": "en", **settings}
    return subprocess.run([sys.executable, *words], capture_output=True, env=environ, check=False)


def test_as_a_module(library: Path, tmp_path: Path) -> None:
    done = python(
        "-m", "sgtui", "list", str(library), "--state", str(tmp_path / "s.json"), XDG_CACHE_HOME=str(tmp_path)
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "ランサムウェア".encode() in done.stdout


def test_a_reader_that_has_seen_enough(library: Path, tmp_path: Path) -> None:
    code = (
        "import os, sys; from sgtui.cli.main import run; r, w = os.pipe(); os.close(r); os.dup2(w, 1); "
        f"sys.exit(run(['list', {str(library)!r}, '--state', {str(tmp_path / 's.json')!r}]))"
    )
    done = python("-c", code, XDG_CACHE_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_console_that_is_not_utf8(library: Path, tmp_path: Path) -> None:
    done = python(
        "-m", "sgtui", "list", str(library), "--json", "--state", str(tmp_path / "s.json"),
        PYTHONIOENCODING="ascii", XDG_CACHE_HOME=str(tmp_path),
    )  # fmt: skip
    assert json.loads(done.stdout)[1]["title"] == "ランサムウェア"


def test_a_command_imports_no_other() -> None:
    code = "import sys; from sgtui.cli.main import run; run(['list', '--help']); print(*sorted(sys.modules))"
    loaded = set(python("-c", code).stdout.decode().split("\n")[-2].split())
    assert "sgtui.cli.list" in loaded
    assert not loaded & {
        "sgtui.cli.read",
        "sgtui.cli.check",
        "textual",
        "rich",
        "markdown_it",
        "yaml",
        "tinydb",
        "fsrs",
    }
