"""Folding: what counts as the same text when somebody searches.

Width, compatibility forms and case (NFKC, casefold), カタカナ and ひらがな, half-width kana.  The
long-vowel mark is not folded here: whether サーバ finds サーバー is the search's decision.
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)} | {0x30FD: 0x309D, 0x30FE: 0x309E}


def fold(text: str) -> str:
    """``text`` with width, case and kana folded; its length may differ (see :func:`fold_map`)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_KANA)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where each of its characters came from.

    ``starts`` holds, for each folded character, the offset of the original cluster it came from; it has one
    more entry, the original's length.
    """

    text: str
    starts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text that the folded range ``start``–``end`` was made from."""
        if start >= end:
            return self.starts[start], self.starts[start]
        first = self.starts[start]
        last = self.starts[end - 1]
        return first, self.starts[bisect_right(self.starts, last, end - 1)] if end < len(self.starts) else last


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    return fold(cluster)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Split into pieces that normalise on their own: a base with its combining or voicing marks."""
    found: list[tuple[int, str]] = []
    start = 0
    for i in range(1, len(text) + 1):
        if i < len(text) and (text[i] in "ﾞﾟ゙゚" or unicodedata.combining(text[i]) or _is_medial(text[i])):
            continue
        found.append((start, text[start:i]))
        start = i
    return found


def _is_medial(character: str) -> bool:
    return "\u1160" <= character <= "\u11ff"


def fold_map(text: str) -> Folded:
    """Fold ``text`` and keep the way back to its offsets.

    The folded text equals :func:`fold` of the whole.
    """
    if text.isascii():
        return Folded(text.lower(), tuple(range(len(text) + 1)))
    parts: list[str] = []
    starts: list[int] = []
    for start, cluster in _clusters(text):
        folded = _fold_cluster(cluster)
        parts.append(folded)
        starts.extend([start] * len(folded))
    starts.append(len(text))
    return Folded("".join(parts), tuple(starts))
