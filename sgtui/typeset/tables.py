"""Tables: cells wrap, nothing is cut; columns that would become too narrow are set as records instead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sgtui.typeset.cells import sanitize, width
from sgtui.typeset.inline import Reader, children_of, runs
from sgtui.typeset.linebreak import atoms, set_runs
from sgtui.typeset.marks import marks
from sgtui.typeset.model import Line, Span, TypesetOptions

if TYPE_CHECKING:
    from markdown_it.token import Token

NARROWEST: Final = 8
"""Cells of a column below which a table is set as records (unless its content is narrower)."""
GAP: Final = 2
"""Blank cells between columns."""

_POWERS: Final = (0.0, 0.5, 1.0)
"""Ways to divide what a wide table has: evenly, by content, and between; the one that needs fewest lines is taken."""
_LOOKED_AT: Final = 200
"""Rows that have a say in it."""
_MARKUP: Final = re.compile(r"[*_`\[\]<>&\\$!~:^\n{]")


class Cell(NamedTuple):
    """One cell: its source, and what gives the inline tokens of it."""

    reader: Reader
    source: str

    def runs(self, options: TypesetOptions, base: str = "") -> list[Span]:
        """The styled text, on one line unless its author broke it."""
        return runs(children_of(self.reader, self.source), options, base) or [Span("")]

    def cells(self, options: TypesetOptions) -> int:
        """The width of the cell on a line of its own, in cells."""
        if not _MARKUP.search(self.source):
            return width(sanitize(self.source), options.ambiguous)
        text = "".join(run.text for run in self.runs(options))
        return max((width(line, options.ambiguous) for line in text.split("\n")), default=0)


_EMPTY: Final = Cell((), "")


class TableLayout:
    """All rows of a table and the widths of its columns, found once for each width of the page."""

    __slots__ = ("_cells", "_options", "_widths", "_wraps", "aligns", "head", "rows")

    def __init__(self, head: list[Cell], rows: list[list[Cell]], aligns: list[str], options: TypesetOptions) -> None:
        self.head = head
        self.rows = rows
        self.aligns = aligns
        self._options = options
        self._cells: list[list[int]] = []
        self._widths: dict[tuple[int, TypesetOptions], list[int]] = {}
        self._wraps: dict[tuple[int, TypesetOptions], bool] = {}

    @property
    def cells(self) -> list[list[int]]:
        """The width of each cell of each row (the head first) if nothing had to wrap."""
        if not self._cells:
            self._cells = [[max(1, cell.cells(self._options)) for cell in row] for row in (self.head, *self.rows)]
        return self._cells

    @property
    def natural(self) -> list[int]:
        """The width of each column if nothing had to wrap."""
        return [max(column) for column in zip(*self.cells, strict=True)]

    def widths(self, limit: int, options: TypesetOptions) -> list[int]:
        """The columns' widths on a page ``limit`` cells wide; an empty list where records must do."""
        key = (limit, options)
        if key not in self._widths:
            self._widths = {key: self._divide(limit, options)}
        return self._widths[key]

    def wraps(self, limit: int, options: TypesetOptions) -> bool:
        """Whether some cell below the head takes more than a line, so that rows need a rule between them."""
        widths = self.widths(limit, options)
        key = (limit, options)
        if key not in self._wraps:
            rows = self.cells[1:]
            self._wraps = {key: any(cells > room for row in rows for cells, room in zip(row, widths, strict=True))}
        return self._wraps[key]

    def _divide(self, limit: int, options: TypesetOptions) -> list[int]:
        if options.plain:
            return []
        natural = self.natural
        room = limit - GAP * (len(natural) - 1)
        if sum(natural) <= room or not options.wrap_tables:
            return natural
        least = [min(cells, NARROWEST) for cells in natural]
        if sum(least) > room:
            return []
        whole = [max(low, self._longest_word(column)) for column, low in enumerate(least)]
        if sum(whole) <= room:
            least = whole
        found = [_share(natural, least, room, power) for power in _POWERS]
        return min(found, key=self._height)

    def _longest_word(self, column: int) -> int:
        """The widest piece of a column that no line end may divide."""
        found = 0
        for row in (self.head, *self.rows[:_LOOKED_AT]):
            for atom in atoms(row[column].source):
                found = max(found, width(atom, self._options.ambiguous))
        return found

    def _height(self, widths: list[int]) -> int:
        """About how many lines the table takes with columns of these widths."""
        return sum(
            max(-(-cells // room) for cells, room in zip(row, widths, strict=True)) for row in self.cells[:_LOOKED_AT]
        )


def _share(natural: list[int], least: list[int], room: int, power: float) -> list[int]:
    """Divide ``room`` by ``natural ** power``: a column gets no more than it wants and no less than ``least``."""
    found = list(least)
    open_columns = set(range(len(natural)))
    while open_columns:
        left = room - sum(found[c] for c in range(len(natural)) if c not in open_columns)
        weight = sum(natural[c] ** power for c in open_columns)
        shares = {c: left * natural[c] ** power / weight for c in open_columns}
        settled = {c for c in open_columns if shares[c] < least[c]}
        if not settled:
            settled = {c for c in open_columns if natural[c] <= shares[c]}
            for c in settled:
                found[c] = natural[c]
        if not settled:
            for c in open_columns:
                found[c] = max(least[c], int(shares[c]) // 2 * 2)  # even: full-width characters fill it
            break
        open_columns -= settled
    spare = room - sum(found)
    for c in sorted(range(len(natural)), key=lambda c: found[c] - natural[c]):
        more = min(spare, natural[c] - found[c])
        if more >= 2:
            found[c] += more // 2 * 2
            spare -= more // 2 * 2
    return found


class TableRow:
    """One row of a table, as a block's content.  Its text is that of its cells, with tabs between."""

    __slots__ = ("_index", "_layout", "_options", "_text")

    def __init__(self, layout: TableLayout, index: int, options: TypesetOptions) -> None:
        self._layout = layout
        self._index = index  # -1: the head
        self._options = options
        self._text: str | None = None

    @property
    def _cells(self) -> list[Cell]:
        return self._layout.head if self._index < 0 else self._layout.rows[self._index]

    @property
    def _base(self) -> str:
        return "table.head" if self._index < 0 else ""

    @property
    def text(self) -> str:
        """The plain text."""
        if self._text is None:
            found = (cell.runs(self._options) for cell in self._cells)
            self._text = "\t".join("".join(run.text for run in cell) for cell in found)
        return self._text

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        columns = max(1, len(self._cells))
        each = max(1, limit // columns)
        return max((1 + len(cell.source) * 2 // (each + 1) for cell in self._cells), default=1)

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        widths = self._layout.widths(limit, options)
        found = self._columns(widths, options) if widths else self._record(limit, options)
        total = sum(widths) + GAP * (len(widths) - 1)
        if total > limit:
            found = [line.stretched(total) for line in found]
        end = len(self.text) if found else 0
        return [*found, *self._rules(limit, widths, end, options)]

    def _rules(self, limit: int, widths: list[int], end: int, options: TypesetOptions) -> list[Line]:
        mark = marks(options)
        if not mark.rule:
            return [Line((), 0, end, end)] if 0 <= self._index < len(self._layout.rows) - 1 else []
        last = self._index == len(self._layout.rows) - 1
        total = sum(widths) + GAP * (len(widths) - 1) if widths else limit
        if self._index < 0 or last:
            sign = mark.rule
        elif not widths or self._layout.wraps(limit, options):
            sign = mark.row_rule
        else:
            return []
        cells = width(sign, options.ambiguous)
        return [Line((Span(sign * (total // cells), "table.border"),), total // cells * cells, end, end)]

    def _columns(self, widths: list[int], options: TypesetOptions) -> list[Line]:
        if self._index < 0 and not any(cell.source.strip() for cell in self._cells):
            return []
        base = 0
        columns: list[list[Line]] = []
        bases: list[int] = []
        for cell, cells in zip(self._cells, widths, strict=True):
            found = cell.runs(options, self._base)
            columns.append(set_runs(found, cells, options))
            bases.append(base)
            base += sum(len(run.text) for run in found) + 1
        height = max(len(column) for column in columns)
        return [self._row(columns, bases, widths, at) for at in range(height)]

    def _row(self, columns: list[list[Line]], bases: list[int], widths: list[int], at: int) -> Line:
        spans: list[Span] = []
        pieces: list[tuple[int, int, int]] = []
        used = blank = index = 0
        for number, column in enumerate(columns):
            line = column[at] if at < len(column) else Line((), 0)
            room = max(0, widths[number] - line.width)
            before = {"right": room, "center": room // 2}.get(self._layout.aligns[number], 0)
            blank += before
            if line.spans:
                if blank:
                    spans.append(Span(" " * blank))
                    index += blank
                used += blank
                base = bases[number]
                pieces.append((index, line.start + base, line.end + base))
                spans.extend(line.spans)
                index += len(line.text)
                used += line.width
                blank = 0
            blank += room - before + GAP
        start = pieces[0][1] if pieces else 0
        return Line(tuple(spans), used, start, max((end for _, _, end in pieces), default=start), tuple(pieces))

    def _record(self, limit: int, options: TypesetOptions) -> list[Line]:
        """The row as lines of its own: ``head: cell``, one below the other."""
        if self._index < 0:
            return []
        found: list[Line] = []
        base = 0
        for head, cell in zip(self._layout.head, self._cells, strict=True):
            label = "".join(run.text for run in head.runs(options)).replace("\n", " ").strip()
            label = f"{label}: " if label else ""
            body = cell.runs(options)
            empty = not "".join(run.text for run in body).strip()
            if label or not empty:
                shown = (Span("–", "dim"),) if empty else body
                for line in set_runs((Span(label, "table.head"), *shown), limit, options):
                    nowhere = replace(line, start=base, end=base, pieces=())
                    found.append(nowhere if empty else _shifted(line, len(label), base))
            base += sum(len(run.text) for run in body) + 1
        return found or [Line((), 0)]


def _shifted(line: Line, label: int, base: int) -> Line:
    """A line whose offsets count a label first, with offsets into the row's text."""
    start, end = max(0, line.start - label), max(0, line.end - label)
    skipped = max(0, label - line.start)
    pieces = ((skipped, start + base, end + base),) if end > start else ()
    return Line(line.spans, line.width, start + base, end + base, pieces)


def _align(token: "Token") -> str:
    style = str(token.attrGet("style") or "")
    return style.removeprefix("text-align:").strip()


def table_blocks(tokens: "Sequence[Token]", options: TypesetOptions) -> Iterator[tuple[TableRow, int]]:
    """The rows of a table (its tokens from ``table_open`` to ``table_close``), each with its line from 0 or -1."""
    from sgtui.markup.late import source_of  # noqa: PLC0415 - whoever has tokens has it already

    grid: list[list[Cell]] = []
    lines: list[int] = []
    aligns: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            grid.append([])
            lines.append(token.map[0] if token.map else -1)
        elif token.type == "th_open":
            aligns.append(_align(token))
        elif token.type == "inline" and grid:
            grid[-1].append(Cell(source_of(token), token.content))
    if not grid:
        return
    head, rows = grid[0], grid[1:]
    for row in rows:
        row.extend([_EMPTY] * (len(head) - len(row)))
    layout = TableLayout(head, [row[: len(head)] for row in rows], aligns, options)
    for index in range(-1, len(rows)):
        yield TableRow(layout, index, options), lines[index + 1]
