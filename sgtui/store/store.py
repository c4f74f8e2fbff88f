"""The learner's own file, open: what every screen and command reads and writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sgtui.errors import Problem
from sgtui.store.engine import Engine
from sgtui.store.history import History
from sgtui.store.libraries import Libraries
from sgtui.store.marks import Marks
from sgtui.store.reading import Reading
from sgtui.store.uid import device_name

if TYPE_CHECKING:
    from sgtui.store.database import StateDB


def utc_now() -> datetime:
    """The clock of a running program."""
    return datetime.now(UTC)


class Store(Reading, Marks, History, Libraries):
    """Everything the learner owns.

    A method that changes something returns when the change is on the disk.  If the disk refuses, the change is kept
    in memory, tried again with the next one, counted by :attr:`unsaved` and told in :attr:`notices`; nothing raises.
    Several programs may have the same file open; each sees the others' changes at its own next change or
    :meth:`refresh`.  Methods may be called from any thread.
    """

    @classmethod
    def open(cls, path: Path | None, *, now: Callable[[], datetime] = utc_now, device: str | None = None) -> "Store":
        """Open (or begin) the state file at ``path``; ``None`` keeps everything in memory only.

        ``now`` gives the UTC time.  ``device`` names this machine in records; by default a name is made once and kept
        beside the file.  Never raises for a bad file or folder: :attr:`notices` say what holds instead.
        """
        engine = Engine(path.absolute() if path is not None else None, now)
        folder = engine.path.parent if engine.path is not None and not engine.read_only else None
        return cls(engine, device or device_name(folder))

    @property
    def path(self) -> Path | None:
        """The state file, or ``None`` for a store in memory."""
        return self.engine.path

    @property
    def read_only(self) -> bool:
        """Whether nothing is saved in this run; :attr:`notices` say why."""
        return self.engine.read_only

    @property
    def unsaved(self) -> int:
        """How many changes are not on the disk (yet)."""
        return self.engine.unsaved

    @property
    def notices(self) -> list[Problem]:
        """What the learner should know about the file; grows while the store is open."""
        return self.engine.notices

    def database(self) -> "StateDB":
        """The open file as a TinyDB database, for queries of one's own."""
        from sgtui.store.database import StateDB  # noqa: PLC0415 - nothing on a screen needs TinyDB itself

        return StateDB(self.engine)

    def refresh(self) -> bool:
        """See what other windows have saved; whether there was anything."""
        return self.engine.refresh()

    def compact(self) -> bool:
        """Write the state file anew, with everything in it; false where that cannot be done (:attr:`notices`)."""
        return self.engine.compact()

    def whole(self) -> bytes:
        """A state file of its own with everything in it, also with what could not be saved."""
        return self.engine.whole()

    def close(self) -> None:
        """Leave a whole state file behind and let go of it."""
        self.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
