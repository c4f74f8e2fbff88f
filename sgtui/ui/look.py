"""What each style name of the typesetter and the lists looks like: theme variables only, so that every theme fits.

Of a dotted name the longest known beginning counts, so that ``code.keyword.type`` looks like ``code.keyword`` where
nobody said otherwise.  This is a table and not a style sheet because every view would resolve every rule of a sheet
when it is mounted: seventy rules in eight views took longer than all the rest of the first screen.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from textual.app import App
from textual.style import Style

LOOK: Final[Mapping[str, str]] = {
    "strong": "bold",
    "em": "italic",
    "strike": "strike",
    "deleted": "strike",
    "code": "$text-accent",
    "link": "underline $text-primary",
    "mark": "on $warning 30%",
    "kbd": "reverse",
    "math": "italic",
    "dim": "$foreground 55%",
    "faint": "$foreground 55%",
    "quote": "$foreground 75%",
    "rule": "$foreground 30%",
    "image": "italic $foreground 60%",
    "diagram": "italic $foreground 60%",
    "placeholder": "reverse $text-error",
    "heading.1": "bold $text-primary",
    "heading.2": "bold $text-primary",
    "heading.3": "bold",
    "heading.4": "bold $foreground 75%",
    "heading.5": "bold $foreground 75%",
    "heading.6": "bold $foreground 75%",
    "list.marker": "$text-primary",
    "table.border": "$foreground 30%",
    "table.head": "bold",
    "footnote": "$foreground 65%",
    "summary": "bold",
    "code.label": "$foreground 50%",
    "code.block": "$foreground 90%",
    "code.keyword": "bold $text-primary",
    "code.name": "$text-accent",
    "code.string": "$text-success",
    "code.number": "$text-warning",
    "code.comment": "italic $foreground 55%",
    "code.operator": "$foreground 80%",
    "code.error": "$text-error",
    "callout": "bold $text-primary",
    "callout.tip": "bold $text-success",
    "callout.important": "bold $text-accent",
    "callout.warning": "bold $text-warning",
    "callout.caution": "bold $text-error",
    "quiz.bar": "$primary",
    "quiz.resting": "$foreground 35%",
    "quiz.number": "bold $text-primary",
    "quiz.label": "bold $text-primary",
    "quiz.cursor": "bold on $primary 20%",
    "quiz.right": "bold $text-success",
    "quiz.wrong": "bold $text-error",
    "quiz.verdict": "bold",
    "quiz.reason": "$foreground 85%",
    "quiz.key": "$foreground 50%",
    "quiz.input": "on $foreground 12%",
    "title": "bold",
    "accent": "$text-primary",
    "good": "$text-success",
    "done": "$text-success",
    "bad": "$text-error",
    "warn": "$text-warning",
    "star": "$text-warning",
    "reading": "$text-primary",
    "unread": "$foreground 55%",
    "key": "bold $text-accent",
    "chip": "$foreground 65%",
    "chip.on": "bold underline $text-primary",
    "bar": "$primary",
    "bar.rest": "$foreground 25%",
    "here": "bold $text-primary",
    "cursor": "bold on $primary 25%",
    "cursor.blurred": "on $foreground 8%",
    "found": "on $warning 35%",
    "found.here": "bold $background on $warning",
    "selection": "on $primary 40%",
    "highlight.1": "on $warning 25%",
    "highlight.2": "underline on $success 25%",
    "highlight.3": "italic on $primary 25%",
    "highlight.4": "bold on $error 25%",
    "unfocused": "$foreground 40%",
}
"""Style name to a style in Textual's own notation."""


_VARIABLES: dict[str, dict[str, str]] = {}


def variables(app: App[object]) -> dict[str, str]:
    """The variables of the theme in use; Textual makes them anew each time it is asked."""
    found = _VARIABLES.get(app.theme)
    if found is None:
        found = _VARIABLES[app.theme] = app.theme_variables
    return found


@cache
def known(name: str) -> str | None:
    """The name in :data:`LOOK` whose look ``name`` has, or None where it looks like what is around it."""
    while name and name not in LOOK:
        name = name.rpartition(".")[0]
    return name or None


def look(names: str, variables: dict[str, str]) -> Style:
    """The look of a space-separated list of names, later ones over earlier ones, in a theme's ``variables``.

    Colours may be translucent: they are to be mixed with what is beneath.
    """
    style = Style.null()
    for name in filter(None, map(known, names.split())):
        style += Style.parse(LOOK[name], variables)
    return style
