"""``sgtui stats``: what was done and how well it sticks."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sgtui.cli.base import command, examples, option
from sgtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.study.progress import Progress, SectionProgress, Totals
    from sgtui.study.statistics import Statistics

GROUPS: Final = {"category": N_("Category"), "difficulty": N_("Difficulty"), "syllabus": N_("Syllabus")}
EXAMPLES: Final = examples(
    N_("Examples:\n  sgtui stats\n  sgtui stats --by article\n  sgtui stats --json | jq .streak")
)


@command("stats", help=N_("Show what you did and how well it sticks."), epilog=EXAMPLES)
@click.argument("library", required=False, type=click.Path(path_type=Path))
@option(
    "--by",
    type=click.Choice(["category", "difficulty", "syllabus", "article", "section"]),
    default="category",
    help=N_("What the table is of (default: category)."),
)
@option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
def stats(library: Path | None, by: str, as_json: bool) -> None:
    """Print the statistics of a library."""
    from sgtui.cli.studying import studying
    from sgtui.study.statistics import statistics

    with studying(library) as desk:
        found = statistics(desk.store, desk.scheduler, desk.key, desk.library.infos)
        if as_json:
            click.echo(json.dumps(to_json(found), ensure_ascii=False, indent=2))
        else:
            _show(found)
            _show_table(found, desk.library, by)


def to_json(value: Any) -> Any:
    """Statistics as JSON values: dates as ISO, uids as text."""
    parts: dict[str, Any] = {}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {entry.name: getattr(value, entry.name) for entry in fields(value)}
    elif isinstance(value, tuple) and hasattr(value, "_asdict"):
        parts = value._asdict()
    if parts:
        if hasattr(value, "weak"):
            parts["weak"] = value.weak
        return {name: str(item) if name == "uid" else to_json(item) for name, item in parts.items()}
    if isinstance(value, Mapping):
        return {str(name): to_json(item) for name, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _show(found: "Statistics") -> None:
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


def _show_table(found: "Statistics", library: "Library", by: str) -> None:
    from sgtui.cli.table import print_table

    if by == "section":
        heads = [_("Section"), _("Read"), _("Quizzes"), _("Right"), _("Recalled"), ""]
        rows = list(_sections(found, library))
    elif by == "article":
        heads = [_("Article"), _("Read"), _("Quizzes"), _("Right"), _("Recalled"), ""]
        infos = [info for info in library.infos if info.key in found.articles]
        rows = [
            [info.title, f"{item.sections_read}/{item.sections}", *_figures(item)]
            for info in infos
            for item in [found.articles[info.key]]
        ]
    else:
        heads = [_(GROUPS[by]), _("Articles"), _("Quizzes"), _("Right"), _("Recalled"), ""]
        rows = [
            [name or "–", f"{item.done}/{item.articles}", *figures]
            for name, item, figures in _groups(found, library, by)
        ]
    if rows:
        click.echo()
        print_table(heads, rows, shrink=0, right=(1, 2, 3, 4))


def _sections(found: "Statistics", library: "Library") -> Iterator[list[str]]:
    for info in library.infos:
        if info.key not in found.sections:
            continue
        titles = {section.slug: " › ".join(section.path) for section in info.sections}
        for slug, item in found.sections[info.key].items():
            yield [f"{info.title} › {titles[slug]}", "✓" if item.read else "–", *_figures(item)]


def _groups(found: "Statistics", library: "Library", by: str) -> Iterator[tuple[str, "Totals", list[str]]]:
    from sgtui.cli.list import DIFFICULTY_NAMES

    totals = {"category": found.categories, "difficulty": found.difficulties, "syllabus": found.syllabus}[by]
    named = {
        "category": {category.id: category.name for category in library.categories},
        "difficulty": {level: _(name) for level, name in DIFFICULTY_NAMES.items()},
        "syllabus": {name: name for name in sorted(found.syllabus)},
    }[by]
    for key, name in named.items():
        if key in totals:
            every = found.accuracy.get(key) if by == "category" else None
            yield name, totals[key], _figures(totals[key], every)


def _figures(item: "Totals | Progress | SectionProgress", every: tuple[int, int] | None = None) -> list[str]:
    """Quizzes answered, how many were right, recalled now, and a word where too few were right at the latest try.

    ``every`` (right, answers) counts all answers; without it the latest to each quiz count.
    """
    counted, answers = every or (item.right, item.answered)
    right = f"{round(100 * counted / answers)} %" if answers else "–"
    recalled = f"{round(100 * item.retention)} %" if item.retention is not None else "–"
    return [f"{item.answered}/{item.quizzes}", right, recalled, _("weak") if item.weak else ""]
