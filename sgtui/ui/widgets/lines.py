"""Line-API views: a widget that paints spans, and a list of rows built on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sgtui.i18n import N_
from sgtui.typeset.span import Span
from sgtui.ui.look import look, variables
from sgtui.ui.text import width as text_width

UNFOCUSED = 0.4
"""How much of a picture is seen while the focus is elsewhere; as much as of text."""


class LineWidget(ScrollView, can_focus=False, inherit_bindings=False):
    """A view made of lines of :class:`~sgtui.typeset.model.Span`, painted when they are seen.

    What a style name looks like is said in :mod:`sgtui.ui.look`.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._painted: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        self._painted.clear()
        super().notify_style_update()

    def set_rows(self, rows: int) -> None:
        """Say how many lines there are now.

        Textual lays the whole screen out anew for another virtual size, which matters only where the scrollbar comes
        or goes: a list changes with every letter typed, a page's estimates with every page turned.
        """
        size = Size(0, rows)
        if min(rows, self.virtual_size.height) > self.size.height and self.show_vertical_scrollbar:
            self.set_reactive(LineWidget.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = rows
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
        else:
            self.virtual_size = size

    def paint(self, names: str) -> Style:
        """The terminal style of a space-separated list of style names, over the widget's own.

        Translucent colours are mixed with what is beneath them, in the order of the names.
        """
        style = self._painted.get(names)
        if style is None and "rgb.#" in names:  # far too many to keep them all
            return pixels(names, self.background_colors[1])
        if style is None:
            style = self._painted[names] = self._mixed(names)
        return style

    def _mixed(self, names: str) -> Style:
        _base, ground = self.background_colors
        ink = self.styles.color if self.styles.has_rule("color") else self.colors[3]
        chosen = look(names, variables(self.app))
        if chosen.background is not None:
            ground = chosen.background if chosen.background.ansi is not None else ground + chosen.background
        if chosen.foreground is not None:
            ink = chosen.foreground
        ink = ink if ink.ansi is not None else ground + ink
        return Style(color=ink.rich_color, bgcolor=ground.rich_color) + chosen.without_color.rich_style

    def strip(self, spans: Iterable[Span], width: int, *, base: str = "", left: int = 0) -> Strip:
        """One line: ``left`` blank cells, the spans, and blanks up to ``width`` cells, all over ``base``."""
        blank = self.paint(base)
        segments = [Segment(" " * left, blank)] if left else []
        segments += [
            Segment(s.text, self.paint(f"{base} {s.style}") if base or s.style else blank) for s in spans if s.text
        ]
        return Strip(segments).adjust_cell_length(width, blank)


@lru_cache(maxsize=4096)
def pixels(names: str, ground: Color) -> Style:
    """The style of a cell of a picture, ``rgb.#UPPER.#LOWER``; over ``ground`` where the focus is elsewhere."""
    listed = names.split()
    name = next(name for name in listed if name.startswith("rgb.#"))
    upper, lower = map(Color.parse, name.split(".")[1:])
    if "unfocused" in listed:
        upper, lower = ground.blend(upper, UNFOCUSED), ground.blend(lower, UNFOCUSED)
    return Style(color=upper.rich_color, bgcolor=lower.rich_color)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a click fell: the row of the list, and the target of the span under it."""

    index: int
    target: str


class LineList(LineWidget, can_focus=True):
    """Rows drawn on demand, with a cursor, by keys and by mouse.

    A subclass says how many rows there are (:attr:`count`) and what stands in each (:meth:`row`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", N_("Down"), show=False, id="list.down", tooltip=N_("Next line")),
        Binding("up,k", "cursor(-1)", N_("Up"), show=False, id="list.up", tooltip=N_("Previous line")),
        Binding(
            "pagedown,ctrl+f,ctrl+d",
            "page(1)",
            N_("Page down"),
            show=False,
            id="list.page_down",
            tooltip=N_("Next page"),
        ),
        Binding(
            "pageup,ctrl+b,ctrl+u",
            "page(-1)",
            N_("Page up"),
            show=False,
            id="list.page_up",
            tooltip=N_("Previous page"),
        ),
        Binding("home,g", "edge(0)", N_("Top"), show=False, id="list.top", tooltip=N_("First line")),
        Binding("end,G", "edge(1)", N_("Bottom"), show=False, id="list.bottom", tooltip=N_("Last line")),
        Binding("enter,l", "choose", N_("Open"), id="list.open", tooltip=N_("Open what the cursor is on")),
    ]

    LINES = 1
    """Lines of the terminal that a row takes."""
    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        list: "LineList"
        index: int

        @property
        def control(self) -> "LineList":
            return self.list

    @dataclass
    class Chosen(Message):
        """A row was opened, by Enter or a click; ``target`` is that of the span clicked."""

        list: "LineList"
        index: int
        target: str = ""

        @property
        def control(self) -> "LineList":
            return self.list

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> Sequence[Span]:
        """The spans of row ``index``, for a view ``width`` cells wide."""
        raise NotImplementedError

    def rows_changed(self, *, cursor: int | None = None) -> None:
        """Draw anew after the rows changed; the cursor stays where it can."""
        wanted = self.cursor if cursor is None else cursor
        self.set_rows(self.count * self.LINES)
        self.cursor = max(0, min(wanted, self.count - 1))
        self._keep_cursor_in_view()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        width = self.size.width
        if not 0 <= index < self.count:
            return Strip.blank(width, self.rich_style)
        base = "" if index != self.cursor else ("cursor" if self.has_focus else "cursor.blurred")
        return self.strip(self.row(index, width), width, base=base)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        self.refresh_line(old)
        self.refresh_line(new)
        self._keep_cursor_in_view()
        if self.count:
            self.post_message(self.Moved(self, new))

    def _keep_cursor_in_view(self) -> None:
        height = self.size.height
        if not height:
            return
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def on_resize(self) -> None:
        self._keep_cursor_in_view()

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        self.refresh_line(self.cursor)

    def action_cursor(self, step: int) -> None:
        self.cursor += step

    def action_page(self, step: int) -> None:
        self.cursor += step * max(1, self.size.height - 1)

    def action_edge(self, last: int) -> None:
        self.cursor = self.count - 1 if last else 0

    def action_choose(self) -> None:
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def hit(self, event: events.MouseEvent) -> Hit | None:
        """What lies under a mouse event."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        index = offset.y + self.scroll_offset.y
        if not 0 <= index < self.count:
            return None
        return Hit(index, target_at(self.row(index, self.size.width), offset.x + self.scroll_offset.x))

    def on_click(self, event: events.Click) -> None:
        hit = self.hit(event)
        if hit is None:
            return
        event.stop()
        self.focus()
        self.cursor = hit.index
        self.post_message(self.Chosen(self, hit.index, hit.target))


def target_at(spans: Iterable[Span], x: int) -> str:
    """The target of the span that covers cell ``x`` of a line, or an empty string."""
    position = 0
    for span in spans:
        position += text_width(span.text)
        if x < position:
            return span.target
    return ""
