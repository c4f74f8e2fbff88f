"""What every part of the store stands on: the engine, typed tables, changes and their undoing."""

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, TypeVar

from sgtui.store.codec import table_of, updated
from sgtui.store.engine import Engine
from sgtui.store.joins import JOINED
from sgtui.store.journal import Put
from sgtui.store.records import (
    AnswerRecord,
    ArticleState,
    Attempt,
    Bookmark,
    CardRecord,
    Deletion,
    Highlight,
    LibraryRecord,
    Move,
    Note,
    Orphan,
    ReadingSession,
    Record,
    Run,
)
from sgtui.store.reverting import meaning, reverted_article
from sgtui.store.shelf import Shelf
from sgtui.store.uid import after, read_time, write_time

R = TypeVar("R", bound=Record)

DERIVED: Final = frozenset({"answers", "cards"})
"""Tables that can be made again from the review log; undoing restores them to the very value."""
_REMEMBERED: Final = 50


@dataclass(frozen=True, slots=True)
class _Step:
    table: str
    uid: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Changing:
    """One change being put together; see :meth:`StoreBase.changing`."""

    def __init__(self, engine: Engine, device: str, puts: list[Put]) -> None:
        """Add to ``puts``."""
        self._engine = engine
        self._device = device
        self._puts = puts
        self.now = engine.now()
        self.steps: list[_Step] = []

    def new_uid(self) -> int:
        """A uid that nothing has yet."""
        uid = self._engine.new_uid(self.now)
        while any(put.uid == uid for put in self._puts):
            uid += 1
        return uid

    def put(self, record: R) -> R:
        """Save ``record`` with this device's name; its time becomes now, or just after the time it had."""
        table = table_of(type(record))
        before = self._engine.get(table, record.uid)
        record = replace(record, device=self._device)
        self._add(table, record.uid, before, updated(record, before))
        return record

    def add(self, record: R) -> R:
        """Save a record that cannot be there yet, without looking for an earlier version."""
        record = replace(record, device=self._device)
        self._add(table_of(type(record)), record.uid, None, updated(record, None))
        return record

    def remove(self, record: Record) -> None:
        """Delete ``record`` and remember that, so that a merge does not bring it back."""
        table = table_of(type(record))
        self._add(table, record.uid, self._engine.get(table, record.uid), None)
        self._bury(table, record.uid, after(self.now, record.at))

    def write(self, table: str, uid: int, document: dict[str, Any]) -> None:
        """Save a document as it is, with this change's time."""
        document = {**document, "at": write_time(max(self.now, read_time(document.get("at")) or self.now))}
        self._add(table, uid, self._engine.get(table, uid), {**document, "device": self._device})

    def drop(self, table: str, uid: int) -> None:
        """Delete a document, and remember that unless its fields have lives of their own."""
        before = self._engine.get(table, uid) or {}
        self._add(table, uid, before or None, None)
        if table not in JOINED:
            self._bury(table, uid, after(self.now, read_time(before.get("at"))))

    def restore(self, step: _Step) -> None:
        """Take back one step of an earlier change."""
        document = step.before
        if step.table == "articles":
            current = self._engine.get(step.table, step.uid) or step.after or {}
            self.write(step.table, step.uid, reverted_article(document, step.after, current, write_time(self.now)))
        elif document is None:
            self._add(step.table, step.uid, step.after, None)
            if step.table not in DERIVED:
                self._bury(step.table, step.uid, self.now)
        else:
            if step.table not in DERIVED:
                document = {**document, "at": write_time(self.now), "device": self._device}
            self._add(step.table, step.uid, step.after, document)

    def _bury(self, table: str, uid: int, at: datetime) -> None:
        deletion = Deletion(uid=uid, device=self._device, at=at, table=table)
        self._puts.append(Put("deleted", uid, updated(deletion, None)))

    def _add(self, table: str, uid: int, before: dict[str, Any] | None, document: dict[str, Any] | None) -> None:
        self._puts.append(Put(table, uid, document))
        self.steps.append(_Step(table, uid, before, document))


class StoreBase:
    """The typed tables and the way to change them."""

    def __init__(self, engine: Engine, device: str) -> None:
        """Serve ``engine``; ``device`` is written into every record."""
        self.engine = engine
        self.device = device
        self._undo: dict[str, deque[tuple[_Step, ...]]] = {}
        self.article_shelf = Shelf(engine, ArticleState)
        self.session_shelf = Shelf(engine, ReadingSession)
        self.bookmark_shelf = Shelf(engine, Bookmark)
        self.highlight_shelf = Shelf(engine, Highlight)
        self.note_shelf = Shelf(engine, Note)
        self.answer_shelf = Shelf(engine, AnswerRecord)
        self.card_shelf = Shelf(engine, CardRecord)
        self.library_shelf = Shelf(engine, LibraryRecord)
        self.run_shelf = Shelf(engine, Run)
        self.attempt_shelf = Shelf(engine, Attempt)
        self.orphan_shelf = Shelf(engine, Orphan)
        self.move_shelf = Shelf(engine, Move)
        self.deletion_shelf = Shelf(engine, Deletion)

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        return self.engine.now

    @contextlib.contextmanager
    def changing(self, kind: str = "", *, amends: int = 0) -> Iterator[Changing]:
        """Put together one change; it is durable when the block ends.  ``kind`` makes it undoable under that name.

        ``amends`` is a record's uid: if the last change of this kind touched it, both are undone together.
        """
        with self.engine.change() as puts:
            change = Changing(self.engine, self.device, puts)
            yield change
        if kind and change.steps:
            steps = self._undo.setdefault(kind, deque(maxlen=_REMEMBERED))
            if steps and any(step.uid == amends for step in steps[-1]):
                steps.append(_together(steps.pop(), change.steps))
            else:
                steps.append(tuple(change.steps))

    def can_undo(self, kind: str) -> bool:
        """Whether this run made a change of ``kind`` that is not undone yet."""
        return bool(self._undo.get(kind))

    def undo(self, kind: str) -> bool:
        """Take back the last change of ``kind`` in this run.

        Kinds are ``bookmark``, ``highlight``, ``note``, ``section``, ``done``, ``place``, ``session``, ``question``,
        ``answer`` and ``card``.  Returns false where there is none, or where it was changed again meanwhile (in another
        window).
        """
        steps = self._undo.get(kind)
        if not steps:
            return False
        done = steps.pop()
        with self.changing() as change:
            if any(
                meaning(step.table, self.engine.get(step.table, step.uid)) != meaning(step.table, step.after)
                for step in done
            ):
                return False
            change.now = after(change.now, *(self._time_of(step) for step in done))
            for step in reversed(done):
                change.restore(step)
        return True

    def _time_of(self, step: _Step) -> datetime | None:
        document = step.after or self.engine.get("deleted", step.uid) or {}
        return read_time(document.get("at"))


def _together(earlier: Iterable[_Step], later: Iterable[_Step]) -> tuple[_Step, ...]:
    """Two changes as one: from before the first to after the second."""
    steps = {(step.table, step.uid): step for step in earlier}
    for step in later:
        known = steps.get((step.table, step.uid))
        steps[step.table, step.uid] = replace(step, before=known.before) if known is not None else step
    return tuple(steps.values())
