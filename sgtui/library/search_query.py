"""The language of the search box.

Words are all looked for; ``"…"`` is a phrase, ``-word`` must not be there, ``tag:`` ``category:``
``difficulty:`` narrow, ``in:title`` looks in titles only.  Full-width letters, quotes, colons and
spaces count as the half-width ones.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from sgtui.articles.model import ArticleInfo, Difficulty
from sgtui.articles.values import difficulty_of
from sgtui.library.model import Library
from sgtui.library.words import spellings
from sgtui.markup.fold import fold

_QUOTES: Final = str.maketrans("“”„「」『』", '"""""""')
_TOKEN: Final = re.compile(
    r'(?P<minus>-)?(?:(?P<field>tag|category|difficulty|in):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: any of ``spellings`` (folded) will do.  ``text`` is what was typed."""

    text: str
    spellings: tuple[str, ...]

    def within(self, folded: str) -> bool:
        """Whether the term is in a folded text."""
        for spelling in self.spellings:  # noqa: SIM110 - twice as fast as any(), and asked a hundred thousand times
            if spelling in folded:
                return True
        return False

    def narrows(self, other: "Term") -> bool:
        """Whether ``other`` is wherever this term is, as 暗号 is wherever 暗号鍵 is."""
        return all(other.within(spelling) for spelling in self.spellings)

    def count(self, folded: str) -> int:
        """How often it is there."""
        return sum(folded.count(spelling) for spelling in self.spellings)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked: ``wanted`` terms must all be there, ``unwanted`` ones must not."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    difficulties: tuple[Difficulty | None, ...] = ()
    titles_only: bool = False

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted or self.tags or self.categories or self.difficulties)

    @property
    def narrowed(self) -> bool:
        """Whether more is asked for than that all wanted terms are there."""
        return bool(self.unwanted or self.tags or self.categories or self.difficulties or self.titles_only)

    @property
    def conditions(self) -> "tuple[tuple[Term, bool], ...]":
        """Every term, with whether it must be there."""
        return (*((term, True) for term in self.wanted), *((term, False) for term in self.unwanted))

    def admits(self, info: ArticleInfo, library: Library) -> bool:
        """Whether tags, category and difficulty of an article are as asked; its text is not looked at."""
        if self.difficulties and info.difficulty not in self.difficulties:
            return False
        if self.tags and not set(self.tags) <= {fold(tag) for tag in info.tags}:
            return False
        if not self.categories:
            return True
        names = {fold(info.category), fold(library.category_name(info.category))}
        return any(name in names or fold(library.category_id(name)) in names for name in self.categories)


def parse_query(text: str) -> Query:
    """Read what was typed; never raises: what makes no sense is looked for as words."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    narrowing: dict[str, list[str]] = {"tag": [], "category": [], "difficulty": []}
    titles_only = False
    for found in _TOKEN.finditer(_plain(text)):
        field, phrase, word = found["field"], found["phrase"], found["word"]
        value = phrase if phrase is not None else word or ""
        if field == "in" and value.lower() in ("title", "タイトル", "題名"):
            titles_only = True
        elif field in narrowing and value and not found["minus"]:
            narrowing[field].append(value)
        else:
            whole = value if phrase is not None or not field else f"{field}:{value}"
            term = _term(whole, phrase=phrase is not None)
            if term is not None:
                (unwanted if found["minus"] else wanted).append(term)
    return Query(
        tuple(wanted),
        tuple(unwanted),
        tuple(fold(tag) for tag in narrowing["tag"]),
        tuple(fold(name) for name in narrowing["category"]),
        tuple(difficulty_of(name) for name in narrowing["difficulty"]),
        titles_only,
    )


def pieces(text: str) -> list[str]:
    """The parts of a query as they stand in it: words, phrases, conditions."""
    return [found[0] for found in _TOKEN.finditer(_plain(text)) if found[0].strip()]


def _plain(text: str) -> str:
    """Quotes, colons, minus signs and spaces as the language has them; words stay as typed."""
    changed = text.translate(_QUOTES)
    return "".join(
        normal if (normal := unicodedata.normalize("NFKC", c)) in ('"', ":", "-", " ") else c for c in changed
    )


def _term(text: str, *, phrase: bool) -> Term | None:
    text = "".join(c for c in text if c.isprintable())
    found = spellings(text)
    if phrase and found:
        found = (fold(text).strip(),)
    return Term(text, found) if found else None
