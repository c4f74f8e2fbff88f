"""Typed access to one table: records made when asked for, found by library and article."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from sgtui.store.codec import from_document, table_of
from sgtui.store.engine import Engine
from sgtui.store.journal import Put
from sgtui.store.records import Record

R = TypeVar("R", bound=Record)
_Place = tuple[str, str]


class Shelf(Generic[R]):
    """The records of one table.

    A look-up by uid or by article costs what it returns; documents that cannot be records are left out.
    """

    def __init__(self, engine: Engine, cls: type[R]) -> None:
        """Serve the table of ``cls``."""
        self.name = table_of(cls)
        self._engine = engine
        self._cls = cls
        self._made: dict[int, R | None] = {}
        self._places: dict[_Place, dict[int, None]] | None = None
        self._place_of: dict[int, _Place] = {}
        engine.listeners.append(self._changed)

    @property
    def documents(self) -> Mapping[int, dict[str, Any]]:
        """The table as it is in the file: for passes over everything that need no records."""
        with self._engine.memory:
            return self._engine.table(self.name).documents

    def get(self, uid: int) -> R | None:
        """The record ``uid``."""
        with self._engine.memory:
            if uid not in self._made:
                self._made[uid] = from_document(self._cls, uid, self._engine.get(self.name, uid))
            return self._made[uid]

    def of(self, library: str, article: str) -> list[R]:
        """The records of one article, in the order they were made."""
        with self._engine.memory:
            return list(self._present(self._index().get((library, article), ())))

    def all(self, library: str | None = None) -> list[R]:
        """Every record, or those of one library."""
        with self._engine.memory:
            documents = self.documents
            chosen = [uid for uid, item in documents.items() if library is None or item.get("library") == library]
            return list(self._present(chosen))

    def _present(self, uids: "Sequence[int] | Mapping[int, None]") -> Iterator[R]:
        return (record for uid in uids if (record := self.get(uid)) is not None)

    def _index(self) -> dict[_Place, dict[int, None]]:
        if self._places is None:
            self._places = {}
            self._place_of = {}
            for uid, document in self.documents.items():
                self._file(uid, document)
        return self._places

    def _file(self, uid: int, document: Mapping[str, Any]) -> None:
        place = (str(document.get("library", "")), str(document.get("article", "")))
        assert self._places is not None
        self._places.setdefault(place, {})[uid] = None
        self._place_of[uid] = place

    def _changed(self, puts: Sequence[Put] | None) -> None:
        if puts is None:
            self._made.clear()
            self._places = None
            return
        for put in puts:
            if put.table != self.name:
                continue
            self._made.pop(put.uid, None)
            if self._places is None:
                continue
            old = self._place_of.pop(put.uid, None)
            if old is not None and put.document is None:
                self._places[old].pop(put.uid, None)
            elif put.document is not None:
                if old is not None and old != (put.document.get("library", ""), put.document.get("article", "")):
                    self._places[old].pop(put.uid, None)
                self._file(put.uid, put.document)
