import errno
import json
from pathlib import Path

import pytest
from filelock import FileLock

from sgtui.cli.main import run
from sgtui.store.backups import backup
from sgtui.store.merge import read_contents
from sgtui.store.store import Store

from .conftest import Clock


@pytest.fixture
def state(path: Path, clock: Clock) -> Path:
    with Store.open(path, now=clock, device="机") as store:
        store.add_bookmark("sg", "記事", note="一")
        store.add_review("sg", "記事", "q", response=1, correct=True, scheduled=True, rating=3)
    return path


def sgtui(state: Path, *words: str) -> int:
    return run(["--lang", "en", "--state", str(state), "state", *words])


def test_path(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(state, "path") == 0
    assert capsys.readouterr().out.strip() == str(state)


@pytest.mark.parametrize("words", [["verify"], ["compact"], ["export"], ["backup"], ["merge", "x.json"], ["repair"]])
def test_without_a_file(path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(path, *words) == 1
    assert "no file" in capsys.readouterr().err
    assert not path.exists()


def test_verify_says_what_is_wrong(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(state, "verify") == 0
    assert "1  bookmarks" in capsys.readouterr().out
    contents = json.loads(state.read_text("utf-8"))
    (uid,) = contents["bookmarks"]
    contents["bookmarks"][uid]["article"] = 5
    state.write_text(json.dumps(contents), "utf-8")
    before = state.read_bytes()
    assert sgtui(state, "verify", "--json") == 0
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], uid in problem["message"]) == ("state-record", True)
    state.write_bytes(b"{")
    backup(state, 1).write_bytes(b"")
    assert sgtui(state, "verify") == 1
    assert state.read_bytes() == b"{"
    assert before


def test_backup_and_export(state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(state, "backup", str(tmp_path / "new" / "copy.json")) == 0
    assert (tmp_path / "new" / "copy.json").read_bytes() == state.read_bytes()
    assert sgtui(state, "backup") == 0
    capsys.readouterr()
    assert sgtui(state, "export") == 0
    exported = json.loads(capsys.readouterr().out)
    assert exported["bookmarks"][0]["note"] == "一"
    assert exported["bookmarks"][0]["uid"].isdecimal()


def test_merge_takes_over_and_makes_cards(
    state: Path, tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "laptop.json"
    with Store.open(other, now=clock, device="電車") as store:
        store.add_review("sg", "記事", "r", response=1, correct=True, scheduled=True, rating=3)
    assert sgtui(state, "merge", "--dry-run", str(other)) == 0
    assert "2 new" in capsys.readouterr().out
    with Store.open(state, now=clock) as mine:
        assert len(mine.reviews()) == 1
    assert sgtui(state, "merge", str(other), str(tmp_path / "none.json")) == 1
    assert "none.json cannot be read" in capsys.readouterr().err
    with Store.open(state, now=clock) as mine:
        assert {card.question for card in mine.cards()} == {"r"}
        assert len(mine.reviews()) == 2


def test_repair_mends_and_rebuilds(state: Path, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(state, "repair", "--rebuild-cards") == 0
    assert "1 question changed." in capsys.readouterr().out
    state.write_bytes(b"damaged")
    assert sgtui(state, "repair") == 0
    assert "It is kept as" in capsys.readouterr().err
    with Store.open(state, now=clock) as store:
        assert len(store.cards()) == 1


def test_orphans_and_matching_by_hand(state: Path, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(state, now=clock) as store:
        store.set_orphans("sg", "記事", {"q": "退職した社員"})
    assert sgtui(state, "orphans") == 0
    assert capsys.readouterr().out == "sg\t記事\tq\t退職した社員\n"
    assert sgtui(state, "match", "sg", "記事", "q", "q2") == 0
    assert sgtui(state, "match", "sg", "記事", "x", "q2") == 1
    with Store.open(state, now=clock) as store:
        assert (store.orphans(), set(store.answers("sg", "記事"))) == ([], {"q2"})


@pytest.fixture
def unwritable(state: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state file in a folder that takes no more."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    return state


def test_a_copy_can_be_taken_out_of_a_folder_that_takes_nothing(
    unwritable: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.json"
    assert sgtui(unwritable, "backup", str(copy)) == 0
    assert sgtui(unwritable, "export") == 0
    assert json.loads(capsys.readouterr().out.removeprefix(f"{copy}\n"))["bookmarks"][0]["note"] == "一"
    assert [sgtui(unwritable, word) for word in ("compact", "repair", "merge")] == [1, 1, 1]
    assert read_contents(copy) == read_contents(unwritable)


def test_a_copy_of_a_newer_file_is_that_file(state: Path, tmp_path: Path) -> None:
    state.write_bytes(state.read_bytes().replace(b'"schema": 1', b'"schema": 99'))
    assert sgtui(state, "backup", str(tmp_path / "copy.json")) == 0
    assert (tmp_path / "copy.json").read_bytes() == state.read_bytes()


def test_a_disk_that_is_full_is_not_called_whole(
    state: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sgtui.store.compacting.write_new", full)
    assert [sgtui(state, word) for word in ("compact", "repair")] == [1, 1]
    output = capsys.readouterr()
    assert "No space left" in output.err
    assert "whole" not in output.out
