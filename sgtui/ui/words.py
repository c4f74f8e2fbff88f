"""The words of the screens that more than one of them says."""

from typing import Final

from sgtui.i18n import N_, _, ngettext

DIFFICULTY: Final = {"beginner": N_("Beginner"), "intermediate": N_("Intermediate"), "advanced": N_("Advanced")}
DIFFICULTY_SHORT: Final = {"beginner": N_("Beg."), "intermediate": N_("Int."), "advanced": N_("Adv.")}
STATUS: Final = {"unread": N_("Unread"), "reading": N_("Reading"), "done": N_("Done")}
STATUS_MARK: Final = {"unread": "○", "reading": "◐", "done": "✓"}
SORT: Final = {
    "order": N_("course order"),
    "title": N_("title"),
    "date": N_("newest first"),
    "difficulty": N_("difficulty"),
    "recent": N_("least recently read"),
    "weakest": N_("weakest first"),
    "due": N_("due first"),
}


def minutes(number: int) -> str:
    """``7 min``: a length of reading."""
    return ngettext("{n} min", "{n} min", number).format(n=number)


def minutes_left(number: int) -> str:
    """``4 min left``: what is still to read."""
    return ngettext("{n} min left", "{n} min left", number).format(n=number)


def percent(share: float) -> str:
    """A share from 0 to 1 as whole percent; 100% only when nothing is left."""
    return f"{min(99, round(share * 100)) if share < 1 else 100}%"


def difficulty_short(value: str | None) -> str:
    """The difficulty in a word short enough for a column."""
    return _(DIFFICULTY_SHORT[value]) if value in DIFFICULTY_SHORT else ""
