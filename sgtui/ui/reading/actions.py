"""What the keys of the reader do that is not moving about: marks, copying, comfort, the editor."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.notifications import SeverityLevel
from textual.screen import Screen

from sgtui.i18n import _
from sgtui.typeset.model import Place, TypesetOptions
from sgtui.ui.reading.marking import Marking
from sgtui.ui.reading.open_article import OpenArticle
from sgtui.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp

COLUMNS = (40, 100)
"""The narrowest and the widest text column that can be asked for, in cells."""


class ReaderActions(Screen[None]):
    """The part of the reader's screen that its keys reach for besides moving about."""

    app: "SgtuiApp"
    it: OpenArticle | None
    marking: Marking

    # What the rest of the screen has

    @property
    def view(self) -> PageView:
        """The page on the screen."""
        raise NotImplementedError

    def eye(self) -> Place:
        """The place being read: a third down the screen."""
        raise NotImplementedError

    def follow_eye(self) -> None:
        """Show where the eye is now: keys, outline, focus."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the article's file again and stay at the place."""
        raise NotImplementedError

    # What is said

    _said = ""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something over the page; said again and again (Tab at the end) it stands there once."""
        if message == self._said:
            self.app.clear_notifications()
        self._said = message
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    # Marks

    def action_bookmark(self) -> None:
        if self.it:
            self.marking.toggle_bookmark()

    def action_bookmark_note(self) -> None:
        if self.it:
            self.marking.note_bookmark()

    def action_undo_mark(self) -> None:
        if self.it:
            self.marking.undo()

    def action_select(self) -> None:
        """Put a caret on the page: on the current match or link, else where the eye is."""
        if self.it is None:
            return
        match, stop = self.it.search.current, self.it.stops.current
        place = Place(match.block, match.start) if match else Place(stop.block, stop.start) if stop else self.eye()
        row = self.it.page.row_of(place)
        if not self.view.top <= row < self.view.bottom:
            place = self.eye()
        if self.it.selecting.begin(place):
            self.it.point_at(None)
            self.view.refresh()
        self.follow_eye()

    def action_copy_code(self) -> None:
        """Copy the code block on the screen; the next one when the key is pressed again."""
        it = self.it
        if it is None:
            return
        shown = range(it.page.place_at(self.view.top).block, it.page.place_at(self.view.bottom - 1).block + 1)
        codes = [i for i in shown if it.blocks[i].kind in ("code", "diagram") and it.blocks[i].text.strip()]
        if not codes:
            self.notify(_("There is no code on the screen."))
            return
        at = next((i for i in codes if i > self._copied), codes[0])
        self._copied = at
        self.copy(it.blocks[at].text)

    _copied = -1

    def copy(self, text: str) -> None:
        """Put text on the clipboard, of the terminal too (OSC 52), and say how it begins."""
        self.app.copy_to_clipboard(text)
        lines = text.strip().splitlines() or [""]
        start = lines[0] if len(lines) == 1 and len(lines[0]) <= 40 else lines[0][:40] + "…"
        self.notify(_("Copied: {text}").format(text=start), markup=False)

    def action_term(self) -> None:
        """What a word means: the selection, the word at the caret, or else the terms on the screen."""
        it = self.it
        if it is None:
            return
        caret = it.selecting.caret
        if it.selecting.dropped:
            self.app.show_term(it.selecting.text())
        elif caret is not None:
            self.app.show_term(it.blocks[caret.block].text, caret.offset)
        else:
            first, last = it.page.place_at(self.view.top).block, it.page.place_at(self.view.bottom - 1).block
            self.app.show_term("\n".join(it.blocks[block].text for block in range(first, last + 1)))

    def action_toggle_done(self) -> None:
        if self.it:
            done = self.app.desk.toggle_done(self.it.sheet.article.info)
            self.notify(_("Marked as done.") if done else _("Marked as not done."))

    # Comfort

    def options(self) -> TypesetOptions:
        """How pages are set; tables follow the choice for code: wrapped, or run on to be slid."""
        chosen = self.app.desk.typeset_options()
        return replace(chosen, wrap_tables=chosen.wrap_code)

    def action_width(self, step: int) -> None:
        view = self.view
        view.column = max(COLUMNS[0], min(COLUMNS[1], view.column + step))
        view.refit()
        self.app.desk.change_settings(page_width=view.column)

    def action_focus_mode(self) -> None:
        on = not self.app.desk.settings.focus
        self.app.desk.change_settings(focus=on)
        self.follow_eye()
        self.view.refresh()

    def action_wrap(self) -> None:
        if self.it is None:
            return
        wrap = not self.app.desk.settings.wrap_code
        self.app.desk.change_settings(wrap_code=wrap)
        place = self.view.place()
        self.it.page.resize(self.view.text_width, self.options())
        self.view.side = 0
        self.view.redraw(place)
        self.view.refit()
        self.notify(_("Long lines wrap.") if wrap else _("Long lines run on; ← and → slide them."))

    def action_slide(self, step: int) -> None:
        if not self.view.slide(step) and self.app.desk.settings.wrap_code and self.view.widest <= self.view.text_width:
            return

    # The file

    def action_edit(self) -> None:
        """Open the file in the learner's editor at the line being read."""
        if self.it is None:
            return
        from sgtui.ui.reading.editor import edit

        block = self.eye().block
        line = self.it.blocks[block].line if self.it.blocks else 1
        wrong = edit(self.app, self.app.desk.library.root / self.it.sheet.article.info.path, line)
        if wrong:
            self.notify(wrong, severity="warning", markup=False)
        self.reload()
