"""Cells: how text divides into graphemes, how wide they are, and what must not reach a terminal."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import category, east_asian_width

from wcwidth import wcwidth

# Characters that are a grapheme each, whatever stands beside them.  All others are looked at closely.
_PLAIN: Final = (
    r"\x00-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u20cf"
    r"\u2100-\u2bff\u2e80-\u3029\u3030-\u3098\u309b-\u31ff\u3220-\u325f\u3280-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    r"\uff01-\uff9d\uffe0-\uffee\U00020000-\U0003ffff"
)
_COMPLEX: Final = re.compile(f"[^{_PLAIN}]")
_FLOOD: Final = re.compile(f"[^{_PLAIN}]{{10,}}")

# C0 and C1 controls (but not tab and line feed), bidirectional controls, lone surrogates, line separators, invisible
# joiners and fillers, soft hyphens, variation selectors 15 and 16, non-characters.
_SUSPECT: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufe0e\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001-\U000e007f]"
)
_ZERO_WIDTH_RUN: Final = re.compile(r"[\u200b-\u200d\u2060]{2,}")
_PLACEHOLDER: Final = "\ufffd"
_DROPPED: Final = frozenset("\u00ad\ufe0e\ufe0f\ufeff")
_JOINERS: Final = frozenset("\u200b\u200c\u200d\u2060")
_LONGEST_CLUSTER: Final = 12


class _Widths(dict[str, int]):
    """Width of a single character in cells, found once."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        cells = max(0, wcwidth(character))
        if self._ambiguous == 2 and cells == 1 and east_asian_width(character) == "A":
            cells = 2
        self[character] = cells
        return cells


_WIDTHS: Final = {1: _Widths(1), 2: _Widths(2)}


def _is_jamo_tail(code: int) -> bool:
    return 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FB


def _is_hangul(code: int) -> bool:
    return 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97C or 0xAC00 <= code <= 0xD7FB


def _is_flag(code: int) -> bool:
    return 0x1F1E6 <= code <= 0x1F1FF


@lru_cache(maxsize=8192)
def _extends(character: str) -> bool:
    code = ord(character)
    return (
        category(character) in ("Mn", "Me", "Mc")
        or code in (0x200C, 0x200D, 0xFF9E, 0xFF9F)
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _continues(text: str, start: int, index: int) -> bool:
    """Whether the character at ``index`` belongs to the cluster that began at ``start``."""
    character = text[index]
    if _extends(character):
        return True
    code, last = ord(character), ord(text[index - 1])
    if last == 0x200D:
        return code >= 0x2190
    if _is_flag(code):
        return _is_flag(last) and index - start == 1
    if _is_jamo_tail(code):
        return _is_hangul(last)
    return 0x1100 <= code <= 0x115F and 0x1100 <= last <= 0x115F


def is_simple(text: str) -> bool:
    """Whether every character of ``text`` is a grapheme by itself."""
    return text.isascii() or not _COMPLEX.search(text)


def graphemes(text: str) -> list[str]:
    """``text`` cut into what a reader calls characters.

    A practical reading of UAX #29: combining marks, variation selectors, emoji sequences, flags and Hangul
    hold together, and so does half-width kana with ﾞ or ﾟ (which UAX #29 also extends).
    """
    if is_simple(text):
        return list(text)
    found: list[str] = []
    start = 0
    for index in range(1, len(text)):
        if not _continues(text, start, index):
            found.append(text[start:index])
            start = index
    found.append(text[start:])
    return found


def _cluster_width(cluster: str, widths: _Widths) -> int:
    if len(cluster) == 1:
        return widths[cluster]
    if "\u200d" in cluster and any(ord(c) >= 0x2190 for c in cluster):
        return max(widths[c] for c in cluster)
    if _is_flag(ord(cluster[0])):
        return 2
    first = cluster[0]
    return widths[first] + sum(widths[c] for c in cluster[1:] if not 0x1F3FB <= ord(c) <= 0x1F3FF)


def width(text: str, ambiguous: int = 1) -> int:
    """The width of ``text`` in terminal cells; ``ambiguous`` (1 or 2) is that of East Asian Ambiguous characters."""
    if text.isascii():
        return len(text)
    widths = _WIDTHS[ambiguous]
    if not _COMPLEX.search(text):
        return sum(map(widths.__getitem__, text))
    return sum(_cluster_width(cluster, widths) for cluster in graphemes(text))


def _placeholder(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    if character in _DROPPED:
        return ""
    if character in _JOINERS or 0xE0020 <= code <= 0xE007F:
        return character
    if code in (0x2028, 0x2029):
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else _PLACEHOLDER


def _tame(found: re.Match[str]) -> str:
    """Cut clusters that no script needs: a hundred accents on one letter."""
    clusters = graphemes(found.group())
    return "".join(c if len(c) <= _LONGEST_CLUSTER else c[:2] + _PLACEHOLDER for c in clusters)


def sanitize(text: str) -> str:
    """``text`` with everything that could harm a terminal or hide text replaced by visible placeholders.

    Control characters become their pictures (␛), bidirectional controls, lone surrogates and fillers ``�``, a
    flood of zero-width characters a single ``�``.  Variation selectors 15 and 16, byte order marks and
    soft hyphens, whose width terminals disagree on, are dropped.  Tabs and line feeds stay.
    """
    if text.isascii():
        return _SUSPECT.sub(_placeholder, text) if _SUSPECT.search(text) else text
    if _SUSPECT.search(text):
        text = _SUSPECT.sub(_placeholder, _ZERO_WIDTH_RUN.sub(_PLACEHOLDER, text))
    if _FLOOD.search(text):
        text = _FLOOD.sub(_tame, text)
    return text


def cut(text: str, cells: int, ambiguous: int = 1) -> str:
    """The longest beginning of ``text`` that fits into ``cells``, no grapheme divided."""
    if width(text, ambiguous) <= cells:
        return text
    kept, used = [], 0
    for cluster in graphemes(text):
        used += width(cluster, ambiguous)
        if used > cells:
            break
        kept.append(cluster)
    return "".join(kept)
