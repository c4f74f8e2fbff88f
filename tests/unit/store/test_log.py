"""The log as rows is the log as documents, whatever stands in it; one document is found without decoding the rest."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.store.codec import to_document
from sgtui.store.differing import differing, pick
from sgtui.store.log import Row, as_bytes, rows
from sgtui.store.records import MODES, ReviewLog
from sgtui.store.snapshot import Frozen, Table

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
texts = st.text('鍵a"\\{}[],: \n\u2028\ud800', max_size=8)
responses = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
reviews = st.builds(
    ReviewLog,
    uid=st.integers(1, 1 << 72),
    device=texts,
    at=st.just(AT),
    library=texts,
    article=texts,
    question=texts,
    section=texts,
    case=texts,
    response=responses,
    choice=st.lists(st.integers(0, 30), max_size=3).map(tuple),
    correct=st.booleans(),
    ms=st.integers(0, 10**6),
    hint=st.booleans(),
    guess=st.booleans(),
    mode=st.sampled_from(MODES),
    scheduled=st.booleans(),
    rating=st.integers(0, 4),
    attempt=texts,
    answered=st.none() | st.just(AT),
)
documents = st.fixed_dictionaries({}, optional={"更": st.integers()}).flatmap(
    lambda more: reviews.map(lambda review: {**to_document(review), **more})
)
tables = st.dictionaries(st.integers(1, 1 << 72), documents, max_size=6)


def in_file(contents: dict[int, dict[str, Any]]) -> Frozen:
    """A table as it is read from a file."""
    return Frozen(Table(documents=dict(contents)).freeze().fold(), {}, 0)


def by_uid(table: Frozen) -> dict[bytes | None, Row]:
    return {row[0]: row for row in rows(table)}


@settings(max_examples=60)
@given(tables)
def test_rows_of_a_file_are_those_of_its_documents(contents: dict[int, dict[str, Any]]) -> None:
    assert by_uid(in_file(contents)) == by_uid(Table(documents=contents).freeze())
    for uid, document in contents.items():
        row = by_uid(in_file(contents))[b"%d" % uid]
        assert row[2:5] == tuple(as_bytes(document[name]) for name in ("library", "article", "question"))
        assert (row[6] is not None, row[8] is not None) == (document.get("correct", False), document.get("hint", False))


@settings(max_examples=40)
@given(tables, tables, st.sets(st.integers(0, 5)))
def test_what_changed_since_counts_instead(
    contents: dict[int, dict[str, Any]], later: dict[int, dict[str, Any]], gone: set[int]
) -> None:
    table = Table(in_file(contents).raw)
    removed = [uid for place, uid in enumerate(contents) if place in gone]
    for uid in removed:
        table.put(uid, None)
    for uid, document in later.items():
        table.put(uid, document)
    now = {uid: document for uid, document in contents.items() if uid not in removed} | later
    assert by_uid(table.freeze()) == by_uid(Table(documents=now).freeze())


@settings(max_examples=60)
@given(tables, st.integers(0, 1 << 72))
def test_one_document_is_found_without_decoding_the_rest(contents: dict[int, dict[str, Any]], other: int) -> None:
    table = Table(in_file(contents).raw)
    for uid in [*contents, other]:
        assert table.get(uid) == contents.get(uid)
    assert contents == {} or not table.decoded


@settings(max_examples=60)
@given(tables, tables, tables)
def test_what_differs_is_what_a_look_at_every_document_finds(
    common: dict[int, dict[str, Any]], mine: dict[int, dict[str, Any]], theirs: dict[int, dict[str, Any]]
) -> None:
    here, there = common | mine, common | theirs
    found_here, found_there = differing(in_file(here), in_file(there))
    assert found_there == {uid: document for uid, document in there.items() if here.get(uid) != document}
    assert found_here == {uid: here[uid] for uid in found_there if uid in here}
    assert pick(in_file(here), mine) == mine


def test_a_line_that_is_no_answer_is_left_out() -> None:
    assert (
        list(rows(in_file({1: {"library": "sg"}, 2: {"at": 7, "library": "sg", "article": "a", "question": "q"}})))
        == []
    )
