"""What is known of one article, as lines: what it is about, how far the learner is, what stands before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from sgtui.i18n import _, ngettext
from sgtui.typeset.model import Span
from sgtui.ui.text import padded, shorten, width, wrapped
from sgtui.ui.words import DIFFICULTY, STATUS, STATUS_MARK, minutes, percent

if TYPE_CHECKING:
    from sgtui.articles.model import ArticleInfo
    from sgtui.store.records import ReadingSession
    from sgtui.study.progress import Progress
    from sgtui.ui.desk import Desk

Line = list[Span]

_SITTINGS: Final = 5
_INDENT: Final = 2
_MOST: Final = 8


def brief_lines(desk: Desk, info: ArticleInfo, cells: int, rows: int) -> list[Line]:
    """The summary, and what to read first or next, in at most ``rows`` lines of ``cells``."""
    around = [line for line in (_beforehand(desk, info, cells), _afterwards(desk, info, cells)) if line]
    around = around[: max(0, rows - 1)]
    summary = wrapped(info.summary, cells) if info.summary else []
    room = rows - len(around)
    if len(summary) > room:
        summary = [*summary[: room - 1], shorten(summary[room - 1] + "……", cells)]
    return [*([Span(text)] for text in summary), *around]


def about_lines(desk: Desk, info: ArticleInfo, cells: int) -> list[Line]:
    """Everything, in lines of at most ``cells``.

    Targets are ``article:KEY``, ``section:SLUG`` and ``tag:TAG``.
    """
    progress = desk.progress(info)
    parts: list[list[Line]] = [
        [[Span(text, "title")] for text in wrapped(info.title, cells)] + _facts(desk, info, cells),
        [[Span(text)] for text in wrapped(info.summary, cells)] if info.summary else [],
        _how_far(desk, info, progress, cells),
        _articles(_("Read first"), _before(desk, info), desk, cells),
        _articles(_("Builds on this"), desk.library.following(info.key), desk, cells),
        _sections(desk, info, cells),
        _history(desk, info, cells),
        _tags(info, cells),
    ]
    lines: list[Line] = []
    for part in filter(None, parts):
        lines += [*([[]] if lines else []), *part]
    return lines


def _facts(desk: Desk, info: ArticleInfo, cells: int) -> list[Line]:
    facts = [desk.library.category_name(info.category)] if info.category else []
    if info.difficulty:
        facts.append(_(DIFFICULTY[info.difficulty]))
    facts.append(minutes(info.minutes))
    if info.quizzes:
        facts.append(ngettext("{n} quiz", "{n} quizzes", len(info.quizzes)).format(n=len(info.quizzes)))
    day = info.updated or info.published
    if day:
        facts.append(day.isoformat())
    return [[Span(text, "faint")] for text in wrapped(" ・ ".join(facts), cells)]


def _how_far(desk: Desk, info: ArticleInfo, progress: Progress, cells: int) -> list[Line]:
    parts = [_(STATUS[progress.status])]
    if progress.status != "unread":
        counted = sum(bool(section.characters or section.quizzes) for section in info.sections)
        if counted:
            parts.append(_("{n}/{total} sections").format(n=progress.sections_read, total=counted))
        if progress.quizzes:
            parts.append(_("{right} of {total} right").format(right=progress.right, total=progress.quizzes))
        parts.append(percent(progress.fraction))
    lines = [[Span(f"{STATUS_MARK[progress.status]} ", progress.status), Span(shorten(" ・ ".join(parts), cells - 2))]]
    marks = desk.bookmarks(info.key) if desk.learner_is_here else []
    if marks:
        text = ngettext("{n} bookmark", "{n} bookmarks", len(marks)).format(n=len(marks))
        lines.append([Span("★ ", "star"), Span(shorten(text, cells - 2))])
    return lines


def _before(desk: Desk, info: ArticleInfo) -> list[ArticleInfo]:
    return [*desk.library.beforehand(info)]


def _beforehand(desk: Desk, info: ArticleInfo, cells: int) -> Line:
    return _named(_("Read first: {titles}"), _before(desk, info), desk, cells)


def _afterwards(desk: Desk, info: ArticleInfo, cells: int) -> Line:
    return _named(_("Builds on this: {titles}"), desk.library.following(info.key), desk, cells)


def _named(text: str, infos: Sequence[ArticleInfo], desk: Desk, cells: int) -> Line:
    titles = _(", ").join(f"{STATUS_MARK[desk.statuses.status_of(one)]} {one.title}" for one in infos[:_MOST])
    return [Span(shorten(text.format(titles=titles), cells), "faint")] if infos else []


def _articles(name: str, infos: Sequence[ArticleInfo], desk: Desk, cells: int) -> list[Line]:
    if not infos:
        return []
    lines: list[Line] = [[Span(name, "faint")]]
    for info in infos[:_MOST]:
        status = desk.statuses.status_of(info)
        title = shorten(info.title, cells - 4)
        lines.append([Span(f"  {STATUS_MARK[status]} ", status), Span(title, "", f"article:{info.key}")])
    if len(infos) > _MOST:
        lines.append([Span(f"    … {len(infos)}", "faint")])
    return lines


def _sections(desk: Desk, info: ArticleInfo, cells: int) -> list[Line]:
    sections = [section for section in info.sections if section.title]
    if not sections:
        return []
    ticks = desk.statuses.ticks(info) if desk.learner_is_here else {}
    marked = {mark.section for mark in desk.bookmarks(info.key)} if desk.learner_is_here else set()
    outermost = min(section.level for section in sections)
    lines: list[Line] = [[Span(_("Sections"), "faint")]]
    for section in sections:
        tick = Span("  ✓ ", "good") if ticks.get(section.slug) else Span("    ")
        number = f" {_('Q')}{len(section.quizzes)}" if section.quizzes else ""
        tail = number + (" ★" if section.slug in marked else "")
        indent = "  " * min(3, section.level - outermost)
        room = max(1, cells - 4 - width(tail))
        title = Span(padded(indent + section.title, room), "", f"section:{section.slug}")
        lines.append([tick, title, Span(number, "faint"), Span(tail[len(number) :], "star")])
    return lines


def _history(desk: Desk, info: ArticleInfo, cells: int) -> list[Line]:
    sessions = sorted(_sessions(desk, info), key=lambda one: one.start or one.at, reverse=True)
    if not sessions:
        return []
    whole = minutes(max(1, round(sum(one.seconds for one in sessions) / 60)))
    lines: list[Line] = [[Span(shorten(_("Read for {time} in all").format(time=whole), cells), "faint")]]
    for one in sessions[:_SITTINGS]:
        day = (one.start or one.at).astimezone().date().isoformat()
        lines.append([Span(f"  {day}  "), Span(minutes(max(1, round(one.seconds / 60))), "faint")])
    return lines


def _sessions(desk: Desk, info: ArticleInfo) -> Iterator[ReadingSession]:
    if desk.learner_is_here:
        yield from desk.store.session_shelf.of(desk.shelf, info.key)


def _tags(info: ArticleInfo, cells: int) -> list[Line]:
    lines: list[Line] = []
    room = 0
    for tag in info.tags:
        text = shorten(f"#{tag}", cells)
        if not lines or width(text) >= room:
            lines.append([])
            room = cells
        if lines[-1]:
            lines[-1].append(Span(" "))
        lines[-1].append(Span(text, "faint", f"tag:{tag}"))
        room -= width(text) + 1
    return lines
