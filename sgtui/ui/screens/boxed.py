"""The box for words above a list: typed, narrowed with every letter, closed when it is empty."""

from typing import TYPE_CHECKING

from textual import events, on
from textual.screen import Screen
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.ui.browsing.narrowing import Narrowing
from sgtui.ui.widgets.article_list import ArticleList
from sgtui.ui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


class BoxedScreen(Screen[None]):
    """A screen with articles in ``#main`` that a box above them narrows."""

    app: "SgtuiApp"
    narrowing: Narrowing

    @property
    def articles(self) -> ArticleList:
        """The list in the middle."""
        return self.query_one("#articles", ArticleList)

    def narrowed(self) -> None:
        """The filter has changed: show what it lets through."""
        raise NotImplementedError

    def action_filter_words(self) -> None:
        box = self.box
        if box is None:
            box = Input(id="filter", placeholder=_("Words in the title, the tags or the summary"))
            self.query_one("#main").mount(box, before="#articles")
        box.add_class("-open")
        box.focus()

    @property
    def box(self) -> Input | None:
        """The box for words, once it was opened."""
        return next(iter(self.query("#filter").results(Input)), None)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _show_keys_of_the_box(self) -> None:
        """While somebody types, letters are no keys."""
        typing = self.box is not None and self.box.has_focus
        keys = [("Enter", N_("To the list")), ("Esc", N_("Clear"))]
        self.query_one(KeyBar).put_first(keys if typing else [], only=typing)

    @on(Input.Changed, "#filter")
    def _words_changed(self, event: Input.Changed) -> None:
        if event.value != self.narrowing.typed:
            self.narrowing.type(event.value, self.app.desk.library)
            self.narrowed()

    @on(Input.Submitted, "#filter")
    def _words_given(self, event: Input.Submitted) -> None:
        box = event.input
        box.value = self.narrowing.settle()
        box.set_class(bool(box.value), "-open")
        self.articles.focus()

    def close_box(self) -> None:
        box = self.box
        if box is None:
            return
        box.value = ""
        box.remove_class("-open")
        if box.has_focus:
            self.articles.focus()

    def action_to_list(self) -> None:
        self.articles.focus()
