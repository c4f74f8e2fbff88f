"""An article on the page: its blocks laid out, its quizzes, what is searched, selected and marked in it."""

import os
import time
from collections.abc import Callable, Sequence
from typing import Final

from sgtui.articles.model import Section
from sgtui.i18n import N_
from sgtui.quiz.model import Quiz
from sgtui.store.records import Anchor
from sgtui.typeset.anchors import anchor_at, find_anchor
from sgtui.typeset.model import Line, Place, TypesetOptions
from sgtui.typeset.page import Page
from sgtui.typeset.quiz import quiz_lines
from sgtui.ui.asking import Asking
from sgtui.ui.desk import Desk
from sgtui.ui.ending import end_lines, footer_lines
from sgtui.ui.reading.changes import FileChanges
from sgtui.ui.reading.highlights import PageMarks
from sgtui.ui.reading.hints import Hints
from sgtui.ui.reading.overlay import Overlay
from sgtui.ui.reading.pace import Pace
from sgtui.ui.reading.pictures import Pictures, wanted
from sgtui.ui.reading.searching import PageSearch
from sgtui.ui.reading.selecting import Selecting
from sgtui.ui.reading.sheet import Sheet
from sgtui.ui.reading.stops import Stop, Stops
from sgtui.ui.sitting import Sitting

WHERE: Final = ("w", N_("where it is taught"))
CASE: Final = ("s", N_("beside its case"))


class OpenArticle:
    """Everything that belongs to one article while it is in front of the learner.  No widget in here."""

    def __init__(self, desk: Desk, sheet: Sheet, options: TypesetOptions, tail: Callable[[], Sequence[Line]]) -> None:
        """``tail`` gives the lines below the page as they are drawn now."""
        self._desk = desk
        self.sheet = sheet
        self.key = sheet.article.info.key
        self.blocks = sheet.blocks
        self.root = desk.library.root
        self.sections = sheet.article.sections
        self.sitting = Sitting(desk, sheet.article, time.monotonic)
        narrow = options.ambiguous == 1 and not options.plain  # half blocks are of ambiguous width
        self.pictures = Pictures(self.blocks, on=narrow and wanted(desk.settings.images, os.environ))
        self.page = Page(self.blocks, 60, options, self._quiz_lines, self.pictures.lines)
        self.asking = Asking(self.sitting, self.page)
        self.marks = PageMarks(desk.marks, self.key, self.blocks, self.sections)
        self.bookmarked = frozenset(self.sitting.bookmarks())
        self.search = PageSearch(self.blocks)
        self.selecting = Selecting(self.page)
        self.stops = Stops(self.page, tail, self.marks.stops)
        self.hints = Hints()
        self.pace = Pace()
        self.changes = FileChanges(desk.library.root / sheet.article.info.path)
        self.focused: int | None = None
        layers = (self.marks, self.search, self.selecting, self.stops)
        self.overlay = Overlay(
            layers,
            dimmed=lambda block: self.focused is not None and not self._near(block),
            question=lambda block: quiz.id if (quiz := self.blocks[block].quiz) is not None else "",
        )

    def _quiz_lines(self, quiz: Quiz, width: int) -> list[Line]:
        answering = self.sitting.answerings[quiz.id]
        more = [(WHERE[0], WHERE[1], f"quiz:{quiz.id}:where")] if answering.submitted else ()
        return quiz_lines(quiz, answering, width, self.page.options, self.sitting.numbers[quiz.id], more_keys=more)

    def end_lines(self, width: int) -> list[Line]:
        """What stands below the last line."""
        before, after = self._desk.neighbour(self.key, -1), self._desk.neighbour(self.key, 1)
        lines = end_lines(self.sitting, before, after, width, empty=not self.blocks)
        footer = self._desk.library.footer
        return [*lines, *footer_lines(footer, width)] if footer else lines

    def _near(self, block: int) -> bool:
        """Whether a block belongs to what has the focus: the paragraph, the rest of its table, the question asked."""
        assert self.focused is not None
        here, there = self.blocks[self.focused], self.blocks[block]
        if there.quiz is not None and there.quiz.id == self.asking.current:
            return True
        return block == self.focused or (here.group != 0 and here.group == there.group)

    # Places

    def place_of(self, anchor: Anchor | None, slug: str = "") -> Place:
        """Where an anchor, else a section, is in the text as it is now; else the beginning."""
        place = find_anchor(self.blocks, self.sections, anchor) if anchor else None
        return place or self.sheet.place_of(slug)

    def anchor_of(self, place: Place) -> Anchor:
        """What finds a place again at any width, in an edited text."""
        return anchor_at(self.blocks, self.sections, place)

    def section_of(self, slug: str) -> Section | None:
        """The section with a slug."""
        return next((section for section in self.sections if section.slug == slug), None)

    def quiz_keys(self) -> Sequence[tuple[str, str]]:
        """What the keys do to the current quiz: (keys, description to be translated)."""
        found = list(self.asking.keys())
        answering = self.asking.answering
        if self.asking.answered:
            found.append(WHERE)
        if self.case_in_view() and not (answering is not None and answering.editing):
            found.append(CASE)
        return found

    def case_in_view(self) -> Sequence[str]:
        """The ids of the questions of the case that the current one belongs to; none where it belongs to none."""
        answering = self.asking.answering
        name = answering.quiz.case if answering is not None else ""
        return [quiz.id for quiz in self.sitting.quizzes.values() if quiz.case == name] if name else []

    def taught_in(self) -> str | None:
        """The slug of the section that teaches what the current quiz, once answered, asks."""
        answering = self.asking.answering
        if answering is None or not answering.submitted:
            return None
        quiz = answering.quiz
        return quiz.about if quiz.about and self.section_of(quiz.about) else self.sections[quiz.section].slug

    # Marks

    def marks_changed(self) -> None:
        """Look at the learner's marks again."""
        self.marks.reload()
        self.bookmarked = frozenset(self.sitting.bookmarks())

    def point_at(self, stop: Stop | None) -> None:
        """Make a stop the current one, or none."""
        self.stops.current = stop
        shown = stop is not None and stop.start == stop.end and stop.block < len(self.blocks)
        self.overlay.target = stop.target if stop is not None and shown else ""
        self.overlay.target_block = stop.block if stop is not None and shown else -1
