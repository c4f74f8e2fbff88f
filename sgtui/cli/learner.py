"""The learner's file, for commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sgtui.cli.base import complain
from sgtui.library.model import Library
from sgtui.library.query import UNTOUCHED, StatusSource

if TYPE_CHECKING:
    from sgtui.store.store import Store


@contextmanager
def learners_file(path: Path | None) -> Iterator["Store"]:
    """The learner's file, open; what they should know of it is said on standard error, also what closing brings."""
    from sgtui.store.store import Store

    store = Store.open(path)
    said = 0
    try:
        for notice in store.notices:
            complain(str(notice))
            said += 1
        yield store
    finally:
        store.close()
        for notice in store.notices[said:]:
            complain(str(notice))


@contextmanager
def statuses(state: Path, library: Library) -> Iterator[StatusSource]:
    """The learner's progress in ``library``, for lists; nothing read yet if there is no file at ``state``."""
    if not state.exists():
        yield UNTOUCHED
        return
    from sgtui.study.belonging import find_shelf
    from sgtui.study.progress import StatusSource as Learner

    with learners_file(state) as store:
        known = find_shelf(store, library)
        yield Learner(store, known.key, library.infos) if known is not None else UNTOUCHED
