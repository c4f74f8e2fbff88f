"""Where the learner came from: back and forward, across articles, to the very place."""

from dataclasses import dataclass, field

from sgtui.store.records import Anchor
from sgtui.typeset.model import Place

MOST = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in an article that was left; ``place`` is where it was on the page then, blank lines included."""

    article: str
    anchor: Anchor
    place: Place = field(default=Place(0, 0), compare=False)


@dataclass(slots=True)
class Trail:
    """The places left by jumping, oldest first, and those that going back left in turn."""

    behind: list[Spot] = field(default_factory=list)
    ahead: list[Spot] = field(default_factory=list)

    def leave(self, spot: Spot) -> None:
        """The learner jumps away from ``spot``: from here on there is nothing ahead."""
        self.ahead.clear()
        _push(self.behind, spot)

    def back(self, here: Spot) -> Spot | None:
        """The place to go back to, ``here`` being ahead then; None at the beginning."""
        return _step(self.behind, self.ahead, here)

    def forward(self, here: Spot) -> Spot | None:
        """The place that going back left; None where there is none."""
        return _step(self.ahead, self.behind, here)


def _push(stack: list[Spot], spot: Spot) -> None:
    if not stack or stack[-1] != spot:
        stack.append(spot)
        del stack[:-MOST]


def _step(out_of: list[Spot], onto: list[Spot], here: Spot) -> Spot | None:
    while out_of and out_of[-1] == here:
        out_of.pop()
    if not out_of:
        return None
    _push(onto, here)
    return out_of.pop()
