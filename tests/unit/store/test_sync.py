import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgtui.errors import SgtuiError
from sgtui.store.merge import contents_of
from sgtui.store.store import Store
from sgtui.store.sync import conflict_copies, own_file, sync_folder_with

from .conftest import Clock


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "共有"


@pytest.fixture
def machines(tmp_path: Path, clock: Clock) -> Iterator[list[Store]]:
    """Three machines that share nothing but a folder."""
    stores = [Store.open(tmp_path / name / "study.json", now=clock, device=name) for name in ("a-1", "b-2", "c-3")]
    for number, store in enumerate(stores):
        store.add_bookmark("sg", "記事", note=str(number))
        store.add_review("sg", "記事", "q", response=number, correct=number == 1)
    yield stores
    for store in stores:
        store.close()


def test_all_end_with_the_same(machines: list[Store], shared: Path) -> None:
    for store in [*machines, *machines]:
        sync_folder_with(store, shared)
    assert contents_of(machines[0].engine) == contents_of(machines[1].engine) == contents_of(machines[2].engine)
    assert len(machines[0].reviews()) == 3
    assert sorted(file.name for file in shared.iterdir()) == ["sgtui-a-1.json", "sgtui-b-2.json", "sgtui-c-3.json"]
    before = own_file(shared, "a-1").stat().st_mtime_ns
    again = sync_folder_with(machines[0], shared)
    assert (again.written, any(again.merged.values()), own_file(shared, "a-1").stat().st_mtime_ns) == (
        False,
        False,
        before,
    )


def test_dry_run_writes_nothing(machines: list[Store], shared: Path) -> None:
    assert sync_folder_with(machines[0], shared, dry_run=True).written
    assert not shared.exists()
    sync_folder_with(machines[0], shared)
    planned = sync_folder_with(machines[1], shared, dry_run=True)
    assert planned.merged["sgtui-a-1.json"].added == 2
    assert (len(machines[1].bookmarks()), len(list(shared.iterdir()))) == (1, 1)


def test_half_copied_file_is_left_and_told(machines: list[Store], shared: Path) -> None:
    sync_folder_with(machines[0], shared)
    whole = own_file(shared, "a-1").read_bytes()
    own_file(shared, "a-1").write_bytes(whole[:-40])
    done = sync_folder_with(machines[1], shared)
    assert [found.code for found in done.problems] == ["state-unreadable"]
    assert own_file(shared, "a-1").read_bytes() == whole[:-40]
    own_file(shared, "a-1").write_bytes(whole)
    assert len(sync_folder_with(machines[1], shared).merged) == 1
    assert len(machines[1].bookmarks()) == 2


def test_conflict_copies_in_the_folder_are_merged(machines: list[Store], shared: Path) -> None:
    sync_folder_with(machines[0], shared)
    copy = shared / "sgtui-a-1.sync-conflict-20261123-100000-ABCDEF.json"
    own_file(shared, "a-1").replace(copy)
    sync_folder_with(machines[1], shared)
    assert len(machines[1].bookmarks()) == 2


def test_folder_that_cannot_be_used(machines: list[Store], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SgtuiError, match="cannot be used"):
        sync_folder_with(machines[0], tmp_path / "file" / "x")


def test_conflict_copies_beside_the_state_file(tmp_path: Path) -> None:
    names = ["study (Hana's conflicted copy 2026-11-23).json", "study.sync-conflict-20261123-1-A.json", "study.json"]
    for name in [*names, "study-notes.json", "other conflict.json"]:
        (tmp_path / name).write_text("{}")
    assert [file.name for file in conflict_copies(tmp_path / "study.json")] == names[:2]


def test_command(machines: list[Store], shared: Path, tmp_path: Path) -> None:
    sync_folder_with(machines[0], shared)
    code = "import sys; from sgtui.cli.sync import sync; from sgtui.cli.base import Places; "
    code += "from pathlib import Path; sync.main(sys.argv[2:], obj=Places(state_given=Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path / "new" / "study.json"), str(shared)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ("sgtui-a-1.json" in done.stdout, done.stderr) == (True, "")
    with Store.open(tmp_path / "new" / "study.json") as store:
        assert len(store.bookmarks()) == 1
