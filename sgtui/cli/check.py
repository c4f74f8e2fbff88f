"""``sgtui check``: every problem of a library or an article, with the line and how to mend it."""

import json
from pathlib import Path
from typing import Any, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, examples, option, places
from sgtui.errors import Problem
from sgtui.i18n import N_, _, ngettext

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui check content\n"
        "  sgtui check article.md\n"
        "  sgtui check content --strict --stats\n"
        "  sgtui check --json | jq '.problems[].message'\n"
        "  sgtui check --json --stats | jq .stats.positions"
    )
)


@command("check", help=N_("Report what is wrong in a library or an article.\n\nExits with 1 if there are errors, with "
         "--strict also if there are warnings."), epilog=EXAMPLES)  # fmt: skip
@click.argument("path", required=False, type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object."))
@option("--strict", is_flag=True, help=N_("Exit with 1 on warnings too."))
@option("--stats", is_flag=True, help=N_("Print statistics of the quizzes too."))
def check(path: Path | None, as_json: bool, strict: bool, stats: bool) -> int:
    """Check a library."""
    from sgtui.cli.quiz_stats import show_stats, stats_record
    from sgtui.library.check import check_library

    report = check_library(path or places().library)
    errors = sum(found.severity == "error" for found in report.problems)
    warnings = len(report.problems) - errors
    if as_json:
        record = _record(report.articles, report.quizzes, report.problems)
        if stats:
            record["stats"] = stats_record(report.stats, report.by_article)
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        for found in report.problems:
            click.echo(_line(found))
        click.echo(_summary(report.articles, report.quizzes, errors, warnings), err=True)
        if stats:
            show_stats(report.stats, report.by_article)
    return EXIT_PROBLEM if errors or (strict and warnings) else 0


def _record(articles: int, quizzes: int, problems: tuple[Problem, ...]) -> dict[str, Any]:
    from sgtui.cli.list import problem_record

    return {"articles": articles, "quizzes": quizzes, "problems": [problem_record(found) for found in problems]}


def _line(found: Problem) -> str:
    from sgtui.cli.table import one_line

    kind = _("error") if found.severity == "error" else _("warning")
    place = f"{found.path}:{found.line}" if found.line else found.path
    return one_line(f"{place}: {kind}: {found.message} [{found.code}]")


def _summary(articles: int, quizzes: int, errors: int, warnings: int) -> str:
    parts = (
        ngettext("{n} article", "{n} articles", articles).format(n=articles),
        ngettext("{n} quiz", "{n} quizzes", quizzes).format(n=quizzes),
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
    )
    return " · ".join(parts)
