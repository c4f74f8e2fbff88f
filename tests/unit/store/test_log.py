"""The log as rows is the log as documents, whatever stands in it; one document is found without decoding the rest."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.store.codec import to_document
from sgtui.store.differing import differing, pick
from sgtui.store.log import ARTICLE, CORRECT, DOUBT, PLACE, SCHEDULED, Row, as_bytes, named, outcomes, outcomes_of, rows
from sgtui.store.records import MODES, AnswerRecord, ReviewLog
from sgtui.store.snapshot import Frozen, Table
from sgtui.store.store import Store

from .conftest import Clock

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


answer_tables = st.dictionaries(
    st.integers(1, 1 << 72),
    st.builds(
        AnswerRecord,
        uid=st.just(1),
        device=texts,
        at=st.just(AT),
        library=texts,
        article=texts,
        question=texts,
        section=texts,
        response=responses,
        correct=st.booleans(),
        again=st.booleans(),
        answers=st.integers(0, 9),
        prompt=texts,
    ).map(to_document),
    max_size=6,
)


def in_file(contents: dict[int, dict[str, Any]]) -> Frozen:
    """A table as it is read from a file."""
    return Frozen(Table(documents=dict(contents)).freeze().fold(), {}, 0)


def by_uid(table: Frozen, libraries: Iterable[str]) -> dict[bytes | None, Row]:
    return {row[0]: row for library in libraries for row in rows(table, library)}


def libraries_of(contents: dict[int, dict[str, Any]]) -> set[str]:
    return {document["library"] for document in contents.values()}


@settings(max_examples=60)
@given(tables)
def test_rows_of_a_file_are_those_of_its_documents(contents: dict[int, dict[str, Any]]) -> None:
    libraries = libraries_of(contents)
    found = by_uid(in_file(contents), libraries)
    in_memory = by_uid(Table(documents=contents).freeze(), libraries)
    assert flagged(found) == flagged(in_memory)
    assert found.keys() == {b"%d" % uid for uid in contents}
    for uid, document in contents.items():
        row = found[b"%d" % uid]
        assert row[ARTICLE] == as_bytes(document["article"])
        assert named(row[PLACE]) == (document["article"], document["question"])
        doubt = document.get("hint", False) or document.get("guess", False)
        assert (row[CORRECT] is not None, row[DOUBT] is not None) == (document.get("correct", False), doubt)


def flagged(found: dict[bytes | None, Row]) -> dict[bytes | None, Row]:
    """Rows with the same in all flags that are set."""
    flags = {CORRECT, DOUBT, SCHEDULED}
    return {
        uid: tuple(b"" if place in flags and part is not None else part for place, part in enumerate(row))
        for uid, row in found.items()
    }


@settings(max_examples=60)
@given(answer_tables)
def test_outcomes_of_a_file_are_those_of_its_documents(contents: dict[int, dict[str, Any]]) -> None:
    for library in libraries_of(contents):
        wanted = sorted(outcomes_of(contents, library))
        assert sorted(outcomes(in_file(contents), library)) == wanted
        assert sorted(outcomes(Table(documents=contents).freeze(), library)) == wanted


@settings(max_examples=40)
@given(tables)
def test_a_table_decoded_in_parts_is_whole(contents: dict[int, dict[str, Any]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sgtui.store.snapshot._PART", 40)
        patch.setattr("sgtui.store.log._PART", 40)
        assert in_file(contents).decode() == contents
        assert by_uid(in_file(contents), libraries_of(contents)).keys() == {b"%d" % uid for uid in contents}


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
    libraries = libraries_of(contents | later)
    assert flagged(by_uid(table.freeze(), libraries)) == flagged(by_uid(Table(documents=now).freeze(), libraries))


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
    timeless = {"at": 7, "library": "sg", "article": "a", "question": "q"}
    assert list(rows(in_file({1: {"library": "sg"}, 2: timeless}), "sg")) == []


def test_the_answers_to_one_question_are_found_without_decoding_the_rest(path: Path, clock: Clock) -> None:
    with Store.open(path, now=clock, device="机") as store:
        for number in range(30):
            store.add_review("sg", "記事", f'問"{number % 3}', response=number, correct=True)
            store.add_review("他", "記事", f'問"{number % 3}', response=number, correct=True)
        store.move_question("sg", "記事", '問"1', "新しい問い")
        store.add_review("sg", "記事", "新しい問い", response="後", correct=False)
    with Store.open(path, now=clock, device="机") as store:
        found = store.reviews("sg", "記事", "新しい問い")
        assert [review.response for review in found] == [*range(1, 30, 3), "後"]
        assert {(review.library, review.question) for review in found} == {("sg", "新しい問い")}
        assert not store.engine.table("reviews").decoded
        store.add_review("sg", "記事", "新しい問い", response="今", correct=False)
        assert len(store.reviews("sg", "記事", "新しい問い")) == 12
        assert len(store.reviews("sg")) == 32
