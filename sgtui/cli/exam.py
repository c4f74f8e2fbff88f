"""``sgtui exam``: a mock exam on the screen; what it would ask; what earlier ones came to."""

import random
import sys
from pathlib import Path
from typing import Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option
from sgtui.i18n import N_, _, ngettext

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui exam\n"
        "  sgtui exam --check\n"
        "  sgtui exam --result md --into exam.md\n"
        "  sgtui exam --result json | jq .right"
    )
)


@command("exam", help=N_("Sit a mock exam, or look at what it would ask and what earlier ones came to."),
         epilog=EXAMPLES)  # fmt: skip
@option("--check", is_flag=True, help=N_("Say which exams there are and which areas have too few questions."))
@option("--result", type=click.Choice(("md", "json")), help=N_("Print the latest result as Markdown or JSON."))
@option("--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help=N_("Write to this file instead of printing."))  # fmt: skip
def exam(check: bool, result: str | None, into: Path | None) -> int:
    """Open the mock exams."""
    if check:
        return _check()
    if result:
        return _result(result, into)
    from sgtui.cli.quiz import open_at

    return open_at(lambda app: app.action_mock_exam())


def _check() -> int:
    from sgtui.cli.studying import studying
    from sgtui.study.papers import blueprints, make_paper, shortfall

    with studying(None) as desk:
        found = blueprints(desk.library)
        if not found:
            complain(_("This library describes no exam."))
            return EXIT_PROBLEM
        for blueprint in found:
            paper, _questions = make_paper(desk.store, desk.key, desk.library, blueprint, random.getrandbits(32))
            said = ngettext(
                "{title}: {n} question, {minutes} min", "{title}: {n} questions, {minutes} min", len(paper.items)
            )
            click.echo(said.format(title=blueprint.title, n=len(paper.items), minutes=paper.minutes))
            if paper.short:
                click.echo(shortfall(paper))
    return 0


def _result(form: str, into: Path | None) -> int:
    from sgtui.cli.studying import studying
    from sgtui.cli.writing import put_out
    from sgtui.study.finding import find_all
    from sgtui.study.result import Result
    from sgtui.study.result_export import Naming, to_json, to_markdown

    with studying(None) as desk:
        attempts = desk.store.attempts(desk.key, "exam")
        if not attempts:
            complain(_("No mock exam has been handed in yet."))
            return EXIT_PROBLEM
        result = Result.from_attempt(attempts[0])
        found = find_all(desk.library, [(item.article, item.question) for item in result.items])
        naming = Naming(desk.library, {place: quiz for place, (_article, quiz) in found.items()})
        put_out((to_json if form == "json" else to_markdown)(result, naming), into)
        sys.stdout.flush()
    return 0
