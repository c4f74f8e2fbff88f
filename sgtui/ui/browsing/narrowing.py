"""What a list is narrowed to and how it is ordered, with the steps a learner takes there and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sgtui.library.conditions import FACETS, toggled, values_of, with_values
from sgtui.library.query import Filter
from sgtui.ui.browsing.listing import ALL_SORTS

if TYPE_CHECKING:
    from sgtui.library.model import Library

WORDS: Final = "words"


class Narrowing:
    """A filter that remembers in which order the values of its conditions were put on."""

    def __init__(self) -> None:
        self.chosen = Filter()
        self.by = "order"
        self._newest: list[tuple[str, str]] = []
        self._typed = ""
        self._before_typing = self.chosen

    def put(self, facet: str, value: str) -> None:
        """Set a condition to one value, or take it off with an empty one."""
        if facet == WORDS:
            self.set(replace(self.chosen, words=value))
        else:
            self.set(with_values(self.chosen, facet, *([value] if value else [])))

    def switch(self, facet: str, value: str) -> None:
        """Put a value on beside the others of its condition, or take it off where it is on."""
        self.set(toggled(self.chosen, facet, value))

    def step(self, facet: str, values: Sequence[str], step: int) -> None:
        """On to the next (1) or previous (-1) of ``values``; the empty one is no condition, also after several."""
        now = values_of(self.chosen, facet)
        if len(now) > 1:
            self.put(facet, "")
        else:
            place = values.index(now[0]) if now and now[0] in values else 0
            self.put(facet, values[(place + step) % len(values)])

    def set(self, chosen: Filter) -> None:
        """Take over a whole filter."""
        before, self.chosen = self.chosen, chosen
        self._before_typing = replace(chosen, words="")
        self._typed = chosen.words
        holding = [(facet, value) for facet in FACETS for value in values_of(chosen, facet)]
        if chosen.words:
            holding.append((WORDS, ""))
        kept = [one for one in self._newest if one in holding and (one[0] != WORDS or chosen.words == before.words)]
        self._newest = [*kept, *(one for one in holding if one not in kept)]

    def type(self, text: str, library: Library) -> None:
        """What stands in the box for words: words to look for, and conditions as people type them (``tag:key``)."""
        from sgtui.library.filter_text import from_text, merged

        before = self._before_typing
        typed = from_text(text)
        if typed.category:
            typed = with_values(typed, "category", *(library.category_id(name) for name in typed.category))
        self.set(merged(before, typed))
        self._before_typing, self._typed = before, text

    def settle(self) -> str:
        """Typing is over: conditions in the text become chips; gives the words that stay in the box."""
        self.set(self.chosen)
        return self.chosen.words

    @property
    def typed(self) -> str:
        """The text as it stands in the box."""
        return self._typed

    def take_back(self) -> str:
        """Take off the value that was put on last; gives its condition's name, or nothing where there is none."""
        if not self._newest:
            return ""
        facet, value = self._newest[-1]
        if facet == WORDS:
            self.put(WORDS, "")
        else:
            self.switch(facet, value)
        return facet

    def clear(self) -> None:
        """Take everything off."""
        self.set(Filter())

    def next_sort(self) -> None:
        """On to the next order."""
        self.by = ALL_SORTS[(ALL_SORTS.index(self.by) + 1) % len(ALL_SORTS)]
