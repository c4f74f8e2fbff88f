"""How much there is to read."""

import re
from typing import Final

CHARACTERS_A_MINUTE: Final = 500
"""Japanese characters an adult reads in a minute of study."""
WORDS_A_MINUTE: Final = 200
"""Words of a language written with spaces."""

# Latin, Greek, Cyrillic, Hebrew, Arabic, the scripts of India; everything else counts by the character.
_WORD: Final = re.compile(r"[0-9A-Za-z\u00aa-\u0dff]+")


def characters(text: str) -> int:
    """How many characters ``text`` has, white space aside."""
    return len("".join(text.split()))


def reading_minutes(text: str) -> float:
    """Minutes that reading ``text`` takes: 500 Japanese characters or 200 words a minute."""
    if text.isascii():
        return len(text.split()) / WORDS_A_MINUTE
    words = _WORD.findall(text)
    return (characters(text) - len("".join(words))) / CHARACTERS_A_MINUTE + len(words) / WORDS_A_MINUTE
