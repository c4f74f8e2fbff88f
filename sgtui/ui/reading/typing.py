"""Keys on the page that are no bindings: numbers of links, the selection, the question that is asked."""

from collections.abc import Sequence

from textual import events

from sgtui.i18n import N_
from sgtui.typeset.model import Place
from sgtui.ui.reading.moving import ReaderMoves
from sgtui.ui.reading.open_article import CASE, OpenArticle

NEVER_ANSWERS = frozenset("EU")
"""Capitals that stay the reader's while a question is open, though they would fold to an answer."""


class ReaderTyping(ReaderMoves):
    """The part of the reader's screen that takes keys before its bindings do."""

    @property
    def _now(self) -> OpenArticle:
        assert self.it is not None
        return self.it

    def outline_changed(self) -> None:
        """What the outline shows has changed."""
        raise NotImplementedError

    # Keys of what is going on

    def wants_character(self, character: str) -> bool:
        """Whether a kana is an answer here, not a key of the reader."""
        it = self.it
        if it is None or not character or not self.view.has_focus or it.hints.on or it.selecting.on:
            return False
        return it.asking.wants(character)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.cancel_search_box():
            event.stop()
            return
        if self.it is None or not self.view.has_focus:
            return
        key = event.character if event.is_printable and event.character else event.key
        if self._take_key(self.it, key):
            event.stop()
            event.prevent_default()

    def _take_key(self, it: OpenArticle, key: str) -> bool:
        """Give a key to what is going on on the page; false if it is one of the reader's bindings."""
        if it.hints.on:
            stop = it.hints.press(key)
            it.overlay.labels = it.hints.labels
            self.view.refresh()
            if stop is not None:
                self.enter_stop(stop)
            self.show_keys()
            return True
        if it.selecting.on:
            return self._take_selecting(it, key)
        answering = it.asking.answering
        editing = answering is not None and answering.editing
        if not editing and (key in NEVER_ANSWERS or key in ("tab", "shift+tab")):
            return False
        if key == "enter" and it.stops.current is not None and not it.asking.inside:
            self.enter_stop(it.stops.current)
            return True
        if key == "enter" and it.asking.answered:
            self._go_on()
            return True
        if key == CASE[0] and not editing and it.case_in_view():
            self._open_case(it)
            return True
        if it.asking.press(key):
            self.quiz_changed()
            return True
        return False

    def on_paste(self, event: events.Paste) -> None:
        if self.it is not None and self._now.asking.paste(event.text):
            event.stop()
            self.quiz_changed()

    def _take_selecting(self, it: OpenArticle, key: str) -> bool:
        selecting = it.selecting
        extent = selecting.extent
        if selecting.press(key):
            self._keep_caret_in_view(it)
        elif key in ("1", "2", "3", "4") and extent and selecting.dropped:
            selecting.clear()
            self.marking.highlight(extent, int(key))
        elif key in ("n", "enter") and extent and selecting.dropped:
            selecting.clear()
            self.marking.highlight_with_note(extent)
        elif key == "y" and extent:
            text = selecting.text()
            selecting.clear()
            self.copy(text)
        elif key == "K":
            self.action_term()
        elif key in ("escape", "q"):
            selecting.clear()
        elif key in ("question_mark", "?", "f1") or key.startswith("ctrl+"):
            return False
        self.view.refresh()
        self.show_keys()
        return True

    def _keep_caret_in_view(self, it: OpenArticle) -> None:
        assert it.selecting.caret is not None
        self.view.bring(it.page.row_of(it.selecting.caret))

    # Quizzes

    def quiz_changed(self) -> None:
        """The current quiz looks different now: draw it anew without moving what is above it."""
        block = self._now.page.block_of_quiz(self._now.asking.current)
        place = self.view.place()
        if block is not None:
            self._now.page.invalidate(block)
            self.view.redraw(place)
            if self._now.asking.answered:
                self.outline_changed()
                self.view.reveal(block)
                self._now.asking.stay(self.view.top)
        self.follow_eye()

    def _open_case(self, it: OpenArticle) -> None:
        """The questions of the current one's case, beside their scenario."""
        from sgtui.ui.questions.case_screen import CaseScreen  # late: most articles have none

        questions = it.case_in_view()

        def back(question: str | None) -> None:
            for name in questions:
                block = it.page.block_of_quiz(name)
                if block is not None:
                    it.page.invalidate(block)
            self.view.redraw()
            if question:
                it.asking.turn_to(question)
                self.quiz_changed()

        self.app.push_screen(CaseScreen(it.sitting, questions, questions.index(it.asking.current)), back)

    def _go_on(self) -> None:
        """Enter after an answer: on to the text that follows the quiz."""
        block = self._now.page.block_of_quiz(self._now.asking.current)
        self._now.asking.leave()
        if block is not None and block + 1 < len(self._now.blocks):
            self.view.go(Place(block + 1, 0), margin=2)
        else:
            self.view.action_edge(1)
        self.follow_eye()

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the quiz on the screen, for the help."""
        return [("1–9 a i u e ア–コ", N_("Answer the quiz on the screen")), *self._now.asking.keys()]
