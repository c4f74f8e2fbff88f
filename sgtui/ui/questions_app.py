"""What every screen can ask for about questions: quick quiz, review, mock exam, progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from sgtui.i18n import N_
from sgtui.ui.library_app import LibraryApp
from sgtui.ui.screens.library import LibraryScreen

if TYPE_CHECKING:
    from sgtui.articles.model import ArticleInfo
    from sgtui.study.queue import Item
    from sgtui.study.session import Kind, Session

ELSEWHERE = frozenset(
    (
        "review",
        "quick_quiz",
        "mock_exam",
        "progress",
        "search_library",
        "glossary",
        "bookmarks",
        "libraries",
        "command_palette",
    )
)
"""Actions that lead away: a screen that asks questions does not offer them."""


class QuestionsApp(LibraryApp):
    """The part of the application that asks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "review", N_("Review"), id="app.review", tooltip=N_("Today's reviews")),
        Binding("Q", "quick_quiz", N_("Quick quiz"), show=False, id="app.quick_quiz", tooltip=N_("A few questions, now")),
        Binding("X", "mock_exam", N_("Mock exam"), show=False, id="app.mock_exam", tooltip=N_("A whole exam against the clock")),
        Binding("P", "progress", N_("Progress"), show=False, id="app.progress", tooltip=N_("What you did and how well it sticks")),
    ]  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in ELSEWHERE:
            return True
        in_front = next((one for one in reversed(self.screen_stack) if not isinstance(one, ModalScreen)), None)
        return not getattr(in_front, "asking", False)

    def ask(self, items: Sequence[Item], title: str, *, kind: Kind = "quick") -> None:
        """Ask these questions, one after the other."""
        self.run_session(self.desk.session(kind, items, title), title)

    def run_session(self, session: Session, title: str) -> None:
        """Begin or continue a run of questions."""
        from sgtui.ui.questions.session_screen import SessionScreen

        self.push_screen(SessionScreen(session, title))

    def action_quick_quiz(self) -> None:
        from sgtui.ui.questions.choosing_screen import ChoosingScreen

        if not isinstance(self.screen, ModalScreen):
            self.meet_learner()
            self.push_screen(ChoosingScreen(*self._chosen()))

    def _chosen(self) -> tuple[ArticleInfo | None, str]:
        """The article on the page or under the cursor of the library, and the category chosen there."""
        screen = self.screen
        if isinstance(screen, LibraryScreen):
            chosen = screen.narrowing.chosen.category
            return screen.articles.current, chosen[0] if len(chosen) == 1 else ""
        article = getattr(screen, "article", None)
        return (article.info if article is not None else None), ""

    def action_review(self) -> None:
        from sgtui.ui.questions.review import ReviewScreen

        if not isinstance(self.screen, ModalScreen):
            self.meet_learner()
            self.push_screen(ReviewScreen())

    def action_mock_exam(self) -> None:
        from sgtui.ui.questions.exam_choosing import ExamChoosingScreen

        if not isinstance(self.screen, ModalScreen):
            self.meet_learner()
            self.push_screen(ExamChoosingScreen())

    def action_progress(self) -> None:
        from sgtui.ui.screens.progress import ProgressScreen

        if not isinstance(self.screen, ModalScreen | ProgressScreen):
            self.meet_learner()
            self.push_screen(ProgressScreen())
