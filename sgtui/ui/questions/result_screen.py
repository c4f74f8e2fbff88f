"""What a quick quiz, a review or an exam came to: a page to read, each wrong question opening its paragraph."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from sgtui.i18n import N_, _, ngettext
from sgtui.study.queue import Item
from sgtui.study.result import ItemResult, Result
from sgtui.typeset.model import Span
from sgtui.ui.text import padded, shorten
from sgtui.ui.widgets.article_list import progress_bar
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.rows import RowList
from sgtui.ui.words import percent

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

BAR = 20


class ResultScreen(Screen[None]):
    """One sentence, a bar for each area, then every question, the wrong ones first."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a", "again", N_("Wrong ones again"), id="result.again", tooltip=N_("Ask the wrong ones once more, now")
        ),
        Binding("q,escape", "close", N_("Close"), id="result.close", tooltip=N_("Back to where you were")),
    ]

    def __init__(self, result: Result, name: str) -> None:
        super().__init__()
        self.result = result
        self._heading = name
        self._items: list[ItemResult] = [*result.wrong, *(i for i in result.items if i.correct is True)]

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Prose(self._sentence(), id="sentence")
        yield RowList(self._areas(), id="areas")
        yield RowList([self._row(item) for item in self._items], id="questions")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#title", TitleBar).show_ends([Span(f" {self._heading}", "title")], [])
        self.query_one("#questions", RowList).focus()

    def _sentence(self) -> str:
        result = self.result
        minutes = max(1, round(result.seconds / 60))
        told = ngettext(
            "{right} of {n} question right ({percent}), in about {minutes} min.",
            "{right} of {n} questions right ({percent}), in about {minutes} min.",
            result.total,
        ).format(right=result.right, n=result.total, percent=percent(result.share), minutes=minutes)
        if not result.wrong:
            return told
        return told + "\n" + _("Enter opens the paragraph that teaches a question; a asks the wrong ones again.")

    def _areas(self) -> list[Sequence[Span]]:
        rows: list[Sequence[Span]] = []
        for area, (right, asked) in self.result.areas.items():
            name = self.app.desk.library.category_name(area) or _("Other")
            share = right / asked
            figures = Span(f"  {right}/{asked}  {percent(share)}", "faint")
            rows.append([Span(" " + padded(name, 24)), *progress_bar(share, BAR), figures])
        return rows

    def _row(self, item: ItemResult) -> Sequence[Span]:
        mark = Span(" ✓ ", "good") if item.correct else Span(" ✗ ", "bad")
        found = self.app.desk.find_quiz(item.article, item.question)
        prompt = found[1].prompt.text if found else item.question
        title = found[0].info.title if found else item.article
        return [mark, Span(padded(shorten(prompt, 56), 58)), Span(title, "faint")]

    @on(LineList.Chosen, "#questions")
    def _chosen(self, event: LineList.Chosen) -> None:
        item = self._items[event.index]
        if self.app.desk.library.has(item.article):
            self.app.read(item.article, slug=item.section)
        else:
            self.notify(_("This article is no longer in the library."), severity="warning")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.result.wrong) if action == "again" else True

    def action_again(self) -> None:
        items = [Item(item.article, item.question) for item in self.result.wrong]
        self.app.pop_screen()
        self.app.ask(items, self._heading)

    def action_close(self) -> None:
        self.app.pop_screen()
