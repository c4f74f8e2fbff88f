"""Pictures made of characters: a year of days, columns, lines.

They are drawn here and not by a plotting library: block characters in lines of text scroll, wrap and take the theme's
colours as everything else does, and cost nothing to load.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from sgtui.typeset.model import Span

Row = Sequence[Span]
SHADES: Final = "·░▒▓█"
"""How much was done on a day: nothing, a little … much.  The shape alone says it, without colour."""
LEVELS: Final = (1, 10, 25, 50)
"""From which amounts (answers and minutes together) on a day gets the next shade."""
EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
LABEL: Final = 4
WEEKS: Final = 53


def shade(amount: float) -> str:
    """The shade for an amount of a day."""
    return SHADES[sum(amount >= level for level in LEVELS)]


def heat_map(amounts: Mapping[date, float], today: date, weekdays: Sequence[str], cells: int) -> list[Row]:
    """Weeks as columns, days as rows, Monday first: as many weeks up to today as fit, at most a year.

    ``weekdays`` are seven names; those of Monday, Wednesday and Friday are shown.
    """
    weeks = max(1, min(WEEKS, cells - LABEL))
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    rows: list[Row] = [[Span(" " * LABEL + _months(first, weeks), "faint")]]
    for weekday in range(7):
        name = weekdays[weekday] if weekday in (0, 2, 4) else ""
        spans = [Span(_label(name), "faint")]
        for week in range(weeks):
            day = first + timedelta(weeks=week, days=weekday)
            mark = shade(amounts.get(day, 0)) if day <= today else " "
            spans.append(Span(mark, "bar.rest" if mark == SHADES[0] else "good"))
        rows.append(spans)
    return rows


def _label(name: str) -> str:
    from sgtui.ui.text import padded

    return padded(name, LABEL - 1) + " "


def _months(first: date, weeks: int) -> str:
    """The numbers of the months above the week in which each begins."""
    line = [" "] * weeks
    for week in range(weeks):
        day = first + timedelta(weeks=week)
        name = str(day.month)
        before = day - timedelta(weeks=1)
        if before.month != day.month and week + len(name) <= weeks and (week == 0 or line[week - 1] == " "):
            line[week : week + len(name)] = name
    return "".join(line)


def columns(values: Sequence[float], cells: int, *, height: int = 4, style: str = "bar") -> list[Row]:
    """Values side by side as columns ``height`` lines high, with a scale at the left and a base line."""
    if not values:
        return []
    top = _round_up(max(values))
    gutter = _gutter(top)
    each = _each(len(values), cells - gutter)
    shown = values[: max(1, (cells - gutter) // each)]
    rows: list[Row] = []
    for line in range(height - 1, -1, -1):
        text = "".join(_block(value / top * height * 8 - line * 8, each) for value in shown)
        rows.append([_tick(f"{top:g}" if line == height - 1 else "", gutter), Span(text, style)])
    return [*rows, [_tick("0", gutter, "┴"), Span("─" * (each * len(shown)), "rule")]]


def axis(values: Sequence[float], cells: int, names: Mapping[int, str]) -> Row:
    """Names below the columns of ``values`` they belong to (by index), where they do not run into each other."""
    gutter = _gutter(_round_up(max(values, default=0)))
    each = _each(len(values), cells - gutter)
    return [Span(_placed({gutter + index * each: name for index, name in names.items()}, cells), "faint")]


def line(
    points: Sequence[float | None], cells: int, *, low: float, goal: float, names: Mapping[int, str], height: int = 6
) -> list[Row]:
    """Shares (0–1) over time as a line from ``low`` to 1, a dotted line at ``goal``, and names below (by index).

    A cell of braille has two by four dots; where there is no share the line is broken.
    """
    gutter = len("100% ┤")
    width = max(2, min(cells - gutter, PLOT))
    grid = [[0] * width for _ in range(height)]
    dots = width * 2

    def dot(x: int, share: float) -> None:
        y = round((1 - min(1.0, max(low, share))) / (1 - low) * (height * 4 - 1))
        grid[y // 4][x // 2] |= _BRAILLE[y % 4][x % 2]

    before: float | None = None
    for x in range(dots):
        share = _between(points, x / (dots - 1) * (len(points) - 1)) if len(points) > 1 else points[0]
        if share is not None:
            for step in _steps(share if before is None else before, share, (1 - low) / (height * 4)):
                dot(x, step)
        before = share
    goal_line = round((1 - goal) / (1 - low) * (height * 4 - 1)) // 4
    rows: list[Row] = []
    labels = {0: "100%", height - 1: f"{round(100 * low)}%"} | {goal_line: f"{round(100 * goal)}%"}
    for number, cells_of in enumerate(grid):
        rest = "┈" if number == goal_line else " "
        spans = [Span(f"{labels.get(number, ''):>4} " + ("┤" if number in labels else "│"), "faint")]
        for is_line, run in groupby(cells_of, key=bool):
            text = "".join(chr(0x2800 + mask) if mask else rest for mask in run)
            spans.append(Span(text, "bar" if is_line else "rule"))
        rows.append(spans)
    place = (width - 1) / max(1, len(points) - 1)
    placed = {gutter + round(index * place): name for index, name in names.items()}
    return [*rows, [Span(_placed(placed, cells), "faint")]]


PLOT: Final = 64
"""Cells that a line is wide, at most."""
_BRAILLE: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def _between(points: Sequence[float | None], at: float) -> float | None:
    left = int(at)
    one, other = points[left], points[min(left + 1, len(points) - 1)]
    if one is None or other is None:
        return one if at == left else None
    return one + (other - one) * (at - left)


def _steps(start: float, end: float, most: float) -> Sequence[float]:
    """From ``start`` to ``end`` without a gap greater than ``most``."""
    count = max(1, round(abs(end - start) / most))
    return [start + (end - start) * number / count for number in range(1, count + 1)]


def _round_up(most: float) -> float:
    """The top of a scale: a number that is easily read, not below ``most`` but for what nobody would see."""
    scale = 1.0
    while True:
        for step in (1, 2, 3, 4, 5, 6, 8):
            if step * scale >= 0.99 * most:
                return step * scale
        scale *= 10


def _gutter(top: float) -> int:
    return len(f"{top:g}") + 2


def _tick(text: str, gutter: int, sign: str = "") -> Span:
    return Span(f"{text:>{gutter - 2}} {sign or ('┤' if text else '│')}", "faint")


def _each(count: int, cells: int) -> int:
    return max(1, min(3, cells // max(1, count)))


def _block(eighths: float, each: int) -> str:
    """One cell of a column; a value above nothing is never drawn as nothing."""
    level = max(0, min(8, round(eighths)))
    if 0 < eighths < 1:
        level = 1
    body = EIGHTHS[level]
    return body if each == 1 else body * (each - 1) + " "


def _placed(names: Mapping[int, str], cells: int) -> str:
    """Names at the cells they belong to, where they do not run into each other."""
    text = ""
    for at in sorted(names):
        if at >= _cells(text) + (1 if text else 0) and at + _cells(names[at]) <= cells:
            text += " " * (at - _cells(text)) + names[at]
    return text


def _cells(text: str) -> int:
    from sgtui.ui.text import width

    return width(text)
