"""Places in a quiz that no width changes: offsets for its text, and for what is shown beside it."""

from typing import Final

from sgtui.quiz.model import Quiz
from sgtui.typeset.cells import sanitize

QUIZ_BEYOND: Final = 1_000_000
"""More offsets than the lines of any quiz that are not its text (reasons, verdict, keys) take."""
PART: Final = 1_000
"""Offsets that one part beside the text takes at most."""

REASONS: Final = 0
VERDICT: Final = 100
EXPLANATION: Final = 101
HINT: Final = 102
KEYS: Final = 103
ANSWER: Final = 104
ITEMS: Final = 110
RIGHT_ITEMS: Final = 310


class Spots:
    """Offsets for the lines of a quiz, the same at every width and whether it is answered or not.

    The prompt and what can be chosen count the characters of the quiz's text (see ``QuizContent``); what is shown
    beside that has offsets past its end, so that each part keeps its own place.
    """

    def __init__(self, quiz: Quiz) -> None:
        parts = [quiz.prompt.text, *(choice.content.text for choice in quiz.choices)]
        lengths = [len(sanitize(part)) + 1 for part in parts]
        self.choices = [sum(lengths[: index + 1]) for index in range(len(quiz.choices))]
        self.beyond = max(0, sum(lengths) - 1)

    def part(self, number: int) -> int:
        """The first offset of part ``number`` of what is not the quiz's text."""
        return self.beyond + 1 + number * PART
