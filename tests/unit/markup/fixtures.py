"""Fixtures in one Markdown file: a title, then ``.``, the input, ``.``, what is expected, ``.``."""

from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[2] / "data"


class Fixture(NamedTuple):
    """One case; ``line`` is where its title stands."""

    line: int
    title: str
    source: str
    expected: str


def fixtures(path: str) -> list[Fixture]:
    """The cases of a file below ``tests/data``."""
    found: list[Fixture] = []
    parts: list[list[str]] = [[]]
    start = 0
    for number, line in enumerate((DATA / path).read_text("utf-8").split("\n"), 1):
        if line != ".":
            if len(parts) == 1 and line:
                start = number
            parts[-1].append(line)
        elif len(parts) < 3:
            parts.append([])
        else:
            title = " ".join(filter(None, parts[0]))
            found.append(Fixture(start, title, "\n".join(parts[1]), "\n".join(parts[2])))
            parts = [[]]
    return found


def ids(cases: list[Fixture]) -> list[str]:
    """Names for pytest."""
    return [f"{case.line}:{case.title}" for case in cases]
