"""Mock exams made ready: a paper for each blueprint of a library, of questions that can be asked in an exam."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sgtui.i18n import _, ngettext
from sgtui.quiz.model import Quiz
from sgtui.study.blueprint import Blueprint, ExamItem, Paper, build_paper, cases_together, read_blueprint
from sgtui.study.exam import Exam, asked_before
from sgtui.study.finding import Found, Place, find_all

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.store.store import Store

TRIES = 5


def blueprints(library: Library) -> list[Blueprint]:
    """The exams that a library describes and that ask something."""
    found = [read_blueprint(name, raw) for name, raw in library.manifest.exams.items()]
    return [blueprint for blueprint in found if blueprint.count]


def make_paper(store: Store, shelf: str, library: Library, blueprint: Blueprint, seed: int) -> tuple[Paper, Found]:
    """A paper for ``blueprint`` and its questions; the same one for the same ``seed`` and history.

    A flash card cannot be asked where nothing is shown before the end, and what is not there any more cannot be asked
    at all: others take their places as long as there are others.
    """
    asked = asked_before(store, shelf, blueprint.id)
    unfit: set[Place] = set()
    known: Found = {}
    for _try in range(TRIES):
        paper = build_paper(blueprint, library.infos, seed=seed, asked=asked, leave_out=unfit)
        places = [(item.article, item.question) for item in paper.items]
        known |= find_all(library, [place for place in places if place not in known])
        wrong = {place for place in places if place not in known or known[place][1].kind == "recall"}
        if not wrong:
            break
        unfit |= wrong
    else:
        kept = tuple(item for item in paper.items if (item.article, item.question) not in wrong)
        paper = replace(paper, items=kept)

    def case_of(item: ExamItem) -> tuple[str, int] | None:
        quiz = known[item.article, item.question][1]
        return (quiz.case, quiz.line) if quiz.case else None

    return cases_together(paper, case_of), known


def as_asked(quiz: Quiz) -> Quiz:
    """A question as an exam asks it: without its hint."""
    return replace(quiz, hint=None)


def unfinished(exam: Exam) -> str:
    """How many questions of an exam are blank, and how many flagged, before it is handed in."""
    marks = exam.marks()
    blank = sum(mark == "blank" for mark, _flagged in marks)
    flagged = sum(flag for _mark, flag in marks)
    said = []
    if blank:
        said.append(ngettext("{n} question is blank.", "{n} questions are blank.", blank).format(n=blank))
    if flagged:
        said.append(ngettext("{n} question is flagged.", "{n} questions are flagged.", flagged).format(n=flagged))
    return " ".join(said) or _("Every question is answered.")


def shortfall(paper: Paper) -> str:
    """Which areas lack how many questions, and what was made of it; nothing where there are enough."""
    blueprint = paper.blueprint
    if not paper.short:
        return ""
    wanted = blueprint.count
    lines = [
        _(
            "This library has questions for {found} of {wanted}; the time is scaled to {minutes} of {whole} minutes."
        ).format(found=len(paper.items), wanted=wanted, minutes=paper.minutes, whole=blueprint.minutes)
    ]
    lacking = ", ".join(f"{area} {found}/{wanted}" for area, (wanted, found) in paper.short.items())
    lines.append(_("Too few: {areas}").format(areas=lacking))
    return "\n".join(lines)
