"""Searching a whole library: exact, ranked, quick enough to run at every key.

A search finds what a look through every article's text would find (of any length, also one
character), because it is one: folded texts lie in memory, some tens of megabytes for the largest
libraries, and are looked through one by one.  Answers, reasons and explanations of quizzes are
not in them.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import add
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
_REMEMBERED: Final = 16
"""Searches whose outcome is kept: the next key most often asks for a part of it."""


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
        """Title and folded text of each article, with PART between them."""
        self._heads: list[str] = []
        self._outcomes: tuple[tuple[tuple[Term, ...], array[int]], ...] = ()

    @property
    def loaded(self) -> bool:
        """Whether texts are searched too; before :meth:`load`, titles alone are."""
        return self._texts is not None

    def load(self) -> None:
        """Bring the folded texts into memory."""
        if self._texts is not None:
            return
        places = {info.path: index for index, info in enumerate(self._infos)}
        texts = [title + PART for title in self._titles]
        heads = [""] * len(self._infos)
        for path, folded in self._library.texts.folded() if self._library.texts else ():
            index = places.get(path)
            if index is not None:
                texts[index] += folded
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
        first = titled if everything else self._certain(query, titled)
        ranked = self._ranked(query, first, limit, wanted, hurry=not everything)
        if ranked is None:
            return
        yield ranked
        if everything:
            return
        for found, complete in self._in_all(query, admitted, wanted):
            if complete or not titled:  # titles that are on the screen already are not pushed away for a moment
                ranked = self._ranked(query, found, limit, wanted, hurry=not complete)
                if ranked is None:
                    return
                yield ranked

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
        found: list[int] = []
        for start in range(0, len(candidates), _SLICE):
            if not wanted():
                return None
            found += _having(query, candidates[start : start + _SLICE], texts)
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
        texts = self._texts
        assert texts is not None
        candidates = self._within_outcome(query, candidates)
        found: list[int] = []
        shown = perf_counter()
        for start in range(0, len(candidates), _SLICE):
            if not wanted():
                return
            found += _having(query, candidates[start : start + _SLICE], texts)
            if found and perf_counter() - shown > _SOON:
                yield found[:_MANY], False
                shown = float("inf")
        if query.wanted and not query.narrowed:
            self._outcomes = (*self._outcomes[1 - _REMEMBERED :], (query.wanted, array("l", found)))
        yield found, True

    def _within_outcome(self, query: Query, candidates: Sequence[int]) -> Sequence[int]:
        """Those of ``candidates`` that an earlier search found, if all that is asked for now must be among them."""
        fitting = [
            found
            for terms, found in self._outcomes
            if all(any(term.narrows(other) for term in query.wanted) for other in terms)
        ]
        if not fitting:
            return candidates
        known = min(fitting, key=len)
        if len(candidates) == len(self._infos):
            return known
        admitted = set(candidates)
        return [index for index in known if index in admitted]

    def _ranked(
        self, query: Query, found: Sequence[int], limit: int, wanted: Callable[[], bool], *, hurry: bool = False
    ) -> list[Hit] | None:
        """The best of ``found``; None if given up."""
        if hurry:  # a better order comes with the next stage
            found = found[:_MANY]
        tiers = [0] * len(found)
        for term in query.wanted:
            if not wanted():
                return None
            tiers = list(map(add, tiers, self._tiers(term, found)))
        best = sorted(range(len(found)), key=tiers.__getitem__, reverse=True)
        # Counting is dear: only where the first words' tiers leave a choice.
        cut = tiers[best[min(limit, len(best)) - 1]] if best else 0
        best = [place for place in best if tiers[place] >= cut]
        scored: list[tuple[int, int]] = []
        for start in range(0, len(best), _SLICE):
            if not wanted():
                return None
            part = best[start : start + _SLICE]
            counts = self._counts(query.wanted, [found[place] for place in part])
            scored += [
                (-(tiers[place] * _RANK + min(count, _RANK - 1)), found[place])
                for place, count in zip(part, counts, strict=True)
            ]
        scored.sort()
        return [hit for score, index in scored[:limit] for hit in self._hits(query, index, -score)]

    def _tiers(self, term: Term, found: Sequence[int]) -> list[int]:
        """The best place of ``term`` in each of the articles ``found``."""
        titles, heads, within = self._titles, self._heads, term.within
        if not heads:
            return [TITLE if within(titles[i]) else BODY for i in found]
        if len(term.spellings) == 1:
            word = term.spellings[0]
            return [TITLE if word in titles[i] else HEADING if word in heads[i] else BODY for i in found]
        return [TITLE if within(titles[i]) else HEADING if within(heads[i]) else BODY for i in found]

    def _counts(self, terms: Sequence[Term], found: Sequence[int]) -> list[int]:
        texts = self._titles if self._texts is None else self._texts
        counts = [0] * len(found)
        for term in terms:
            for word in term.spellings:
                counts = [count + texts[i].count(word) for count, i in zip(counts, found, strict=True)]
        return counts

    def _hits(self, query: Query, index: int, score: int) -> Iterator[Hit]:
        """The best sections of one article; the article alone where only its title has the words."""
        info = self._infos[index]
        terms = query.wanted
        in_texts = self._texts is not None and not query.titles_only and terms
        parts = self._texts[index].split(PART)[1:] if self._texts is not None and in_texts else []
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


def _having(query: Query, indexes: Sequence[int], texts: Sequence[str]) -> Sequence[int]:
    """Those of ``indexes`` whose ``texts`` have all that is wanted and nothing unwanted."""
    for term, present in query.conditions:
        # A comprehension with nothing but `in` is several times as fast as one that calls something, and a single
        # letter is looked for several times as fast as a word: the one typed last tells most articles apart.
        if len(term.spellings) == 1:
            word = term.spellings[0]
            last = word[-1]
            indexes = [i for i in indexes if (last in texts[i] and word in texts[i]) is present]
        elif len(term.spellings) == 2:
            word, other = term.spellings
            last, end = word[-1], other[-1]
            indexes = [
                i
                for i in indexes
                if ((last in texts[i] and word in texts[i]) or (end in texts[i] and other in texts[i])) is present
            ]
        else:
            indexes = [i for i in indexes if term.within(texts[i]) is present]
    return indexes


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
