"""``sgtui list``: the articles of a library, for people and for programs."""

import json
from pathlib import Path
from typing import Any, Final

import click

from sgtui.articles.model import ArticleInfo
from sgtui.cli.base import command, examples, option, places
from sgtui.cli.conditions import condition_options, filter_of
from sgtui.errors import Problem
from sgtui.i18n import N_, _
from sgtui.library.query import SORTS, StatusSource, apply

FIELDS: Final = (
    "key", "path", "title", "category", "difficulty", "tags", "exam", "type", "syllabus", "published", "updated",
    "minutes", "characters", "quizzes", "status", "progress", "problems",
)  # fmt: skip
"""What ``--json`` gives for each article, and the columns of ``--format tsv``."""

DIFFICULTY_NAMES: Final = {
    "beginner": N_("beginner"),
    "intermediate": N_("intermediate"),
    "advanced": N_("advanced"),
}
STATUS_MARKS: Final = {"unread": "○", "reading": "◐", "done": "✓"}

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui list\n"
        "  sgtui list ~/notes --tag security --status unread\n"
        "  sgtui list --tag 暗号 --tag 認証 --quizzes\n"
        "  sgtui list --difficulty beginner --format tsv\n"
        "  sgtui list --json | jq '.[].title'"
    )
)


@command("list", help=N_("List the articles of a library.\n\nOptions that are given several times take any of their "
         "values."), epilog=EXAMPLES)  # fmt: skip
@click.argument("library", required=False, type=click.Path(path_type=Path))
@condition_options("category", "difficulty", "tag", "exam", "type", "syllabus", "status", "quizzes", "since", "words",
                   "filter")  # fmt: skip
@option("--sort", default="order", type=click.Choice(SORTS), help=N_("Order of the list."))
@option("--drafts", is_flag=True, help=N_("List drafts too."))
@option("--format", "form", default="table", type=click.Choice(("table", "json", "tsv")), help=N_("Form of the list."))
@option("--json", "as_json", is_flag=True, help=N_("The same as --format json."))
def list_(library: Path | None, *, form: str, as_json: bool, sort: str, drafts: bool, **conditions: Any) -> None:
    """Print the articles that the conditions let through."""
    from sgtui.cli.learner import statuses
    from sgtui.cli.opening import opened

    where = places()
    known = opened(library, drafts=drafts)
    chosen = filter_of(known, conditions)
    with statuses(where.state, known) as learner:
        found = apply(known.infos, chosen, learner, sort=sort)
        if as_json or form == "json":
            records = [record(info, learner) for info in found]
            click.echo(json.dumps(records, ensure_ascii=False, indent=2))
        elif form == "tsv":
            _tsv([record(info, learner) for info in found])
        else:
            _table(found, learner, {c.id: c.name for c in known.categories})
    if not found and not (as_json or form == "json"):
        click.echo(_("No article fits.") if known.infos else _("There is no article in this folder."), err=True)


def record(info: ArticleInfo, learner: StatusSource) -> dict[str, Any]:
    """An article as ``list --json`` gives it: dates as ISO, absent values as null, ``progress`` 0 to 1."""
    return {
        "key": info.key,
        "path": info.path,
        "title": info.title,
        "category": info.category,
        "difficulty": info.difficulty,
        "tags": list(info.tags),
        "exam": info.exam,
        "type": info.type,
        "syllabus": list(info.syllabus),
        "published": info.published.isoformat() if info.published else None,
        "updated": info.updated.isoformat() if info.updated else None,
        "minutes": info.minutes,
        "characters": info.characters,
        "quizzes": len(info.quizzes),
        "status": learner.status_of(info),
        "progress": round(learner.progress_of(info), 4),
        "problems": [problem_record(found) for found in info.problems],
    }


def problem_record(found: Problem) -> dict[str, Any]:
    """A problem as ``--json`` gives it."""
    return {
        "path": found.path,
        "line": found.line,
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
    }


def _tsv(records: list[dict[str, Any]]) -> None:
    click.echo("\t".join(FIELDS))
    for found in records:
        click.echo("\t".join(_cell(found[name]) for name in FIELDS))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = len(value) if value and isinstance(value[0], dict) else ",".join(map(str, value))
    text = "" if value is None or value == [] else str(value)
    return "".join(c if c.isprintable() else " " for c in text)


def _table(infos: list[ArticleInfo], learner: StatusSource, categories: dict[str, str]) -> None:
    from sgtui.cli.table import print_table

    def row(info: ArticleInfo) -> list[str]:
        difficulty = _(DIFFICULTY_NAMES[info.difficulty]) if info.difficulty else ""
        status = learner.status_of(info)
        done = round(learner.progress_of(info) * 100)
        progress = f"{STATUS_MARKS[status]} {done}%" if status == "reading" else STATUS_MARKS[status]
        quizzes = str(len(info.quizzes) or "")
        category = categories.get(info.category, info.category)
        warn = "!" if info.problems else ""
        return [progress, info.title, category, difficulty, str(info.minutes), quizzes, info.key + (warn and " !")]

    heads = [_("State"), _("Title"), _("Category"), _("Difficulty"), _("Minutes"), _("Quizzes"), _("Key")]
    print_table(heads, [row(info) for info in infos], shrink=1, right=(4, 5))
