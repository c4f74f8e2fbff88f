"""Every example of docs/command-line.md, run on tests/data/small."""

import io
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from sgtui import i18n, paths
from sgtui.cli.main import COMMANDS, run
from sgtui.store.records import Anchor
from sgtui.store.store import Store

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
SMALL = ROOT / "tests" / "data" / "small"


class Example(NamedTuple):
    """What is typed, and what the page says comes out (nothing where it does not say)."""

    words: tuple[str, ...]
    stdin: str
    code: int
    shown: str


def examples() -> list[Example]:
    found: list[Example] = []
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        for typed, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            found.append(example(typed, shown))
    return found


def example(typed: str, shown: str) -> Example:
    command, _hash, remark = typed.partition("  # ")
    words = shlex.split(command)
    stdin = words[words.index("<") + 1] if "<" in words else ""
    ends = [index for index, word in enumerate(words) if word in {"|", "<", ">"}]
    code = re.match(r"exits with (\d)", remark)
    assert words[0] == "sgtui"
    return Example(tuple(words[1 : min(ends, default=len(words))]), stdin, int(code[1]) if code else 0, shown)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the small library in it, to stand in, and a learner who marked something."""
    library = tmp_path / "small"
    shutil.copytree(SMALL, library)
    for name, text in re.findall(r"^```text file=(\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        (library / name).write_text(text, "utf-8")
    (library / "shared").mkdir()
    state = tmp_path / "study.json"
    with Store.open(state, now=lambda: datetime(2026, 11, 23, tzinfo=UTC)) as store:
        shelf = store.open_library(id="small", path=library).key
        store.add_bookmark(shelf, "basics/keys", section="本数を数える", title="本数を数える", note="式を覚える")
        store.add_note(
            shelf, "threat/lost", text="窓口は総務", anchor=Anchor(("まず届け出る",)), section="まず届け出る"
        )
    monkeypatch.setenv("SGTUI_STATE", str(state))
    monkeypatch.setenv("SGTUI_LANG", "en")
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.toml")
    monkeypatch.setattr(paths, "bundled_library", lambda: library)
    monkeypatch.setattr("sgtui.ui.app.run_app", lambda **_places: 0)
    monkeypatch.chdir(library)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "notes").mkdir()
    return library


def ran(
    typed: Sequence[Example], desk: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in typed:
        if one.stdin:
            stream = io.TextIOWrapper(io.BytesIO((desk / one.stdin).read_bytes()), "utf-8")
            monkeypatch.setattr(sys, "stdin", stream)
        code = run(list(one.words))
        out, err = capfd.readouterr()
        assert code == one.code, (one.words, err)
        assert not one.shown or (out + err).rstrip() == one.shown.rstrip(), one.words


def test_every_example(desk: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        ran(examples(), desk, capfd, monkeypatch)
    finally:
        i18n.use("en")


def test_every_command_has_an_example() -> None:
    used = {one.words[0] for one in examples() if one.words}
    assert {name for name, _module, _attribute in COMMANDS} <= used


def test_every_command_has_a_section() -> None:
    sections = {name for heading in re.findall(r"^## (.+)$", PAGE, re.MULTILINE) for name in heading.split(", ")}
    assert sections == {name for name, _module, _attribute in COMMANDS}
