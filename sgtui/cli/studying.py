"""What the commands about learning share: the library, the learner's file and the schedule, opened together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sgtui.cli.base import complain, places
from sgtui.cli.learner import learners_file

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.store.store import Store
    from sgtui.study.scheduler import Scheduler


@dataclass(frozen=True, slots=True)
class Studying:
    """Everything open.  ``key`` is the library's in the learner's file."""

    library: "Library"
    store: "Store"
    scheduler: "Scheduler"
    key: str


@contextmanager
def studying(library: Path | None, *, answering: bool = False) -> Iterator[Studying]:
    """Open ``library`` (or the one of the command line) and the learner's file; raises SgtuiError where that fails.

    With ``answering`` something will be written: a file that is not there yet is made.
    """
    from sgtui import paths, settings
    from sgtui.library.load import open_library
    from sgtui.study.belonging import find_shelf, open_shelf, settle
    from sgtui.study.scheduler import Scheduler

    where = places()
    known = open_library(library or where.library, cache_dir=where.cache)
    chosen, problems = settings.load(paths.settings_file())
    state = where.state if answering or where.state.exists() else None
    for problem in problems:
        complain(str(problem))
    with learners_file(state) as store:
        if answering:
            settle(store, open_shelf(store, known).key, known)
        record = find_shelf(store, known)
        yield Studying(known, store, Scheduler(chosen), record.key if record else known.manifest.id)
