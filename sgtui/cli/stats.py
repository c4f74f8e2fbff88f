"""``sgtui stats``: what was done and how well it sticks."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sgtui.cli.base import command, examples, option
from sgtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.study.statistics import Statistics

EXAMPLES: Final = examples(N_("Examples:\n  sgtui stats\n  sgtui stats --json | jq .streak"))


@command("stats", help=N_("Show what you did and how well it sticks."), epilog=EXAMPLES)
@click.argument("library", required=False, type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
def stats(library: Path | None, as_json: bool) -> None:
    """Print the statistics of a library."""
    from sgtui.cli.studying import studying
    from sgtui.study.statistics import statistics

    with studying(library) as desk:
        found = statistics(desk.store, desk.scheduler, desk.key, desk.library.infos)
        if as_json:
            click.echo(json.dumps(to_json(found), ensure_ascii=False, indent=2))
        else:
            _show(found, desk.library)


def to_json(value: Any) -> Any:
    """Statistics as JSON values: dates as ISO, uids as text."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {entry.name: getattr(value, entry.name) for entry in fields(value)}
        return {name: str(item) if name == "uid" else to_json(item) for name, item in parts.items()}
    if isinstance(value, Mapping):
        return {str(name): to_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _show(found: "Statistics", library: "Library") -> None:
    days = ngettext("{count} day in a row", "{count} days in a row", found.streak).format(count=found.streak)
    click.echo(f"{days} ({_('longest {count}').format(count=found.longest)})")
    answers = ngettext("{count} answer, {right} right", "{count} answers, {right} right", found.answers)
    click.echo(answers.format(count=found.answers, right=found.right))
    minutes = round(found.seconds / 60)
    click.echo(ngettext("{count} minute read", "{count} minutes read", minutes).format(count=minutes))
    if found.retention is not None:
        message = _("Retention in the last 30 days: {share} % (goal {goal} %)")
        click.echo(message.format(share=round(100 * found.retention), goal=round(100 * found.goal)))
    coming = ngettext("{count} review due today, {week} in 7 days", "{count} reviews due today, {week} in 7 days",
                      found.forecast[0])  # fmt: skip
    click.echo(coming.format(count=found.forecast[0], week=sum(found.forecast[:7])))
    _show_categories(found, library)


def _show_categories(found: "Statistics", library: "Library") -> None:
    from sgtui.cli.table import print_table

    rows = []
    for category in library.categories:
        total = found.categories.get(category.id)
        if total is None:
            continue
        right, answers = found.accuracy.get(category.id, (0, 0))
        recalled = f"{round(100 * total.retention)} %" if total.retention is not None else "–"
        accuracy = f"{round(100 * right / answers)} %" if answers else "–"
        done = f"{total.done}/{total.articles}"
        quizzes = f"{total.answered}/{total.quizzes}"
        rows.append([category.name or "–", done, quizzes, accuracy, recalled])
    if rows:
        click.echo()
        heads = [_("Category"), _("Articles"), _("Quizzes"), _("Right"), _("Recalled")]
        print_table(heads, rows, shrink=0, right=(1, 2, 3, 4))
