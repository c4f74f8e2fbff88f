"""Mock exams made ready: a paper for each blueprint of a library, of questions that can be asked in an exam."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sgtui.i18n import _, ngettext
from sgtui.quiz.model import Quiz
from sgtui.study.blueprint import Blueprint, ExamItem, Paper, build_paper, cases_together, read_blueprint
from sgtui.study.exam import Exam, asked_before
from sgtui.study.finding import Place

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.store.store import Store

TRIES = 5


def blueprints(library: Library) -> list[Blueprint]:
    """The exams that a library describes and that ask something."""
    found = [read_blueprint(name, raw) for name, raw in library.manifest.exams.items()]
    return [blueprint for blueprint in found if blueprint.count]


def make_paper(store: Store, shelf: str, library: Library, blueprint: Blueprint, seed: int) -> Paper:
    """A paper for ``blueprint``, the same one for the same ``seed`` and history; no article is read for it.

    A flash card cannot be asked where nothing is shown before the end: others take its place as long as there are
    others.
    """
    asked = asked_before(store, shelf, blueprint.id)
    unfit: set[Place] = set()
    for _try in range(TRIES):
        paper = build_paper(blueprint, library.infos, seed=seed, asked=asked, leave_out=unfit)
        cards = {item[:2] for item in paper.items if item.question in library.info(item.article).cards}
        if not cards:
            break
        unfit |= cards
    else:
        paper = replace(paper, items=tuple(item for item in paper.items if item[:2] not in cards))

    def case_of(item: ExamItem) -> tuple[str, int] | None:
        cases = enumerate(library.info(item.article).cases)
        return next(((str(n), case.index(item.question)) for n, case in cases if item.question in case), None)

    return cases_together(paper, case_of)


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
