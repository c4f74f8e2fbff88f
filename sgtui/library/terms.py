"""The terms that a library's quizzes must test: a list of its own, and the glossary's terms that ask for it.

A list has one term a line, its other spellings after tabs; lines that begin with ``#`` are comments.
"""

from typing import NamedTuple

from sgtui.articles.source import read_source
from sgtui.errors import Problem, problem
from sgtui.library.glossary import DEFAULT, Glossary
from sgtui.library.model import Library


class Wanted(NamedTuple):
    """A term with all its spellings, the first as it is named, and where it is asked for."""

    names: tuple[str, ...]
    path: str
    line: int


def wanted_terms(library: Library, glossary: Glossary) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """The terms that must be tested, and what is wrong with their list; never raises."""
    place = library.manifest.glossary or DEFAULT
    marked = [Wanted(term.names, place, term.line) for term in glossary.terms if term.quiz]
    name = library.manifest.terms
    if not name:
        return tuple(marked), ()
    file = library.root / name.replace("\0", "")
    if not file.resolve().is_relative_to(library.root.resolve()) or not file.is_file():
        return tuple(marked), (problem(name, 0, "terms-missing", name=name),)
    source = read_source(file, name)
    listed = []
    for number, line in enumerate(source.text.splitlines(), 1):
        names = tuple(part.strip() for part in line.split("\t") if part.strip())
        if names and not line.startswith("#"):
            listed.append(Wanted(names, name, number))
    return (*listed, *marked), source.problems
