"""From the typesetter's style names to the classes that ``app.tcss`` gives a look.

``strong`` is painted as ``set--strong``; of a dotted name the longest known beginning counts, so that
``code.keyword.type`` looks like ``code.keyword`` where nobody said otherwise.
"""

from functools import cache
from typing import Final

_NAMES: Final = (  # noqa: SIM905 - a list of forty names in quotes is harder to read
    # text
    "strong em strike code link mark sub sup kbd math dim quote rule ruby image deleted"
    " heading heading.1 heading.2 heading.3 heading.4 heading.5 heading.6"
    " list.marker table.border table.head footnote summary placeholder diagram"
    # code
    " code.block code.label code.keyword code.name code.string code.number code.comment code.operator code.error"
    # callouts
    " callout callout.note callout.tip callout.important callout.warning callout.caution"
    # quizzes
    " quiz quiz.bar quiz.number quiz.choice quiz.cursor quiz.right quiz.wrong quiz.reason quiz.key quiz.input"
    " quiz.verdict quiz.label"
    # lists and bars
    " cursor cursor.blurred title accent good bad warn faint key star chip chip.on done reading unread bar bar.rest"
    # marks of the learner
    " found found.here highlight.1 highlight.2 highlight.3 highlight.4 selection unfocused here"
).split()

COMPONENTS: Final = frozenset("set--" + name.replace(".", "-") for name in _NAMES)


@cache
def component(name: str) -> str | None:
    """The component class for a style name, or None where the name has no look of its own."""
    while name:
        candidate = "set--" + name.replace(".", "-")
        if candidate in COMPONENTS:
            return candidate
        name = name.rpartition(".")[0]
    return None
