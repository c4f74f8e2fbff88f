"""Stretches of a page's text: from here to there, the sentence or the word around a place."""

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from sgtui.typeset.block import Block
from sgtui.typeset.model import Place

SENTENCE_ENDS: Final = "。！？!?\n"
CLOSERS: Final = "」』）)】〉》”’"


class Extent(NamedTuple):
    """Text from ``start`` to before ``end``."""

    start: Place
    end: Place


def text_between(blocks: Sequence[Block], extent: Extent) -> str:
    """The text of an extent; paragraphs are kept apart by an empty line, rows of a table by a line end."""
    start, end = extent
    parts: list[str] = []
    for index in range(start.block, min(end.block, len(blocks) - 1) + 1):
        text = blocks[index].text
        first = start.offset if index == start.block else 0
        last = end.offset if index == end.block else len(text)
        piece = text[first:last].strip("\n")
        if not piece:
            continue
        if parts:
            near = blocks[index].before == 0
            parts.append("\n" if near else "\n\n")
        parts.append(piece)
    return "".join(parts)


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """The sentence around an offset: to the end that closes it, quotation marks included."""
    offset = max(0, min(offset, len(text) - 1))
    start = offset
    while start > 0 and not _ends_before(text, start):
        start -= 1
    while start < offset and text[start].isspace():
        start += 1
    end = offset
    while end < len(text) and not _ends_before(text, end + 1):
        end += 1
    return start, min(end + 1, len(text))


def _ends_before(text: str, index: int) -> bool:
    """Whether a sentence ends just before ``index``."""
    before = text[:index].rstrip(CLOSERS) if index and text[index - 1] in CLOSERS else text[:index]
    if index < len(text) and (text[index] in CLOSERS or text[index] in SENTENCE_ENDS):
        return False
    if before[-1:] == ".":
        return index >= len(text) or text[index].isspace()
    return before[-1:] in SENTENCE_ENDS if before else False


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The run of letters of one kind (kanji, hiragana, katakana, Latin) around an offset."""
    if not text:
        return 0, 0
    offset = max(0, min(offset, len(text) - 1))
    kind = _kind(text[offset])
    start = end = offset
    while start > 0 and _kind(text[start - 1]) == kind:
        start -= 1
    while end < len(text) and _kind(text[end]) == kind:
        end += 1
    return start, end


def _kind(character: str) -> str:
    if character == "ー":
        return "katakana"
    if character.isspace():
        return "space"
    if not character.isalnum():
        return "sign"
    name = unicodedata.name(character, "").split(" ", 1)[0].lower()
    return name if name in ("hiragana", "katakana", "cjk", "hangul") else "latin"
