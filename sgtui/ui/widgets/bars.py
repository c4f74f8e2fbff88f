"""One-line bars: the title at the top, the keys at the bottom, and chips."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from sgtui.i18n import _
from sgtui.typeset.span import Span
from sgtui.ui.text import shorten, spread
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.lines import LineWidget, target_at


class LineBar(LineWidget):
    """One line of spans; a click on a span runs the action its target names."""

    DEFAULT_CSS = "LineBar { overflow: hidden hidden; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._spans: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        return self._spans

    def show(self, spans: Sequence[Span]) -> None:
        """Show these spans from now on."""
        if tuple(spans) != self._spans:
            self._spans = tuple(spans)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        spans = self._spans if y == 0 else ()
        return self.strip(spans, self.size.width)

    async def on_click(self, event: events.Click) -> None:
        action = target_at(self._spans, event.x)
        if action:
            event.stop()
            await self.screen.run_action(action)


class TitleBar(LineBar):
    """What this is, at the left; how things stand, at the right."""

    @dataclass
    class Painted(Message):
        """The bar is on the terminal for the first time: what can wait for the first paint need wait no longer."""

        bar: "TitleBar"

        @property
        def control(self) -> "TitleBar":
            return self.bar

    _painted_once = False

    def render_line(self, y: int) -> Strip:
        if not self._painted_once:
            self._painted_once = True
            self.post_message(self.Painted(self))
        return super().render_line(y)

    def show_ends(self, left: Sequence[Span], right: Sequence[Span]) -> None:
        """``left`` and ``right`` pushed apart to the widget's width; the left end is cut first."""
        self._ends = (tuple(left), tuple(right))
        self.show(spread(left, right, self.size.width or self.app.size.width))

    def on_resize(self) -> None:
        if hasattr(self, "_ends"):
            self.show_ends(*self._ends)


Entry = tuple[str, str, str]
PINNED = (".leave", ".pause", ".back", ".close", ".quit", "app.help")
"""Ends of the ids of bindings that every key bar shows: the way out, and what explains the rest."""


def _cells(entry: Entry) -> int:
    return text_width(entry[0]) + text_width(entry[1]) + 3


class KeyBar(LineWidget):
    """What the keys do here: the bindings in force that want to be shown, as many as fit.

    A screen may put keys in front that depend on more than bindings (the answer keys of a quiz).
    """

    DEFAULT_CSS = "KeyBar { overflow: hidden hidden; }"
    NAMES: ClassVar[dict[str, str]] = {
        "enter": "Enter", "space": "Space", "escape": "Esc", "tab": "Tab", "question_mark": "?", "slash": "/",
        "right_square_bracket": "]", "left_square_bracket": "[", "plus": "+", "minus": "-", "up": "↑", "down": "↓",
        "left": "←", "right": "→", "backspace": "BS", "full_stop": ".", "comma": ",", "colon": ":",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._first: tuple[tuple[str, str], ...] = ()
        self._only = False

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def put_first(self, keys: Sequence[tuple[str, str]], *, only: bool = False) -> None:
        """Show these (key, description) pairs before the bindings, or instead of them.

        A click on one types its key, where it is a single key.
        """
        if tuple(keys) != self._first or only != self._only:
            self._first, self._only = tuple(keys), only
            self.refresh()

    def render_line(self, y: int) -> Strip:
        return self.strip(self._spans(), self.size.width) if y == 0 else Strip.blank(self.size.width, self.rich_style)

    def _spans(self) -> list[Span]:
        """As many keys as fit; the way out and the help, which stand at the end, always do."""
        entries, pinned = self._entries()
        room = self.size.width - 1 - sum(map(_cells, pinned))
        shown = []
        for index, entry in enumerate(entries):
            key, description, action = entry
            if index < len(self._first) and _cells(entry) > room > text_width(key) + 10:
                entry = (key, shorten(description, room - text_width(key) - 3), action)  # noqa: PLW2901
            room -= _cells(entry)
            if room < 0:
                break
            shown.append(entry)
        spans = [Span(" ")]
        for key, description, action in [*shown, *pinned]:
            spans += [Span(key, "key", action), Span(" " + description, "", action), Span("  ")]
        return spans

    def _entries(self) -> tuple[list[Entry], list[Entry]]:
        """What may be left out where room is short, and what may not: (key, description, action)."""
        entries = [(key, _(description), f"key:{key}") for key, description in self._first]
        taken = {key for key, _description in self._first}
        pinned: list[Entry] = []
        if self._only:
            return entries, pinned
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in seen:
                continue
            seen.add(binding.action)
            entry = (key_name(binding), _(binding.description), binding.action)
            if entry[0] in taken:
                continue
            (pinned if (binding.id or "").endswith(PINNED) else entries).append(entry)
        return entries, sorted(pinned, key=lambda entry: entry[2] == "app.help")

    async def on_click(self, event: events.Click) -> None:
        action = target_at(self._spans(), event.x)
        if not action:
            return
        event.stop()
        if action.startswith("key:"):
            name = action[4:].split(" ")[0]
            key = next((k for k, shown in self.NAMES.items() if shown == name), name)
            if len(name) == 1 or key != name:
                self.app.simulate_key(key)
            return
        for active in self.screen.active_bindings.values():
            if active.binding.action == action:
                await self.app.run_action(action, default_namespace=active.node)
                return

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1


def key_name(binding: Binding) -> str:
    """How a key is written for a reader: ``]``, ``Enter``, ``Ctrl+F``."""
    if binding.key_display:
        return binding.key_display
    key = binding.key.split(",")[0]
    name = KeyBar.NAMES.get(key, key)
    return "Ctrl+" + name[5:].upper() if name.startswith("ctrl+") else name
