"""Files of other programs as quiz Markdown, with a report by line of what could not be taken."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath
from typing import Final

from sgtui.errors import Problem, problem
from sgtui.markup.factory import parse
from sgtui.quiz.formats import cards, gift, json_bank, mdbook
from sgtui.quiz.formats.draft import Draft, to_markdown
from sgtui.quiz.parser import split

Importer = Callable[[str, str], tuple[list[Draft], list[Problem]]]

IMPORTERS: Final[dict[str, Importer]] = {
    "gift": gift.read,
    "mdbook-quiz": mdbook.read,
    "json": json_bank.read,
    "hashcards": cards.read_hashcards,
    "anki-tsv": cards.read_anki,
}
"""The formats that can be imported, by name."""

_SUFFIXES: Final = {
    ".gift": "gift",
    ".toml": "mdbook-quiz",
    ".json": "json",
    ".md": "hashcards",
    ".tsv": "anki-tsv",
    ".csv": "anki-tsv",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: quizzes that the home grammar takes, and what it does not, by line."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]

    @property
    def markdown(self) -> str:
        """All of it as Markdown; quizzes with one scenario become a case."""
        pieces = []
        for scenario, group in groupby(self.drafts, key=lambda draft: draft.scenario):
            quizzes = "\n".join(to_markdown(draft) for draft in group)
            pieces.append(f"<!-- case -->\n{scenario}\n\n{quizzes}<!-- /case -->\n" if scenario else quizzes)
        return "\n".join(pieces)

    @property
    def kinds(self) -> dict[str, int]:
        """How many quizzes of each kind were taken."""
        return dict(Counter(draft.kind for draft in self.drafts))


def guess_format(path: str, text: str) -> str | None:
    """The format a file is in, by its name and, where that leaves it open, by its first characters."""
    name = _SUFFIXES.get(PurePath(path).suffix.lower())
    if name is None and PurePath(path).suffix.lower() == ".txt":
        start = text.lstrip("\ufeff \n")
        if start.startswith("#separator") or "\t" in start.split("\n")[0]:
            return "anki-tsv"
        return "gift" if "{" in start else None
    return name


def import_text(text: str, path: str, form: str) -> Imported:
    """Read a file of one of :data:`IMPORTERS`.

    Nothing is dropped silently: what the home grammar would not take either (no right choice, two
    that say the same) is reported at its line with the grammar's own words.
    """
    drafts, problems = IMPORTERS[form](text.removeprefix("\ufeff").replace("\r\n", "\n"), path)
    kept: list[Draft] = []
    ids: set[str] = set()
    for draft in drafts:
        found = _mistakes(draft, path)
        if found:
            problems.extend(found)
            continue
        kept.append(replace(draft, id="") if draft.id in ids else draft)
        ids.add(draft.id)
    if not drafts and not problems:
        problems.append(problem(path, 0, "import-no-question"))
    return Imported(tuple(kept), tuple(sorted(problems, key=lambda one: one.line)))


def _mistakes(draft: Draft, path: str) -> list[Problem]:
    """The errors that the home grammar finds in a draft, at the line the draft came from."""
    parsed = parse(to_markdown(draft))
    read = split(parsed.tokens, path=path, key=path, env=parsed.env)
    found = [Problem(path, draft.line, one.code, one.details) for one in read.problems if one.severity == "error"]
    if not found and len(read.quizzes) != 1:
        found.append(problem(path, draft.line, "import-no-question"))
    return found
