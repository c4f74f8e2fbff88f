"""Searching a whole library: exact, ranked, quick enough to run at every key.

A search finds what a look through every article's text would find (of any length, also one
character), because it is one: folded texts lie in memory, some tens of megabytes for the largest
libraries, and are looked through one by one.  Answers, reasons and explanations of quizzes are
not in them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from sgtui.articles.model import ArticleInfo, Section
from sgtui.library.model import Library
from sgtui.library.search_query import Query, Term, parse_query
from sgtui.library.text import PART, fold_quickly
from sgtui.markup.fold import fold_map

TITLE, HEADING, BODY = 3, 2, 1
"""Where a word was found; a title counts more than a heading, a heading more than text."""

SECTIONS: Final = 3
"""Sections of one article that are shown at most."""

_RANK: Final = 1_000_000
_MANY: Final = 200
"""Articles of which a first, quick answer ranks no more."""
_SOON: Final = 0.01
"""Seconds after which a first answer is given with what is found by then."""
_SLICE: Final = 512
"""Articles looked through between two questions whether the search is still wanted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where everything asked for is (or, if it is spread over an article, most of it).

    ``section`` is an index into the article's sections, None for its title.  ``score`` is greater
    for what is more likely meant: title before heading before text, then how often.
    """

    info: ArticleInfo
    section: int | None
    score: int
    terms: tuple[Term, ...] = field(default=(), repr=False)

    @property
    def place(self) -> Section | None:
        """The section, or None for the article's title."""
        sections = self.info.sections
        return sections[self.section] if self.section is not None and self.section < len(sections) else None


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some text around a match; ``marks`` are the ranges (start, end) of the words that were found."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class Search:
    """Searches one library.  ``load`` brings the texts into memory and may run in a thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._infos: Sequence[ArticleInfo] = library.infos
        self._titles = [fold_quickly(info.title) for info in library.infos]
        self._texts: list[str] | None = None
        self._heads: list[str] = []

    @property
    def loaded(self) -> bool:
        """Whether texts are searched too; before :meth:`load`, titles alone are."""
        return self._texts is not None

    def load(self) -> None:
        """Bring the folded texts into memory."""
        if self._texts is not None:
            return
        places = {info.path: index for index, info in enumerate(self._infos)}
        texts = [""] * len(self._infos)
        heads = [""] * len(self._infos)
        for path, folded in self._library.texts.folded() if self._library.texts else ():
            index = places.get(path)
            if index is not None:
                texts[index] = folded
                heads[index] = PART.join(folded.split(PART)[::2])
        self._heads = heads
        self._texts = texts

    def find(self, text: str, *, limit: int = 50) -> list[Hit]:
        """Everything that ``text`` (in the language of :mod:`sgtui.library.search_query`) asks for, best first.

        ``limit`` counts articles; texts are loaded if they are not yet.
        """
        self.load()
        return list(self.stages(text, limit=limit))[-1]

    def stages(self, text: str, *, limit: int = 50, wanted: Callable[[], bool] = lambda: True) -> Iterator[list[Hit]]:
        """As :meth:`find`: the titles first, soon some of the texts, then all; each list replaces the one before.

        ``wanted`` is asked now and then; when it says no, the search ends.
        """
        query = parse_query(text)
        if not query:
            yield []
            return
        admitted = self._admitted(query)
        titled = self._narrow(query, admitted, self._titles, wanted)
        if titled is None:
            return
        everything = query.titles_only or self._texts is None
        yield self._ranked(query, titled if everything else self._certain(query, titled), limit, hurry=not everything)
        if everything or self._texts is None:
            return
        for found, complete in self._in_all(query, admitted, wanted):
            if complete or not titled:  # titles that are on the screen already are not pushed away for a moment
                yield self._ranked(query, found, limit, hurry=not complete)

    def matching(self, text: str) -> list[ArticleInfo]:
        """Every article that ``text`` asks for, in course order."""
        self.load()
        query = parse_query(text)
        if not query:
            return []
        admitted = self._admitted(query)
        if query.titles_only:
            found = self._narrow(query, admitted, self._titles, lambda: True)
        else:
            found = next(hits for hits, complete in self._in_all(query, admitted, lambda: True) if complete)
        return [self._infos[index] for index in found or ()]

    def snippet(self, hit: Hit, length: int = 80) -> Snippet:
        """At most ``length`` characters around the first match of ``hit``, read from the article as it is now."""
        from sgtui.articles.parser import digest_article  # noqa: PLC0415 - an index is searched without it

        library = self._library
        digest = digest_article(library.root, hit.info.path, dialects=library.manifest.dialects)
        if hit.section is None or hit.section >= len(digest.sections):
            return snippet(beginning(hit.info, digest.sections), hit.terms, length)
        heading, body = digest.sections[hit.section]
        folded = fold_quickly(body)
        in_body = not heading or any(term.within(folded) for term in hit.terms)
        return snippet(body if in_body else heading, hit.terms, length)

    def _admitted(self, query: Query) -> Sequence[int]:
        if not (query.tags or query.categories or query.difficulties):
            return range(len(self._infos))
        return [i for i, info in enumerate(self._infos) if query.admits(info, self._library)]

    def _narrow(
        self, query: Query, candidates: Sequence[int], texts: Sequence[str], wanted: Callable[[], bool]
    ) -> list[int] | None:
        """Those of ``candidates`` whose ``texts`` have all that is wanted and nothing unwanted; None if given up."""
        found = list(candidates)
        for term, present in query.conditions:
            kept: list[int] = []
            for start in range(0, len(found), _SLICE):
                if not wanted():
                    return None
                part = found[start : start + _SLICE]
                if len(term.spellings) == 1:
                    word = term.spellings[0]
                    kept += [i for i in part if (word in texts[i]) is present]
                else:
                    kept += [i for i in part if term.within(texts[i]) is present]
            found = kept
        return found

    def _certain(self, query: Query, titled: Sequence[int]) -> list[int]:
        """Those found by title that nothing unwanted in their text can take back."""
        texts = self._texts
        if not query.unwanted or texts is None:
            return list(titled)
        return [i for i in titled if not any(term.within(texts[i]) for term in query.unwanted)]

    def _in_all(
        self, query: Query, candidates: Sequence[int], wanted: Callable[[], bool]
    ) -> Iterator[tuple[list[int], bool]]:
        """As ``_narrow``, in title and text together: what is found so far, now and then, and whether that is all."""
        texts, titles = self._texts, self._titles
        assert texts is not None
        found: list[int] = []
        shown = perf_counter()
        for start in range(0, len(candidates), _SLICE):
            if not wanted():
                return
            part = list(candidates[start : start + _SLICE])
            for term, present in query.conditions:
                if len(term.spellings) == 1:
                    word = term.spellings[0]
                    part = [i for i in part if (word in texts[i] or word in titles[i]) is present]
                else:
                    part = [i for i in part if (term.within(texts[i]) or term.within(titles[i])) is present]
            found += part
            if found and perf_counter() - shown > _SOON:
                yield found[:_MANY], False
                shown = float("inf")
        yield found, True

    def _ranked(self, query: Query, found: Sequence[int], limit: int, *, hurry: bool = False) -> list[Hit]:
        if hurry:  # a better order comes with the next stage
            found = found[:_MANY]
        tiers = [(sum(self._tier(term, index) for term in query.wanted), index) for index in found]
        # Counting is dear: only where the first word's tier leaves a choice.
        tiers.sort(key=lambda pair: (-pair[0], pair[1]))
        cut = tiers[min(limit, len(tiers)) - 1][0] if tiers else 0
        scored = [
            (tier * _RANK + min(self._count(query.wanted, index), _RANK - 1), index)
            for tier, index in tiers
            if tier >= cut
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return [hit for score, index in scored[:limit] for hit in self._hits(query, index, score)]

    def _tier(self, term: Term, index: int) -> int:
        if term.within(self._titles[index]):
            return TITLE
        return HEADING if self._heads and term.within(self._heads[index]) else BODY

    def _count(self, terms: Sequence[Term], index: int) -> int:
        texts = self._texts
        return sum(
            term.count(self._titles[index]) + (term.count(texts[index]) if texts is not None else 0) for term in terms
        )

    def _hits(self, query: Query, index: int, score: int) -> Iterator[Hit]:
        """The best sections of one article; the article alone where only its title has the words."""
        info = self._infos[index]
        terms = query.wanted
        parts = self._texts[index].split(PART) if self._texts is not None and not query.titles_only and terms else []
        best: list[tuple[int, int, int]] = []
        for section in range(len(parts) // 2):
            heading, body = parts[2 * section], parts[2 * section + 1]
            present = sum(term.within(heading) or term.within(body) for term in terms)
            if present:
                headed = sum(term.within(heading) for term in terms)
                count = sum(term.count(heading) + term.count(body) for term in terms)
                best.append((present * 100 + headed, count, -section))
        if not best:
            yield Hit(info, None, score, terms)
            return
        best.sort(reverse=True)
        most = best[0][0] // 100
        for rank, (present, _count, section) in enumerate(best[:SECTIONS]):
            if present // 100 == most:
                yield Hit(info, -section, score - rank, terms)


def beginning(info: ArticleInfo, sections: Sequence[tuple[str, str]]) -> str:
    """What an article is about: its summary, else its first text (``sections``: heading and text), else its title."""
    return info.summary or next((body for _heading, body in sections if body.strip()), info.title)


def snippet(text: str, terms: Sequence[Term], length: int = 80) -> Snippet:
    """``text`` cut to about ``length`` characters around the first of ``terms``, on one line, matches marked."""
    line = " ".join(text.split())
    folded = fold_map(line)
    ranges: list[tuple[int, int]] = []
    for term in terms:
        for spelling in term.spellings:
            at = folded.text.find(spelling)
            while at >= 0:
                ranges.append(folded.original(at, at + len(spelling)))
                at = folded.text.find(spelling, at + len(spelling))
    ranges = _merged(ranges)
    first = ranges[0][0] if ranges else 0
    start = max(0, min(first - length // 4, len(line) - length))
    end = min(len(line), start + length)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shift = len(before) - start
    marks = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in ranges if a < end and b > start)
    return Snippet(f"{before}{line[start:end]}{after}", marks)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found
