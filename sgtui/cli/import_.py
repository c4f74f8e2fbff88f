"""``sgtui import``: other programs' quizzes as quiz Markdown."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option
from sgtui.errors import Problem, SgtuiError
from sgtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sgtui.quiz.formats.draft import Draft
    from sgtui.quiz.formats.importing import Imported

FORMATS: Final = {
    "gift": "gift",
    "mdbook": "mdbook-quiz",
    "json": "json",
    "hashcards": "hashcards",
    "anki": "anki-tsv",
}
"""What ``--from`` takes, and the importer's name for it."""

STDIN: Final = "-"

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui import moodle.gift\n"
        "  sgtui import ch01.toml ch02.toml --into quizzes.md\n"
        "  sgtui import deck.txt --from anki > deck.md\n"
        "  curl -s https://example.com/bank.json | sgtui import - --from json"
    )
)


@command("import", help=N_("Turn other programs' quizzes into quiz Markdown.\n\nReads GIFT, mdbook-quiz TOML, JSON "
         "banks, hashcards and Anki's text export. What could not be taken is reported by line; then the exit code "
         "is 1."), epilog=EXAMPLES)  # fmt: skip
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option("--from", "form", default="", type=click.Choice(("", *FORMATS)), metavar="|".join(FORMATS),
        help=N_("The format; told from the file's name if not given."))  # fmt: skip
@option("--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help=N_("Add the quizzes to the end of this article (begun if not there) instead of printing."))  # fmt: skip
def import_(files: tuple[str, ...], form: str, into: Path | None) -> int:
    """Import files."""
    from sgtui.quiz.formats.importing import Imported
    from sgtui.typeset.cells import sanitize

    text, taken = _existing(into)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for name in files:
        found = _read(name, form)
        drafts += _with_free_ids(found.drafts, taken)
        problems += found.problems
    made = Imported(tuple(drafts), tuple(problems))
    if drafts and into is not None:
        _append(into, text, made)
    elif drafts:
        click.echo(made.markdown, nl=False)
    for problem in problems:
        complain(sanitize(str(problem)))
    complain(_summary(made))
    return EXIT_PROBLEM if problems else 0


def _read(name: str, form: str) -> "Imported":
    from sgtui.articles.source import decode, read_source
    from sgtui.quiz.formats.importing import Imported, guess_format, import_text

    if name == STDIN:
        text, problems = decode(sys.stdin.buffer.read(), STDIN)
    else:
        source = read_source(Path(name).expanduser(), name)
        text, problems = source.text, source.problems
    if not text.strip():
        return Imported((), problems)
    known = FORMATS.get(form) or guess_format(name, text)
    if known is None:
        message = _("The format of {path} cannot be told from its name. Say it: --from {formats}")
        raise SgtuiError(message.format(path=name, formats="|".join(FORMATS)))
    found = import_text(text, name, known)
    return replace(found, problems=(*problems, *found.problems))


def _with_free_ids(drafts: "Iterable[Draft]", taken: set[str]) -> "list[Draft]":
    """Drafts without the ids that another one has already; those that stay are added to ``taken``."""
    free = []
    for draft in drafts:
        free.append(replace(draft, id="") if draft.id in taken else draft)
        taken |= {draft.id} - {""}
    return free


def _existing(into: Path | None) -> tuple[str, set[str]]:
    """The text of the article that quizzes are added to, and the ids of the quizzes in it."""
    if into is None or not os.path.lexists(into):
        return "", set()
    from sgtui.articles.parser import parse_article
    from sgtui.articles.source import read_source

    source = read_source(into, str(into))
    for problem in source.problems:
        if problem.code != "file-empty":  # to rewrite it would lose what could not be read
            raise SgtuiError(str(problem))
    return source.text, {quiz.id for quiz in parse_article(source.text, into.name).quizzes}


def _append(into: Path, before: str, made: "Imported") -> None:
    """Write the article with the quizzes at its end; raises SgtuiError where they would not be read there."""
    from sgtui.articles.parser import parse_article
    from sgtui.cli.writing import write_file

    text = f"{before.rstrip()}\n\n{made.markdown}" if before.strip() else made.markdown
    count = len(parse_article(before, into.name).quizzes) + len(made.drafts)
    if len(parse_article(text, into.name).quizzes) != count:
        message = _("{path} ends inside a block of code, a comment or a case that is not closed. Close it first.")
        raise SgtuiError(message.format(path=into))
    data = text.encode("utf-8", "backslashreplace")
    if before and b"\r\n" in into.read_bytes():
        data = data.replace(b"\n", b"\r\n")
    write_file(into, data)


def _summary(made: "Imported") -> str:
    count = len(made.drafts)
    taken = ngettext("{n} quiz taken", "{n} quizzes taken", count).format(n=count)
    if count:
        taken += f" ({_kinds(made.drafts)})"
    left = len({(problem.path, problem.line) for problem in made.problems})
    return f"{taken} · " + ngettext("{n} not taken", "{n} not taken", left).format(n=left)


def _kinds(drafts: "Sequence[Draft]") -> str:
    from sgtui.cli.quiz_stats import KINDS

    counts = Counter(draft.kind for draft in drafts)
    return _(", ").join(f"{_(KINDS[kind])} {number}" for kind, number in counts.most_common())
