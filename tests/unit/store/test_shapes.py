"""Files of every earlier shape open, and mean what they meant."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.store.codec import faults, from_document, to_document
from sgtui.store.journal import Put, change_line, header_line, read_journal
from sgtui.store.records import TABLES, ArticleState
from sgtui.store.schema import SCHEMA
from sgtui.store.snapshot import DamagedError, Table, encode, read_snapshot, salvage
from sgtui.store.store import Store
from sgtui.store.uid import read_time, write_time

from .conftest import Opener

SHAPES = Path(__file__).parents[2] / "data" / "store"

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
documents = st.dictionaries(st.text(), json_values, max_size=4)
tables = st.dictionaries(st.integers(0, 2**72), documents, max_size=6)


def put_at(path: Path, shape: int) -> None:
    path.parent.mkdir(parents=True)
    shutil.copyfile(SHAPES / f"shape-{shape}.json", path)


def test_there_is_an_example_of_every_shape() -> None:
    assert sorted(item.name for item in SHAPES.glob("shape-*.json")) == [f"shape-{n}.json" for n in range(SCHEMA + 1)]


def test_shape_0(path: Path, opened: Opener) -> None:
    put_at(path, 0)
    store = opened()
    assert store.notices == []
    assert [mark.note for mark in store.bookmarks()] == ["表を覚える", "試験前に読み返す"] or len(
        store.bookmarks()
    ) == 2
    state = store.article_state("sg-course", "password-attacks")
    assert (state.furthest, state.sections_read) == (0.6, frozenset({"一つのIDに次々と試す攻撃"}))
    assert [(review.correct, review.choice) for review in store.reviews()] == [(False, (0,)), (True, (1,))]
    store.mark_section("sg-course", "password-attacks", "要点")
    store.close()
    (kept,) = path.parent.glob("*.shape-0-*")
    assert kept.read_bytes() == (SHAPES / "shape-0.json").read_bytes()
    contents = json.loads(path.read_text("utf-8"))
    assert contents["sgtui"]["1"]["schema"] == SCHEMA
    assert contents["recipes"] == {"1": {"text": "ほかのプログラムのもの"}}
    assert len(contents["articles"]) == 1
    times = [read_time(item["at"]) for item in contents["bookmarks"].values()]
    assert [write_time(at) for at in times if at] == ["2026-03-02T21:10:00.000000Z", "2026-03-02T22:15:00.000000Z"]


def test_shape_1(path: Path, opened: Opener) -> None:
    put_at(path, 1)
    store = opened()
    check_shape_1(store)
    store.set_done("sg-course", "password-attacks", None)
    store.close()
    check_shape_1(opened())


def check_shape_1(store: Store) -> None:
    assert store.notices == []
    state = store.article_state("sg-course", "password-attacks")
    assert state.position is not None
    assert (state.position.anchor.excerpt, state.position.anchor.block, state.seconds) == ("ロックアウトは、", 14, 95.5)
    assert (state.furthest, state.sections_read, state.fingerprint) == (0.61, frozenset({"要点"}), "0f1e2d3c")
    assert [mark.note for mark in store.bookmarks()] == ["試験前に読み返す"]
    assert [(mark.kind, mark.quote, mark.end.fraction) for mark in store.highlights()] == [(2, "1回ずつ", 0.5)]
    assert [note.text for note in store.notes()] == ["総務で実際にあった"]
    (card,) = store.cards()
    assert (card.stability, card.difficulty, card.state, card.step) == (2.3065, 2.118103970459016, 2, None)
    assert store.answers("sg-course", "password-attacks")["pw-01"].prompt == "疑うべき攻撃はどれか。"
    assert [(review.ms, review.response) for review in store.reviews()] == [(5120, {"choices": [1]})]
    assert [library.path for library in store.libraries()] == ["/home/learner/course"]


@given(
    st.dictionaries(
        st.sampled_from(["notes", "reviews", "ほか"]).map(lambda name: {"ほか": "other"}.get(name, name)), tables
    )
)
@settings(max_examples=60, deadline=None)
def test_what_is_encoded_is_read_and_is_json(contents: dict[str, dict[int, dict[str, object]]]) -> None:
    folded = {name: Table(documents=dict(table)).freeze().fold() for name, table in contents.items()}
    data = encode("id", 7, folded)
    snapshot = read_snapshot(data)
    assert (snapshot.file, snapshot.change, snapshot.foreign) == ("id", 7, False)
    expected = {name: table for name, table in contents.items() if table}
    assert {name: dict(table.documents) for name, table in snapshot.tables.items()} == expected
    plain = json.loads(data)
    assert {int(uid) for uid in plain.get("notes", {})} == set(contents.get("notes", {}))


@given(tables, tables, st.sets(st.integers(0, 2**72)))
@settings(max_examples=60, deadline=None)
def test_folding_changes_into_lines(
    before: dict[int, dict[str, object]], after: dict[int, dict[str, object]], gone: set[int]
) -> None:
    table = Table(Table(documents=dict(before)).freeze().fold())
    expected = {**before, **after}
    for uid, document in after.items():
        table.put(uid, document)
    for uid in {*gone, *list(before)[:1]}:
        table.put(uid, None)
        expected.pop(uid, None)
    frozen = table.freeze()
    raw = frozen.fold()
    assert dict(Table(raw).documents) == expected == dict(table.documents)
    table.put(5, {"x": 1})
    table.settle(frozen, raw)
    assert dict(Table(table.freeze().fold()).documents) == {**expected, 5: {"x": 1}}
    table.settle(frozen, b'"1": {}\n')
    assert dict(Table(table.freeze().fold()).documents) == {**expected, 5: {"x": 1}}


@given(st.lists(st.tuples(st.text(), st.integers(0, 2**72), st.none() | documents), max_size=5), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_journal_lines_are_read_back(puts: list[tuple[str, int, dict[str, object] | None]], cut: int) -> None:
    lines = [change_line(number, [Put(*put)]) for number, put in enumerate(puts, 1)]
    data = header_line("id", 0) + b"".join(lines)
    journal = read_journal(data)
    assert [change.puts for change in journal.changes] == [(Put(*put),) for put in puts]
    assert (journal.file, journal.torn, journal.damaged, journal.length) == ("id", False, 0, len(data))
    shorter = read_journal(data[: len(data) - cut])
    assert list(shorter.changes) == list(journal.changes)[: len(shorter.changes)]


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_file_or_damaged(data: bytes) -> None:
    read_journal(data)
    salvage(data)
    try:
        read_snapshot(data)
    except DamagedError as error:
        assert str(error)


@given(st.sampled_from(sorted(TABLES)), documents)
@settings(max_examples=80, deadline=None)
def test_any_document_is_a_record_or_none(table: str, document: dict[str, object]) -> None:
    record = from_document(TABLES[table], 1, document)
    assert (record is None) <= bool(faults(TABLES[table], document))
    if record is not None:
        assert from_document(TABLES[table], 1, to_document(record)) == record


@pytest.mark.parametrize("table", TABLES)
def test_wrong_values_become_defaults(table: str) -> None:
    needed = {"library": "sg", "article": "記事", "question": "q", "kind": 1, "key": "sg", "at": "2026-11-23T00:00:00Z"}
    document = {
        **{name: ["x"] for name in ("note", "section", "furthest", "paths", "areas", "items", "done", "ms")},
        **needed,
    }
    if table in {"runs", "attempts"}:
        document["kind"] = "exam"
    record = from_document(TABLES[table], 9, document)
    assert record is not None
    assert record.uid == 9


def test_article_states_are_told_apart_by_their_ticks() -> None:
    at = read_time("2026-11-23T00:00:00Z")
    assert at is not None
    state = ArticleState(uid=1, at=at, library="sg", article="記事", sections={"要点": at}, unticked={"要点": at})
    assert state.sections_read == frozenset()
