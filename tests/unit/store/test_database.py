from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from sgtui.store.backups import journal_of
from sgtui.store.store import Store

from .conftest import Opener


def test_queries_of_tinydb(store: Store) -> None:
    store.add_bookmark("sg", "記事", note="一")
    store.add_bookmark("sg", "記事", note="二")
    marks = store.database().table("bookmarks")
    assert len(marks) == 2
    assert [found["note"] for found in marks.search(where("note") == "二")] == ["二"]
    assert marks.contains(where("note") == "一")


def test_changes_through_tinydb_are_journalled_and_seen(store: Store, opened: Opener, path: Path) -> None:
    mark = store.add_bookmark("sg", "記事", note="一")
    marks = store.database().table("bookmarks")
    size = journal_of(path).stat().st_size
    marks.update({"note": "二"}, where("note") == "一")
    assert [found.note for found in store.bookmarks()] == ["二"]
    assert 0 < journal_of(path).stat().st_size - size < 600
    marks.upsert({"note": "三"}, where("note") == "二")
    assert [found.note for found in opened().bookmarks()] == ["三"]
    marks.remove(doc_ids=[mark.uid])
    assert store.bookmarks() == opened().bookmarks() == []


def test_inserting(store: Store) -> None:
    notes = store.database().table("notes")
    first = notes.insert({"text": "一"})
    second, third = notes.insert_multiple([{"text": "二"}, Document({"text": "三"}, 77)])
    assert (len({first, second}), third) == (2, 77)
    assert notes.get(doc_id=77) == {"text": "三"}
    with pytest.raises(ValueError, match="already exists"):
        notes.insert(Document({}, 77))
    notes.truncate()
    assert notes.all() == []


def test_default_table_and_dropping(store: Store, path: Path) -> None:
    database = store.database()
    database.insert({"x": 1})
    database.table("notes").insert({"text": "一"})
    database.drop_table("notes")
    store.close()
    with TinyDB(path) as plain:
        assert plain.all() == [{"x": 1}]
        assert plain.table("notes").all() == []
