"""Looking at a state file without changing anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sgtui.errors import Problem, problem
from sgtui.store.backups import backups, journal_of, load_journal
from sgtui.store.codec import faults
from sgtui.store.merge import read_contents
from sgtui.store.records import TABLES
from sgtui.store.snapshot import DamagedError


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: documents by table, the backups that can be read, and everything that is not as it should be."""

    counts: dict[str, int]
    backups: tuple[Path, ...]
    problems: tuple[Problem, ...]


def verify(path: Path) -> Report:
    """Check the state file at ``path``, its journal and its backups; never raises, never writes."""
    problems: list[Problem] = []
    contents = {}
    try:
        contents = read_contents(path)
    except (OSError, DamagedError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        problems.append(problem(path.name, 0, "state-unreadable", reason=reason or str(error)))
    problems += _journal(path)
    for name, documents in contents.items():
        for uid, document in documents.items():
            fields = faults(TABLES[name], document) if name in TABLES else []
            if fields:
                details = {"table": name, "uid": uid, "fields": ", ".join(fields)}
                problems.append(problem(path.name, 0, "state-record", **details))
    good = []
    for kept in backups(path):
        try:
            read_contents(kept)
            good.append(kept)
        except (OSError, DamagedError) as error:
            problems.append(problem(kept.name, 0, "state-unreadable", reason=str(error)))
    if not good:
        problems.append(problem(path.name, 0, "state-no-backup"))
    counts = {name: len(documents) for name, documents in contents.items() if documents}
    return Report(counts, tuple(good), tuple(problems))


def _journal(path: Path) -> Iterator[Problem]:
    journal = load_journal(journal_of(path))
    name = journal_of(path).name
    if journal is None:
        return
    if journal.torn:
        yield problem(name, 0, "state-torn")
    if journal.damaged:
        yield problem(name, 0, "state-unreadable", reason=f"{journal.damaged} ×")
