"""The list of articles and the list of categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from sgtui.articles.info import ArticleInfo
from sgtui.i18n import N_, _
from sgtui.typeset.span import Span
from sgtui.ui.browsing.categories import CategoryRow
from sgtui.ui.text import padded
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.words import STATUS_MARK, difficulty_short, minutes, percent

if TYPE_CHECKING:
    from sgtui.study.progress import Progress

BAR_CELLS = 8
_FOLD = "fold"
"""The target of the mark that shows or hides what is below a category."""


class ArticleList(LineList):
    """Articles as rows: state, title, difficulty, minutes, quizzes and progress, as far as they fit."""

    def __init__(self, progress: Callable[[ArticleInfo], Progress], *, id: str) -> None:
        super().__init__(id=id)
        self._infos: Sequence[ArticleInfo] = ()
        self._progress = progress

    @property
    def count(self) -> int:
        return len(self._infos)

    @property
    def current(self) -> ArticleInfo | None:
        return self._infos[self.cursor] if self._infos else None

    def show(self, infos: Sequence[ArticleInfo], key: str | None = None) -> None:
        """Show these articles, with the cursor on ``key`` where it is among them."""
        if key is None and self.current is not None:
            key = self.current.key
        self._infos = infos
        self.rows_changed(cursor=next((i for i, info in enumerate(infos) if info.key == key), 0) if key else 0)

    def info(self, index: int) -> ArticleInfo:
        return self._infos[index]

    def on_click(self, event: events.Click) -> None:
        """A click chooses a row; a click on the chosen one opens it."""
        event.prevent_default()
        hit = self.hit(event)
        if hit is None:
            return
        event.stop()
        again = self.has_focus and hit.index == self.cursor
        self.focus()
        self.cursor = hit.index
        if again:
            self.post_message(self.Chosen(self, hit.index, hit.target))

    def row(self, index: int, width: int) -> Sequence[Span]:
        info = self._infos[index]
        progress = self._progress(info)
        mark = Span(f" {STATUS_MARK[progress.status]} ", progress.status)
        columns: list[Span] = []
        if width >= 40:
            columns.append(Span(padded(difficulty_short(info.difficulty), 5, right=True), "faint"))
        if width >= 50:
            columns.append(Span(padded(minutes(info.minutes), 7, right=True), "faint"))
        if width >= 56:
            columns.append(self._quizzes(info, progress))
        if width >= 72:
            columns += [Span("  "), *progress_bar(progress.fraction, BAR_CELLS)]
        columns.append(Span(" "))
        room = width - text_width(mark.text) - sum(text_width(s.text) for s in columns)
        style = "dim" if progress.status == "done" else ""
        return [mark, Span(padded(info.title, max(1, room)), style), *columns]

    @staticmethod
    def _quizzes(info: ArticleInfo, progress: Progress) -> Span:
        total = len(info.quizzes)
        text = _("Q {right}/{total}").format(right=progress.right, total=total) if total else ""
        return Span(padded(text, 9, right=True), "faint")


class CategoryList(LineList):
    """All, then each category with its share done; → shows the folders in it, ← hides them.

    Where several categories are chosen, each has a mark.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open(True)", N_("Show folders"), show=False, id="categories.open", tooltip=N_("Show the folders in this category")),
        Binding("left", "open(False)", N_("Hide folders"), show=False, id="categories.close", tooltip=N_("Hide the folders in this category, or go to the one above")),
    ]  # fmt: skip

    @dataclass
    class Opened(Message):
        """The folders in a category are to be shown, or hidden."""

        place: str
        shown: bool

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._rows: Sequence[CategoryRow] = ()
        self._together: Sequence[str] = ()

    @property
    def count(self) -> int:
        return len(self._rows)

    def show(self, rows: Sequence[CategoryRow], chosen: Sequence[str]) -> None:
        """Show these categories, the first being all of them with an empty id; the cursor goes to what is ``chosen``.

        It stays where it is if that is one of several.
        """
        here = self._rows[self.cursor].id if self._rows else ""
        self._rows = rows
        self._together = chosen if len(chosen) > 1 else ()
        wanted = [here] if here in self._together else (chosen or [""])
        with self.prevent(self.Moved):  # nobody has chosen another category
            self.rows_changed(cursor=next((i for i, row in enumerate(rows) if row.id in wanted), 0))

    def category(self, index: int) -> str:
        return self._rows[index].id

    def action_open(self, shown: bool) -> None:
        """Show or hide what is below the row; from one that hides nothing, ← goes up."""
        row = self._rows[self.cursor]
        if row.opened is not None and row.opened is not shown:
            self.post_message(self.Opened(row.id, shown))
        elif not shown and row.depth:
            self.cursor = next(i for i in range(self.cursor, -1, -1) if self._rows[i].depth < row.depth)

    def on_click(self, event: events.Click) -> None:
        """A click on the mark of a category shows or hides what is below it."""
        hit = self.hit(event)
        if hit is not None and hit.target == _FOLD:
            event.prevent_default()
            event.stop()
            row = self._rows[hit.index]
            self.post_message(self.Opened(row.id, not row.opened))

    def row(self, index: int, width: int) -> Sequence[Span]:
        row = self._rows[index]
        tail = f"{row.articles:>3} {percent(row.share):>4} " if width >= 17 else f"{row.articles:>3} "
        fold = Span(" ") if row.opened is None else Span("▾" if row.opened else "▸", "faint", _FOLD)
        mark = Span("●", "chip.on") if row.id in self._together else fold
        indent = " " * min(4, row.depth)
        name = padded(row.name, max(1, width - 1 - len(indent) - len(tail)))
        return [Span(indent), mark, Span(name), Span(tail, "faint")]


def progress_bar(share: float, cells: int) -> list[Span]:
    """A bar of ``cells`` cells for a share from 0 to 1; never full before all is done."""
    filled = cells if share >= 1 else min(cells - 1, round(share * cells))
    if share > 0:
        filled = max(1, filled)
    return [Span("━" * filled, "bar"), Span("╌" * (cells - filled), "bar.rest")]
