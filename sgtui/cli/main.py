"""The command ``sgtui``: its sub-commands, each imported only when it is used."""

import importlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from sgtui import i18n
from sgtui.cli.base import EXIT_PROBLEM, complain, examples, global_options, translated
from sgtui.cli.help import Context
from sgtui.cli.speech import speak
from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _, ngettext

COMMANDS: Final[tuple[tuple[str, str, str], ...]] = (
    ("read", "sgtui.cli.read", "read"),
    ("list", "sgtui.cli.list", "list_"),
    ("search", "sgtui.cli.search", "search"),
    ("new", "sgtui.cli.new", "new"),
    ("check", "sgtui.cli.check", "check"),
    ("import", "sgtui.cli.import_", "import_"),
    ("export", "sgtui.cli.export", "export"),
    ("state", "sgtui.cli.state", "state"),
    ("sync", "sgtui.cli.sync", "sync"),
    ("quiz", "sgtui.cli.quiz", "quiz"),
    ("review", "sgtui.cli.quiz", "review"),
    ("exam", "sgtui.cli.exam", "exam"),
    ("due", "sgtui.cli.due", "due"),
    ("stats", "sgtui.cli.stats", "stats"),
)
"""Name, module and attribute of each sub-command.  A module that is not there is left out."""

HELP_OPTIONS: Final = frozenset(("--help", "-h"))

OPEN: Final = "open"
"""The command that is meant when none is named: ``sgtui FOLDER``."""

HELP: Final = N_("Read study articles in the terminal, with quizzes in the text.\n\nWithout a command, opens a library "
"(a folder of Markdown) or one article; the bundled course if nothing is named. A folder called like a command is "
"opened with ./ before its name.")  # fmt: skip

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui                          open the bundled course\n"
        "  sgtui ~/notes                  open a folder of Markdown\n"
        "  sgtui article.md               read one article\n"
        "  sgtui read password-attacks    print an article\n"
        "  sgtui list --status unread     what has not been read\n"
        "  sgtui search ランサム          find a word in the library"
    )
)


class Group(click.Group):
    """Sub-commands by name; anything else is taken for a library or an article to open."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the sub-commands, in the order of the help text."""
        return [name for name, module, _attribute in COMMANDS if _exists(module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The sub-command called ``cmd_name``, with the options that all have."""
        for name, module, attribute in (*COMMANDS, (OPEN, "sgtui.cli.open", "open_")):
            if name == cmd_name and _exists(module):
                found: click.Command = getattr(importlib.import_module(module), attribute)
                return with_global_options(found)
        return None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before arguments that name none."""
        return super().parse_args(ctx, insert_default(args, self.params, set(self.list_commands(ctx))))

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text."""
        self.help, self.epilog = _(HELP), translated(EXAMPLES)
        return super().get_help(ctx)


def _exists(module: str) -> bool:
    """Whether a command's file is there, without importing it."""
    return (Path(__file__).parent / f"{module.rpartition('.')[2]}.py").exists()


def insert_default(args: Sequence[str], params: Sequence[click.Parameter], names: set[str]) -> list[str]:
    """``args`` with ``open`` before the first argument that is no option of the group, unless it names a command."""
    takes_value = {
        name for param in params if isinstance(param, click.Option) and not param.is_flag for name in param.opts
    }
    flags = {name for param in params if isinstance(param, click.Option) and param.is_flag for name in param.opts}
    index = 0
    while index < len(args):
        word = args[index]
        if word in takes_value:
            index += 2
        elif word in flags or word in HELP_OPTIONS or word.partition("=")[0] in takes_value:
            index += 1
        else:
            break
    index = min(index, len(args))
    if index < len(args) and args[index] in names:
        return list(args)
    if HELP_OPTIONS & set(args[:index]):
        return list(args)
    return [*args[:index], OPEN, *args[index:]]


def with_global_options(command: click.Command) -> click.Command:
    """``command`` with the options that all take, once; a group's sub-commands get them too."""
    command.context_class = Context
    known = {name for param in command.params for name in param.opts}
    command.params += [param for param in global_options() if not known & set(param.opts)]
    if isinstance(command, click.Group):
        for sub in command.commands.values():
            with_global_options(sub)
    return command


def build() -> click.Group:
    """The whole command line."""
    return Group(
        name="sgtui",
        params=list(global_options()),
        invoke_without_command=False,
        no_args_is_help=False,
        context_settings={"help_option_names": sorted(HELP_OPTIONS), "max_content_width": 100},
    )


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line ``args`` (those of the process if None); returns the exit code."""
    import sys

    words = list(sys.argv[1:] if args is None else args)
    speak(words)
    try:
        with _click_in(i18n.language()):
            result: Any = build().main(words, prog_name="sgtui", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        with _click_in(i18n.language()):
            error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except SgtuiError as error:
        complain(str(error))
        return EXIT_PROBLEM
    except (BrokenPipeError, SystemExit):  # click makes the second of the first
        # Whoever read us has seen enough; without this, Python complains once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    return result if isinstance(result, int) else 0


@contextmanager
def _click_in(language: str) -> Iterator[None]:
    """click's own sentences from this program's catalogue, in ``language``."""
    import gettext

    before, kept = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain("sgtui", Path(i18n.__file__).parent / "locale")
    gettext.textdomain("sgtui")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(kept)
        if before is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = before


def click_sentences() -> tuple[str, ...]:
    """What click says in this program, in the learner's language: named here, so that the catalogue has it."""
    return (
        _("Usage:"),
        _("Options"),
        _("Commands"),
        _("Positional arguments"),
        _("Show this message and exit."),
        _("Error: {message}"),
        _("Try '{command} {option}' for help."),
        _("No such option {name!r}."),
        _("No such command {name!r}."),
        _("Missing argument"),
        _("Missing option"),
        _("Missing command."),
        _("Missing {param_type}"),
        _("Invalid value for {param_hint}: {message}"),
        _("Invalid value: {message}"),
        _("Option {name!r} does not take a value."),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
        _("Choose from:\n\t{choices}"),
        _("default: {default}"),
        _("required"),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    )
