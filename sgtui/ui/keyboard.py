"""Keys as they are typed with a Japanese input method on.

A full-width letter means its half-width twin (``ｊ`` is ``j``), and a kana typed directly means the key it
stands on in the JIS kana layout (``ま`` is ``j``).  The vowels are left alone: they answer quizzes.
"""

import unicodedata
from typing import Final

from textual import events
from textual.keys import _character_to_key

_JIS_KANA: Final = dict(
    zip("たてすかんにならせちとしはきくまのりつさそひこみもめむ゜", "qwrtyiuopasdfghjklzxcvbnm/][", strict=True)
)


def plain_key(character: str) -> str | None:
    """The ASCII character that a full-width or kana ``character`` stands for, or None."""
    if len(character) != 1 or character.isascii():
        return None
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) == 1 and folded.isascii() and folded.isprintable():
        return folded
    return _JIS_KANA.get(folded)


def plain_event(event: events.Key) -> events.Key | None:
    """``event`` as if it had been typed with the input method off, or None where that is the same."""
    plain = plain_key(event.character or "")
    if plain is None:
        return None
    return events.Key(_character_to_key(plain), plain)
