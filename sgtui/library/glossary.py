"""The glossary of a library: ``glossary.toml``, a list of terms with their meanings.

[[terms]]
term = "機密性"
reading = "きみつせい"
english = "confidentiality"
meaning = "許可された者だけが情報を見られること。"
article = "cia-and-seven-properties"
aliases = ["Confidentiality"]
quiz = true
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sgtui.articles.source import read_source
from sgtui.errors import Problem, problem
from sgtui.library.model import Library
from sgtui.library.schema import load_schema, mismatches
from sgtui.markup.fold import fold, fold_map

DEFAULT: Final = "glossary.toml"
TERM: Final = "term"
"""The type of an article that explains one term."""
_ASKED: Final = "とは"
_LATIN: Final = re.compile(r"[0-9a-z]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means; ``article`` is the key of the article that teaches it (may be empty).

    ``quiz``: a quiz must test it.
    """

    term: str
    meaning: str
    reading: str = ""
    english: str = ""
    article: str = ""
    aliases: tuple[str, ...] = ()
    line: int = 0
    quiz: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the term is looked up by, the term itself first."""
        return tuple(name for name in (self.term, *self.aliases, self.reading, self.english) if name)


@dataclass(frozen=True)
class Glossary:
    """Terms in the order of the file, found by term, alias, reading or English name."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def _names(self) -> Mapping[str, Term]:
        names: dict[str, Term] = {}
        for rank in range(max((len(term.names) for term in self.terms), default=0)):
            for term in self.terms:
                if rank < len(term.names):
                    names.setdefault(fold(term.names[rank]).strip(), term)
        names.pop("", None)
        return names

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0)

    def find(self, name: str) -> Term | None:
        """The term called ``name``, whatever its case, width or kana; None if there is none."""
        return self._names.get(fold(name).strip())

    def at(self, text: str, offset: int) -> tuple[Term, int, int] | None:
        """The longest term that covers the character at ``offset`` of ``text``, with its start and end there.

        A name in Latin letters counts only as a whole word.
        """
        folded = fold_map(text)
        place = next((i for i, start in enumerate(folded.starts) if start >= offset), len(folded.text))
        best: tuple[Term, int, int] | None = None
        for start in range(max(0, place - self._longest + 1), place + 1):
            for end in range(min(len(folded.text), start + self._longest), place, -1):
                if best is not None and end - start <= best[2] - best[1]:
                    break
                term = self._names.get(folded.text[start:end])
                if term is not None and _whole(folded.text, start, end):
                    best = (term, start, end)
                    break
        if best is None:
            return None
        return best[0], *folded.original(best[1], best[2])

    def matching(self, words: str) -> tuple[Term, ...]:
        """The terms with all of ``words`` in their names or meaning, in the order of the file."""
        wanted = [fold(word) for word in words.split()]
        return tuple(
            term for term in self.terms if all(word in fold("\n".join((*term.names, term.meaning))) for word in wanted)
        )


def read_glossary(library: Library) -> tuple[Glossary, tuple[Problem, ...]]:
    """The glossary of ``library``; without a file, its articles of the type ``term`` are one.

    Never raises: what is wrong is a problem with its line.
    """
    name = library.manifest.glossary or DEFAULT
    file = library.root / name
    if not file.exists():
        if library.manifest.glossary:
            return Glossary(), (problem(name, 0, "glossary-missing", name=name),)
        return _of_articles(library), ()
    source = read_source(file, name)
    glossary, problems = parse_glossary(source.text, name)
    unknown = [
        problem(name, term.line, "glossary-article-unknown", term=term.term, article=term.article)
        for term in glossary.terms
        if term.article and not library.has(term.article)
    ]
    return glossary, (*(found for found in source.problems if found.code != "file-empty"), *problems, *unknown)


def _of_articles(library: Library) -> Glossary:
    """A term for each article that explains one: its title (also with とは), its summary."""
    terms = []
    for info in library.infos:
        if info.type == TERM:
            name = info.title.removesuffix(_ASKED) or info.title
            aliases = (info.title,) if name != info.title else ()
            terms.append(Term(name, info.summary, article=info.key, aliases=aliases))
    return Glossary(tuple(terms))


def parse_glossary(text: str, path: str = DEFAULT) -> tuple[Glossary, tuple[Problem, ...]]:
    """As :func:`read_glossary`, from the file's text."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        reason = str(error)[: found.start()].strip() if found else str(error)
        line = int(found[1]) if found else text.count("\n") + 1
        return Glossary(), (problem(path, line, "manifest-invalid", reason=reason),)
    lines = [text.count("\n", 0, found.start()) + 1 for found in re.finditer(r"^[ \t]*\[\[\s*terms\s*\]\]", text, re.M)]
    problems = [
        problem(path, _line(wrong.where, lines), "manifest-value", field=wrong.where, expected=wrong.expected)
        for wrong in mismatches(values, load_schema("glossary"))
    ]
    entries = values.get("terms")
    terms: list[Term] = []
    seen: dict[str, Term] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        term = _term(entry, lines[index] if index < len(lines) else 0)
        if term is None:
            continue
        name = fold(term.term)
        if name in seen:
            problems.append(problem(path, term.line, "glossary-duplicate", term=term.term, earlier=seen[name].line))
        seen.setdefault(name, term)
        terms.append(term)
    return Glossary(tuple(terms)), tuple(problems)


def _term(entry: Any, line: int) -> Term | None:
    if not isinstance(entry, dict):
        return None
    texts = {name: value for name in Term.__slots__ if isinstance(value := entry.get(name), str) and value.strip()}
    if not texts.get("term"):
        return None
    return Term(
        texts["term"],
        texts.get("meaning", ""),
        texts.get("reading", ""),
        texts.get("english", ""),
        texts.get("article", ""),
        _texts(entry.get("aliases")),
        line,
        entry.get("quiz") is True,
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _line(where: str, lines: list[int]) -> int:
    index = next((int(part) for part in where.split(".") if part.isdigit()), None)
    return lines[index] if index is not None and index < len(lines) else 0


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a range is not the middle of a longer Latin word."""
    before = start > 0 and _LATIN.match(text[start - 1]) and _LATIN.match(text[start])
    after = end < len(text) and _LATIN.match(text[end]) and _LATIN.match(text[end - 1])
    return not before and not after


def terms_met(glossary: Glossary, keys: Iterable[str]) -> tuple[Term, ...]:
    """The terms whose article is one of ``keys`` (those the learner has read)."""
    read = set(keys)
    return tuple(term for term in glossary.terms if term.article in read)
