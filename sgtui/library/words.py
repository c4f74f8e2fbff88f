"""What somebody types, as the pieces of folded text that it may mean."""

import re
from collections.abc import Sequence
from typing import Final

from sgtui.articles.model import ArticleInfo
from sgtui.library.rows import StoredInfo, words_of
from sgtui.markup.fold import fold

_LATIN: Final = re.compile(r"[a-z][a-z'-]*")
_ENDS: Final = "aiueon-'"
_MARK: Final = "ー"
_SHORTEST: Final = 3
"""A word keeps its last long-vowel mark unless at least this much is before it: キー is not キ."""


def spellings(word: str) -> tuple[str, ...]:
    """The folded texts that ``word`` is looked for as: any of them found means the word is found.

    Folding makes カタカナ ひらがな, half-width full-width, and capitals small.  A long-vowel mark at
    the end goes (サーバー finds サーバ), and a word in Latin letters is also tried as romaji
    (``ransamu`` finds ランサム).
    """
    folded = fold(word).strip()
    if not folded:
        return ()
    found = [_shortened(folded)]
    if _LATIN.fullmatch(folded) and len(folded) > 1:
        kana = romaji(folded)
        if kana:
            found.append(_shortened(kana))
    return tuple(found)


def romaji(word: str) -> str:
    """The hiragana that ``word`` (small Latin letters) spells, or nothing if it is not romaji.

    Nor does a consonant that waits for its vowel spell anything: ``ransam`` is not らんさん.
    """
    if word[-1] not in _ENDS:
        return ""
    import jaconv  # noqa: PLC0415 - only a search in Latin letters needs it

    kana: str = jaconv.alphabet2kana(word)
    return kana if not re.search(r"[^\u3041-\u309fー]", kana) else ""


def matching(infos: Sequence[ArticleInfo], words: str) -> list[ArticleInfo]:
    """Those of ``infos`` with all of ``words`` (parted by spaces) in title, tags or summary, in the same order."""
    # No pair of article and text is made: so many would wake the garbage collector.
    texts = [info.words if isinstance(info, StoredInfo) else words_of(info) for info in infos]
    places: Sequence[int] = range(len(texts))
    for word in words.split():
        wanted = spellings(word)
        if len(wanted) == 1:
            only = wanted[0]
            places = [i for i in places if only in texts[i]]
        elif wanted:
            places = [i for i in places if any(one in texts[i] for one in wanted)]
    return [infos[i] for i in places]


def _shortened(word: str) -> str:
    return word.rstrip(_MARK) if word.endswith(_MARK) and len(word.rstrip(_MARK)) >= _SHORTEST else word
