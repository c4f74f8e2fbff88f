"""Readers of single header values: each takes whatever an author wrote and gives one form, or nothing.

None of them raises.  ``None`` (or an empty tuple) means "not to be read as this".
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sgtui.articles.model import Difficulty

_WORDS: Final[dict[Difficulty, str]] = {
    "beginner": "beginner beginners easy basic basics intro introduction introductory entry elementary novice starter "
    "初級 初心者 初学者 初 入門 入門編 基礎 基本 やさしい 易しい 易 簡単 1 2 ★ ★★ low",
    "intermediate": "intermediate medium middle normal standard moderate 中級 中級者 中 普通 標準 ふつう 3 ★★★ mid",
    "advanced": "advanced hard difficult expert high professional pro "
    "上級 上級者 上 応用 発展 難しい むずかしい 難 4 5 ★★★★ ★★★★★",
}
_DIFFICULTY: Final[dict[str, Difficulty]] = {
    word: difficulty for difficulty, words in _WORDS.items() for word in words.split()
}
_YES: Final = frozenset(("true", "yes", "on", "y", "1", "はい"))
_NO: Final = frozenset(("false", "no", "off", "n", "0", "", "いいえ"))

_NUMERIC: Final = re.compile(r"\s*(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})(?!\d)")
_MONTH_ONLY: Final = re.compile(r"\s*(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})\s*月?\s*$")
_COMPACT: Final = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:$|[T\s])")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_FIRST: Final = re.compile(r"(?:\w+,\s*)?([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DAY_FIRST: Final = re.compile(r"(?:\w+,\s*)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+(\d{4})\b")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LIST: Final = re.compile(r"\s*[,、，;；]\s*")


def text_of(value: Any) -> str:
    """One line of text: a string, a number, the first of a list; else nothing.  Controls become spaces."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool) or value is None:
        return ""
    elif isinstance(value, (int, float, date)):
        text = str(value)
    elif isinstance(value, list):
        return next((text for item in value if (text := text_of(item))), "")
    else:
        return ""
    return _CONTROL.sub(" ", text).strip()


def texts_of(value: Any) -> tuple[str, ...]:
    """Several words or names: a list of anything, or a string parted by commas (also 、，;), else by spaces."""
    if isinstance(value, list):
        found: Iterable[str] = (_name_of(item) for item in value)
    else:
        text = text_of(value)
        found = _LIST.split(text) if _LIST.search(text) else text.split()
    return tuple(dict.fromkeys(name for part in found if (name := part.strip().removeprefix("#").strip())))


def names_of(value: Any) -> tuple[str, ...]:
    """As :func:`texts_of`, but a string without commas is one name."""
    if isinstance(value, str):
        return tuple(part for part in _LIST.split(text_of(value)) if part)
    return texts_of(value)


def _name_of(item: Any) -> str:
    if isinstance(item, dict):
        return next((text for key in ("name", "title", "label", "id", "slug") if (text := text_of(item.get(key)))), "")
    return text_of(item)


def number_of(value: Any) -> float | None:
    """A finite number, also one in quotes, or None."""
    if isinstance(value, bool):
        return None
    text = text_of(value)
    try:
        number = float(unicodedata.normalize("NFKC", text))
    except ValueError:
        return None
    return number if -1e15 < number < 1e15 else None


def flag_of(value: Any) -> bool | None:
    """True or false, also as a word (``yes``, ``off``) or a number, or None."""
    if isinstance(value, bool):
        return value
    word = text_of(value).lower()
    if word in _YES:
        return True
    return False if word in _NO and value is not None else None


def difficulty_of(value: Any) -> Difficulty | None:
    """A difficulty from an English or Japanese word, from 1–5 or from stars, or None."""
    word = unicodedata.normalize("NFKC", text_of(value)).casefold().replace("☆", "").strip()
    return _DIFFICULTY.get(word) or _DIFFICULTY.get(word.removesuffix("レベル").removesuffix("編").removesuffix("向け"))


def date_of(value: Any) -> date | None:
    """A day, as the author's clock showed it, from a date, a datetime (aware or naive) or text, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return day_in(unicodedata.normalize("NFKC", text_of(value)))


def day_in(text: str) -> date | None:
    """The day ``text`` begins with: ``2026-02-28``, ``2026/2/8``, ``2026年2月8日``, ``Feb 8, 2026``, ``20260208``."""
    for pattern in (_NUMERIC, _COMPACT):
        found = pattern.match(text)
        if found:
            return _day(*found.groups())
    found = _MONTH_ONLY.match(text)
    if found:
        return _day(found[1], found[2], "1")
    for pattern, day, month in ((_MONTH_FIRST, 2, 1), (_DAY_FIRST, 1, 2)):
        found = pattern.match(text)
        if found and found[month].lower() in _MONTHS:
            return _day(found[3], str(_MONTHS.index(found[month].lower()) + 1), found[day])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
