"""Large files merged, and windows that share one file while that goes on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from sgtui.store.codec import to_document
from sgtui.store.journal import Put
from sgtui.store.merge import contents_of, merge, merge_tables, read_contents, read_tables
from sgtui.store.records import ReviewLog
from sgtui.store.store import Store

from .conftest import Clock

COMMON, OWN = 6000, 3000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def fill(store: Store, start: int, count: int) -> None:
    """Add answers ``start`` to ``start + count``, the same ones on every machine."""
    with store.engine.change() as change:
        for number in range(start, start + count):
            review = ReviewLog(
                uid=(1 << 70) + number,
                device="机",
                at=FIRST + timedelta(seconds=number),
                library="sg",
                article=f"記事{number % 50}",
                question=f"q{number % 300}",
                response={"choices": [number % 4]},
            )
            change.append(Put("reviews", review.uid, to_document(review)))


@pytest.fixture
def files(tmp_path: Path, clock: Clock) -> tuple[Path, Path]:
    """Two machines' files with a common past."""
    found = (tmp_path / "a" / "study.json", tmp_path / "b" / "study.json")
    for place, path in enumerate(found):
        with Store.open(path, now=clock, device=f"m-{place}") as store:
            fill(store, 0, COMMON)
            store.add_bookmark("sg", "記事1", note=f"しおり{place}")
            fill(store, COMMON + place * OWN, OWN)
    return found


def test_large_files_become_one(files: tuple[Path, Path], clock: Clock) -> None:
    mine, theirs = files
    wanted = merge(read_contents(mine), read_contents(theirs))
    with Store.open(mine, now=clock, device="m-0") as store:
        merged = merge_tables(store.engine, read_tables(theirs))
        assert (merged.added, merged.changed, merged.deleted) == (OWN + 1, 0, 0)
        assert not store.engine.table("reviews").decoded  # what both have was not even looked at
        assert contents_of(store.engine) == wanted
        assert not merge_tables(store.engine, read_tables(theirs))
        lines = mine.with_name("study.json.journal").read_bytes().split(b"\n")
        assert max(map(len, lines)) < 1 << 20
    with Store.open(mine, now=clock, device="m-0") as store:
        assert contents_of(store.engine) == wanted


def test_a_window_that_writes_during_a_merge_loses_nothing(files: tuple[Path, Path], clock: Clock) -> None:
    mine, theirs = files
    go, stop = Event(), Event()
    with Store.open(mine, now=clock, device="m-0") as one, Store.open(mine, now=clock, device="m-0") as window:

        def write() -> None:
            while not stop.is_set():
                window.add_bookmark("sg", "記事2", note="窓")
                go.set()

        thread = Thread(target=write)
        thread.start()
        try:
            assert go.wait(10)
            merge_tables(one.engine, read_tables(theirs))
        finally:
            stop.set()
            thread.join()
        one.refresh()
        window.refresh()
        assert contents_of(one.engine) == contents_of(window.engine)
        assert len(one.reviews()) == COMMON + 2 * OWN
        assert {mark.note for mark in one.bookmarks()} == {"しおり0", "しおり1", "窓"}


def test_an_edit_in_another_window_just_before_the_merge_is_written_stays(
    files: tuple[Path, Path], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = files
    with Store.open(mine, now=clock, device="m-0") as one, Store.open(mine, now=clock, device="m-0") as window:
        (mark,) = one.bookmarks()
        with Store.open(theirs, now=clock, device="m-1") as other, other.changing() as change:
            change.put(replace(mark, at=clock(), note="向こうで直した"))
        whole = one.engine.change
        edits = iter(["こちらの窓で直した"])

        def change_after_an_edit() -> AbstractContextManager[list[Put]]:
            for note in edits:
                window.edit_bookmark(mark.uid, note)
            return whole()

        monkeypatch.setattr(one.engine, "change", change_after_an_edit)
        merge_tables(one.engine, read_tables(theirs))
        assert {mark.note for mark in one.bookmarks()} == {"こちらの窓で直した", "しおり1"}


@pytest.fixture
def windows(path: Path, clock: Clock) -> Iterator[tuple[Store, Store]]:
    with Store.open(path, now=clock, device="机") as one, Store.open(path, now=clock, device="机") as other:
        yield one, other


def test_windows_share_everything_as_it_happens(windows: tuple[Store, Store]) -> None:
    one, other = windows
    assert not other.refresh()
    one.add_review("sg", "記事", "q", response=1, correct=True)
    assert (other.refresh(), other.refresh()) == (True, False)
    latest = other.answer("sg", "記事", "q")
    assert latest is not None and latest.correct
    other.add_review("sg", "記事", "q", response=2, correct=False)
    one.refresh()
    latest = one.answer("sg", "記事", "q")
    assert latest is not None
    assert (latest.correct, latest.answers, len(one.reviews())) == (False, 2, 2)
    one.compact()
    assert not other.refresh()  # the same records in a new file
    one.save_run("sg", "exam", {"answers": [1]})
    assert other.refresh()
    assert [run.data for run in other.runs("sg")] == [{"answers": [1]}]


def test_looking_again_takes_no_lock_when_there_is_nothing(
    windows: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = windows
    one.add_bookmark("sg", "記事")
    other.refresh()
    monkeypatch.setattr(other.engine, "_hold", lambda: pytest.fail("locked"))
    assert not other.refresh()
