"""Which quiz on the page the keys answer, and which keys are its.

One quiz at a time is *current*: the first unanswered one that can be read on the screen, or the one just answered until
the page moves.  A current quiz takes the characters that answer it (digits, ``a i u e``, kana) and leaves every other
key to the reader; Enter goes *into* a quiz, where the arrows and what is typed belong to it as well, and Esc comes out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sgtui.i18n import N_
from sgtui.quiz.answering import Answering
from sgtui.typeset.page import Page
from sgtui.ui.sitting import Sitting

CHOICES = frozenset(("single", "multiple", "true-false"))


class Asking:
    """The current quiz of a page."""

    def __init__(self, sitting: Sitting, page: Page) -> None:
        self._sitting = sitting
        self._page = page
        self._blocks = {b.quiz.id: i for i, b in enumerate(page.blocks) if b.quiz is not None}
        self._names = {block: quiz for quiz, block in self._blocks.items()}
        self._order = sorted(self._names)
        self.current = ""
        self.inside = False
        self._stays_at: int | None = None
        self._turned_to = False

    @property
    def answering(self) -> Answering | None:
        """The current quiz as it stands."""
        return self._sitting.answerings.get(self.current)

    @property
    def answered(self) -> bool:
        """Whether the current quiz has been answered."""
        return self.answering is not None and self.answering.submitted

    # Which quiz

    def look(self, top: int, bottom: int) -> None:
        """The rows from ``top`` to before ``bottom`` are on the screen: choose the current quiz."""
        visible = [(quiz, *self._rows(quiz)) for quiz in self._between(top, bottom)]
        visible = [(quiz, first, last) for quiz, first, last in visible if first < bottom and last > top]
        shown = [quiz for quiz, _first, _last in visible]
        if self.current in shown and (self.inside or self._turned_to or self._stays_at == top):
            return
        self._turned_to = False
        self._stays_at = None
        self.inside = False
        height = bottom - top
        ready = [
            q for q, first, last in visible if min(last, bottom) - max(first, top) >= min(last - first, height) // 2
        ]
        open_ones = [quiz for quiz in ready if not self._sitting.answerings[quiz].submitted]
        self.current = (open_ones or ready or [""])[0]
        if self.current and not self.answered:
            self._sitting.ask(self.current)

    def _between(self, top: int, bottom: int) -> Sequence[str]:
        """The quizzes that may be on the screen; an article may have hundreds."""
        page = self._page
        if not self._order or not page.blocks:
            return ()
        last = page.place_at(min(bottom, page.height) - 1).block
        first = page.place_at(min(top, page.height - 1)).block
        low, high = bisect_left(self._order, first), bisect_right(self._order, last)
        return [self._names[block] for block in self._order[low:high]]

    def turn_to(self, quiz: str) -> None:
        """Make a quiz on the screen the current one."""
        if quiz in self._blocks:
            self.current = quiz
            self._turned_to = True
            if not self.answered:
                self._sitting.ask(quiz)

    def _rows(self, quiz: str) -> tuple[int, int]:
        block = self._blocks[quiz]
        first = self._page.top_of(block) + self._page.blocks[block].before
        following = block + 1
        return first, self._page.top_of(following) if following < len(self._page.blocks) else self._page.height

    def stay(self, top: int) -> None:
        """The quiz was just answered: it stays current while ``top`` is the first row on the screen."""
        self._stays_at = top

    def leave(self) -> None:
        """Go on from the current quiz."""
        self._turned_to = False
        self._stays_at = None
        self.inside = False

    # Its keys

    def wants(self, character: str) -> bool:
        """Whether a character as it was typed, kana included, is the current quiz's."""
        answering = self.answering
        return answering is not None and (
            answering.editing or (not answering.submitted and answering.accepts(character))
        )

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the keys do to the current quiz: (keys, description to be translated)."""
        answering = self.answering
        if answering is None:
            return []
        found = answering.keys()
        if answering.submitted:
            return [("Enter", N_("go on")), *found]
        if self.inside and not answering.editing:
            return [*found, ("Esc", N_("leave the question"))]
        if answering.quiz.kind in ("order", "match") and not any(key == "Enter" for key, _text in found):
            return [*found, ("Enter", N_("go to the question"))]
        return found

    def press(self, key: str) -> bool:
        """Give a key (a name, or the character typed) to the current quiz; false if it is the reader's."""
        answering = self.answering
        if answering is None:
            return False
        if answering.editing:
            return self._take(answering.press(key)) or len(key) == 1
        if answering.submitted:
            return len(key) == 1 and answering.accepts(key) and self._take(answering.press(key))
        if key == "escape" and self.inside and answering.held is None:
            self.inside = False
            return True
        if self.inside or (len(key) == 1 and key != " "):
            if answering.accepts(key):
                return self._take(answering.press(key))
            return False
        return key == "enter" and self._enter(answering)

    def _enter(self, answering: Answering) -> bool:
        """Enter from the page: answer what is ready to be, turn a card, else go into the quiz."""
        if answering.ready or answering.quiz.kind in ("recall", "fill"):
            return self._take(answering.press("enter"))
        self.inside = True
        if answering.cursor < 0:
            self._take(answering.press("down"))
        return True

    def click(self, quiz: str, action: str, index: int) -> bool:
        """A part of a quiz was clicked."""
        if quiz not in self._blocks:
            return False
        self.current = quiz
        self._sitting.ask(quiz)
        answering = self._sitting.answerings[quiz]
        return self._take(answering.click(action, index))

    def paste(self, text: str) -> bool:
        """Text was pasted, or committed by an input method."""
        answering = self.answering
        return answering is not None and answering.editing and self._take(answering.type(text))

    def _take(self, after: Answering) -> bool:
        changed = self._sitting.update(after)
        if changed and after.submitted:
            self.inside = False
        elif changed and after.quiz.kind not in CHOICES:
            self.inside = True
        return changed
