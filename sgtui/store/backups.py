"""Three earlier versions of the state file, each with the changes that led to the next one.

``study.json.backup-1`` is the newest.  ``study.json.backup-1.journal`` holds every change from it up to today's
``study.json``, so that losing today's file loses nothing; ``backup-2`` and its journal lead to ``backup-1``, and so on.
A version is kept for a day of use before it moves down, however often the program is closed on that day.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sgtui.files import duplicate, replace_file
from sgtui.store.journal import Change, Journal, change_line, header_line, read_journal

KEPT: Final = 3
_AGE: Final = timedelta(hours=20)


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


def rotate(path: Path, file: str, changes: list[Change], now: datetime) -> None:
    """Keep the state file ``path`` before it is replaced; ``changes`` lead from it to the new one.

    Raises ``OSError``; whatever was done until then leaves a usable set of backups.
    """
    newest = backup(path, 1)
    if path.is_file() and (not newest.is_file() or _is_old(newest, now)):
        for number in range(KEPT, 1, -1):
            _move(backup(path, number - 1), backup(path, number))
        duplicate(path, newest)
        journal_of(newest).unlink(missing_ok=True)
    if not newest.is_file():
        return
    earlier = load_journal(journal_of(newest))
    numbered = {change.number: change for change in [*(earlier.changes if earlier else ()), *changes]}
    after = earlier.after if earlier is not None and earlier.file else min(numbered, default=1) - 1
    lines = [change_line(number, numbered[number].puts) for number in sorted(numbered)]
    replace_file(journal_of(newest), b"".join([header_line(file, after), *lines]))


def _move(source: Path, target: Path) -> None:
    if source.is_file():
        source.replace(target)
        if journal_of(source).is_file():
            journal_of(source).replace(journal_of(target))
        else:
            journal_of(target).unlink(missing_ok=True)


def _is_old(path: Path, now: datetime) -> bool:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return abs(now - written) >= _AGE
