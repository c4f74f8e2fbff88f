"""The straight way to the first screen: a call that only opens a library is understood without click.

``sgtui``, ``sgtui ~/notes`` and the options ``--library``, ``--state`` and ``--lang`` before or after it are what
people type every day; loading and asking a parser of command lines takes longer than reading the library.  Whatever
else there is (commands, files, help, mistakes) is left to :mod:`sgtui.cli.main`, which understands these calls too.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sgtui import i18n, paths
from sgtui.cli.speech import speak
from sgtui.errors import SgtuiError

_OPTIONS: Final = frozenset(("--library", "--state", "--lang"))


class Call(NamedTuple):
    """What a plain call says; None where it says nothing."""

    library: Path | None = None
    state: Path | None = None


def run(words: Sequence[str]) -> int | None:
    """Open the screens if ``words`` ask for nothing else, and return the exit code; None if click is to be asked."""
    call = understood(words)
    if call is None:
        return None
    speak(words)
    try:
        return open_screens(library=call.library, state=call.state)
    except SgtuiError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # while the program loads; the screens have their own way to end
        return 130


def understood(words: Sequence[str]) -> Call | None:
    """What ``words`` say, if they are options with their values and at most one folder; else None."""
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word in _OPTIONS:
            name, value = word, next(rest, "")
        elif _is_folder(word):
            name, value = "--library", word
        else:
            return None
        if name in values or not value or value.startswith("-"):
            return None
        values[name] = value
    if values.get("--lang", i18n.LANGUAGES[0]) not in i18n.LANGUAGES:
        return None
    return Call(_path(values.get("--library")), _path(values.get("--state")))


def _is_folder(word: str) -> bool:
    """Whether ``word`` names a folder and cannot name a command: it has a separator, or is ``.`` or ``..``."""
    if os.path.basename(word) == word and word not in (os.curdir, os.pardir):  # noqa: PTH119
        return False
    return os.path.isdir(os.path.expanduser(word))  # noqa: PTH111, PTH112 - False, not an error, where nothing may be asked


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value is not None else None


def open_screens(*, library: Path | None = None, file: Path | None = None, state: Path | None = None) -> int:
    """Open the screens on ``library`` (None: the bundled course) or one ``file``; returns the exit code.

    Raises SgtuiError where there is nothing to open.
    """
    import gc

    gc.disable()  # nothing is garbage while modules load; the first painted screen takes it up again
    from sgtui.ui.app import run_app

    return run_app(
        library=library,
        file=file,
        state=state or paths.state_file(),
        cache_dir=paths.cache_dir(),
        settings_file=paths.settings_file(),
    )
