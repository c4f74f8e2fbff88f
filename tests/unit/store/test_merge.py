from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.store.merge import Contents, contents_of, merge, merge_into, read_contents
from sgtui.store.records import Anchor, Attempt
from sgtui.store.snapshot import DamagedError
from sgtui.store.store import Store

from .conftest import Clock

times = st.integers(1, 4).map(lambda day: f"2026-11-0{day}T00:00:00.000000Z")
devices = st.sampled_from(["机", "電車"])
base: dict[str, st.SearchStrategy[Any]] = {"at": times, "device": devices}
ticks = st.dictionaries(st.sampled_from(["要点", "章"]), times, max_size=2)
bookmarks = st.fixed_dictionaries(base, optional={"note": st.sampled_from(["一", "二"]), "section": st.just("要点")})
articles = st.fixed_dictionaries(
    base,
    optional={
        "furthest": st.sampled_from([0.1, 0.5]),
        "sections": ticks,
        "unticked": ticks,
        "done": st.booleans(),
        "done_at": times,
        "opened": times,
        "position": st.fixed_dictionaries({"at": times, "fraction": st.sampled_from([0.2, 0.3])}),
        "fingerprint": st.sampled_from(["a", "b"]),
    },
)
libraries = st.fixed_dictionaries({**base, "key": st.just("sg")}, optional={"paths": ticks, "opened": times})


def table(documents: st.SearchStrategy[dict[str, Any]], first: int) -> st.SearchStrategy[dict[int, dict[str, Any]]]:
    return st.dictionaries(st.integers(first, first + 2), documents, max_size=3)


contents = st.fixed_dictionaries(
    {
        "bookmarks": table(bookmarks, 10),
        "articles": table(articles, 20),
        "libraries": table(libraries, 30),
        "deleted": st.dictionaries(st.integers(10, 22), st.fixed_dictionaries(base), max_size=4),
    }
)


@given(contents, contents, contents)
@settings(max_examples=150, deadline=None)
def test_order_and_number_of_merges_do_not_matter(one: Contents, two: Contents, three: Contents) -> None:
    both = merge(one, two)
    assert both == merge(two, one)
    assert merge(both, both) == both
    assert merge(both, one) == both
    assert merge(both, three) == merge(one, merge(two, three))


@given(contents)
@settings(max_examples=40, deadline=None)
def test_merging_nothing_changes_nothing(one: Contents) -> None:
    alone = merge(one, {})
    assert merge(alone, {}) == alone == merge({}, one)


@pytest.fixture
def machines(tmp_path: Path, clock: Clock) -> Iterator[tuple[Store, Store]]:
    """Two machines with files of their own and one clock."""
    with (
        Store.open(tmp_path / "机" / "study.json", now=clock, device="机") as desk,
        Store.open(tmp_path / "電車" / "study.json", now=clock, device="電車") as train,
    ):
        yield desk, train


def exchange(desk: Store, train: Store) -> None:
    merge_into(desk.engine, contents_of(train.engine))
    merge_into(train.engine, contents_of(desk.engine))
    assert contents_of(desk.engine) == contents_of(train.engine)


def test_two_machines_end_with_the_same(machines: tuple[Store, Store]) -> None:
    desk, train = machines
    desk.add_review("sg", "記事", "q", response=1, correct=False)
    train.add_review("sg", "記事", "q", response=2, correct=True)
    desk.mark_section("sg", "記事", "章")
    train.mark_section("sg", "記事", "要点")
    desk.add_seconds("sg", "記事", 60)
    train.add_seconds("sg", "記事", 30)
    train.save_position("sg", "記事", Anchor(("要点",)), 0.7)
    exchange(desk, train)
    state = desk.article_state("sg", "記事")
    assert state.sections_read == {"章", "要点"}
    assert (state.seconds, state.furthest) == (90, 0.7)
    assert desk.answers("sg", "記事")["q"].correct
    assert [review.device for review in train.reviews()] == ["机", "電車"]


def test_what_was_deleted_does_not_come_back(machines: tuple[Store, Store]) -> None:
    desk, train = machines
    mark = desk.add_bookmark("sg", "記事", note="一")
    exchange(desk, train)
    train.remove_bookmark(mark.uid)
    exchange(desk, train)
    assert desk.bookmarks() == []
    train.undo("bookmark")
    exchange(desk, train)
    assert [found.note for found in desk.bookmarks()] == ["一"]


def test_newest_edit_wins(machines: tuple[Store, Store]) -> None:
    desk, train = machines
    mark = desk.add_bookmark("sg", "記事", note="一")
    exchange(desk, train)
    train.edit_bookmark(mark.uid, "電車で")
    desk.edit_bookmark(mark.uid, "机で")
    exchange(desk, train)
    assert [found.note for found in train.bookmarks()] == ["机で"]


def test_undone_ticks_stay_undone(machines: tuple[Store, Store]) -> None:
    desk, train = machines
    desk.mark_section("sg", "記事", "章")
    desk.set_done("sg", "記事", True)
    exchange(desk, train)
    assert desk.undo("done")
    assert desk.undo("section")
    exchange(desk, train)
    state = train.article_state("sg", "記事")
    assert (state.sections_read, state.done) == (frozenset(), None)


def test_an_undone_answer_stays_undone(machines: tuple[Store, Store]) -> None:
    desk, train = machines
    desk.add_review("sg", "記事", "q", response=1, correct=False)
    exchange(desk, train)
    desk.undo("answer")
    exchange(desk, train)
    assert train.reviews() == []


def test_summary_and_dry_run(machines: tuple[Store, Store]) -> None:
    desk, train = machines
    desk.add_review("sg", "記事", "q", response=1, correct=False)
    found = merge_into(train.engine, contents_of(desk.engine), dry_run=True)
    assert (found.added, train.reviews()) == (2, [])
    assert found.questions == {("sg", "記事", "q")}
    assert merge_into(train.engine, contents_of(desk.engine)) == found
    assert not merge_into(train.engine, contents_of(desk.engine))


def test_file_to_merge_is_read_with_its_journal(machines: tuple[Store, Store], tmp_path: Path) -> None:
    desk, train = machines
    desk.add_bookmark("sg", "記事", note="一")
    assert desk.path is not None
    merge_into(train.engine, read_contents(desk.path))
    assert [found.note for found in train.bookmarks()] == ["一"]
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(DamagedError):
        read_contents(tmp_path / "bad.json")


def test_a_finished_run_leaves_its_attempt(machines: tuple[Store, Store]) -> None:
    desk, train = machines
    run = desk.save_run("sg", "exam", {})
    exchange(desk, train)
    attempt = desk.add_attempt(Attempt(uid=0, at=run.at, library="sg", kind="exam", total=60), run=run.uid)
    exchange(desk, train)
    assert (train.runs(), [found.uid for found in train.attempts()]) == ([], [attempt.uid])
