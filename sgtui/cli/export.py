"""``sgtui export``: quizzes for other programs, and what the learner marked."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, Command, CommandGroup, complain, examples, option, places
from sgtui.cli.conditions import condition_options, filter_of
from sgtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sgtui.articles.model import Article

FORMATS: Final = ("gift", "anki-tsv", "json")

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui export quizzes --to gift --into course.gift\n"
        "  sgtui export quizzes password-attacks --to anki-tsv > deck.txt\n"
        "  sgtui export notes > notes.md\n"
        "  sgtui export notes --to json"
    )
)
QUIZ_EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui export quizzes --to gift --into course.gift\n"
        "  sgtui export quizzes --category threat --difficulty beginner --to json\n"
        "  sgtui export quizzes password-attacks --to anki-tsv > deck.txt"
    )
)
NOTE_EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui export notes > notes.md\n"
        "  sgtui export notes password-attacks --into notes.md\n"
        "  sgtui export notes --to json"
    )
)


@click.group("export", cls=CommandGroup, epilog=EXAMPLES,
             help=N_("Take quizzes, or your bookmarks, notes and highlights, to other programs."))  # fmt: skip
def export() -> None:
    """Export something."""


@export.command("quizzes", cls=Command, epilog=QUIZ_EXAMPLES, help=N_("Write quizzes, with their answers, for another "
                "program.\n\nOf the articles named (as for read), else of the whole library."))  # fmt: skip
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@option("--to", "form", required=True, type=click.Choice(FORMATS), help=N_("The format."))
@condition_options("category", "difficulty", "tag", "exam")
@option("--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help=N_("Write to this file instead of printing."))  # fmt: skip
def quizzes(articles: tuple[str, ...], form: str, into: Path | None, **conditions: Any) -> int:
    """Export quizzes."""
    from sgtui.cli.writing import put_out
    from sgtui.quiz.formats.exporting import EXPORTERS

    chosen = _chosen(articles, conditions)
    found = [quiz for article in chosen for quiz in article.quizzes]
    if not found:
        complain(_("There is no quiz to export."))
        return EXIT_PROBLEM
    cases = [case for article in chosen for case in article.cases]
    put_out(EXPORTERS[form](found, cases), into)
    complain(ngettext("{n} quiz", "{n} quizzes", len(found)).format(n=len(found)))
    return 0


def _chosen(names: tuple[str, ...], conditions: dict[str, Any]) -> "list[Article]":
    """The articles named, or all of the library, as far as the conditions let them through."""
    from sgtui.cli.opening import opened
    from sgtui.cli.read import find_article
    from sgtui.library.query import apply

    library = opened()
    wanted = filter_of(library, conditions)
    if not names:
        return [library.read(info.key) for info in apply(library.infos, wanted) if info.quizzes]
    named = [find_article(name) for name in names]
    # The library knows what an article's folder says of it; one from elsewhere is known by its header alone.
    return [one for one in named if apply([library.get(one.info.key) or one.info], wanted)]


@export.command("notes", cls=Command, epilog=NOTE_EXAMPLES, help=N_("Write your bookmarks, notes and highlights, each "
                "with its heading, quotation, date and link.\n\nOf the articles named (as for read), else of the "
                "whole library."))  # fmt: skip
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@option("--to", "form", default="markdown", type=click.Choice(("markdown", "json")), help=N_("The format."))
@option("--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help=N_("Write to this file instead of printing."))  # fmt: skip
def notes(articles: tuple[str, ...], form: str, into: Path | None) -> int:
    """Export what was marked."""
    from sgtui.cli.opening import opened
    from sgtui.cli.writing import put_out
    from sgtui.library.identify import identify
    from sgtui.store.store import Store
    from sgtui.study.belonging import find_shelf
    from sgtui.study.notes_export import collect, to_json, to_markdown

    library = opened()
    keys = {identify(library, name, Path.cwd()).key for name in articles} or None
    state = places().state
    with Store.open(state if state.exists() else None) as store:
        for notice in store.notices:
            complain(str(notice))
        known = find_shelf(store, library)
        marks = collect(store, known.key, library, keys) if known is not None else []
    if marks or form == "json":
        put_out(to_json(marks) if form == "json" else to_markdown(marks, library.title), into)
    if not marks:
        complain(_("Nothing is marked yet."))
    return 0
