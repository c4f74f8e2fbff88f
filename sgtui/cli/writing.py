"""Where a command's output goes: the terminal or a pipe, or a file that is written whole or not at all."""

from pathlib import Path

import click

from sgtui.errors import SgtuiError
from sgtui.i18n import _


def put_out(text: str, into: Path | None) -> None:
    """Print ``text``, or make it the contents of the file ``into`` (UTF-8); raises SgtuiError."""
    if into is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        write_file(into, text.encode("utf-8", "backslashreplace"))


def write_file(file: Path, data: bytes) -> None:
    """Put ``data`` at ``file`` at once; a file that is there keeps its permissions.  Raises SgtuiError."""
    from sgtui.files import replace_file

    place = file.expanduser().resolve()  # a link stays a link: what it leads to is written
    try:
        if place.exists():
            mode = place.stat().st_mode & 0o777
            replace_file(place, data)
            place.chmod(mode)
        else:
            with place.open("xb") as stream:
                stream.write(data)
    except OSError as error:
        message = _("{path} cannot be written: {reason}.")
        raise SgtuiError(message.format(path=file, reason=error.strerror or error)) from error
