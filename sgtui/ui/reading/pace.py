"""How fast this learner reads, learned from the way they turn pages."""

from statistics import median
from typing import Final

LEAST_SAMPLES: Final = 5
KEPT: Final = 41
FASTEST: Final = 3000
SLOWEST: Final = 100
LEAST_CHARACTERS: Final = 80
WEIGHT: Final = 0.3
"""How much one sitting counts against all earlier ones."""


class Pace:
    """Characters a minute, from what was on the screen and for how long.

    Leafing through (faster than anyone reads), going for coffee and moving back are not reading and do not count; the
    median keeps what is left of them harmless.
    """

    def __init__(self) -> None:
        self._samples: list[float] = []
        self._seen_at: float | None = None
        self._read = 0.0

    def see(self, now: float, characters: float) -> None:
        """At ``now`` (seconds) the first ``characters`` of the article have been above the lower edge of the screen."""
        before, self._seen_at = self._seen_at, now
        new, self._read = characters - self._read, characters
        if before is None or new < LEAST_CHARACTERS or now <= before:
            return
        speed = new * 60 / (now - before)
        if SLOWEST <= speed <= FASTEST:
            self._samples = [*self._samples, speed][-KEPT:]

    def jump(self, now: float, characters: float) -> None:
        """The learner went somewhere else: what lies between was not read."""
        self._seen_at, self._read = now, characters

    def learned(self, known: int) -> int:
        """The speed to go by from now on, ``known`` (0: none) being the one so far; unchanged where too little was read."""
        if len(self._samples) < LEAST_SAMPLES:
            return known
        now = median(self._samples)
        return round(now if not known else known + WEIGHT * (now - known))
