"""``sgtui quiz`` and ``sgtui review``: questions, on the screen or line by line."""

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option, places
from sgtui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sgtui.cli.asking import Lines
    from sgtui.cli.studying import Studying
    from sgtui.study.choosing import Only, Wish
    from sgtui.study.queue import Item
    from sgtui.study.session import Kind
    from sgtui.ui.app import SgtuiApp

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui quiz --count 5\n"
        "  sgtui quiz --category threat --wrong\n"
        "  sgtui quiz password-attacks --no-tui\n"
        "  sgtui quiz --resume\n"
        "  sgtui quiz --seed 7 --no-tui < answers.txt"
    )
)
REVIEW_EXAMPLES: Final = examples(N_("Examples:\n  sgtui review\n  sgtui review --no-tui"))
LINES: Final = N_("Ask line by line in the terminal, for screen readers and pipes.")


@command("quiz", help=N_("Ask questions: from articles, a category, the wrong ones, or everything mixed."),
         epilog=EXAMPLES)  # fmt: skip
@click.argument("articles", nargs=-1)
@option("--category", default="", help=N_("Only this category (its id or its name)."))
@option("--difficulty", default="", type=click.Choice(("", "beginner", "intermediate", "advanced")),
        show_choices=True, help=N_("Only this difficulty: beginner, intermediate or advanced."))  # fmt: skip
@option("--exam", default="", help=N_("Only articles for this exam."))
@option("--tag", default="", help=N_("Only articles with this tag."))
@option("--count", type=click.IntRange(min=0), default=10, show_default=True,
        help=N_("How many questions at most; 0 asks them all."))  # fmt: skip
@option("--due", "only", flag_value="due", help=N_("Only questions that are due for review."))
@option("--wrong", "only", flag_value="wrong", help=N_("Only questions answered wrong last time."))
@option("--unseen", "only", flag_value="unseen", help=N_("Only questions never answered."))
@option("--shuffle/--no-shuffle", default=None, help=N_("Mix questions and choices, or keep the order of the course."))
@option("--seed", type=int, help=N_("The same questions in the same order each time."))
@option("--resume", is_flag=True, help=N_("Go on with the quiz put aside last, whatever else is asked for."))
@option("--no-tui", is_flag=True, help=LINES)
def quiz(articles: tuple[str, ...], only: "Only | None", no_tui: bool, resume: bool, **wanted: Any) -> int:
    """Ask a quick quiz."""
    seed, shuffle, count = wanted.pop("seed"), wanted.pop("shuffle"), wanted.pop("count")
    mixing = shuffle is not False
    seed = random.getrandbits(32) if seed is None and mixing else seed

    def wish(library: Any) -> "Wish":
        from sgtui.library.identify import identify
        from sgtui.study.choosing import Wish

        keys = tuple(identify(library, name, Path.cwd()).key for name in articles)
        category = library.category_id(wanted["category"]) if wanted["category"] else ""
        return Wish(**{**wanted, "category": category}, articles=keys, only=only or "all", count=count, shuffle=mixing)

    if no_tui:
        return _ask_lines(
            lambda desk: _chosen(desk, wish(desk.library), seed), _("Quick quiz"), "quick", seed, resume=resume
        )

    def begin(app: "SgtuiApp") -> None:
        from sgtui.study.choosing import choose

        desk = app.desk
        if resume:
            _go_on(app)
            return
        items = choose(desk.store, desk.scheduler, desk.shelf, desk.library.infos, wish(desk.library), seed=seed)
        if not items:
            app.notify(_("There is no such question."))
            return
        session = desk.session("quick", items, _("Quick quiz"))
        session.seed = seed if desk.settings.shuffle or shuffle else None
        app.run_session(session, session.title)

    return open_at(begin)


@command("review", help=N_("Ask today's reviews."), epilog=REVIEW_EXAMPLES)
@option("--no-tui", is_flag=True, help=LINES)
def review(no_tui: bool) -> int:
    """Ask what is due today."""
    if not no_tui:
        return open_at(lambda app: app.action_review())
    return _ask_lines(_due, _("Today's review"), "review", random.getrandbits(32))


def open_at(begin: "Callable[[SgtuiApp], None]") -> int:
    """Open the screens and go straight to where ``begin`` leads."""
    from sgtui import paths
    from sgtui.ui.app import run_app

    where = places()
    return run_app(
        library=where.library_given,
        file=None,
        state=where.state,
        cache_dir=where.cache,
        settings_file=paths.settings_file(),
        begin=begin,
    )


def _go_on(app: "SgtuiApp") -> None:
    waiting = app.desk.paused_runs("quick")
    if waiting:
        app.run_session(app.desk.resume(waiting[0]), waiting[0].title)
    else:
        app.notify(_("No quiz was put aside."))


def _chosen(desk: "Studying", wish: "Wish", seed: int | None) -> "Sequence[Item]":
    from sgtui.study.choosing import choose

    return choose(desk.store, desk.scheduler, desk.key, desk.library.infos, wish, seed=seed)


def _due(desk: "Studying") -> "Sequence[Item]":
    from sgtui.study.queue import todays_queue

    return todays_queue(desk.store, desk.scheduler, desk.key, desk.library.infos).items


def _ask_lines(
    choose: "Callable[[Studying], Sequence[Item]]",
    title: str,
    kind: "Kind",
    seed: int | None,
    *,
    resume: bool = False,
) -> int:
    from sgtui.cli.asking_session import Asker, commands, summary
    from sgtui.cli.studying import studying
    from sgtui.study.finding import Questions
    from sgtui.study.result_export import Naming
    from sgtui.study.session import Session

    with studying(None, answering=True) as desk:
        waiting = desk.store.runs(desk.key, kind) if resume else []
        if waiting:
            session = Session.resume(desk.store, desk.scheduler, waiting[0])
        elif resume:
            complain(_("No quiz was put aside."))
            return EXIT_PROBLEM
        else:
            items = list(choose(desk))
            if not items:
                complain(_("There is no such question.") if kind == "quick" else _("Nothing is due today."))
                return EXIT_PROBLEM if kind == "quick" else 0
            mixing = desk.scheduler.settings.shuffle
            session = Session(
                desk.store, desk.scheduler, desk.key, kind, items, title=title, seed=seed if mixing else None
            )
        lines = plain_lines()
        lines.say(commands())
        lines.say("")
        for line in summary(Asker(session, lines, Questions(desk.library)).run(), Naming(desk.library, {})):
            lines.say(line)
    return 0


def plain_lines() -> "Lines":
    """The plain terminal: questions to standard output, answers from standard input."""
    from sgtui.cli.asking import Lines
    from sgtui.typeset.cells import sanitize

    return Lines(
        sys.stdin,
        lambda line: click.echo(sanitize(line)),
        lambda text: click.echo(sanitize(text), nl=False),
        echo=not sys.stdin.isatty(),
    )
