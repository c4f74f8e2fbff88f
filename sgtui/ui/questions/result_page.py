"""The result of a run as a page to read: what it means, fields, what to look at again, every question."""

from collections.abc import Iterator, Mapping, Sequence

from sgtui.i18n import _, ngettext
from sgtui.store.records import Attempt
from sgtui.study.result import ItemResult, Result
from sgtui.study.result_export import Naming, compared, irt_note, mark_of, paused
from sgtui.typeset.model import Span
from sgtui.ui.questions.words import clock, questions, seconds_each
from sgtui.ui.text import padded, shorten, wrapped
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.article_list import progress_bar
from sgtui.ui.words import percent

Row = Sequence[Span]
NAME = 28
"""Cells for the name of a field, at most."""
BAR = 24
FIRM, SHAKY = 0.8, 0.6
"""From which shares on most of a field is known, and some of it."""
EARLIER = 5
SECTIONS = 12


def result_lines(result: Result, naming: Naming, earlier: Sequence[Attempt], cells: int) -> list[Row]:
    """The page for a width in ``cells``; targets are ``question:N``, ``section:KEY#SLUG`` and ``attempt:UID``."""
    rows: list[Row] = [[]]
    rows += _text("\n".join([*_sentence(result), meaning(result, naming)]), cells)
    if result.kind == "exam":
        rows += [[], *_text(irt_note(), cells, "faint")]
    rows += [[], *_heading(_("By field")), *_areas(result, naming, cells)]
    rows += _sections(result, naming, cells)
    rows += [[], *_heading(_("Every question")), *_questions(result, naming, cells)]
    rows += _earlier(result, earlier, cells)
    return [*rows, []]


def meaning(result: Result, naming: Naming) -> str:
    """One sentence of what the result means for the learner."""
    weak = [naming.area(result, name) for name, share in weakest(result) if share < FIRM][:2]
    fields = _(" and ").join(weak)
    if not result.wrong:
        return _("Everything right: these questions come back when you would begin to forget them.")
    if result.share >= FIRM:
        return _("Most of it is firm; what was missed is listed below.")
    if result.share >= SHAKY:
        return _("The ground is there. Look again at {fields}.").format(fields=fields)
    return _("Read first, then try again: begin with {fields}.").format(fields=fields)


def weakest(result: Result) -> list[tuple[str, float]]:
    """Fields and the share of right answers in each, the weakest first."""
    return sorted(((name, right / asked) for name, (right, asked) in result.areas.items()), key=lambda pair: pair[1])


def _sentence(result: Result) -> list[str]:
    told = ngettext(
        "{right} of {n} question right ({percent}).", "{right} of {n} questions right ({percent}).", result.total
    ).format(right=result.right, n=result.total, percent=percent(result.share))
    answered = sum(item.correct is not None for item in result.items)
    time = _("{time} in all, {each}.").format(
        time=clock(result.seconds), each=seconds_each(result.seconds / max(1, answered))
    )
    blank = result.total - answered
    if blank:
        time += " " + ngettext("{n} was left blank.", "{n} were left blank.", blank).format(n=blank)
    if result.pauses:
        time += " " + paused(result)
    return [told, time]


def _areas(result: Result, naming: Naming, cells: int) -> Iterator[Row]:
    names = {name: naming.area(result, name) for name in result.areas}
    room = min(NAME, max(map(text_width, names.values()), default=0), max(8, cells - 24))
    bar = max(4, min(BAR, cells - room - 18))
    for name, (right, asked) in result.areas.items():
        share = right / asked
        figures = f"  {padded(percent(share), 4, right=True)}  {right}/{asked}"
        yield [Span(" " + padded(names[name], room) + "  "), *progress_bar(share, bar), Span(figures, "faint")]


def _sections(result: Result, naming: Naming, cells: int) -> Iterator[Row]:
    """Sections with something wrong, the most first; for anything but an exam, where there are many, also the others."""
    asked = result.by_section
    again = list(result.sections)
    firm = [] if result.kind == "exam" else [place for place in asked if place not in result.sections]
    yield from _listed(_("Study these sections"), again, asked, naming, cells)
    yield from _listed(_("Firm sections"), firm, asked, naming, cells)


def _listed(
    heading: str,
    places: Sequence[tuple[str, str]],
    asked: Mapping[tuple[str, str], tuple[int, int]],
    naming: Naming,
    cells: int,
) -> Iterator[Row]:
    """Sections with how many of their questions were right; each opens its paragraphs."""
    if not places:
        return
    yield []
    yield from _heading(heading)
    for article, slug in places[:SECTIONS]:
        right, total = asked[article, slug]
        mark = Span(" ✓ ", "good") if right == total else Span(" ↺ ", "warn")
        tail = f"  {right}/{total}"
        title = shorten(naming.section(article, slug), cells - 4 - len(tail))
        yield [mark, Span(title, "link", f"section:{article}#{slug}"), Span(tail, "faint")]
    more = len(places) - SECTIONS
    if more > 0:
        yield [Span("   " + ngettext("and {n} more", "and {n} more", more).format(n=more), "faint")]


def _questions(result: Result, naming: Naming, cells: int) -> Iterator[Row]:
    looks = {"✓": "good", "✗": "bad", "–": "warn"}
    for number, item in enumerate(result.items):
        mark = mark_of(item)
        flag = "⚑" if item.flagged else " "
        time = padded(clock(item.seconds), 6, right=True) if item.seconds >= 1 else " " * 6
        head = f" {padded(str(number + 1), 2, right=True)} "
        room = cells - text_width(head) - 4 - 7
        yield [
            Span(head, "faint"),
            Span(mark + flag + " ", looks[mark]),
            Span(padded(naming.prompt(item), room), "", f"question:{number}"),
            Span(" " + time, "faint"),
        ]


def _earlier(result: Result, earlier: Sequence[Attempt], cells: int) -> Iterator[Row]:
    """Earlier attempts at the same exam, to compare with."""
    if not earlier:
        return
    yield []
    yield from _heading(_("Earlier attempts"))
    yield from _text(compared(result, earlier[0]), cells)
    for attempt in earlier[:EARLIER]:
        yield attempt_row(attempt, cells)


def attempt_row(attempt: Attempt, cells: int) -> Row:
    """An earlier attempt: when, how much was right, how long it took."""
    share = attempt.right / attempt.total if attempt.total else 0.0
    day = f"{(attempt.finished or attempt.at).astimezone():%Y-%m-%d}"
    tail = f"  {padded(percent(share), 4, right=True)}  {attempt.right}/{attempt.total}  {clock(attempt.seconds)}"
    bar = max(4, min(BAR, cells - len(day) - len(tail) - 4))
    return [
        Span(" "),
        Span(day, "link", f"attempt:{attempt.uid}"),
        Span("  "),
        *progress_bar(share, bar),
        Span(tail, "faint"),
    ]


def _heading(text: str) -> list[Row]:
    return [[Span(text, "heading.2")]]


def _text(text: str, cells: int, style: str = "") -> list[Row]:
    return [[Span(line, style)] for part in text.split("\n") for line in wrapped(part, cells)]


def spoken(item: ItemResult) -> str:
    """A mark in words."""
    return {"✓": _("right"), "✗": _("wrong"), "–": _("not answered")}[mark_of(item)]


__all__ = ["attempt_row", "meaning", "questions", "result_lines", "spoken", "weakest"]
