"""Everything known of one article, on a page of its own: for small screens, and for going to one of its sections."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sgtui.articles.model import ArticleInfo
from sgtui.i18n import N_
from sgtui.typeset.model import Span
from sgtui.ui.browsing.about import about_lines
from sgtui.ui.widgets.bars import KeyBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.sheet import LinkedLines

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


class ArticleInfoScreen(ModalScreen[str | None]):
    """What is known of an article; dismissed with where to go:

    ``article:KEY``, ``section:SLUG`` or ``tag:TAG``."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i", "dismiss", N_("Close"), id="about.close", tooltip=N_("Back to the list")),
    ]

    def __init__(self, info: ArticleInfo) -> None:
        super().__init__()
        self._info = info

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield LinkedLines(self._lines, id="lines")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(LinkedLines).focus()

    def _lines(self, cells: int) -> list[list[Span]]:
        return about_lines(self.app.desk, self._info, cells)

    @on(LineList.Chosen, "#lines")
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.target:
            self.dismiss(event.target)
