"""An article's text as a search sees it."""

import re
from collections.abc import Sequence
from typing import Final

PART: Final = "\x1e"
"""Parts sections, and a heading from its text; no article's text holds it."""


def plain(sections: Sequence[tuple[str, str]]) -> str:
    """Heading and text of each of ``sections``, with :data:`PART` between any two."""
    return PART.join(part.replace(PART, " ") for section in sections for part in section)


def folded(sections: Sequence[tuple[str, str]]) -> str:
    """:func:`plain`, folded for searching; it has the same number of parts."""
    # Lone surrogates (from an escape in a page) are beyond what the cache can hold.
    return fold_quickly(plain(sections)).encode("utf-8", "replace").decode("utf-8")


def fold_quickly(text: str) -> str:
    """:func:`sgtui.markup.fold.fold`, several times as fast for Japanese and Latin text."""
    from sgtui.markup.fold import fold  # noqa: PLC0415 - a list of articles is not searched

    if text.isascii() or _COMBINING.search(text):
        return fold(text)
    pieces = _CHANGING.split(text)
    pieces[1::2] = map(_PIECES.__getitem__, pieces[1::2])
    return "".join(pieces)


class _Singles(dict[int, str]):
    """What each character folds to on its own; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        from sgtui.markup.fold import fold  # noqa: PLC0415

        found = self[code] = fold(chr(code))
        return found


class _Pieces(dict[str, str]):
    """What a run of changing characters folds to; words of カタカナ come again and again."""

    def __missing__(self, piece: str) -> str:
        found = piece.translate(_SINGLES)
        if len(piece) <= _WORD and len(self) < _WORDS:
            self[piece] = found
        return found


_WORD: Final = 24
_WORDS: Final = 20_000
_SINGLES: Final = _Singles()
_PIECES: Final = _Pieces()
# Everything but what surely stays: small ASCII letters, digits, hiragana, most ideographs and their punctuation.
_CHANGING: Final = re.compile("([^\n\x1e -@\\[-`a-z{-~\u3001\u3002\u3005-\u3011\u3041-\u3096\u30fb\u4e00-\u9fff]+)")
# Everything but characters that never combine with a neighbour: Latin, punctuation, symbols, kana, ideographs, emoji.
_COMBINING: Final = re.compile(
    "[^\\x00-\\u024f\\u2010-\\u27bf\\u2e80-\\u3029\\u3030-\\u3098\\u309b-\\u9fff"
    "\\uff01-\\uff9d\\uffe0-\\uffe6\\U0001f000-\\U0001faff\\U00020000-\\U0003ffff]"
)
