"""A table of measurements: ours, the peer's, the ratio and the goal."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement, in seconds unless it is of memory: that is in megabytes.

    ``goal`` is the greatest ratio ours / peer that we promise, if any.
    """

    work: str
    ours: float
    peer: float
    peer_name: str
    goal: float | None = None
    memory: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.peer if self.peer else float("inf")


def show(rows: Iterable[Row]) -> None:
    print(f"{'work':<44}{'ours':>11}{'peer':>11}{'ratio':>8}{'goal':>7}  peer")
    for row in rows:
        goal = f"{row.goal:.2f}" if row.goal is not None else ""
        verdict = "" if row.goal is None else (" ok" if row.ratio <= row.goal else " OVER")
        unit, factor = ("MB", 1) if row.memory else ("ms", 1000)
        ours, peer = (f"{value * factor:>8.1f} {unit}" for value in (row.ours, row.peer))
        print(f"{row.work:<44}{ours}{peer}{row.ratio:>8.2f}{goal:>7}  {row.peer_name}{verdict}")
