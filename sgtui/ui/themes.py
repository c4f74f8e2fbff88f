"""Themes of our own beside Textual's: the highest contrast there is, dark and light."""

from typing import Final

from textual.theme import Theme

_DARK: Final = Theme(
    name="high-contrast-dark",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    warning="#ffd700",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#202020",
    dark=True,
    variables={"text-primary": "#ffff00", "text-accent": "#00ffff", "text-warning": "#ffd700"},
)
_LIGHT: Final = Theme(
    name="high-contrast-light",
    primary="#0000c0",
    secondary="#600060",
    accent="#600060",
    warning="#804000",
    error="#a00000",
    success="#005000",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#e8e8e8",
    dark=False,
    variables={"text-primary": "#0000c0", "text-accent": "#600060", "text-warning": "#603000"},
)
THEMES: Final = (_DARK, _LIGHT)
