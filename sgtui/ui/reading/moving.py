"""How the learner moves about in a reader: links, search, outline, back and forward, from article to article."""

import time

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from sgtui.i18n import _
from sgtui.markup.slug import match_anchor
from sgtui.store.records import Anchor
from sgtui.typeset.find import Match
from sgtui.typeset.model import Place
from sgtui.typeset.quiz_targets import read_target
from sgtui.ui.following import follow
from sgtui.ui.reading.actions import ReaderActions
from sgtui.ui.reading.outlining import OutlinePane
from sgtui.ui.reading.stops import Stop
from sgtui.ui.reading.trail import Spot
from sgtui.ui.widgets.line_input import close_line, open_line, opened_line
from sgtui.ui.widgets.page_view import PageView

OUTLINE_FROM = 96
"""Cells of the screen from which on the outline is open unless the learner closed it."""
WARM_FROM = 60_000
"""Characters from which on the text is made ready for searching in a thread."""

FIND = "find"
"""The line for the words that are searched for on the page."""


class ReaderMoves(ReaderActions):
    """The part of the reader's screen that moves about."""

    hovered = ""
    _search_from = Place(0, 0)

    # What the rest of the screen has

    def compose(self) -> ComposeResult:
        raise NotImplementedError

    @property
    def outline(self) -> OutlinePane:
        """The pane at the side."""
        raise NotImplementedError

    def open(self, key: str, *, anchor: Anchor | None = None, slug: str = "", words: str = "") -> None:
        """Put an article on the page."""
        raise NotImplementedError

    def leave(self) -> None:
        """Save everything."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """Say what the keys do now."""
        raise NotImplementedError

    def quiz_changed(self) -> None:
        """The current quiz looks different now."""
        raise NotImplementedError

    # Jumps, and back

    def _spot(self) -> Spot | None:
        if self.it is None or not self.it.blocks:
            return None
        place = self.view.place()
        return Spot(self.it.key, self.it.anchor_of(place), place)

    def jump(self, place: Place, *, margin: int = 0) -> None:
        """Go to another place of the article; going back leads here."""
        spot = self._spot()
        if spot is None or self.it is None:
            return
        self.app.trail.leave(spot)
        self._land(place, margin=margin)

    def _land(self, place: Place, *, margin: int = 0) -> None:
        assert self.it is not None
        if self.it.page.hidden(place.block):
            self.it.page.reveal(place.block)
        self.view.go(place, margin=margin)
        self.it.pace.jump(time.monotonic(), self.characters_seen())
        self.view.focus()

    def characters_seen(self) -> float:
        """How many characters of the article have been above the lower edge of the screen."""
        raise NotImplementedError

    def jump_to(self, slug: str) -> None:
        """Go to a section (to the beginning without one)."""
        if self.it is not None:
            self.jump(self.it.sheet.place_of(slug))

    def jump_to_article(self, key: str, fragment: str = "") -> None:
        """Go to another article, at a heading if the link names one."""
        info = self.app.desk.library.get(key)
        if info is None:
            self.notify(_("This article is no longer in the library."), severity="warning")
            return
        slug = match_anchor(fragment, [s.slug for s in self.app.desk.sections(info)]) if fragment else ""
        if fragment and slug is None:
            text = _("“{title}” has no heading “{name}”.").format(title=info.title, name=fragment)
            self.notify(text, severity="warning", markup=False)
        spot = self._spot()
        if spot is not None:
            self.app.trail.leave(spot)
        if self.it is not None and key == self.it.key:
            self._land(self.it.sheet.place_of(slug or ""))
        else:
            self.open(key, slug=slug or "")

    def action_trail(self, step: int) -> None:
        """Back to where the last jump began, or forward again."""
        here = self._spot()
        if here is None or self.it is None:
            return
        trail = self.app.trail
        spot = trail.back(here) if step < 0 else trail.forward(here)
        if spot is None:
            self.notify(_("There is nothing to go back to.") if step < 0 else _("There is nothing ahead."))
        elif spot.article == self.it.key:
            same = self.it.anchor_of(spot.place) == spot.anchor
            self._land(spot.place if same else self.it.place_of(spot.anchor))
        else:
            self.open(spot.article, anchor=spot.anchor)

    def action_where(self) -> None:
        """To the section that teaches what the answered quiz asks."""
        slug = self.it.taught_in() if self.it else None
        if slug is not None:
            self.jump_to(slug)
            self.notify(_("H leads back to the question."))

    def action_neighbour(self, step: int) -> None:
        if self.it is None:
            return
        info = self.app.desk.neighbour(self.it.key, step)
        if info is None:
            self.notify(_("This is the last article.") if step > 0 else _("This is the first article."))
        else:
            self.jump_to_article(info.key)

    def action_step_back(self) -> None:
        """One step back: from the outline, the chosen link, the search, and then out."""
        it = self.it
        if self.outline.entered:
            self.leave_outline()
        elif it is not None and it.stops.current is not None:
            it.point_at(None)
            self.view.refresh()
            self.show_keys()
        elif it is not None and it.search.on:
            self._end_search()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        if self.outline.entered:
            self.leave_outline()
            return
        self.leave()
        if self.app.desk.only_article and len(self.app.screen_stack) <= 2:
            self.app.exit(0)
        else:
            self.app.pop_screen()

    # Links and what else Tab stops at

    def action_stop(self, step: int) -> None:
        """To the next or previous link; the page moves only where it is out of view."""
        it, view = self.it, self.view
        if it is None:
            return
        found = it.stops.step(step, view.top, view.bottom)
        if isinstance(found, Stop):
            it.point_at(found)
            view.bring(it.stops.row(found), margin=2)
            if (quiz := read_target(f"{found.target}:x")) and quiz[0] in it.sitting.quizzes:
                it.asking.turn_to(quiz[0])
                view.reveal(found.block)
        elif found >= 0:
            view.go(Place(it.page.place_at(found).block, 0))
        else:
            it.point_at(None)
            text = _("No more links below.") if step > 0 else _("No more links above.")
            self.notify(text)
        view.refresh()
        self.show_keys()

    def enter_stop(self, stop: Stop) -> None:
        """Open what Tab stopped at."""
        it = self.it
        if it is None:
            return
        if stop.target.startswith("quiz:"):
            it.point_at(None)
            quiz = it.blocks[stop.block].quiz
            if quiz is not None:
                it.asking.turn_to(quiz.id)
                self.view.reveal(stop.block)
                if it.asking.press("enter"):
                    self.quiz_changed()
            self.view.refresh()
            self.show_keys()
            return
        follow(self, stop.target, stop.block)  # type: ignore[arg-type]  # it is the screen

    def action_hints(self) -> None:
        """Number what can be opened on the screen."""
        it, view = self.it, self.view
        if it is None:
            return
        seen: set[tuple[int, str]] = set()
        stops = []
        for stop in it.stops.visible(view.top, view.bottom):
            if stop.block < len(it.blocks) and (stop.block, stop.target) not in seen and not _mark(stop):
                seen.add((stop.block, stop.target))
                stops.append(stop)
        if not stops:
            self.notify(_("There is no link on the screen."))
            return
        it.hints.show(stops)
        it.overlay.labels = it.hints.labels
        view.refresh()
        self.show_keys()

    def toggle_fold(self, block: int) -> None:
        """Open or close a folded part, without moving what is above it."""
        if self.it is not None:
            place = self.view.place()
            self.it.page.toggle(block)
            self.view.redraw(place)

    @on(PageView.Clicked)
    def _clicked(self, event: PageView.Clicked) -> None:
        it = self.it
        if it is None:
            return
        quiz = read_target(event.target)
        if quiz is None:
            follow(self, event.target, event.block)  # type: ignore[arg-type]  # it is the screen
        elif quiz[1] == "where":
            it.asking.turn_to(quiz[0])
            self.action_where()
        elif it.asking.click(*quiz):
            self.quiz_changed()

    @on(PageView.Hovered)
    def _hovers(self, event: PageView.Hovered) -> None:
        self.hovered = "" if event.target.startswith("quiz:") else event.target
        if self.it is not None:
            self.show_keys()

    @on(PageView.Dragged)
    def _dragged(self, event: PageView.Dragged) -> None:
        it = self.it
        if it is None:
            return
        if event.word:
            it.selecting.select_word(event.start)
        else:
            it.selecting.draw(event.start, event.end)
        it.point_at(None)
        self.view.refresh()
        self.show_keys()

    # The outline

    @on(OutlinePane.Chosen)
    def _section_chosen(self, event: OutlinePane.Chosen) -> None:
        self.leave_outline()
        self.jump_to(event.slug)

    @on(OutlinePane.Left)
    def leave_outline(self) -> None:
        """Give the keys back to the page; where there is little room the outline goes."""
        self.outline.close(hide=self.app.size.width < OUTLINE_FROM)
        self.view.focus()

    def action_outline(self) -> None:
        """Open and enter the outline; from inside it, close it."""
        outline = self.outline
        if outline.entered:
            outline.close(hide=True)
            self.view.focus()
        elif outline.count:
            outline.enter()
        else:
            self.notify(_("This article has no headings."))
        self.app.desk.change_settings(outline=outline.open)

    # Searching

    async def action_search(self) -> None:
        """Ask for words; what is typed is searched for at once."""
        if self.it is None:
            return
        self._search_from = self.view.place()
        spot = self._spot()
        if spot is not None:
            self.app.trail.leave(spot)
        if self.it.sheet.article.info.characters > WARM_FROM:
            self.run_worker(self.it.search.warm, thread=True, group="warm")
        await open_line(self, FIND, _("Search this article"))

    @on(Input.Changed, "#find")
    def _words_typed(self, event: Input.Changed) -> None:
        if self.it is not None and opened_line(self, FIND):
            self.find(event.value)

    @on(Input.Submitted, "#find")
    def _words_done(self) -> None:
        self._close_box()
        if self.it is not None and not self.it.search.matches:
            words = self.it.search.words
            self._end_search()
            if words:
                self.notify(_("“{words}” is not in this article.").format(words=words), markup=False)

    def find(self, words: str) -> None:
        """Search for ``words`` and show the first match from where the search began."""
        if self.it is None:
            return
        self._show_match(self.it.search.look_for(words, self._search_from))

    def _show_match(self, match: Match | None) -> None:
        it = self.it
        if it is not None and match is not None:
            if it.page.hidden(match.block):
                it.page.reveal(match.block)
            self.view.bring(it.page.row_of(Place(match.block, match.start)), margin=self.view.size.height // 3)
        self.view.refresh()
        self.show_keys()

    def action_match(self, step: int) -> None:
        if self.it is not None and self.it.search.on:
            self._show_match(self.it.search.step(step))

    def action_next_or_note(self) -> None:
        """The next match while something is searched for; else a note beside the place being read."""
        if self.it is None:
            return
        if self.it.search.on:
            self.action_match(1)
        else:
            self.marking.note_at(self.eye())

    def _end_search(self) -> None:
        if self.it is not None:
            self.it.search.clear()
        self._close_box()
        self.view.refresh()
        self.show_keys()

    def _close_box(self) -> None:
        close_line(self, FIND)
        self.view.focus()

    def cancel_search_box(self) -> bool:
        """Esc while the words are typed: back to where the search began; false where nobody types."""
        if not opened_line(self, FIND):
            return False
        self._end_search()
        self.view.go(self._search_from)
        return True


def _mark(stop: Stop) -> bool:
    return stop.target.startswith(("highlight:", "note:", "quiz:"))
