"""The signs a page is drawn with, by what the terminal and the reader can take."""

from dataclasses import dataclass
from functools import cache

from sgtui.typeset.model import TypesetOptions


@dataclass(frozen=True, slots=True)
class Marks:
    """Signs for one kind of page; each prefix includes the space that follows it."""

    headings: tuple[str, ...] = ("", "", "■ ", "□ ", "◇ ", "◇ ", "◇ ")
    title_rule: str = "━"
    bullets: tuple[str, ...] = ("• ", "◦ ", "– ")
    todo: str = "☐ "
    done: str = "☑ "
    quote: str = "│ "
    callout: str = "┃ "
    code: str = "┊ "
    rule: str = "─"
    row_rule: str = "┄"
    folded: str = "▸ "
    unfolded: str = "▾ "
    inset: str = "  "
    ellipsis: str = "…"


_SPOKEN = Marks(
    headings=("", "# ", "## ", "### ", "#### ", "##### ", "###### "),
    title_rule="",
    bullets=("- ",),
    todo="[ ] ",
    done="[x] ",
    quote="> ",
    callout="> ",
    code="    ",
    rule="",
    row_rule="",
    folded="+ ",
    unfolded="- ",
)
# Where ambiguous characters take two cells, lines drawn with them would not meet: ASCII does.
_WIDE = Marks(
    bullets=("・", "○", "- "),
    headings=("", "", "■", "□", "- ", "- ", "- "),
    title_rule="=",
    todo="□",
    done="■",
    quote="| ",
    callout="| ",
    code=": ",
    rule="-",
    row_rule="-",
    folded="> ",
    unfolded="v ",
)


@cache
def marks(options: TypesetOptions) -> Marks:
    """The signs for ``options``: drawn, drawn in ASCII where ambiguous characters are wide, or to be spoken."""
    if options.plain:
        return _SPOKEN
    return _WIDE if options.ambiguous == 2 else Marks()
