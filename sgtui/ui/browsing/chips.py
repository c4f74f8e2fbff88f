"""What a list is narrowed to, as chips in as many words as there is room for: they never overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from sgtui.i18n import _, ngettext
from sgtui.library.conditions import FACETS, values_of
from sgtui.library.query import STATUSES, Filter
from sgtui.typeset.span import Span
from sgtui.ui.text import shorten, width
from sgtui.ui.words import DIFFICULTY, DIFFICULTY_SHORT, SORT, STATUS, STATUS_MARK

if TYPE_CHECKING:
    from sgtui.library.model import Library

QUICK: Final = ("difficulty", "status")
"""Conditions whose every value has a chip; the others have one only while they are on."""
_LONGEST: Final = 24
_GAP: Final = Span("・", "faint")


class Shown(NamedTuple):
    """What the chips tell: the filter, the order, and how many articles of how many are shown."""

    chosen: Filter
    by: str
    number: int
    total: int


def chip_lines(library: Library, shown: Shown, cells: int, *, category: bool) -> list[list[Span]]:
    """Lines of at most ``cells``: the quick chips with order and count, then chips for every other condition.

    ``category`` adds a chip for the category, where there is no list of them.
    """
    first = _first_line(library, shown, cells, category=category)
    return [first, *_wrapped(_others(library, shown.chosen), cells)]


def _first_line(library: Library, shown: Shown, cells: int, *, category: bool) -> list[Span]:
    """The first of the ways to say it, from the most to the fewest words, that fits."""
    rights = _rights(shown)
    order = (
        (2, 2) if shown.by == "order" else (3, 1)
    )  # an order that somebody chose is named before chips are spelt out
    ways = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1), order, (2, 2), (3, 1), (3, 2), (4, 2), (4, 3)]
    for left_words, right_words in ways:
        left = _left(library, shown.chosen, left_words, category=category)
        right = rights[right_words]
        blanks = cells - _cells(left) - _cells(right) - 1
        if blanks >= (2 if right else 0):
            return [*left, Span(" " * blanks), *right]
    return [Span(shorten(_category(library, shown.chosen), max(0, cells - 1)), "chip")] if category else []


def _rights(shown: Shown) -> list[list[Span]]:
    by = _(SORT[shown.by])
    count = Span(f"{shown.number}/{shown.total}", "faint")
    return [
        [Span(_("Sort: {by}").format(by=by), "chip", "screen.next_sort"), Span("  "), count],
        [Span(by, "chip", "screen.next_sort"), Span("  "), count],
        [count],
        [],
    ]


def _left(library: Library, chosen: Filter, words: int, *, category: bool) -> list[Span]:
    """The quick chips: in full (0), short (1), as marks (2), only those that are on (3), or none (4)."""
    spans: list[Span] = []
    if category:
        name = shorten(_category(library, chosen), 12)
        spans.append(_chip(name, bool(chosen.category), "screen.next('category')"))
    else:
        spans.append(_chip(_("All"), not chosen, "screen.clear_all"))
    if words >= 4:
        return spans
    difficulty = DIFFICULTY if words == 0 else DIFFICULTY_SHORT
    groups = [
        [_value("difficulty", value, _(name), chosen) for value, name in difficulty.items()],
        [_value("status", value, STATUS_MARK[value] if words == 2 else _(STATUS[value]), chosen) for value in STATUSES],
    ]
    if words == 3:
        return [*spans, *(chip for group in groups for chip in group if chip.style == "chip.on")]
    return [*spans, _GAP, *groups[0], _GAP, *groups[1]]


def _category(library: Library, chosen: Filter) -> str:
    """The category's name; of several the number, since each has a chip of its own."""
    if not chosen.category:
        return _("All")
    if len(chosen.category) > 1:
        return ngettext("{n} category", "{n} categories", len(chosen.category)).format(n=len(chosen.category))
    return library.category_name(chosen.category[0])


def _value(field: str, value: str, name: str, chosen: Filter) -> Span:
    return _chip(name, value in getattr(chosen, field), f"screen.switch('{field}', '{value}')")


def _chip(text: str, on: bool, action: str) -> Span:
    """A chip has its room whether it is on or not: nothing moves under the mouse."""
    return Span(f"[{text}]" if on else f" {text} ", "chip.on" if on else "chip", action)


def _others(library: Library, chosen: Filter) -> list[Span]:
    from sgtui.ui.browsing.facets import FACET, value_name

    chips = []
    for facet in FACETS:
        values = values_of(chosen, facet)
        if facet in QUICK or (facet == "category" and len(values) < 2):
            continue
        for value in values:
            name = shorten(value_name(library, facet, value), _LONGEST)
            chips.append(Span(f"[{_(FACET[facet])}: {name} ×]", "chip.on", f"screen.take_off({facet!r}, {value!r})"))
    if chosen.words:
        chips.append(Span(f"[“{shorten(chosen.words, _LONGEST)}” ×]", "chip.on", "screen.take_off('words')"))
    if chips:
        chips.append(Span("F " + _("show all"), "chip", "screen.clear_all"))
    return chips


def _wrapped(chips: Iterable[Span], cells: int) -> list[list[Span]]:
    """Chips set into lines with a blank between them."""
    lines: list[list[Span]] = []
    room = 0
    for chip in chips:
        text = shorten(chip.text, max(1, cells - 2))
        if not lines or width(text) >= room:
            lines.append([])
            room = cells
        lines[-1] += [Span(" "), chip._replace(text=text)]
        room -= width(text) + 1
    return lines


def _cells(spans: Sequence[Span]) -> int:
    return sum(width(span.text) for span in spans)
