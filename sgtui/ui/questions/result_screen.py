"""What a quick quiz, a review or an exam came to: a page to read, each question and each paragraph one key away."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from sgtui.files import write_new
from sgtui.i18n import N_, _
from sgtui.store.records import Attempt
from sgtui.study.exam import earlier_attempts
from sgtui.study.finding import Found, find_all
from sgtui.study.queue import Item
from sgtui.study.result import Result
from sgtui.study.result_export import Naming, to_json, to_markdown
from sgtui.typeset.model import Span
from sgtui.ui.questions.result_page import Row, result_lines
from sgtui.ui.screens.dialogs import AskText
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.page_lines import PageLines

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp
    from sgtui.ui.desk import Desk


class ResultScreen(Screen[None]):
    """One sentence, a bar for each field, the paragraphs to look at, then every question."""

    app: "SgtuiApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", N_("Wrong ones again"), id="result.again", tooltip=N_("Ask the wrong ones once more, now")),
        Binding("e", "export", N_("Export"), id="result.export", tooltip=N_("Write this result as Markdown or JSON")),
        Binding("q,escape", "close", N_("Close"), id="result.close", tooltip=N_("Back to where you were")),
    ]  # fmt: skip

    @dataclass
    class QuestionsFound(Message):
        """The questions were read from their articles."""

        found: Found

    def __init__(self, result: Result, name: str, earlier: Sequence[Attempt] = ()) -> None:
        super().__init__()
        self.result = result
        self._heading = name
        self._earlier = earlier
        self.found: Found = {}

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield PageLines(self._lines, id="result")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#title", TitleBar).show_ends([Span(f" {self._heading}", "title")], [])
        self.query_one(PageLines).focus()
        self.run_worker(self._find, thread=True, group="find")

    def _find(self) -> None:
        places = [(item.article, item.question) for item in self.result.items]
        self.post_message(self.QuestionsFound(find_all(self.app.desk.library, places)))

    def on_result_screen_questions_found(self, message: QuestionsFound) -> None:
        self.found = message.found
        self.query_one(PageLines).show(self._lines)

    @property
    def _naming(self) -> Naming:
        return Naming(self.app.desk.library, {place: quiz for place, (_article, quiz) in self.found.items()})

    def _lines(self, cells: int) -> Sequence[Row]:
        return result_lines(self.result, self._naming, self._earlier, cells)

    @on(LineList.Chosen, "#result")
    def _chosen(self, event: LineList.Chosen) -> None:
        target = event.target or self.query_one(PageLines).target(event.index)
        kind, _colon, rest = target.partition(":")
        if kind == "question":
            self._show_question(int(rest))
        elif kind == "attempt":
            self._show_attempt(int(rest))
        elif kind == "section":
            key, _hash, slug = rest.rpartition("#")
            if self.app.desk.library.has(key):
                self.app.read(key, slug=slug)
            else:
                self.notify(_("This article is no longer in the library."), severity="warning")

    def _show_question(self, number: int) -> None:
        from sgtui.ui.questions.answer_screen import AnswerScreen

        item = self.result.items[number]
        if (item.article, item.question) in self.found:
            self.app.push_screen(AnswerScreen(self.result.items, self.found, number, self._heading))
        elif self.found:
            self.notify(_("This question is no longer in the library."), severity="warning")

    def _show_attempt(self, uid: int) -> None:
        attempt = next((attempt for attempt in self._earlier if attempt.uid == uid), None)
        if attempt is not None:
            self.app.push_screen(ResultScreen(Result.from_attempt(attempt), self._heading))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.result.wrong) if action == "again" else True

    def action_again(self) -> None:
        items = [Item(item.article, item.question) for item in self.result.wrong]
        self.app.pop_screen()
        self.app.ask(items, _("Wrong ones again"))

    def action_export(self) -> None:
        day = f"{(self.result.finished or self.app.desk.store.now()).astimezone():%Y-%m-%d}"
        value = str(Path.cwd() / f"sgtui-{self.result.kind}-{day}.md")
        detail = _("A name that ends in .json writes JSON, any other Markdown.")
        self.app.push_screen(AskText(_("Write this result to"), value=value, detail=detail), self._export)

    def _export(self, name: str | None) -> None:
        if not name:
            return
        path = Path(name).expanduser()
        make = to_json if path.suffix.lower() == ".json" else to_markdown
        path = _free(path)
        try:
            write_new(path, make(self.result, self._naming).encode())
        except OSError as error:
            reason = error.strerror or str(error)
            self.notify(_("{path} cannot be written: {reason}").format(path=path, reason=reason), severity="error")
        else:
            self.notify(_("Written to {path}.").format(path=path))

    def action_close(self) -> None:
        self.app.pop_screen()


def _free(path: Path) -> Path:
    """``path``, or the like of it that nothing has yet: no file is ever overwritten."""
    numbers = itertools.count(2)
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{next(numbers)}")
    return free


def earlier_than(desk: "Desk", attempt: Attempt) -> Sequence[Attempt]:
    """Earlier attempts at the same exam, newest first."""
    after = (attempt.finished or attempt.at, attempt.uid)
    found = earlier_attempts(desk.store, desk.shelf, attempt.blueprint)
    return [one for one in found if (one.finished or one.at, one.uid) < after]
