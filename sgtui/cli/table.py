"""Tables in the terminal, measured in cells."""

import shutil
import sys
from collections.abc import Collection, Sequence

import click

from sgtui.typeset.cells import cut, sanitize, width

_NARROWEST = 12


def terminal_width(limit: int | None = None) -> int:
    """Cells across the terminal (80 where there is none), at most ``limit``."""
    columns = shutil.get_terminal_size((80, 24)).columns
    return min(columns, limit) if limit else columns


def one_line(text: str) -> str:
    """``text`` as it may stand in a line of the terminal: a file's name can have line ends too."""
    return sanitize(text).replace("\n", "␊").replace("\t", " ")


def print_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    shrink: int,
    right: Collection[int] = (),
    headed: bool = True,
) -> None:
    """Print ``rows`` under ``heads``, two cells between columns.

    On a terminal, column ``shrink`` gives way where a line would be too long; in a pipe nothing is
    cut.  Columns ``right`` are set flush right.  Without ``headed`` the heads are not
    printed.  Control characters are made visible.
    """
    if not rows:
        return
    cells = [[one_line(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(heads))]
    if sys.stdout.isatty():
        over = sum(widths) + 2 * (len(widths) - 1) - terminal_width()
        widths[shrink] = max(min(_NARROWEST, widths[shrink]), widths[shrink] - max(0, over))
    for row in cells if headed else cells[1:]:
        parts = [_fit(cell, widths[column], flush=column in right) for column, cell in enumerate(row)]
        click.echo("  ".join(parts).rstrip())


def _fit(text: str, room: int, *, flush: bool) -> str:
    if width(text) > room:
        text = cut(text, room - 1) + "…"
    gap = " " * (room - width(text))
    return gap + text if flush else text + gap
