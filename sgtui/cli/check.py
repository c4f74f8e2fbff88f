"""``sgtui check``: every problem of a library or an article, with the line and how to mend it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, examples, option, places
from sgtui.errors import Problem
from sgtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sgtui.quiz.quality import Stats

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui check content\n"
        "  sgtui check article.md\n"
        "  sgtui check content --strict --stats\n"
        "  sgtui check --json | jq '.problems[].message'"
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
    from sgtui.library.check import check_library

    report = check_library(path or places().library)
    errors = sum(found.severity == "error" for found in report.problems)
    warnings = len(report.problems) - errors
    if as_json:
        click.echo(json.dumps(_record(report.articles, report.quizzes, report.problems), ensure_ascii=False, indent=2))
    else:
        for found in report.problems:
            click.echo(_line(found))
        click.echo(_summary(report.articles, report.quizzes, errors, warnings), err=True)
    if stats:
        click.echo("\n".join(_stats(report.stats)), err=as_json)
    return EXIT_PROBLEM if errors or (strict and warnings) else 0


def _record(articles: int, quizzes: int, problems: tuple[Problem, ...]) -> dict[str, Any]:
    from sgtui.cli.list import problem_record

    return {"articles": articles, "quizzes": quizzes, "problems": [problem_record(found) for found in problems]}


def _line(found: Problem) -> str:
    from sgtui.typeset.cells import sanitize

    kind = _("error") if found.severity == "error" else _("warning")
    place = f"{found.path}:{found.line}" if found.line else found.path
    return sanitize(f"{place}: {kind}: {found.message} [{found.code}]")


def _summary(articles: int, quizzes: int, errors: int, warnings: int) -> str:
    parts = (
        ngettext("{n} article", "{n} articles", articles).format(n=articles),
        ngettext("{n} quiz", "{n} quizzes", quizzes).format(n=quizzes),
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
    )
    return " · ".join(parts)


def _stats(stats: "Stats") -> Iterator[str]:
    yield _("Quizzes by kind:")
    for kind, number in sorted(stats.kinds.items(), key=lambda pair: -pair[1]):
        yield f"  {kind:<12} {number:>5}"
    for choices, counts in sorted(stats.positions.items()):
        yield _("Where the right one of {number} choices stands ({total} quizzes):").format(
            number=choices, total=sum(counts)
        )
        shares = stats.position_shares(choices)
        for place, (count, share) in enumerate(zip(counts, shares, strict=True), 1):
            yield f"  {place:<12} {count:>5}  {share:>4.0%}"
    yield _("The right choice is the longest: {number} of {total} ({share})").format(
        number=stats.longest_right, total=stats.compared, share=f"{stats.longest_share:.0%}"
    )
    yield _("Characters of a prompt (median): {number}").format(number=stats.prompt_median)
    if stats.untested:
        yield _("Glossary terms in no quiz ({number}): {terms}").format(
            number=len(stats.untested), terms=_(", ").join(stats.untested)
        )
