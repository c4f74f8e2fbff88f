"""Statistics of quizzes, as tables for people and as JSON for programs: ``sgtui check --stats``."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import click

from sgtui.cli.table import print_table
from sgtui.i18n import N_, _
from sgtui.quiz.quality import Stats

KINDS: Final = {
    "single": N_("one right choice"),
    "multiple": N_("several right choices"),
    "true-false": N_("true or false"),
    "fill": N_("gaps to fill"),
    "order": N_("to be put in order"),
    "match": N_("to be matched"),
    "recall": N_("flash card"),
}
"""The kinds of quizzes as people call them."""

ByArticle = Sequence[tuple[str, Stats]]
"""The statistics of each article, by its path."""


def show_stats(stats: Stats, by_article: ByArticle) -> None:
    """Print the tables: kinds, where the right choice stands, what is missing, each article."""
    click.echo(_("Quizzes by kind:"))
    kinds = sorted(stats.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    _rows([_(KINDS[kind]), str(number), _share(number, stats.quizzes)] for kind, number in kinds)
    for choices, counts in stats.positions.items():
        title = _("Where the right one of {number} choices stands ({total} quizzes):")
        click.echo(title.format(number=choices, total=sum(counts)))
        _rows([str(place), str(count), _share(count, sum(counts))] for place, count in enumerate(counts, 1))
    for text, number, total in (
        (_("The right choice is the longest: {number} of {total} ({share})"), stats.longest_right, stats.compared),
        (_("Without a reason for every choice: {number} of {total} ({share})"), stats.without_reasons, stats.quizzes),
        (_("Without an explanation: {number} of {total} ({share})"), stats.without_explanation, stats.quizzes),
    ):
        click.echo(text.format(number=number, total=total, share=_share(number, total)))
    click.echo(_("Characters of a prompt (median): {number}").format(number=f"{stats.prompt_median:g}"))
    if stats.untested:
        text = _("Terms in no quiz ({number}): {terms}")
        click.echo(text.format(number=len(stats.untested), terms=_(", ").join(stats.untested)))
    if len(by_article) > 1:
        _articles(by_article)


def _rows(rows: Iterable[Sequence[str]]) -> None:
    found = [[f"  {name}", *rest] for name, *rest in rows]
    if found:
        print_table([""] * len(found[0]), found, shrink=0, right=range(1, len(found[0])), headed=False)


def _articles(by_article: ByArticle) -> None:
    click.echo(_("Quizzes by article:"))
    heads = [_("Article"), _("Quizzes"), _("Right place (1 2 3 …)"), _("Longest"), _("No reasons"), _("No explanation")]
    rows = [
        [
            path,
            str(stats.quizzes),
            " ".join(map(str, _places(stats))) or "–",
            f"{stats.longest_right}/{stats.compared}",
            str(stats.without_reasons or "–"),
            str(stats.without_explanation or "–"),
        ]
        for path, stats in by_article
    ]
    print_table(heads, rows, shrink=0, right=(1, 2, 3, 4, 5))


def _places(stats: Stats) -> list[int]:
    """How often each place is right, whatever the number of choices."""
    longest = max(map(len, stats.positions.values()), default=0)
    return [
        sum(counts[place] for counts in stats.positions.values() if place < len(counts)) for place in range(longest)
    ]


def _share(number: int, total: int) -> str:
    return f"{number / total:.0%}" if total else "–"


def stats_record(stats: Stats, by_article: ByArticle) -> dict[str, Any]:
    """All statistics as ``check --json`` gives them: counts, and shares from 0 to 1."""
    articles = [{"path": path, **_record(one)} for path, one in by_article]
    return {**_record(stats), "untested": list(stats.untested), "articles": articles}


def _record(stats: Stats) -> dict[str, Any]:
    return {
        "quizzes": stats.quizzes,
        "kinds": dict(stats.kinds),
        "positions": {str(choices): list(counts) for choices, counts in stats.positions.items()},
        "longest_right": stats.longest_right,
        "compared": stats.compared,
        "longest_share": round(stats.longest_share, 4),
        "without_reasons": stats.without_reasons,
        "without_explanation": stats.without_explanation,
        "prompt_median": stats.prompt_median,
    }
