"""Chinese, Japanese and Korean in Markdown: emphasis beside their punctuation, and line ends between them.

CommonMark decides whether ``**`` opens or closes by the punctuation and white space around it, which
fails where sentences are written without spaces: in ``これは**「重要」**です`` nothing is bold.  The rule
here is the CJK-friendly amendment to CommonMark 0.31.2, §6.2
(https://github.com/tats-u/markdown-cjk-friendly, specification.md): punctuation of these scripts
does not count as punctuation, and their characters outside a run count as white space would.
"""

from functools import cache
from unicodedata import category, east_asian_width

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

# Wide characters that are pictures by default (Emoji_Presentation, UTS #51) and thus of no script.
_EMOJI = ((0x231A, 0x2328), (0x232B, 0x2E7F), (0x1F000, 0x1F1FF), (0x1F266, 0x1FBFF))
_ENCLOSED_EMOJI = frozenset((0x1F201, 0x1F21A, 0x1F22F, *range(0x1F232, 0x1F237), *range(0x1F238, 0x1F23B)))
_HANGUL = ((0x1100, 0x11FF), (0x302E, 0x302F), (0x3131, 0x318E), (0x3200, 0x321E), (0x3260, 0x327E),
           (0xA960, 0xA97C), (0xAC00, 0xD7FB), (0xFFA0, 0xFFDC))  # fmt: skip


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


@cache
def is_cjk(character: str) -> bool:
    """Whether a character belongs to Chinese, Japanese or Korean writing, punctuation included, emoji not."""
    code = ord(character)
    if code < 0x1100:
        return False
    if _within(code, _HANGUL):
        return True
    if _within(code, _EMOJI) or code in _ENCLOSED_EMOJI:
        return False
    return east_asian_width(character) in "WFH"


@cache
def is_hangul(character: str) -> bool:
    """Whether a character is Hangul: Korean separates words by spaces, so line ends count there."""
    return _within(ord(character), _HANGUL)


@cache
def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or category(character)[0] in "PS"


def joins(before: str, after: str) -> bool:
    """Whether a line end between two characters leaves no space (both are Chinese or Japanese writing).

    Characters of ambiguous width (…, ―, “, ①) side with the neighbour; empty strings never join.
    Source: CSS Text 3, §4.1.3, segment break transformation.
    """
    if not before or not after:
        return False
    sides = is_cjk(before), is_cjk(after)
    if not any(sides) or is_hangul(before) or is_hangul(after):
        return False
    return all(cjk or east_asian_width(c) == "A" for cjk, c in zip(sides, (before, after), strict=True))


def _before(source: str, start: int) -> tuple[str, bool]:
    """The character a run of markers follows, seen through a variation selector, and whether it is CJK."""
    last = source[start - 1] if start > 0 else " "
    code = ord(last)
    if 0xE0100 <= code <= 0xE01EF:
        return last, True
    if 0xFE00 <= code <= 0xFE0E and start > 1:
        base = source[start - 2]
        # “ and its like, asked for in their full-width form (StandardizedVariants.txt)
        wide_form = code == 0xFE01 and base in "‘’“”"
        return base, wide_form or is_cjk(base)
    return last, is_cjk(last)


def scan(source: str, start: int, end: int, splits_words: bool) -> tuple[bool, bool, int]:
    """Judge the run of markers at ``start``: may it open, may it close, and how long is it.

    ``end`` is where the text ends; ``splits_words`` is true for ``*`` and ``~``, false for ``_``.
    """
    marker = source[start]
    stop = start
    while stop < end and source[stop] == marker:
        stop += 1
    before, cjk_before = _before(source, start)
    after = source[stop] if stop < end else " "
    cjk_after = is_cjk(after)
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))

    left = not space_after and (not mark_after or cjk_after or space_before or mark_before or cjk_before)
    right = not space_before and (not mark_before or cjk_before or space_after or mark_after or cjk_after)
    if splits_words:
        return left, right, stop - start
    return left and (not right or mark_before), right and (not left or mark_after), stop - start


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    opens, closes, length = scan(state.src, state.pos, state.posMax, marker == "*")
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(Delimiter(ord(marker), length, len(state.tokens) - 1, -1, opens, closes))
    state.pos += length
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "~":
        return False
    opens, closes, length = scan(state.src, state.pos, state.posMax, True)
    if length < 2:
        return False
    if length % 2:
        state.push("text", "", 0).content = "~"
    for _ in range(length // 2):
        state.push("text", "", 0).content = "~~"
        state.delimiters.append(Delimiter(ord("~"), 0, len(state.tokens) - 1, -1, opens, closes))
    state.pos += length
    return True


def cjk_plugin(md: MarkdownIt) -> None:
    """Judge ``*``, ``_`` and ``~~`` by the CJK-friendly rule, in this parser only."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("strikethrough", _strikethrough)
