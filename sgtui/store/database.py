"""The same file as a TinyDB database: every query of TinyDB's, every change journalled.

``StateDB(engine)`` is a :class:`tinydb.TinyDB` whose storage and tables write one line a change instead of the whole
file.  Plain ``TinyDB(path)`` opens the same file when no program has it open; see docs/state-file.md.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from sgtui.store.engine import Engine
from sgtui.store.journal import Put

Contents = dict[str, dict[str, Any]]


class JournalStorage(Storage):
    """A TinyDB storage that journals the difference between what it holds and what is written to it."""

    def __init__(self, engine: Engine) -> None:
        """Serve ``engine``; closing the database leaves it open, since others use it too."""
        super().__init__()
        self.engine = engine

    def read(self) -> Contents:
        """Every table; document ids as text, as TinyDB keeps them."""
        with self.engine.memory:
            return {
                name: {str(uid): dict(document) for uid, document in table.documents.items()}
                for name, table in self.engine.tables.items()
            }

    def write(self, data: Contents) -> None:
        """Make the contents ``data``, as one change."""
        with self.engine.change() as puts:
            for name in {*data, *self.engine.tables}:
                wanted = {int(uid): dict(document) for uid, document in data.get(name, {}).items()}
                puts.extend(_difference(name, dict(self.engine.table(name).documents), wanted))


class JournalTable(Table):
    """A TinyDB table whose look-ups and changes cost what they touch."""

    default_query_cache_capacity = 0

    @property
    def engine(self) -> Engine:
        """What holds the documents."""
        storage = self._storage
        assert isinstance(storage, JournalStorage)
        return storage.engine

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert one document; returns its uid."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents as one change; those that are :class:`Document` bring their uid."""
        with self.engine.change() as puts:
            uids: list[int] = []
            for document in documents:
                uid = document.doc_id if isinstance(document, Document) else self._get_next_id()
                if uid in uids or self.engine.get(self.name, uid) is not None:
                    raise ValueError(f"Document with ID {uid} already exists")
                uids.append(uid)
                puts.append(Put(self.name, uid, dict(document)))
        return uids

    def _get_next_id(self) -> int:
        return self.engine.new_uid(self.engine.now())

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        with self.engine.memory:
            return {str(uid): document for uid, document in self.engine.table(self.name).documents.items()}

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self.engine.change() as puts:
            before = dict(self.engine.table(self.name).documents)
            after: dict[int, Mapping[str, Any]] = {uid: dict(document) for uid, document in before.items()}
            updater(after)
            puts.extend(_difference(self.name, before, after))


class StateDB(TinyDB):
    """The learner's file as a TinyDB database."""

    table_class = JournalTable

    def __init__(self, engine: Engine) -> None:
        """Open a view of ``engine``."""
        super().__init__(engine, storage=JournalStorage)


def _difference(
    name: str, before: Mapping[int, Mapping[str, Any]], after: Mapping[int, Mapping[str, Any]]
) -> Iterable[Put]:
    for uid, document in after.items():
        if before.get(uid) != document:
            yield Put(name, uid, dict(document))
    for uid in before:
        if uid not in after:
            yield Put(name, uid, None)
