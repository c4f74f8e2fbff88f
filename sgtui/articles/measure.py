"""How much there is to read."""

import re
from typing import Final

CHARACTERS_A_MINUTE: Final = 500
"""Japanese characters an adult reads in a minute of study."""
WORDS_A_MINUTE: Final = 200
"""Words of a language written with spaces."""

_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[^\W\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")


def characters(text: str) -> int:
    """How many characters ``text`` has, white space aside."""
    return len(_SPACE.sub("", text))


def reading_minutes(text: str) -> float:
    """Minutes that reading ``text`` takes: 500 Japanese characters or 200 words a minute."""
    words = _WORD.findall(text)
    japanese = characters(text) - sum(map(len, words))
    return japanese / CHARACTERS_A_MINUTE + len(words) / WORDS_A_MINUTE
