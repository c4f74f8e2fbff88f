"""``sgtui sync``: exchange with other machines through a shared folder."""

from pathlib import Path
from typing import Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option
from sgtui.i18n import N_, _

EXAMPLES: Final = examples(N_("Examples:\n  sgtui sync ~/Dropbox/sgtui\n  sgtui sync --dry-run /media/usb/sgtui"))


@command("sync", help=N_("Exchange your progress with other machines through a shared folder."), epilog=EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@option("--dry-run", is_flag=True, help=N_("Only say what would happen."))
def sync(folder: Path, dry_run: bool) -> int:
    """Merge both ways; 1 if a file there could not be read."""
    from sgtui.cli.state import opened, rebuild_cards
    from sgtui.store.sync import sync_folder_with

    with opened(create=not dry_run) as store:
        done = sync_folder_with(store, folder.expanduser(), dry_run=dry_run)
        if done.questions and not dry_run:
            rebuild_cards(store, done.questions)
            sync_folder_with(store, folder.expanduser())
    for name, merged in done.merged.items():
        message = _("{path}: {added} new, {changed} changed, {deleted} deleted.")
        click.echo(message.format(path=name, added=merged.added, changed=merged.changed, deleted=merged.deleted))
    for problem in done.problems:
        complain(str(problem))
    if not done.merged and not done.problems:
        click.echo(_("No other machine has been here yet."))
    return EXIT_PROBLEM if done.problems else 0
