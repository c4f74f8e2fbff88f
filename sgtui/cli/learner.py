"""What the learner did, for commands that list articles.  Nothing is written."""

import os
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
    from sgtui.study.progress import StatusSource as Learner

    with Store.open(state) as store:
        for notice in store.notices:
            complain(str(notice))
        shelf = _shelf(store, library)
        yield Learner(store, shelf) if shelf else UNTOUCHED


def _shelf(store: "object", library: Library) -> str:
    """The key under which the learner's file knows ``library``: by its id, else by where it lies."""
    known = store.library_shelf.all()  # type: ignore[attr-defined]
    root = os.path.realpath(library.root)
    for record in known:
        if library.manifest.id and record.id == library.manifest.id:
            return str(record.key)
    for record in known:
        if any(os.path.realpath(path) == root for path in record.paths):
            return str(record.key)
    return ""
