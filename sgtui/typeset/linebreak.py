"""Breaking text into lines as Japanese and English books do, in linear time.

Rules: JIS X 4051 (strict 禁則処理) as far as whole cells allow.  Text is cut into atoms that hold together: opening
brackets with what follows, closing marks with what precedes, Latin words, numbers with their units, formulas without
spaces up to their equals sign, ―― and …….
Lines are filled atom by atom; only an atom that is wider than a whole line is chopped.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from sgtui.typeset.cells import graphemes, is_simple, width
from sgtui.typeset.model import Line, Span, TypesetOptions

NOT_AT_START: Final = frozenset(
    "、。，．・：；？！」』）】〕〉》〟’”ーゝゞ々ヽヾ〻ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "゛゜‐゠–〜～‼⁇⁈⁉｝］｠｣､｡･ｰﾞﾟｧｨｩｪｫｬｭｮｯ％‰℃°′″〙〗»›"
)
"""Characters that begin no line: closing marks, small kana, repetition and long-vowel marks."""

NOT_AT_END: Final = frozenset("「『（【〔〈《‘“｛［｟｢〝〘〖«‹￥＄￡")
"""Characters that end no line: opening brackets, and signs of money before a number."""

_HANGING: Final = frozenset("、。，．､｡")
_SHORTEST_END: Final = 4
"""Cells: a paragraph's last line of no more than a character and its full stop looks lost."""
_BROAD: Final = 8
"""Cells from which on a line can spare a character."""
_SPACE = r"[ \t\u3000\u200b]"
_CLOSE = "".join(map(re.escape, sorted(NOT_AT_START)))
_OPEN = "".join(map(re.escape, sorted(NOT_AT_END)))
_ASCII_CLOSE = r",.:;!?)\]}"
_ASCII_OPEN = r"(\[{"
# Characters one may break beside: kana, kanji, Hangul, full-width forms, symbols and arrows, emoji.
_WIDE = r"\u2190-\u2bff\u2e80-\ua4cf\ua960-\ua97f\u1100-\u11ff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_WIDE += r"\U0001f000-\U0001faff\U00020000-\U0003ffff"
_OPERAND_BEFORE = r"(?<=[0-9A-Za-z\u0370-\u03ff²³⁰-₎)）\]])"
_MINUS = rf"{_OPERAND_BEFORE}−(?=[0-9A-Za-z\u0370-\u03ff(√])"
_OPERATOR = r"(?:[−×÷±＝≠≤≥≒≈＋]|(?<=\x20)[-+=*/<>](?=\x20))"
_WORD = rf"[^\n\s{_WIDE}{_CLOSE}{_OPEN}{_ASCII_CLOSE}{_ASCII_OPEN}…‥—―]|[\xa0\u202f\u2007]|{_MINUS}"
_DIGIT = "[0-9０-９]"
_COUNTER = (
    "か月|カ月|ヶ月|ヵ月|か国|か所|カ所|ヶ所|時間半?|年間|週間|日間|分間|秒間|年度|年生|文字|ビット|バイト|パーセント|"
    "[円人個件回年月日時分秒週歳台社本冊点問章節項条行列倍割位番号階名種桁語通度枚字級歩者]"
)
_UNIT = (
    r"(?:[kKMGTP]i?)?(?:[Bb](?:ps|its?|ytes?)?|Hz)|[kcmµn]?[mgsL]|km/h|min|hrs?|px|pt|dpi|fps|rpm|[km]?[WV]h?|dB|"
    r"(?:USD|JPY|EUR)|[%％°℃]"
)
_ATOM: Final = re.compile(
    rf"{_SPACE}++(?![{_CLOSE}])"
    rf"|(?:(?:[{_OPEN}]|[{_ASCII_OPEN}](?={_SPACE}?[^{_SPACE[1:-1]}\n])){_SPACE}*+)*+"
    r"(?:"
    rf"(?P<url>[A-Za-z][A-Za-z0-9+]*+://[^\s{_WIDE}{_OPEN}」』）】〕〉》]++)"
    rf"|[−±]?+[¥$€£№第]?+{_DIGIT}++(?:[.,:．，/−×÷±]?{_DIGIT}++)*+"
    rf"(?:(?:[万億兆千百]{_DIGIT}*+)++(?:{_COUNTER})?+|(?:{_COUNTER})|\x20?(?:{_UNIT})(?![A-Za-z0-9])"
    r"|(?![A-Za-z0-9_\-]|%[A-Za-z0-9]|[−×÷±][A-Za-z0-9(]))"
    rf"|(?:{_WORD})++(?:(?:[{_ASCII_CLOSE}{_ASCII_OPEN}'’]++)(?:{_WORD})++)*+(?:(?<={_DIGIT})(?:{_COUNTER}))?+"
    r"|[—―]++|[…‥]++|──++|[^\n]"
    r")"
    rf"(?:{_SPACE}*+[{_CLOSE}]|[{_ASCII_CLOSE}]|\[\d{{1,3}}\]|{_OPERAND_BEFORE}\x20?{_OPERATOR})*+"
    rf"|(?:[{_OPEN}]{_SPACE}*+)++"
    r"|\n"
)
_URL_PIECE: Final = re.compile(r"^[^:/]++://[^/?&=]*+[/?&=]*+|[^/?&=]*+[/?&=]++|[^/?&=]++")
_HELD: Final = frozenset(("code", "math", "kbd"))
"""Styles whose text is one thing: divided only where it is longer than :data:`_HELD_MOST` cells."""
_HELD_MOST: Final = 24
_SPACES: Final = frozenset(" \t\u3000\u200b")


class Extent(NamedTuple):
    """One line of a text: offsets of its first character and past its last shown one, and its width in cells."""

    start: int
    end: int
    width: int


class _Widths(dict[str, int]):
    """Widths of atoms, found once; forgets everything rather than grow without bound."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def __missing__(self, atom: str) -> int:
        cells = width(atom, self._ambiguous)
        if len(atom) <= 24:
            if len(self) > 20_000:
                self.clear()
            self[atom] = cells
        return cells


_WIDTHS: Final = {1: _Widths(1), 2: _Widths(2)}


def atoms(text: str) -> list[str]:
    """``text`` cut into pieces that no line end may divide; together they are the text.

    White space and line feeds are atoms of their own.
    """
    found = [atom.group() for atom in _ATOM.finditer(text)] if "://" not in text else _with_urls(text)
    return found if is_simple(text) else _whole_graphemes(text, found)


def _with_urls(text: str) -> list[str]:
    """Atoms where web addresses break after ``/ ? & =``, but not before their host."""
    found: list[str] = []
    for match in _ATOM.finditer(text):
        if match["url"] is None:
            found.append(match.group())
            continue
        start, end = match.span("url")
        pieces = _URL_PIECE.findall(match["url"])
        pieces[0] = text[match.start() : start] + pieces[0]
        pieces[-1] += text[end : match.end()]
        found.extend(pieces)
    return found


def _whole_graphemes(text: str, found: list[str]) -> list[str]:
    """Join atoms whose border lies inside a grapheme."""
    borders = {0}
    position = 0
    for cluster in graphemes(text):
        position += len(cluster)
        borders.add(position)
    joined: list[str] = []
    position = 0
    for atom in found:
        if position in borders:
            joined.append(atom)
        else:
            joined[-1] += atom
        position += len(atom)
    return joined


def _chop(atom: str, limit: int, ambiguous: int) -> list[tuple[str, int]]:
    """Cut an atom wider than a line into pieces (with their widths) that fit, minding the rules while it can."""
    if atom.isascii() and atom.isprintable() and "://" not in atom:  # every character one cell, and no rule for any
        cut = (atom[start : start + limit] for start in range(0, len(atom), limit))
        return [(piece, len(piece)) for piece in cut]
    clusters = graphemes(atom)
    widths = [width(cluster, ambiguous) for cluster in clusters]
    pieces: list[tuple[str, int]] = []
    start = 0
    while start < len(clusters):
        end, used = start, 0
        while end < len(clusters) and (used + widths[end] <= limit or end == start):
            used += widths[end]
            end += 1
        if end < len(clusters):
            end = _between_labels(clusters, start, end) if "://" in atom else _back(clusters, start, end)
        pieces.append(("".join(clusters[start:end]), sum(widths[start:end])))
        start = end
    return pieces


def _back(clusters: Sequence[str], start: int, end: int) -> int:
    """The nearest cut at or before ``end`` that breaks no rule; ``end`` itself where there is none nearby."""
    for cut in range(end, max(start, end - 8), -1):
        if clusters[cut][0] not in NOT_AT_START and clusters[cut - 1] not in NOT_AT_END:
            return cut
    return end


def _between_labels(clusters: Sequence[str], start: int, end: int) -> int:
    """A cut before a dot of a host, so that its labels stay whole; as :func:`_back` where there is none nearby."""
    for cut in range(end, start + (end - start) // 2, -1):
        if clusters[cut] == ".":
            return cut
    return _back(clusters, start, end)


def break_text(text: str, limit: int, options: TypesetOptions, held: Sequence[tuple[int, int]] = ()) -> list[Extent]:
    """Divide ``text`` into lines at most ``limit`` cells wide (two more where punctuation may hang).

    Line feeds end lines.  Spaces at a line's end, and those a line would begin with after a break, are
    shown by no line; the offsets step over them.  An empty text is one empty line.  ``held`` are
    ranges of offsets, in order, that no line end divides where they fit on a line.
    """
    filler = _Filler(max(1, limit), options)
    widths = _WIDTHS[options.ambiguous]
    position = 0
    for atom in _holding(atoms(text), held, limit, widths) if held else atoms(text):
        if atom == "\n":
            filler.finish(position + 1)
        elif atom[0] in _SPACES and not atom.strip(" \t\u3000\u200b"):
            filler.spaces += widths[atom]
        else:
            filler.add(atom, position, widths[atom])
        position += len(atom)
    filler.finish(position)
    return filler.lines


def _holding(found: Sequence[str], held: Sequence[tuple[int, int]], limit: int, widths: _Widths) -> Iterator[str]:
    """Atoms with those that share a held range made one, if that fits on a line."""
    ranges = iter((*held, (sys.maxsize, sys.maxsize)))
    first, last = next(ranges)
    position = index = 0
    while index < len(found):
        end, through = index + 1, position + len(found[index])
        while last <= position:
            first, last = next(ranges)
        if first < through:  # the atom reaches into the range: so may others, into it or the next
            while end < len(found) and through < last and found[end] != "\n":
                through += len(found[end])
                end += 1
                while last <= through:
                    first, last = next(ranges)
                if first >= through:
                    break
            whole = "".join(found[index:end])
            if end - index > 1 and widths[whole] > limit:
                yield from found[index:end]
            else:
                yield whole
        else:
            yield found[index]
        index, position = end, through


class _Filler:
    """Fills lines with atoms.

    ``start``, ``end`` and ``used`` are the line being filled; ``spaces`` the cells of white space after it
    that show only if something follows.  ``last`` is where its last atom begins, ``shorter`` and ``less``
    are ``end`` and ``used`` without that atom.
    """

    __slots__ = (
        *("limit", "options", "lines", "first", "loose"),
        *("start", "end", "used", "spaces", "last", "shorter", "less", "own"),
    )

    def __init__(self, limit: int, options: TypesetOptions) -> None:
        self.limit = limit
        self.options = options
        self.lines: list[Extent] = []
        self.start = self.end = self.used = self.spaces = 0
        self.last = self.shorter = self.less = 0
        self.first = 0  # the index of the paragraph's first line
        self.own = 0  # the width of the last atom
        self.loose = (0, 0, 0, 0)  # of the line before: where its last atom begins, end and width without it, its own

    def add(self, atom: str, here: int, cells: int) -> None:
        """Put an atom that begins at ``here`` and takes ``cells`` on this line or the next."""
        if self.used + self.spaces + cells > self.limit and not self._hangs(atom, cells):
            if self.end > self.start:
                self._break(here)
            elif self.spaces:  # nothing but white space that leaves no room
                self.start, self.spaces = here, 0
            if cells > self.limit:
                self._chop(atom)
                return
        self.last, self.shorter, self.less, self.own = here, self.end, self.used, cells
        self.used += self.spaces + cells
        self.end = here + len(atom)
        self.spaces = 0

    def _hangs(self, atom: str, cells: int) -> bool:
        if not self.options.hanging or atom[-1] not in _HANGING:
            return False
        return self.used + self.spaces + cells - width(atom[-1], self.options.ambiguous) <= self.limit

    def _break(self, here: int) -> None:
        self.lines.append(Extent(self.start, self.end, self.used))
        self.loose = (self.last, self.shorter, self.less, self.own)
        self.start = self.end = here
        self.last = self.shorter = here
        self.used = self.spaces = self.less = 0

    def _chop(self, atom: str) -> None:
        for piece, cells in _chop(atom, self.limit, self.options.ambiguous):
            if self.end > self.start:
                self._break(self.end)
            self.end = self.start + len(piece)
            self.used = cells

    def finish(self, following: int) -> None:
        """End the paragraph; the next begins at the offset ``following``."""
        if 0 < self.used <= _SHORTEST_END and len(self.lines) > self.first and self.limit >= _BROAD:
            self._lengthen_end()
        self.lines.append(Extent(self.start, self.end, self.used))
        self.first = len(self.lines)
        self.start = self.end = following
        self.last = self.shorter = following
        self.used = self.spaces = self.less = 0

    def _lengthen_end(self) -> None:
        """Give a last line of one lonely character the atom before it, if the line above can spare it."""
        above = self.lines[-1]
        begin, end, cells, moved = self.loose
        if end <= above.start or begin < end or moved > _SHORTEST_END * 2 or self.used + moved > self.limit:
            return
        if above.end < self.start:
            return  # white space at the break, as between words: a short word may stand alone
        self.lines[-1] = Extent(above.start, end, cells)
        self.start = begin
        self.used += moved


def set_runs(runs: Sequence[Span], limit: int, options: TypesetOptions) -> list[Line]:
    """Set styled text in lines of at most ``limit`` cells; offsets count the characters of all runs together."""
    text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
    return lined(runs, break_text(text, limit, options, _held(runs, options)))


def pieces(runs: Sequence[Span], limit: int, options: TypesetOptions) -> list[tuple[str, int]]:
    """What no line end may divide in the text of ``runs``, each with its width in cells."""
    widths = _WIDTHS[options.ambiguous]
    text = "".join(run.text for run in runs)
    return [(piece, widths[piece]) for piece in _holding(atoms(text), _held(runs, options), limit, widths)]


def lined(runs: Sequence[Span], extents: Iterable[Extent]) -> list[Line]:
    """Styled text cut into the lines that ``extents`` say."""
    lines: list[Line] = []
    index, before = 0, 0  # the run a line begins in, and the offset at which that run begins
    for start, end, cells in extents:
        while index < len(runs) - 1 and before + len(runs[index].text) <= start:
            before += len(runs[index].text)
            index += 1
        spans: list[Span] = []
        here, run_start = index, before
        while here < len(runs) and run_start < end:
            run = runs[here]
            piece = run.text[max(0, start - run_start) : end - run_start]
            if piece:
                spans.append(Span(piece, run.style, run.target))
            run_start += len(run.text)
            here += 1
        lines.append(Line(tuple(spans), cells, start, end, ((0, start, end),)))
    return lines


def _held(runs: Sequence[Span], options: TypesetOptions) -> list[tuple[int, int]]:
    """Where code and formulas stand that are short enough to be kept whole."""
    found: list[tuple[int, int]] = []
    position = 0
    for run in runs:
        text = run.text
        if len(text) > 1 and not _HELD.isdisjoint(run.style.split()) and "\n" not in text:
            start = position + len(text) - len(text.lstrip())
            end = position + len(text.rstrip())
            if end - start > 1 and _WIDTHS[options.ambiguous][text[start - position : end - position]] <= _HELD_MOST:
                found.append((start, end))
        position += len(text)
    return found
