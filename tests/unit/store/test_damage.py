"""Whatever happens to the file, the learner gets the most of it back, a message, and a way on."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from sgtui.store.backups import backup, journal_of
from sgtui.store.journal import Put, change_line
from sgtui.store.merge import merge_tables, read_tables
from sgtui.store.store import Store

from .conftest import Clock, Opener


def codes(store: Store) -> list[str]:
    return [notice.code for notice in store.notices]


def notes(store: Store) -> list[str]:
    return sorted(mark.note for mark in store.bookmarks())


def kept(path: Path, word: str) -> list[Path]:
    return sorted(path.parent.glob(f"*.{word}-*"))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be saved is left in this test's own folder."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "elsewhere"))


@pytest.fixture
def written(store: Store) -> None:
    """A state file of two runs: bookmarks 一, 二 (in the backup's journal) and 三."""
    store.add_bookmark("sg", "記事", note="一")
    store.add_bookmark("sg", "記事", note="二")
    store.close()


GARBAGE = {
    "empty": b"",
    "zeroes": bytes(4096),
    "text": "これはJSONではない".encode(),
    "half": None,
    "list": b"[1, 2]",
    "nested": b'{"a":' * 200_000,
    "not utf-8": b'{"bookmarks": {"1": {"note": "\xff\xfe"}}}',
}


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.usefixtures("written")
def test_damaged_file_is_set_aside_and_nothing_is_lost(kind: str, path: Path, opened: Opener) -> None:
    garbage = GARBAGE[kind]
    data = path.read_bytes()[:-90] if garbage is None else garbage
    path.write_bytes(data)
    store = opened()
    assert notes(store) == ["一", "二"]
    assert codes(store) == ["state-damaged", "state-from-backup"]
    (aside,) = kept(path, "damaged")
    assert aside.read_bytes() == data
    store.add_bookmark("sg", "記事", note="三")
    store.close()
    again = opened()
    assert notes(again) == ["一", "三", "二"]
    assert codes(again) == []


@pytest.mark.usefixtures("written")
def test_second_damage_does_not_overwrite_the_first(path: Path, opened: Opener, clock: Clock) -> None:
    for data in (b"first", b"second"):
        path.write_bytes(data)
        opened().close()
        clock.forward(seconds=-2)
    assert sorted(item.read_bytes() for item in kept(path, "damaged")) == [b"first", b"second"]


@pytest.mark.usefixtures("written")
def test_without_backups_whole_lines_are_salvaged(path: Path, opened: Opener) -> None:
    for item in path.parent.glob("*.backup-*"):
        item.unlink()
    journal_of(path).unlink()
    path.write_bytes(path.read_bytes()[:-90] + b"\x00\x00")
    store = opened()
    assert notes(store) == ["一"]
    assert codes(store) == ["state-damaged", "state-salvaged"]


@pytest.mark.usefixtures("written")
def test_removed_file_comes_back_from_the_backup(path: Path, opened: Opener) -> None:
    path.unlink()
    store = opened()
    assert notes(store) == ["一", "二"]
    assert codes(store) == ["state-missing"]


def test_older_backup_serves_when_the_newer_is_damaged_too(path: Path, opened: Opener, clock: Clock) -> None:
    for day in range(5):
        store = opened()
        store.add_bookmark("sg", "記事", note=str(day))
        store.close()
        clock.forward(days=1)
        for item in path.parent.glob("study.json*"):
            stamp = clock.at.timestamp() - 86_400
            if item.name in {"study.json"}:
                os.utime(item, (stamp, stamp))
    assert [backup(path, number).exists() for number in (1, 2, 3, 4)] == [True, True, True, False]
    path.write_bytes(b"damaged")
    backup(path, 1).write_bytes(b"damaged")
    backup(path, 2).write_bytes(b"damaged")
    store = opened()
    assert notes(store) == ["0", "1", "2", "3", "4"]


def test_torn_last_line_is_dropped_with_a_note(store: Store, path: Path, opened: Opener) -> None:
    store.add_bookmark("sg", "記事", note="一")
    with journal_of(path).open("ab") as journal:
        journal.write(b'0123abcd {"n": 2, "c": [["bookm')
    again = opened()
    assert notes(again) == ["一"]
    assert codes(again) == ["state-torn"]
    again.add_bookmark("sg", "記事", note="二")
    again.close()
    last = opened()
    assert (notes(last), codes(last)) == (["一", "二"], [])


def test_damaged_line_in_the_middle_costs_only_itself(store: Store, path: Path, opened: Opener) -> None:
    for note in ("一", "二", "三"):
        store.add_bookmark("sg", "記事", note=note)
    lines = journal_of(path).read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace("二".encode(), "弐".encode())
    journal_of(path).write_bytes(b"".join(lines))
    again = opened()
    assert notes(again) == ["一", "三"]
    assert codes(again) == ["state-journal-damaged", "state-gap"]
    assert kept(path, "before-repair")


def test_journal_of_another_file_is_kept_apart(store: Store, path: Path, opened: Opener, tmp_path: Path) -> None:
    store.add_bookmark("sg", "記事", note="一")
    with Store.open(tmp_path / "other.json", now=store.now) as other:
        other.add_bookmark("sg", "記事", note="別")
    path.write_bytes((tmp_path / "other.json").read_bytes())
    again = opened()
    assert notes(again) == ["別"]
    assert codes(again) == ["state-other-journal"]
    assert kept(path, "other")


@pytest.mark.usefixtures("written")
def test_newer_file_is_only_read(path: Path, opened: Opener) -> None:
    contents = json.loads(path.read_text("utf-8"))
    contents["sgtui"]["1"]["schema"] = 99
    path.write_text(json.dumps(contents), "utf-8")
    before = path.read_bytes()
    store = opened()
    assert (notes(store), codes(store), store.read_only) == (["一", "二"], ["state-newer"], True)
    store.add_bookmark("sg", "記事", note="三")
    store.close()
    assert path.read_bytes() == before


@pytest.mark.usefixtures("written")
def test_nan_and_stray_edits_cost_only_themselves(path: Path, opened: Opener) -> None:
    contents = json.loads(path.read_text("utf-8"))
    first, second = contents["bookmarks"]
    contents["bookmarks"][first]["anchor"] = {"fraction": float("nan"), "path": "章"}
    contents["bookmarks"][second]["article"] = 7
    contents["bookmarks"]["X"] = {}
    contents["bookmarks"]["5"] = None
    contents["notes"] = "消した"
    path.write_text(json.dumps(contents), "utf-8")
    store = opened()
    assert notes(store) == ["一"]
    assert codes(store) == ["state-odd"]
    assert kept(path, "before-repair")
    store.close()
    assert second in json.loads(path.read_text("utf-8"))["bookmarks"]


def test_a_folder_in_place_of_the_file(path: Path, opened: Opener) -> None:
    path.mkdir(parents=True)
    store = opened()
    store.add_bookmark("sg", "記事", note="一")
    assert (notes(store), codes(store), store.read_only) == (["一"], ["state-memory-only"], True)


def test_a_folder_that_cannot_be_made(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("")
    with Store.open(tmp_path / "file" / "study.json", now=clock) as store:
        assert codes(store) == ["state-memory-only"]


@pytest.mark.usefixtures("written")
def test_huge_file_is_not_read(path: Path, opened: Opener) -> None:
    os.truncate(path, (1 << 30) + 1)
    store = opened()
    assert notes(store) == ["一", "二"]
    assert codes(store) == ["state-damaged", "state-from-backup"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX descriptors")
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_full_disk_keeps_changes_and_writes_them_later(
    call: str, store: Store, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add_bookmark("sg", "記事", note="一")

    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        store.add_bookmark("sg", "記事", note="二")
        store.add_bookmark("sg", "記事", note="三")
    assert (notes(store), store.unsaved, codes(store)) == (["一", "三", "二"], 2, ["state-unsaved"])
    assert notes(opened()) == ["一"]
    store.add_bookmark("sg", "記事", note="四")
    assert (store.unsaved, codes(store)) == (0, ["state-unsaved", "state-saved-again"])
    assert notes(opened()) == ["一", "三", "二", "四"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX descriptors")
@pytest.mark.parametrize("failing", range(14))
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_disk_that_fails_at_any_moment_of_closing(
    call: str, failing: int, path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    store.add_bookmark("sg", "記事", note="一")
    store.close()
    store = opened()
    store.add_bookmark("sg", "記事", note="二")
    calls = 0
    real = getattr(os, call)

    def fails_once_reached(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > failing:
            raise OSError(errno.EIO, "Input/output error")
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fails_once_reached)
        store.close()
    again = opened()
    assert notes(again) == ["一", "二"]
    assert list(path.parent.glob("*.new-*")) == []


def test_journal_removed_while_running(store: Store, path: Path, opened: Opener) -> None:
    store.add_bookmark("sg", "記事", note="一")
    journal_of(path).unlink()
    store.add_bookmark("sg", "記事", note="二")
    assert notes(opened()) == ["一", "二"]


def test_state_file_replaced_while_running(store: Store, path: Path, opened: Opener, tmp_path: Path) -> None:
    store.add_bookmark("sg", "記事", note="一")
    path.write_bytes(b'{"bookmarks": {}}')
    store.close()
    assert codes(store) == ["state-replaced"]
    assert [item.read_bytes() for item in kept(path, "replaced")] == [b'{"bookmarks": {}}']
    assert notes(opened()) == ["一"]


def test_lock_file_left_behind_blocks_nobody(path: Path, opened: Opener) -> None:
    path.parent.mkdir(parents=True)
    path.with_name("study.json.lock").write_text("12345")
    store = opened()
    store.add_bookmark("sg", "記事")
    assert (store.unsaved, store.notices) == (0, [])


@pytest.mark.usefixtures("written")
def test_what_a_hand_wrote_survives_later_damage(path: Path, opened: Opener) -> None:
    contents = json.loads(path.read_text("utf-8"))
    next(iter(contents["bookmarks"].values()))["note"] = "手で"
    path.write_text(json.dumps(contents), "utf-8")
    opened().close()
    path.write_bytes(b"damaged")
    assert notes(opened()) == ["二", "手で"]


def test_another_program_stuck_with_the_lock(
    store: Store, path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.engine._lock, "timeout", 0.01)
    with FileLock(path.with_name("study.json.lock")):
        store.add_bookmark("sg", "記事", note="一")
        assert (notes(store), store.unsaved, codes(store)) == (["一"], 1, ["state-unsaved"])
    store.add_bookmark("sg", "記事", note="二")
    assert (store.unsaved, notes(opened())) == (0, ["一", "二"])


@pytest.mark.usefixtures("written")
def test_a_program_that_is_busy_at_the_start_is_waited_for(
    path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sgtui.store.engine.WAIT", 0.01)
    with FileLock(path.with_name("study.json.lock")):
        late = opened()
        late.add_bookmark("sg", "記事", note="三")
        assert (notes(late), codes(late), late.read_only) == (
            ["一", "三", "二"],
            ["state-busy", "state-unsaved"],
            False,
        )
    with opened() as other:
        other.add_bookmark("sg", "記事", note="四")
    late.add_bookmark("sg", "記事", note="五")
    assert (late.unsaved, codes(late)[2:]) == (0, ["state-saved-again"])
    assert notes(late) == notes(opened()) == ["一", "三", "二", "五", "四"]


def test_looking_again_while_another_program_is_busy_says_nothing(
    store: Store, path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.engine._lock, "timeout", 0.01)
    opened().add_bookmark("sg", "記事", note="一")
    with FileLock(path.with_name("study.json.lock")):
        assert not store.refresh()
    assert (store.refresh(), codes(store), notes(store)) == (True, [], ["一"])


@pytest.mark.usefixtures("written")
def test_what_cannot_be_saved_to_the_end_is_left_elsewhere(
    path: Path, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    store = opened()
    store.open_library(id="sg")
    with monkeypatch.context() as patch:
        patch.setattr("sgtui.store.engine.write_all", full)
        store.add_bookmark("sg", "記事", note="三")
        store.remove_bookmark(next(mark.uid for mark in store.bookmarks() if mark.note == "一"))
        assert not store.compact()
        store.close()
    assert codes(store) == ["state-unsaved", "state-rescued"]
    (kept,) = (tmp_path / "elsewhere").glob("sgtui-study.json.unsaved-*")
    assert str(kept) in store.notices[-1].message
    again = opened()
    assert notes(again) == ["一", "二"]
    merge_tables(again.engine, read_tables(kept))
    assert notes(again) == ["三", "二"]


def test_nothing_is_left_elsewhere_where_nothing_was_done(
    path: Path, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "not there"))
    store = opened()
    store.open_library(id="sg")
    store.close()
    assert codes(store) == ["state-memory-only"]
    other = opened()
    other.add_bookmark("sg", "記事", note="一")
    other.close()
    assert codes(other) == ["state-memory-only", "state-lost"]


@pytest.mark.usefixtures("written")
def test_read_only_folder(path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    before = path.read_bytes()
    monkeypatch.setattr(FileLock, "acquire", refuse)
    store = opened()
    store.add_bookmark("sg", "記事", note="三")
    assert (notes(store), codes(store), store.read_only) == (["一", "三", "二"], ["state-memory-only"], True)
    store.close()
    assert path.read_bytes() == before
    assert "Permission denied" in store.notices[0].message


def test_changes_that_waited_are_written_on_closing(
    store: Store, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        store.add_bookmark("sg", "記事", note="一")
    store.close()
    assert notes(opened()) == ["一"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX descriptors")
@pytest.mark.parametrize("failing", range(10))
@pytest.mark.parametrize("call", ["write", "fsync", "replace", "link"])
@pytest.mark.usefixtures("written")
def test_a_disk_that_fails_while_a_damaged_file_is_mended(
    call: str, failing: int, path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in path.parent.glob("*.backup-*"):
        item.unlink()
    path.write_bytes(path.read_bytes()[:-4])
    calls = 0
    real = getattr(os, call)

    def fails_once_reached(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > failing:
            raise OSError(errno.EIO, "Input/output error")
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fails_once_reached)
        assert notes(opened()) == ["一", "二"]
    assert notes(opened()) == ["一", "二"]


@pytest.mark.parametrize("call", ["write", "replace"])
@pytest.mark.usefixtures("written")
def test_what_cannot_be_kept_first_is_not_touched(
    call: str, path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = json.loads(path.read_text("utf-8"))
    contents["notes"] = "消した"
    contents["sgtui"]["1"]["file"] = "another"
    path.write_text(json.dumps(contents), "utf-8")
    with journal_of(path).open("ab") as journal:
        journal.write(change_line(99, [Put("bookmarks", 1, {"note": "別"})]))
    before = path.read_bytes(), journal_of(path).read_bytes()

    def fails(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fails)
        store = opened()
        assert (notes(store), store.read_only) == (["一", "二"], True)
        store.close()
    assert path.read_bytes() == before[0]
    assert before[1] in [item.read_bytes() for item in path.parent.glob("study.json.journal*")]
