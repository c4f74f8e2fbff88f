"""``sgtui [LIBRARY|FILE.md]``: the screens."""

import os
from pathlib import Path

import click

from sgtui.cli.base import command, places
from sgtui.cli.straight import open_screens
from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _


@command("open", help=N_("Open a library, or one article, on the screen."))
@click.argument("path", required=False, type=click.Path(path_type=Path))
def open_(path: Path | None) -> int:
    """Open a folder or a file."""
    where = places()
    library, file = where.library_given, None
    if path is not None:
        path = path.expanduser()
        if os.path.isdir(path):  # noqa: PTH112 - False, not an error, where nothing may be asked
            library = path
        else:
            _check_file(path)
            file = path
    return open_screens(library=library, file=file, state=where.state)


def _check_file(path: Path) -> None:
    from sgtui.articles.names import is_article

    if not os.path.lexists(path):
        raise SgtuiError(
            _("There is no folder, file or command called {path}. Commands: sgtui --help").format(path=path)
        )
    if not is_article(path.name):
        raise SgtuiError(_("{path} is not Markdown (.md, .markdown, .mdx).").format(path=path))
