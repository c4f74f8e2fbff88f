"""``sgtui exam``: a mock exam, on the screen or line by line; what it would ask; what earlier ones came to."""

import random
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option
from sgtui.cli.quiz import LINES, open_at, plain_lines
from sgtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.store.records import Run
    from sgtui.study.blueprint import Blueprint
    from sgtui.ui.app import SgtuiApp

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui exam\n"
        "  sgtui exam sg --no-tui\n"
        "  sgtui exam --check\n"
        "  sgtui exam --result md --into exam.md\n"
        "  sgtui exam --result json | jq .right"
    )
)


@command("exam", help=N_("Sit a mock exam, or look at what it would ask and what earlier ones came to."),
         epilog=EXAMPLES)  # fmt: skip
@click.argument("exam", required=False, default="")
@option("--check", is_flag=True, help=N_("Say which exams there are and which areas have too few questions."))
@option("--result", type=click.Choice(("md", "json")), help=N_("Print the latest result as Markdown or JSON."))
@option("--into", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help=N_("Write to this file instead of printing."))  # fmt: skip
@option("--seed", type=int, help=N_("The same questions in the same order each time."))
@option("--no-tui", is_flag=True, help=LINES)
def exam(exam: str, *, check: bool, result: str | None, into: Path | None, seed: int | None, no_tui: bool) -> int:
    """Open the mock exams."""
    if check:
        return _check()
    if result:
        return _result(result, into)
    seed = random.getrandbits(32) if seed is None else seed
    if no_tui:
        return _sit(exam, seed)

    def begin(app: "SgtuiApp") -> None:
        from sgtui.ui.questions.exam_choosing import ExamChoosingScreen

        app.meet_learner()
        app.push_screen(ExamChoosingScreen(seed=seed, only=exam))

    return open_at(begin)


def _sit(name: str, seed: int) -> int:
    """Ask an exam line by line: the one put aside, if there is one, else a new one."""
    from sgtui.cli import asking_exam
    from sgtui.cli.studying import studying
    from sgtui.study.exam import Exam, earlier_attempts
    from sgtui.study.finding import Questions
    from sgtui.study.papers import make_paper, shortfall
    from sgtui.study.result_export import Naming

    with studying(None, answering=True) as desk:
        plan = _named(desk.library, name)
        if plan is None:
            return EXIT_PROBLEM
        lines = plain_lines()
        lines.empty = "n"
        waiting = [run for run in desk.store.runs(desk.key, "exam") if _blueprint_of(run) == plan.id]
        if waiting:
            sitting = Exam.resume(desk.store, desk.scheduler, waiting[0], asking_exam.monotonic)
            lines.say(_("Going on with an exam put aside: {title}. The result will say so.").format(title=plan.title))
        else:
            paper = make_paper(desk.store, desk.key, desk.library, plan, seed)
            if paper.short:
                lines.say(shortfall(paper))
            if not paper.items:
                return EXIT_PROBLEM
            sitting = Exam(desk.store, desk.scheduler, desk.key, paper, asking_exam.monotonic)
        lines.say(asking_exam.exam_commands())
        asker = asking_exam.ExamAsker(sitting, lines, Questions(desk.library), clock=desk.scheduler.settings.exam_clock)
        handed_in = asker.run()
        if handed_in is not None:
            outcome, attempt = handed_in
            before = earlier_attempts(desk.store, desk.key, plan.id, attempt.finished)
            lines.say("")
            for line in asking_exam.exam_summary(outcome, Naming(desk.library, {}), next(iter(before), None)):
                lines.say(line)
    return 0


def _blueprint_of(run: "Run") -> str:
    return str(run.data.get("blueprint", "")) if isinstance(run.data, Mapping) else ""


def _named(library: "Library", name: str) -> "Blueprint | None":
    """The exam of this id or title, or the only one; ``None`` after saying which there are."""
    from sgtui.study.papers import blueprints

    found = blueprints(library)
    fitting = [plan for plan in found if not name or name in (plan.id, plan.title)]
    if len(fitting) == 1:
        return fitting[0]
    if not found:
        complain(_("This library describes no exam."))
        return None
    names = ", ".join(f"{plan.id} ({plan.title})" for plan in found)
    if name:
        complain(_("There is no exam “{name}” here. There are: {names}").format(name=name, names=names))
    else:
        complain(_("Which exam? Name one of: {names}").format(names=names))
    return None


def _check() -> int:
    from sgtui.cli.studying import studying
    from sgtui.study.papers import blueprints, make_paper, shortfall

    with studying(None) as desk:
        found = blueprints(desk.library)
        if not found:
            complain(_("This library describes no exam."))
            return EXIT_PROBLEM
        for blueprint in found:
            paper = make_paper(desk.store, desk.key, desk.library, blueprint, random.getrandbits(32))
            said = ngettext(
                "{title}: {n} question, {minutes} min", "{title}: {n} questions, {minutes} min", len(paper.items)
            )
            click.echo(said.format(title=blueprint.title, n=len(paper.items), minutes=paper.minutes))
            if paper.short:
                click.echo(shortfall(paper))
    return 0


def _result(form: str, into: Path | None) -> int:
    from sgtui.cli.studying import studying
    from sgtui.cli.writing import put_out
    from sgtui.study.finding import find_all
    from sgtui.study.result import Result
    from sgtui.study.result_export import Naming, to_json, to_markdown

    with studying(None) as desk:
        attempts = desk.store.attempts(desk.key, "exam")
        if not attempts:
            complain(_("No mock exam has been handed in yet."))
            return EXIT_PROBLEM
        result = Result.from_attempt(attempts[0])
        found = find_all(desk.library, [(item.article, item.question) for item in result.items])
        naming = Naming(desk.library, {place: quiz for place, (_article, quiz) in found.items()})
        put_out((to_json if form == "json" else to_markdown)(result, naming), into)
        sys.stdout.flush()
    return 0
