"""Names of headings in links, as GitHub makes them: Japanese stays."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

_KEPT = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
_SIMPLE = re.compile("[-0-9A-Z_a-z \u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u4e00-\u9fff]*")
"""Titles of which everything stays: all of these are letters, digits, ``_``, ``-`` or spaces."""


def slug(title: str) -> str:
    """``title`` in lower case, spaces as ``-``, everything but letters, marks, digits, ``_`` and ``-`` gone.

    GitHub's rule; a title of which nothing is left is called ``section``.
    """
    if _SIMPLE.fullmatch(title):
        return title.strip().lower().replace(" ", "-") or "section"
    kept = (c for c in title.strip().lower() if c in " -" or unicodedata.category(c) in _KEPT)
    return "".join(kept).replace(" ", "-") or "section"


class Slugger:
    """Makes the slugs of one article; a repeated one gets ``-1``, ``-2`` …"""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def slug(self, title: str) -> str:
        """A slug that this slugger has not given before."""
        base = name = slug(title)
        while name in self._seen:
            self._seen[base] += 1
            name = f"{base}-{self._seen[base]}"
        self._seen[name] = 0
        return name


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _bare(text: str) -> str:
    return _normal(text).replace("-", "")


def match_anchor(fragment: str, slugs: Iterable[str]) -> str | None:
    """The slug that a link's fragment means, or None.

    ``fragment`` may begin with ``#`` and be percent-encoded; an exact match goes before one that
    differs in case or in Unicode normal form, and that before one that differs in hyphens (other
    programs make them of apostrophes and dashes, or leave doubled ones out).
    """
    wanted = unquote(fragment.removeprefix("#"))
    candidates = list(slugs)
    if wanted in candidates:
        return wanted
    for alike in (_normal, _bare):
        same = alike(wanted)
        found = next((name for name in candidates if same and alike(name) == same), None)
        if found is not None:
            return found
    return None
