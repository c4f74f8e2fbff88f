"""Reading one article: the page, its outline, its quizzes, the learner's marks."""

import time
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from sgtui.articles.model import Article
from sgtui.i18n import N_, _
from sgtui.store.records import Anchor
from sgtui.typeset.anchors import anchor_at, find_anchor
from sgtui.typeset.document import build
from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.page import Page
from sgtui.typeset.quiz import quiz_lines
from sgtui.quiz.model import Quiz
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.sitting import Sitting
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.outline import Outline, OutlineRow
from sgtui.ui.widgets.page_view import PageView
from sgtui.ui.words import minutes_left, percent

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

OUTLINE_FROM = 96
"""Cells of the screen from which on the outline is open unless the learner closed it."""
COLUMNS = (40, 100)
"""The narrowest and the widest text column, in cells."""
SAVE_SECONDS = 0.3
"""Moves closer together than this are saved as one, after the last."""


class ReaderScreen(Screen[None]):
    """One article as a page."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "bookmark", N_("Bookmark"), id="reader.bookmark", tooltip=N_("Mark this section, or take the mark away")),
        Binding("M", "bookmark_note", N_("Bookmark with note"), show=False, id="reader.bookmark_note", tooltip=N_("Mark this section and write a note to it")),
        Binding("c", "outline", N_("Outline"), id="reader.outline", tooltip=N_("Show, enter or hide the outline")),
        Binding("plus,equals_sign", "width(4)", N_("Wider"), show=False, id="reader.wider", key_display="+", tooltip=N_("A wider text column")),
        Binding("minus", "width(-4)", N_("Narrower"), show=False, id="reader.narrower", tooltip=N_("A narrower text column")),
        Binding("x", "toggle_done", N_("Done"), show=False, id="reader.done", tooltip=N_("Mark the article as done, or not done")),
        Binding("full_stop,greater_than_sign", "neighbour(1)", N_("Next article"), show=False, id="reader.next", tooltip=N_("Open the next article")),
        Binding("comma,less_than_sign", "neighbour(-1)", N_("Previous article"), show=False, id="reader.previous", tooltip=N_("Open the previous article")),
        Binding("B", "app.bookmarks", N_("Bookmarks"), show=False, id="reader.bookmarks", tooltip=N_("Every bookmark, in one list")),
        Binding("q,escape", "leave", N_("Back"), id="reader.leave", tooltip=N_("Back to the library; the place is kept")),
    ]  # fmt: skip
