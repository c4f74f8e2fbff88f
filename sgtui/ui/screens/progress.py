"""Progress."""

from textual.screen import Screen


class ProgressScreen(Screen[None]):
    """What was done and how well it sticks."""
