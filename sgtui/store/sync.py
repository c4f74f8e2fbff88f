"""Several machines through a shared folder (Syncthing, Dropbox, a git work tree, a USB stick).

Each device writes one file there, ``sgtui-<device>.json``, and only that one; it reads all the others and merges them.
So two devices never write the same file, and whatever order the files arrive in, everyone ends with the same records.
Conflict copies that file-sync programs leave are state files like any other, and are merged too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sgtui.errors import Problem, SgtuiError, problem
from sgtui.files import make_folder, replace_file
from sgtui.i18n import _
from sgtui.store.merge import Contents, Merged, contents_of, merge_into, read_contents
from sgtui.store.snapshot import DamagedError, Table, encode
from sgtui.store.store import Store

_CONFLICTS: Final = re.compile(r"(conflict|conflicted copy|競合|の複製|のコピー)", re.IGNORECASE)


@dataclass(slots=True)
class Synced:
    """What a synchronisation did (or would do): by file name what was merged from it, and whether ours was written.

    ``questions`` are those (library, article, question) whose cards are to be rebuilt.  ``problems`` are files that
    could not be read; they are left alone and tried again next time.
    """

    merged: dict[str, Merged] = field(default_factory=dict)
    written: bool = False
    questions: set[tuple[str, str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def own_file(folder: Path, device: str) -> Path:
    """The one file that ``device`` writes in ``folder``."""
    return folder / f"sgtui-{device}.json"


def sync_folder_with(store: Store, folder: Path, *, dry_run: bool = False) -> Synced:
    """Merge what other devices left in ``folder`` into ``store``, and leave there what this one knows.

    Interrupted anywhere, it is simply done again.  With ``dry_run`` nothing is written anywhere.  Raises
    :class:`SgtuiError` where the folder cannot be used.
    """
    done = Synced()
    own = own_file(folder, store.device)
    try:
        for file in _others(folder, own):
            _take_over(store, file, done, dry_run=dry_run)
        contents = contents_of(store.engine)
        if not _holds(own, contents):
            done.written = True
            if not dry_run:
                make_folder(folder)
                replace_file(own, _encode(store.device, contents))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SgtuiError(_("{path} cannot be used ({reason}).").format(path=folder, reason=reason)) from error
    return done


def conflict_copies(path: Path) -> list[Path]:
    """Copies of the state file ``path`` that a file-sync program left beside it."""
    stem = path.stem.casefold()
    return sorted(
        file
        for file in path.parent.glob("*" + path.suffix)
        if file != path and file.stem.casefold().startswith(stem) and _CONFLICTS.search(file.stem)
    )


def _others(folder: Path, own: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(file for file in folder.glob("sgtui-*.json") if file != own and file.is_file())


def _take_over(store: Store, file: Path, done: Synced, *, dry_run: bool) -> None:
    try:
        contents = read_contents(file)
    except (OSError, DamagedError) as error:  # half copied, perhaps: whole the next time
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        done.problems.append(problem(file.name, 0, "state-unreadable", reason=reason))
        return
    merged = merge_into(store.engine, contents, dry_run=dry_run)
    done.merged[file.name] = merged
    done.questions |= merged.questions


def _holds(own: Path, contents: Contents) -> bool:
    try:
        return read_contents(own) == contents
    except (OSError, DamagedError):  # not there yet, or not whole: written anew
        return False


def _encode(device: str, contents: Contents) -> bytes:
    folded = {name: Table(documents=dict(documents)).freeze().fold() for name, documents in contents.items()}
    return encode(device, 0, folded)
