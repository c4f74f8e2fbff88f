"""``sgtui due``: today's reviews, for a prompt, a status line or another program."""

import json
from pathlib import Path
from typing import Final

import click

from sgtui.cli.base import command, examples, option
from sgtui.i18n import N_, _, ngettext

EXAMPLES: Final = examples(N_("Examples:\n  sgtui due\n  sgtui due --json | jq .due"))


@command("due", help=N_("Say which questions are to be reviewed today."), epilog=EXAMPLES)
@click.argument("library", required=False, type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
def due(library: Path | None, as_json: bool) -> None:
    """Print today's queue."""
    from sgtui.cli.studying import studying
    from sgtui.study.queue import todays_queue

    with studying(library) as desk:
        queue = todays_queue(desk.store, desk.scheduler, desk.key, desk.library.infos)
        today = desk.scheduler.days.day(desk.store.now())
        titles = {info.key: info.title for info in desk.library.infos}
    if as_json:
        record = {
            "day": today.isoformat(),
            "due": queue.due,
            "reviews": queue.reviews,
            "minutes": queue.minutes,
            "next": queue.next_day.isoformat() if queue.next_day else None,
            "items": [{"article": item.article, "question": item.question} for item in queue.items],
        }
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    if not queue.items:
        click.echo(_("Nothing is due today."))
        if queue.next_day is not None:
            click.echo(_("The next review is on {day}.").format(day=queue.next_day.isoformat()))
        return
    message = ngettext(
        "{count} question, about {minutes} min.", "{count} questions, about {minutes} min.", queue.reviews
    )
    click.echo(message.format(count=queue.reviews, minutes=queue.minutes))
    counts: dict[str, int] = {}
    for item in queue.items:
        counts[item.article] = counts.get(item.article, 0) + 1
    for article, count in counts.items():
        title = "".join(character if character.isprintable() else " " for character in titles[article])
        click.echo(f"{count:>4}  {title}")
