"""One box for the whole library: titles as one types, then sections and text; Enter opens at the match."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import get_current_worker

from sgtui.i18n import N_, _, ngettext
from sgtui.library.nearest import Instead, nearest
from sgtui.library.search import Hit
from sgtui.typeset.model import Span
from sgtui.ui.browsing.empty import nothing_found
from sgtui.ui.browsing.found import Found, look_closer
from sgtui.ui.library_app import settle_memory
from sgtui.ui.text import shorten
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.tall_list import TallList

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

LIMIT = 200
"""Articles that are listed; who looks for one further down types another word."""


TOGETHER = 0.1
"""Seconds in which texts around matches are gathered before they are shown."""
GIVE_WAY = 0.002
"""Seconds between two such texts in which the screen may paint without sharing the processor."""


class HitList(TallList):
    """What was found: article and section on the first line, the text around the match on the second."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._hits: Sequence[Hit] = ()
        self._closer: dict[tuple[str, int | None], Found] = {}
        self._items: dict[int, Sequence[Sequence[Span]]] = {}
        self._items_width = 0

    @property
    def count(self) -> int:
        return len(self._hits)

    @property
    def hits(self) -> Sequence[Hit]:
        return self._hits

    def show(self, hits: Sequence[Hit]) -> None:
        """Show these hits, the best one chosen."""
        self._hits = hits
        self._closer = {}
        self._items = {}
        self.rows_changed(cursor=0)

    def put(self, read: Sequence[tuple[int, Hit, Found]]) -> None:
        """The text around some hits was read."""
        for index, hit, found in read:
            if index < len(self._hits) and self._hits[index] is hit:
                self._closer[hit.info.key, hit.section] = found
                self._items.pop(index, None)
                self.refresh_line(index)

    def found(self, index: int) -> Found | None:
        """What is known of hit ``index`` beyond its section."""
        hit = self._hits[index]
        return self._closer.get((hit.info.key, hit.section))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.count and round(old_value) != round(new_value):
            self.post_message(self.Moved(self, self.cursor))

    def item(self, index: int, width: int) -> Sequence[Sequence[Span]]:
        if width != self._items_width:
            self._items, self._items_width = {}, width
        known = self._items.get(index)
        if known is None:  # asked for once a line
            known = self._items[index] = self._made(index, width)
        return known

    def _made(self, index: int, width: int) -> Sequence[Sequence[Span]]:
        hit, found = self._hits[index], self.found(index)
        place = hit.place
        section = place.title if place and place.title and place.title != hit.info.title else ""
        title = shorten(hit.info.title, width - 2 if not section else max(8, (width - 5) * 3 // 5))
        again = index > 0 and self._hits[index - 1].info is hit.info
        first = [Span(" "), Span(title, "dim" if again else "title")]
        if section:
            first += [Span(" › ", "faint"), Span(shorten(section, max(1, width - text_width(title) - 5)), "accent")]
        second = [Span("   "), *marked(found, width - 4)] if found else [Span("   …", "faint")]
        return [first, second]


def marked(found: Found, cells: int) -> list[Span]:
    """The text around a match, its words marked, cut to ``cells``."""
    text, spans, at = found.snippet.text, [], 0
    for start, end in found.snippet.marks:
        spans += [Span(text[at:start], "dim"), Span(text[start:end], "found strong")]
        at = end
    spans.append(Span(text[at:], "dim"))
    fitted: list[Span] = []
    for span in spans:
        short = shorten(span.text, cells)
        cells -= text_width(short)
        fitted.append(span._replace(text=short))
        if cells <= 0:
            break
    return fitted


class SearchScreen(Screen[None]):
    """Search the library that lies on the desk."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", N_("Down"), show=False, id="search.down", tooltip=N_("Next place")),
        Binding("up", "move(-1)", N_("Up"), show=False, id="search.up", tooltip=N_("Previous place")),
        Binding("pagedown", "page(1)", N_("Page down"), show=False, id="search.page_down", tooltip=N_("Next page of places")),
        Binding("pageup", "page(-1)", N_("Page up"), show=False, id="search.page_up", tooltip=N_("Previous page of places")),
        Binding("enter", "open", N_("Open there"), id="search.open", tooltip=N_("Open the article at this place")),
        Binding("escape", "leave", N_("Back"), id="search.leave", tooltip=N_("Back to where you were")),
        Binding("slash", "box", N_("Type"), show=False, id="search.box", tooltip=N_("Back to the box")),
        Binding("q", "leave", N_("Back"), show=False, id="search.leave_list", tooltip=N_("Back to where you were")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._asked = 0
        self._answers: deque[tuple[int, str, list[Hit], bool]] = deque(maxlen=1)

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Input(
            self.app.last_search, id="search", placeholder=_("Words, “phrases”, -without, tag:, category:, in:title")
        )
        yield HitList(id="hits")
        yield Prose(id="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#search", Input).focus()
        self.query_one(KeyBar).put_first([("Enter", N_("Open there")), ("↑ ↓", N_("Another place"))])
        self.app.library_changed.subscribe(self, lambda _library: self._begin())
        self._show(self.app.last_search, [], done=False)
        self._begin()

    def _begin(self) -> None:
        """Bring the library's text into memory, away from the screen; titles are found before that is done."""
        self.run_worker(self._load, thread=True, group="load", exclusive=True)
        self._ask()

    def _load(self) -> None:
        search = self.app.desk.search
        if not search.loaded:
            search.load()
            settle_memory()
            self.call_later(self._ask)

    # Asking

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self.app.last_search:
            self.app.last_search = event.value
            self._ask()

    def _ask(self) -> None:
        """Search for what stands in the box; what was asked before is given up."""
        self._asked += 1
        text = self.query_one("#search", Input).value
        if not text.strip():
            self._show(text, [], done=True)
            return
        self.run_worker(partial(self._find, text, self._asked), thread=True, group="find")

    def _find(self, text: str, asked: int) -> None:
        search = self.app.desk.search
        whole = search.loaded
        hits: list[Hit] = []
        for hits in search.stages(text, limit=LIMIT, wanted=lambda: asked == self._asked):
            self._tell(asked, text, hits, done=False)
        self._tell(asked, text, hits, done=whole)
        if whole and not hits and asked == self._asked and self.is_running:
            self.call_later(self._offer, asked, text, nearest(search, text))

    def _offer(self, asked: int, text: str, instead: "list[Instead]") -> None:
        """Nothing was found: say what would find something."""
        if asked == self._asked:
            self.query_one("#empty", Prose).show(nothing_found(text, instead))

    def _tell(self, asked: int, text: str, hits: list[Hit], *, done: bool) -> None:
        """Have an answer shown; one that is not on the screen yet gives way to it."""
        if asked == self._asked and self.is_running:
            self._answers.append((asked, text, hits, done))
            self.call_later(self._show_answer)

    def _show_answer(self) -> None:
        if not self._answers:  # it gave way to another one
            return
        asked, text, hits, done = self._answers.pop()
        if asked == self._asked:
            self._show(text, hits, done=done)

    # Showing

    def _show(self, text: str, hits: list[Hit], *, done: bool) -> None:
        shown = self.query_one(HitList)
        if hits != shown.hits or not hits:
            shown.show(hits)
        shown.display = bool(hits)
        empty = self.query_one("#empty", Prose)
        empty.display = not hits
        if not hits:
            empty.show(self._why_empty(text, done))
        count = ""
        if hits:
            articles = len({hit.info.key for hit in hits})
            count = ngettext("{n} article", "{n} articles", articles).format(
                n=f"{articles}+" if articles >= LIMIT else articles
            )
        if text.strip() and not done:
            count += " …"
        title = self.app.desk.library.title
        self.query_one(TitleBar).show_ends(
            [Span(f" {_('Search')} ", "title"), Span(f" {title}", "faint")], [Span(count, "faint")]
        )
        self.call_after_refresh(self._look_closer)

    def _why_empty(self, text: str, done: bool) -> str:
        if not text.strip():
            return _(
                "Type any words, in any spelling: サーバ finds サーバー, ransamu finds ランサム.\n"
                "“a phrase” is found as it is, -word leaves articles out, and tag: category: difficulty: in:title narrow."
            )
        if not done:
            return _("Looking…")
        return nothing_found(text, [])

    @on(LineList.Moved, "#hits")
    def _look_closer(self) -> None:
        """Read the text around the hits in view, away from the screen."""
        shown = self.query_one(HitList)
        wanted = [(i, shown.hits[i]) for i in shown.in_view if shown.found(i) is None]
        if wanted:
            self.run_worker(partial(self._read, self._asked, wanted), thread=True, group="closer", exclusive=True)

    def _read(self, asked: int, wanted: list[tuple[int, Hit]]) -> None:
        """Read the text around ``wanted`` hits; what was read is shown at intervals, since painting takes longer."""
        library, shown, worker = self.app.desk.library, self.query_one(HitList), get_current_worker()
        read: list[tuple[int, Hit, Found]] = []
        last = monotonic()
        for index, hit in wanted:
            if asked != self._asked or worker.is_cancelled:
                return
            read.append((index, hit, look_closer(library, hit)))
            sleep(GIVE_WAY)
            if monotonic() - last > TOGETHER:
                self.call_later(shown.put, read)
                read, last = [], monotonic()
        self.call_later(shown.put, read)

    # Going on

    def action_move(self, step: int) -> None:
        self.query_one(HitList).cursor += step

    def action_page(self, step: int) -> None:
        self.query_one(HitList).action_page(step)

    @on(Input.Submitted, "#search")
    def action_open(self) -> None:
        """Open the article at the chosen place."""
        shown = self.query_one(HitList)
        if not shown.count:
            return
        hit, found = shown.hits[shown.cursor], shown.found(shown.cursor)
        place = hit.place
        self.app.read(hit.info.key, anchor=found.anchor if found else None, slug=place.slug if place else "")

    @on(LineList.Chosen, "#hits")
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_box(self) -> None:
        box = self.query_one("#search", Input)
        box.focus()
        box.action_select_all()

    def action_leave(self) -> None:
        self.app.pop_screen()
