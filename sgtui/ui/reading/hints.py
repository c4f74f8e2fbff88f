"""Going to a link by its number: what is on the screen is numbered, and the number typed."""

from collections.abc import Sequence

from sgtui.ui.reading.stops import Stop


class Hints:
    """The numbers shown; nothing while there are none.  All have the same count of digits, so none waits for Enter."""

    def __init__(self) -> None:
        self._stops: dict[str, Stop] = {}
        self._typed = ""

    @property
    def on(self) -> bool:
        """Whether numbers are shown."""
        return bool(self._stops)

    def show(self, stops: Sequence[Stop]) -> None:
        """Number these."""
        digits = len(str(len(stops)))
        self._stops = {f"{number:0{digits}}": stop for number, stop in enumerate(stops, 1)}
        self._typed = ""

    def clear(self) -> None:
        """Show no numbers any more."""
        self._stops = {}
        self._typed = ""

    @property
    def labels(self) -> dict[tuple[int, str], str]:
        """The number of each (block, target) that can still be meant."""
        return {(s.block, s.target): n for n, s in self._stops.items() if n.startswith(self._typed)}

    def press(self, key: str) -> Stop | None:
        """Type a digit; the stop that is meant, when it is clear.  Any other key, or a number that is none, ends it."""
        typed = self._typed + key
        if not key.isdigit() or not any(number.startswith(typed) for number in self._stops):
            self.clear()
            return None
        self._typed = typed
        stop = self._stops.get(typed)
        if stop is not None:
            self.clear()
        return stop
