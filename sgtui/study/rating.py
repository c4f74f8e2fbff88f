"""From an answer to a rating: a grade says right or wrong, a rating how well it was recalled."""

from enum import IntEnum
from typing import Final


class Rating(IntEnum):
    """py-fsrs's four ratings, usable without importing it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


THINKING: Final = 25_000
"""Milliseconds to decide that nobody calls hesitation."""
AWAY: Final = 600_000
"""Milliseconds after which the learner was not there; such a time says nothing."""
SPEED: Final = 500
"""Characters a minute (Japanese) where the learner's own speed is not known."""


def rate(correct: bool, *, guess: bool = False, hint: bool = False, hesitated: bool = False) -> Rating:
    """Wrong, or right by luck: again.  Right with a hint or after hesitating: hard.  Right: good."""
    if not correct or guess:
        return Rating.AGAIN
    return Rating.HARD if hint or hesitated else Rating.GOOD


def hesitated(ms: int, characters: int, *, speed: int = SPEED) -> bool:
    """Whether ``ms`` milliseconds are long for a question of ``characters`` characters.

    Long is more than twice the time to read it at ``speed`` (characters a minute), and :data:`THINKING` besides.
    """
    reading = characters * 60_000 / (speed or SPEED)
    return THINKING + 2 * reading < ms < AWAY
