"""What all commands share: options, the place of things, and messages in the learner's language.

Help is marked with ``N_`` where it is written and translated where it is shown, so that commands
may be imported before the language is known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from sgtui import __version__, i18n, paths
from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _

EXIT_PROBLEM: Final = 1
"""Something was found wrong, or could not be done."""
EXIT_USAGE: Final = 2

_AS_IT_IS: Final = "\b\n"
"""What tells click not to wrap a text."""

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Places:
    """Where the command works: what ``--library`` and ``--state`` say, else the program's own places.

    ``command`` is true where a sub-command was named on the command line.
    """

    library_given: Path | None = None
    state_given: Path | None = None

    @property
    def library(self) -> Path:
        """The library to work on: the bundled course if none was named."""
        return self.library_given or paths.bundled_library()

    @property
    def state(self) -> Path:
        """The learner's file."""
        return self.state_given or paths.state_file()

    @property
    def cache(self) -> Path:
        """Where what can be made again is kept."""
        return paths.cache_dir()


def places(context: click.Context | None = None) -> Places:
    """The places of the command that is running."""
    return (context or click.get_current_context()).find_root().ensure_object(Places)


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's lines in the help text."""
        kept, self.help = self.help, _(self.help or "")
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = kept


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text."""
        with _spoken(self):
            return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line for a list of commands."""
        with _spoken(self):
            return super().get_short_help_str(limit)


class CommandGroup(click.Group):
    """A command with sub-commands, whose help is translated when it is shown."""

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text."""
        with _spoken(self):
            return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line for a list of commands."""
        with _spoken(self):
            return super().get_short_help_str(limit)


class _spoken:  # noqa: N801 - used as a statement
    """The texts of a command in the learner's language, for a while."""

    def __init__(self, command: click.Command) -> None:
        self._command = command
        self._kept = (command.help, command.epilog, command.short_help)

    def __enter__(self) -> None:
        command = self._command
        command.help, command.epilog, command.short_help = (text and translated(text) for text in self._kept)

    def __exit__(self, *_: object) -> None:
        self._command.help, self._command.epilog, self._command.short_help = self._kept


def command(name: str, *, help: str, epilog: str = "", **settings: Any) -> Callable[[F], Command]:
    """Make a function a command; ``help`` and ``epilog`` (examples) are message identifiers."""

    def make(function: F) -> Command:
        made: Command = click.command(name, cls=Command, help=help, epilog=epilog or None, **settings)(function)
        return made

    return make


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """As ``click.option``, with a ``help`` that is translated."""
    return click.option(*names, cls=Option, **settings)


def translated(text: str) -> str:
    """A help text or :func:`examples` in the learner's language."""
    return examples(_(text.removeprefix(_AS_IT_IS))) if text.startswith(_AS_IT_IS) else _(text)


def examples(text: str) -> str:
    """``text`` (lines of examples) as an epilog that click does not wrap."""
    return _AS_IT_IS + text


def _set_library(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        places(context).library_given = value.expanduser()


def _set_state(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        places(context).state_given = value.expanduser()


def _set_language(_context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        i18n.use(value)


def _show_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"sgtui {__version__}")
        context.exit()


def global_options() -> list[click.Option]:
    """The options that every command takes, before or after its name."""
    file = click.Path(path_type=Path)
    return [
        Option(
            ["--library", "global_library"],
            type=file,
            metavar="DIR",
            expose_value=False,
            callback=_set_library,
            help=N_("The library to work on (a folder of Markdown); the bundled course if not given."),
        ),
        Option(
            ["--state", "global_state"],
            type=file,
            metavar="FILE",
            expose_value=False,
            callback=_set_state,
            help=N_("The file of your progress and bookmarks (also SGTUI_STATE)."),
        ),
        Option(
            ["--lang", "global_lang"],
            type=click.Choice(i18n.LANGUAGES),
            expose_value=False,
            callback=_set_language,
            help=N_("Language of the program (also SGTUI_LANG)."),
        ),
        Option(
            ["--version", "global_version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=N_("Show the version and leave."),
        ),
    ]


def complain(message: str) -> None:
    """Say something on standard error."""
    click.echo(message, err=True)


__all__ = [
    "EXIT_PROBLEM",
    "EXIT_USAGE",
    "Command",
    "CommandGroup",
    "Option",
    "Places",
    "SgtuiError",
    "command",
    "complain",
    "examples",
    "global_options",
    "option",
    "places",
]
