import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgtui.errors import SgtuiError
from sgtui.store.merge import contents_of
from sgtui.store.places import Folder
from sgtui.store.store import Store
from sgtui.store.sync import Synced, conflict_copies, merge_conflict_copies, own_file, synchronise

from .conftest import Clock


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "共有"


def sync_folder_with(store: Store, folder: Path, *, dry_run: bool = False) -> Synced:
    return synchronise(store, Folder(folder), dry_run=dry_run)


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
    before = (shared / own_file("a-1")).stat().st_mtime_ns
    again = sync_folder_with(machines[0], shared)
    assert (again.written, any(again.merged.values()), (shared / own_file("a-1")).stat().st_mtime_ns) == (
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
    whole = (shared / own_file("a-1")).read_bytes()
    (shared / own_file("a-1")).write_bytes(whole[:-40])
    done = sync_folder_with(machines[1], shared)
    assert [found.code for found in done.problems] == ["state-unreadable"]
    assert (shared / own_file("a-1")).read_bytes() == whole[:-40]
    (shared / own_file("a-1")).write_bytes(whole)
    assert len(sync_folder_with(machines[1], shared).merged) == 1
    assert len(machines[1].bookmarks()) == 2


def test_conflict_copies_in_the_folder_are_merged(machines: list[Store], shared: Path) -> None:
    sync_folder_with(machines[0], shared)
    copy = shared / "sgtui-a-1.sync-conflict-20261123-100000-ABCDEF.json"
    (shared / own_file("a-1")).replace(copy)
    sync_folder_with(machines[1], shared)
    assert len(machines[1].bookmarks()) == 2


def test_folder_that_cannot_be_used(machines: list[Store], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SgtuiError, match="cannot be used"):
        sync_folder_with(machines[0], tmp_path / "file" / "x")


def test_conflict_copies_beside_the_state_file(tmp_path: Path) -> None:
    names = [
        "study (Hana's conflicted copy 2026-11-23).json",
        "study (花子の競合コピー 2026-11-23).json",
        "study.json.sync-conflict-20261123-1-A.journal",
        "study.sync-conflict-20261123-1-A.json",
    ]
    others = ["study.json", "study.json.journal", "study-notes.json", "other conflict.json", "study.json.backup-1"]
    for name in [*names, *others]:
        (tmp_path / name).write_text("{}")
    assert [file.name for file in conflict_copies(tmp_path / "study.json")] == names


@pytest.fixture
def parted(tmp_path: Path, clock: Clock) -> Iterator[Path]:
    """A state file beside which lies, as a conflict copy, what another machine wrote from the same beginnings."""
    here, there = tmp_path / "here" / "study.json", tmp_path / "there" / "study.json"
    with Store.open(here, now=clock, device="a-1") as store:
        store.add_bookmark("sg", "記事", note="前")
    shutil.copytree(here.parent, there.parent)
    with Store.open(there, now=clock, device="b-2") as store:
        store.add_bookmark("sg", "記事", note="向こう")
        store.remove_bookmark(store.bookmarks()[-1].uid)
        journal = there.with_name("study.json.journal").read_bytes()
    with Store.open(here, now=clock, device="a-1") as store:
        store.add_bookmark("sg", "記事", note="こちら")
    here.with_name("study.json.sync-conflict-20261123-1-A.journal").write_bytes(journal)
    yield here
    assert here.with_name("study.json.sync-conflict-20261123-1-A.journal").read_bytes() == journal


def notes(store: Store) -> set[str]:
    return {mark.note for mark in store.bookmarks()}


def test_a_journal_left_as_a_conflict_copy_is_merged(parted: Path, clock: Clock) -> None:
    with Store.open(parted, now=clock, device="a-1") as store:
        assert notes(store) == {"前", "こちら"}
        assert merge_conflict_copies(store, dry_run=True).merged
        assert notes(store) == {"前", "こちら"}
        merge_conflict_copies(store)
        assert notes(store) == {"向こう", "こちら"}


def test_a_conflict_copy_of_the_file_is_merged_once_and_stays(parted: Path, clock: Clock) -> None:
    copy = parted.with_name("study (花子の競合コピー 2026-11-23).json")
    copy.write_bytes((parted.parents[1] / "there" / "study.json").read_bytes())
    with Store.open(parted, now=clock, device="a-1") as store:
        done = synchronise(store, Folder(parted.parent / "共有"))
        assert (notes(store), copy.name in done.merged) == ({"向こう", "こちら"}, True)
        again = synchronise(store, Folder(parted.parent / "共有"))
        assert (again.known[0], again.written, copy.exists()) == (copy.name, False, True)


def test_a_conflict_copy_that_cannot_be_read_is_told(parted: Path, clock: Clock) -> None:
    parted.with_name("study.sync-conflict-2.json").write_bytes(b"{")
    with Store.open(parted, now=clock, device="a-1") as store:
        assert [found.code for found in merge_conflict_copies(store).problems] == ["state-unreadable"]


def test_cards_wait_for_a_run_that_was_killed_after_merging(machines: list[Store], shared: Path, clock: Clock) -> None:
    sync_folder_with(machines[0], shared)
    sync_folder_with(machines[1], shared)  # without anyone to make cards again
    made: list[frozenset[tuple[str, str, str]]] = []
    synchronise(machines[1], Folder(shared), settle=made.append)
    assert made == [{("sg", "記事", "q")}]


def test_what_a_file_remembers_for_itself_stays_there(machines: list[Store], shared: Path) -> None:
    for store in [*machines, *machines]:
        sync_folder_with(store, shared)
    assert "synced" in machines[0].engine.tables
    assert b'"synced"' not in (shared / own_file("a-1")).read_bytes()
    assert "synced" not in contents_of(machines[0].engine)


def test_a_file_restored_from_before_a_merge_merges_again(
    machines: list[Store], shared: Path, tmp_path: Path, clock: Clock
) -> None:
    machines[0].compact()
    assert machines[0].path is not None
    earlier = machines[0].path.read_bytes()
    for store in [*machines, *machines]:
        sync_folder_with(store, shared)
    (tmp_path / "restored").mkdir()
    (tmp_path / "restored" / "study.json").write_bytes(earlier)
    with Store.open(tmp_path / "restored" / "study.json", now=clock, device="a-1") as restored:
        sync_folder_with(restored, shared)
        assert contents_of(restored.engine) == contents_of(machines[1].engine)


def test_command(machines: list[Store], shared: Path, tmp_path: Path) -> None:
    sync_folder_with(machines[0], shared)
    code = "import sys; from sgtui.cli.sync import sync; from sgtui.cli.base import Places; "
    code += "from pathlib import Path; sync.main(sys.argv[2:], obj=Places(state_given=Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path / "new" / "study.json"), str(shared)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ("sgtui-a-1.json" in done.stdout, done.stderr) == (True, "")
    with Store.open(tmp_path / "new" / "study.json") as store:
        assert len(store.bookmarks()) == 1
