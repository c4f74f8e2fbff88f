"""``sgtui state``: the learner's own file, looked at, copied, merged and mended."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, Command, complain, examples, option, places
from sgtui.cli.learner import learners_file
from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sgtui.store.merge import Merged
    from sgtui.store.store import Store

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui state path                       where it is\n"
        "  sgtui state backup ~/study-backup.json\n"
        "  sgtui state merge ~/laptop/study.json  take over what was done there\n"
        "  sgtui state repair --rebuild-cards     make the schedule again from the answers"
    )
)


class StateGroup(click.Group):
    """A group whose help is translated when it is shown."""

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text."""
        kept, self.help, self.epilog = self.help, _(self.help or ""), _(EXAMPLES)
        try:
            return super().get_help(ctx)
        finally:
            self.help = kept

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line for a list of commands."""
        return _(self.help or "")


state = StateGroup("state", help=N_("Your own file: progress, answers, bookmarks."))


def subcommand(name: str, help: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a sub-command of ``state``."""
    return state.command(name, cls=Command, help=help)


@contextmanager
def opened(*, create: bool = False, writing: bool = True) -> Iterator["Store"]:
    """The learner's file; its notices are said on standard error.

    Raises SgtuiError where nothing can be saved, unless ``writing`` is false.
    """
    path = places().state
    if not create:
        _must_exist(path)
    with learners_file(path) as store:
        if store.read_only and writing:
            raise SgtuiError(_("{path} cannot be changed.").format(path=path))
        yield store


@subcommand("path", N_("Print where the file is."))
def path() -> None:
    """Print the path."""
    click.echo(places().state)


@subcommand("verify", N_("Check the file, its journal and its backups; changes nothing."))
@option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
def verify(as_json: bool) -> int:
    """Print what was found; 1 if something is wrong."""
    from sgtui.store.check import verify as check

    _must_exist(places().state)
    report = check(places().state)
    if as_json:
        problems = [
            {"path": p.path, "code": p.code, "severity": p.severity, "message": p.message} for p in report.problems
        ]
        kept = [str(backup) for backup in report.backups]
        click.echo(
            json.dumps({"records": report.counts, "backups": kept, "problems": problems}, ensure_ascii=False, indent=2)
        )
    else:
        for name, count in report.counts.items():
            click.echo(f"{count:>8}  {name}")
        for problem in report.problems:
            complain(str(problem))
        if not report.problems:
            click.echo(_("Nothing is wrong."))
    return EXIT_PROBLEM if any(problem.severity == "error" for problem in report.problems) else 0


@subcommand("backup", N_("Copy the whole file to FILE (beside itself if not named)."))
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path | None) -> None:
    """Write a copy."""
    from sgtui.files import free_name, make_folder, replace_file

    with opened(writing=False) as store:
        assert store.path is not None
        target = file or free_name(store.path, "copy", store.now())
        try:
            make_folder(target.absolute().parent)
            replace_file(target.absolute(), store.whole())
        except OSError as error:
            raise SgtuiError(
                _("{path} cannot be written ({reason}).").format(path=target, reason=error.strerror)
            ) from error
    click.echo(target)


@subcommand("compact", N_("Write the file anew with everything in it, and empty the journal."))
def compact() -> None:
    """Compact."""
    with opened() as store:
        _compact(store)


def _compact(store: "Store") -> None:
    if not store.compact():
        raise SgtuiError(_("The file could not be written."))


@subcommand("export", N_("Print everything as JSON: a list of records for each kind."))
@click.argument("file", required=False, type=click.File("w", encoding="utf-8", lazy=True))
def export(file: Any) -> None:
    """Print all records."""
    from sgtui.store.merge import contents_of

    with opened(writing=False) as store:
        tables = {
            name: [{"uid": str(uid), **document} for uid, document in sorted(documents.items())]
            for name, documents in sorted(contents_of(store.engine).items())
        }
    click.echo(json.dumps(tables, ensure_ascii=False, indent=1), file=file)


@subcommand("merge", N_("Take over what copies of your file hold; without FILES, conflict copies that lie beside it."))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@option("--dry-run", is_flag=True, help=N_("Only say what would happen."))
def merge(files: tuple[Path, ...], dry_run: bool) -> int:
    """Merge files; 1 if one of them cannot be read."""
    from sgtui.store.merge import merge_tables, read_tables
    from sgtui.store.snapshot import DamagedError

    failed = 0
    with opened() as store:
        if not files:
            failed = _merge_conflict_copies(store, dry_run=dry_run)
        for file in files:
            try:
                merged = merge_tables(store.engine, read_tables(file), dry_run=dry_run)
            except (OSError, DamagedError) as error:
                complain(_("{path} cannot be read ({reason}).").format(path=file, reason=error))
                failed = EXIT_PROBLEM
                continue
            say_merged(str(file), merged)
        if not dry_run:
            rebuild_cards(store, waiting=True)
    return failed


def _merge_conflict_copies(store: "Store", *, dry_run: bool) -> int:
    from sgtui.store.sync import merge_conflict_copies

    done = merge_conflict_copies(store, dry_run=dry_run)
    for name, merged in done.merged.items():
        say_merged(name, merged)
    for problem in done.problems:
        complain(str(problem))
    if not done.merged and not done.problems:
        click.echo(_("No conflict copies lie beside your file."))
    return EXIT_PROBLEM if done.problems else 0


def say_merged(name: str, merged: "Merged") -> None:
    """Say what was taken over from one file."""
    message = _("{path}: {added} new, {changed} changed, {deleted} deleted.")
    click.echo(message.format(path=name, added=merged.added, changed=merged.changed, deleted=merged.deleted))


@subcommand("repair", N_("Mend what can be mended, and say what was done."))
@option("--rebuild-cards", "rebuild", is_flag=True, help=N_("Make the schedule again from the log of answers."))
def repair(rebuild: bool) -> None:
    """Open (which mends), rebuild, compact."""
    with opened() as store:
        if rebuild:
            changed = rebuild_cards(store)
            click.echo(
                ngettext("{count} question changed.", "{count} questions changed.", changed).format(count=changed)
            )
        _compact(store)
    click.echo(_("The file is whole."))


@subcommand("orphans", N_("List questions you answered that their articles no longer ask."))
def orphans() -> None:
    """Print orphans, one a line."""
    with opened(writing=False) as store:
        orphans = store.orphans()
    for orphan in orphans:
        click.echo(f"{orphan.library}\t{orphan.article}\t{orphan.question}\t{orphan.prompt}")
    if not orphans:
        complain(_("Every question you answered is where it was."))


@subcommand("match", N_("Give the history of question OLD of an article to its question NEW."))
@click.argument("library")
@click.argument("article")
@click.argument("old")
@click.argument("new")
def match(library: str, article: str, old: str, new: str) -> None:
    """Move a question's history by hand."""
    with opened() as store:
        if store.answer(library, article, old) is None:
            raise SgtuiError(_("No answer to {question} is known.").format(question=old))
        store.move_question(library, article, old, new)


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise SgtuiError(_("There is no file at {path} yet.").format(path=path))


def rebuild_cards(store: "Store", *, waiting: bool = False) -> int:
    """Make cards again from the log, all or those that wait for it since a merge; returns how many changed."""
    from sgtui import paths, settings
    from sgtui.study.rebuild import rebuild, rebuild_waiting
    from sgtui.study.scheduler import Scheduler

    scheduler = Scheduler(settings.load(paths.settings_file())[0])
    return rebuild_waiting(store, scheduler) if waiting else rebuild(store, scheduler)
