"""What a list is narrowed to and how it is ordered, with the steps a learner takes there and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sgtui.library.query import Filter
from sgtui.ui.browsing.listing import ALL_SORTS

if TYPE_CHECKING:
    from sgtui.library.model import Library

WORDS: Final = "words"


class Narrowing:
    """A filter that remembers in which order its conditions were put on."""

    def __init__(self) -> None:
        self.chosen = Filter()
        self.by = "order"
        self._newest: list[str] = []
        self._typed = ""
        self._before_typing = self.chosen

    def put(self, facet: str, value: str) -> None:
        """Set a condition, or take it off with an empty value."""
        from sgtui.ui.browsing.facets import with_value

        self.set(with_value(self.chosen, facet, value))

    def switch(self, facet: str, value: str) -> None:
        """Put a value on, or take it off where it is on."""
        from sgtui.ui.browsing.facets import toggled

        self.set(toggled(self.chosen, facet, value))

    def step(self, facet: str, values: Sequence[str], step: int) -> None:
        """On to the next (1) or previous (-1) of ``values``; the empty one is no condition."""
        from sgtui.ui.browsing.facets import value_of

        now = value_of(self.chosen, facet)
        place = values.index(now) if now in values else 0
        self.put(facet, values[(place + step) % len(values)])

    def set(self, chosen: Filter) -> None:
        """Take over a whole filter."""
        before, self.chosen = self.chosen, chosen
        self._before_typing = replace(chosen, words="")
        self._typed = chosen.words
        for name in Filter.__slots__:
            value = getattr(chosen, name)
            if value == getattr(before, name):
                continue
            if name in self._newest:
                self._newest.remove(name)
            if value not in ("", None):
                self._newest.append(name)

    def type(self, text: str, library: Library) -> None:
        """What stands in the box for words: words to look for, and conditions as people type them (``tag:key``)."""
        from sgtui.ui.browsing.filter_text import from_text, merged

        before = self._before_typing
        typed = from_text(text)
        if typed.category:
            typed = replace(typed, category=library.category_id(typed.category))
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
        """Take off the condition that was put on last; gives its name, or nothing where there is none."""
        if not self._newest:
            return ""
        name = self._newest[-1]
        self.put(name, "")
        return name

    def clear(self) -> None:
        """Take everything off."""
        self.set(Filter())

    def next_sort(self) -> None:
        """On to the next order."""
        self.by = ALL_SORTS[(ALL_SORTS.index(self.by) + 1) % len(ALL_SORTS)]
