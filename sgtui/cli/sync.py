"""``sgtui sync``: exchange with other machines through a folder or a server."""

import os
from typing import Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option
from sgtui.i18n import N_, _

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui sync ~/Dropbox/sgtui\n"
        "  sgtui sync --dry-run /media/usb/sgtui\n"
        "  sgtui sync sftp://hana@example.org/~/sgtui\n"
        "  sgtui sync https://hana@cloud.example.org/remote.php/dav/files/hana/sgtui\n"
        "  sgtui sync s3://bucket/sgtui"
    )
)
PASSWORD: Final = "SGTUI_SYNC_PASSWORD"


@command(
    "sync",
    help=N_(
        "Exchange your progress with other machines through TARGET: a folder, or the URL of a WebDAV, SFTP or S3 "
        "server. A password can be given in SGTUI_SYNC_PASSWORD."
    ),
    epilog=EXAMPLES,
)
@click.argument("target")
@option("--dry-run", is_flag=True, help=N_("Only say what would happen."))
def sync(target: str, dry_run: bool) -> int:
    """Merge both ways; 1 if a file there could not be read."""
    from sgtui.cli.state import opened, rebuild_cards, say_merged
    from sgtui.errors import SgtuiError
    from sgtui.store.places import place_of
    from sgtui.store.sync import own_file, synchronise

    try:
        place = place_of(target, os.environ.get(PASSWORD, ""))
    except OSError as error:
        message = _("{path} cannot be used ({reason}).")
        raise SgtuiError(message.format(path=_shown(target), reason=error.strerror or error)) from error
    try:
        with opened(create=not dry_run) as store:
            done = synchronise(
                store, place, settle=lambda _questions: rebuild_cards(store, waiting=True), dry_run=dry_run
            )
            own = own_file(store.device)
    finally:
        place.close()
    for name, merged in done.merged.items():
        say_merged(name, merged)
    for problem in done.problems:
        complain(str(problem))
    if done.written:
        click.echo(_("{path}: would be written.") .format(path=own) if dry_run else
                   _("{path}: written.").format(path=own))  # fmt: skip
    elif not done.merged:
        click.echo(_("Nothing is new on either side."))
    return EXIT_PROBLEM if done.problems else 0


def _shown(target: str) -> str:
    """``target`` without a user's name and password."""
    scheme, found, rest = target.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{found}{host.rpartition('@')[2]}{slash}{path}" if found else target
