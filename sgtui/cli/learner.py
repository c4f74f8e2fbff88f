"""What the learner did, for commands that list articles.  Nothing is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sgtui.cli.base import complain
from sgtui.library.model import Library
from sgtui.library.query import UNTOUCHED, StatusSource


@contextmanager
def statuses(state: Path, library: Library) -> Iterator[StatusSource]:
    """The learner's progress in ``library``; nothing read yet if there is no file at ``state``."""
    if not state.exists():
        yield UNTOUCHED
        return
    from sgtui.store.store import Store
    from sgtui.study.belonging import find_shelf
    from sgtui.study.progress import StatusSource as Learner

    with Store.open(state) as store:
        for notice in store.notices:
            complain(str(notice))
        known = find_shelf(store, library)
        yield Learner(store, known.key, library.infos) if known is not None else UNTOUCHED
