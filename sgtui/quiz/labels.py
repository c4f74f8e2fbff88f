"""Labels of choices: ア イ ウ …, A B C …, and which choice a typed character means."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

LabelStyle = Literal["kana", "latin"]

KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_HIRAGANA: Final = {chr(ord(kana) - 0x60): index for index, kana in enumerate(KANA)}
_VOWELS: Final = "aiueo"
_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]")

_ALPHABETS: Final = (
    KANA,
    "あいうえおかきくけこさしすせそたちつてと",
    LATIN,
    LATIN.lower(),
    tuple(str(number) for number in range(1, 31)),
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    ("(一)", "(二)", "(三)", "(四)", "(五)", "(六)", "(七)", "(八)", "(九)", "(十)"),
)
_LABEL: Final = re.compile(
    r"""
    (?:
        [(（](?P<round>[ァ-ンぁ-んA-Za-zＡ-Ｚａ-ｚ一二三四五六七八九十]|[0-9０-９]{1,2})[)）]\s*
      | (?P<plain>[ァ-ンぁ-んA-Za-zＡ-Ｚａ-ｚｱ-ﾝ]|[0-9０-９]{1,2})(?:[.．)）:：、](?![0-9０-９])\s*|\u3000+)
      | (?P<ring>[①-⑳])[.．:：、]?\s*
    )
    (?=\S)
    """,
    re.VERBOSE,
)
_POSITIONS: Final = re.compile(
    r"(?:上記|以上|前述|選択肢|ここに挙げた\S{0,4})の?(?:すべて|全て|いずれ|どれ)"
    r"|\b(?:all|none|both|neither|any) of (?:the )?(?:above|these|them)\b",
    re.IGNORECASE,
)
_KANA_REFERENCE: Final = re.compile(
    r"(?<![ァ-ヴーｦ-ﾟ])[ア-コ](?=[はがもをのとや、，,・で〜～）)」]|だけ|及び|および|又は|または|から|以外)"
)
_LATIN_REFERENCE: Final = re.compile(
    r"(?<![A-Za-z])(?:選択肢|[Cc]hoices?|[Oo]ptions?|[Aa]nswers?)\s*[A-Ja-j](?![A-Za-z])"
    r"|(?<![A-Za-z])[A-J](?=[はがもを]|\s(?:is|and|or|are)\b|[)）](?![A-Za-z]))"
)
_NUMBER_REFERENCE: Final = re.compile(
    r"(?:選択肢|[Cc]hoices?|[Oo]ptions?|[Aa]nswers?)\s*\(?[0-9０-９]|[0-9０-９]番(?:目|は|が)"
)


def has_japanese(text: str) -> bool:
    """Whether a text has a kana or a kanji in it."""
    return _JAPANESE.search(text) is not None


def labels(count: int, style: LabelStyle) -> tuple[str, ...]:
    """The labels of ``count`` choices: ア イ ウ … or A B C …, then numbers when the letters run out."""
    letters = KANA if style == "kana" else LATIN
    return tuple(letters[index] if index < len(letters) else str(index + 1) for index in range(count))


def answer_index(character: str, style: LabelStyle = "kana") -> int | None:
    """Which choice (from 0) a typed character means, or ``None``.

    ===================  ======================================================
    1 … 9, 0             first to ninth, tenth (full-width １ … ０ too)
    ア イ ウ … (to ン)    by label, as katakana, hiragana あ or half-width ｱ
    a i u e o            ア イ ウ エ オ as typed in romaji, where labels are kana
    a b c d …            A B C D …, where labels are Latin
    ===================  ======================================================

    Capitals and full-width letters mean the same.  Letters after the fifth are kana only where
    labels are kana, so that the reader's own keys (``b``, ``c``, ``q``) stay what they are.
    """
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1:
        return None
    if folded in "0123456789":
        return (int(folded) - 1) % 10
    if folded in KANA:
        return KANA.index(folded)
    if folded in _HIRAGANA:
        return _HIRAGANA[folded]
    letter = folded.lower()
    if style == "kana":
        return _VOWELS.index(letter) if letter in _VOWELS else None
    return LATIN.lower().find(letter) if letter in LATIN.lower() else None


def authored(texts: Sequence[str]) -> list[tuple[str, int]] | None:
    """The labels that an author wrote before all of some choices, or ``None`` if they are no labels.

    Gives each choice's label and the length of what is to be cut off.  Letters are labels only
    when each choice has another one and together they are the first of one alphabet, so that
    「A社に報告する」 or ``3.5 GHz`` keep theirs.
    """
    found: list[tuple[str, int]] = []
    for text in texts:
        match = _LABEL.match(text)
        if match is None:
            return None
        label = match["round"] or match["plain"] or match["ring"]
        if label not in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
            label = unicodedata.normalize("NFKC", label)
        found.append((label, match.end()))
    names = [label for label, _ in found]
    for alphabet in _ALPHABETS:
        first = [letter.strip("()") for letter in alphabet[: len(names)]]
        if sorted(names) == sorted(first):
            return found
    return None


def refers_to_position(choices: Sequence[str]) -> bool:
    """Whether a choice speaks of the others by where they stand (「上記のすべて」, "all of the above")."""
    return any(_POSITIONS.search(text) for text in choices)


def refers_to_label(text: str, names: Sequence[str]) -> bool:
    """Whether a text speaks of choices by label (「アは…」, "option B").

    ``names`` are the labels that the author wrote; without any, only kana are looked for, since
    that is what choices are labelled with when they are shown.
    """
    if _KANA_REFERENCE.search(text):
        return True
    if names and names[0].isascii() and names[0].isalpha():
        return _LATIN_REFERENCE.search(text) is not None
    if names and names[0].isdigit():
        return _NUMBER_REFERENCE.search(text) is not None
    return False
