"""The smallest thing that is set; apart from :mod:`sgtui.typeset.model`, since a first screen needs no more of it."""

from typing import NamedTuple


class Span(NamedTuple):
    """Some text of one style.  ``target`` says what a click does: an href, or ``quiz:…``/``fold:…``."""

    text: str
    style: str = ""
    target: str = ""
