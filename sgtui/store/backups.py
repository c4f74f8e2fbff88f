"""Three earlier versions of the state file, each with the changes that led to the next one.

``study.json.backup-1`` is the newest.  ``study.json.backup-1.journal`` holds every change from it up to today's
``study.json``, so that losing today's file loses nothing; ``backup-2`` and its journal lead to ``backup-1``, and so on.
A version is kept for a day of use before it moves down, however often the program is closed on that day,
unless a great deal changes at once.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sgtui.files import duplicate, replace_file
from sgtui.store.journal import Journal, read_journal

KEPT: Final = 3
_AGE: Final = timedelta(hours=20)
_LONG: Final = 8 << 20
"""Bytes of changes from one backup on, after which the next one is made, however soon: an import, a merge."""


def journal_of(path: Path) -> Path:
    """The journal beside the state file (or backup) ``path``."""
    return path.with_name(path.name + ".journal")


def backup(path: Path, number: int) -> Path:
    """The ``number``-th newest backup (from 1) of the state file ``path``."""
    return path.with_name(f"{path.name}.backup-{number}")


def backups(path: Path) -> Iterator[Path]:
    """Those that exist, newest first."""
    return (kept for number in range(1, KEPT + 1) if (kept := backup(path, number)).is_file())


def load_journal(path: Path) -> Journal | None:
    """The journal at ``path``, or ``None`` where there is none or it cannot be read."""
    try:
        return read_journal(path.read_bytes())
    except OSError:  # no file, or no permission: as good as no journal
        return None


def rotate(path: Path, now: datetime, *, foreign: bool = False, damaged: bool = False) -> None:
    """Keep the state file ``path`` and its journal before they are replaced.

    ``foreign`` says that the file holds what no journal does (a hand's edits), so that it is a backup of its own;
    ``damaged`` that it is none at all.

    Raises ``OSError``; whatever was done until then leaves a usable set of backups, and doing it again does no harm.
    """
    newest = backup(path, 1)
    if path.is_file() and not damaged and (foreign or not newest.is_file() or _is_old(newest, now)):
        for number in range(KEPT, 1, -1):
            _move(backup(path, number - 1), backup(path, number))
        duplicate(path, newest)
        journal_of(newest).unlink(missing_ok=True)
    if not newest.is_file() or not journal_of(path).is_file():
        return
    lines = journal_of(path).read_bytes()
    earlier = journal_of(newest).read_bytes() if journal_of(newest).is_file() else b""
    if earlier:
        earlier, lines = earlier[: earlier.rfind(b"\n") + 1], lines[lines.find(b"\n") + 1 :]
    replace_file(journal_of(newest), earlier + lines)


def _move(source: Path, target: Path) -> None:
    if source.is_file():
        source.replace(target)
        if journal_of(source).is_file():
            journal_of(source).replace(journal_of(target))
        else:
            journal_of(target).unlink(missing_ok=True)


def _is_old(path: Path, now: datetime) -> bool:
    journal = journal_of(path)
    if journal.is_file() and journal.stat().st_size > _LONG:
        return True
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return abs(now - written) >= _AGE
