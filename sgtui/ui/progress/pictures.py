"""Pictures made of characters: a year of days, columns, bars.

They are drawn here and not by a plotting library: block characters in lines of text scroll, wrap and take the theme's
colours as everything else does, and cost nothing to load.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
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
    """Values side by side as columns ``height`` lines high, the greatest as high as there is room; then a base line."""
    if not values:
        return []
    each = max(1, min(3, cells // len(values)))
    shown = values[: cells // each]
    most = max(shown) or 1
    rows: list[Row] = []
    for line in range(height - 1, -1, -1):
        text = "".join(_block(value / most * height * 8 - line * 8, each) for value in shown)
        rows.append([Span(text, style)])
    return [*rows, [Span("─" * (each * len(shown)), "rule")]]


def _block(eighths: float, each: int) -> str:
    """One cell of a column; a value above nothing is never drawn as nothing."""
    level = max(0, min(8, round(eighths)))
    if 0 < eighths < 1:
        level = 1
    body = EIGHTHS[level]
    return body if each == 1 else body * (each - 1) + " "


def axis(count: int, cells: int, names: Mapping[int, str]) -> Row:
    """Names below the columns they belong to (by index), where they do not run into each other."""
    each = max(1, min(3, cells // max(1, count)))
    line = ""
    for index in sorted(names):
        at = index * each
        if at >= _cells(line) + (1 if line else 0) and at + _cells(names[index]) <= cells:
            line += " " * (at - _cells(line)) + names[index]
    return [Span(line, "faint")]


def _cells(text: str) -> int:
    from sgtui.ui.text import width

    return width(text)
