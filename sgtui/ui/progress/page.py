"""The page of what was done and how well it sticks: each picture with the same in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sgtui.i18n import _, ngettext
from sgtui.quiz.model import Quiz
from sgtui.study.progress import Totals
from sgtui.study.result_export import Naming
from sgtui.study.statistics import Day, Statistics
from sgtui.typeset.model import Span
from sgtui.ui.progress.pictures import SHADES, Row, axis, columns, heat_map, line
from sgtui.ui.text import padded, shorten, wrapped
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.article_list import progress_bar
from sgtui.ui.words import minutes, percent

DAYS: Final = 30
LISTED: Final = 8
"""Questions of a list that are shown."""
NAME: Final = 24
FEWEST: Final = 3
"""Points below which there is no line."""
WEEKS: Final = 52


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is made of; ``sections`` are the slugs of those that teach the questions named."""

    found: Statistics
    naming: Naming
    sections: Mapping[tuple[str, str], str]

    def quiz(self, article: str, question: str) -> Quiz | None:
        """A question, if it is still there."""
        return self.naming.quizzes.get((article, question))


def progress_lines(shown: Shown, cells: int) -> list[Row]:
    """The page for a width in ``cells``; targets are ``section:KEY#SLUG``."""
    found = shown.found
    if not found.days:
        return [[], *_text(nothing_yet(), cells)]
    parts: list[tuple[str, Iterator[Row]]] = [
        ("", _begin(found, cells)),
        (_("A year of days"), _year(found, cells)),
        (_("Reviews in the next 30 days"), _coming(found, cells)),
        (_("Reviews that were right, week by week"), _kept(found, cells)),
        (_("How well it sticks"), _fields(shown, cells)),
        (_("Minutes a day"), _minutes(found, cells)),
        (_("Right answers over time"), _months(found, cells)),
        (_("Sure but wrong"), _sure(shown, cells)),
        (_("Taken for the right answer"), _confusions(shown, cells)),
        (_("Forgotten again and again"), _leeches(shown, cells)),
    ]
    rows: list[Row] = []
    for title, part in parts:
        made = list(part)
        if made:
            rows += [[], [Span(title, "heading.2")], *made] if title else [[], *made]
    return [*rows, []]


def nothing_yet() -> str:
    """What an empty page says."""
    return _(
        "Nothing yet. Answer a quiz while you read, or a few with Q: what you did each day, what is due "
        "and how well it sticks will stand here."
    )


def _begin(found: Statistics, cells: int) -> Iterator[Row]:
    streak = ngettext("{n} day in a row (longest {most}).", "{n} days in a row (longest {most}).", found.streak)
    answers = ngettext("{n} answer", "{n} answers", found.answers).format(n=found.answers)
    right = _("{share} right").format(share=percent(found.right / found.answers)) if found.answers else ""
    read = _("{time} of reading").format(time=minutes(round(found.seconds / 60)))
    yield from _text(streak.format(n=found.streak, most=found.longest), cells)
    yield from _text(", ".join(part for part in (answers, right, read) if part) + ".", cells)


def _year(found: Statistics, cells: int) -> Iterator[Row]:
    amounts = {day.day: amount(day) for day in found.days}
    weekdays = _("Mon Tue Wed Thu Fri Sat Sun").split(" ")
    yield from heat_map(amounts, found.today, weekdays if len(weekdays) == 7 else [""] * 7, cells)
    scale = " ".join(SHADES)
    yield [Span("    " + _("less {shades} more").format(shades=scale), "faint")]
    most = max(found.days, key=amount)
    said = ngettext(
        "Something was done on {n} day of the last year, most on {day}: {what}.",
        "Something was done on {n} days of the last year, most on {day}: {what}.",
        len(found.days),
    )
    yield from _text(said.format(n=len(found.days), day=most.day.isoformat(), what=day_in_words(most)), cells)


def amount(day: Day) -> float:
    """How much was done on a day: answers and minutes together; at least 1 where there was anything."""
    return max(1.0, day.answers + day.seconds / 60)


def day_in_words(day: Day) -> str:
    """``34 answers, 20 min``."""
    answers = ngettext("{n} answer", "{n} answers", day.answers).format(n=day.answers)
    return f"{answers}, {minutes(round(day.seconds / 60))}" if day.seconds >= 30 else answers


def _coming(found: Statistics, cells: int) -> Iterator[Row]:
    coming = found.forecast[:DAYS]
    if not any(coming):
        yield from _text(_("Nothing is due in the next 30 days."), cells)
        return
    yield from columns(coming, cells)
    names = {0: _("today")} | {n: _day(found.today + timedelta(days=n)) for n in range(7, len(coming), 7)}
    yield axis(coming, cells, names)
    most = max(range(len(coming)), key=lambda n: coming[n])
    said = _("{today} today, {week} within 7 days, {all} within 30; most on {day}: {most}.")
    yield from _text(
        said.format(
            today=coming[0],
            week=sum(coming[:7]),
            all=sum(coming),
            day=_("today") if not most else _day(found.today + timedelta(days=most)),
            most=coming[most],
        ),
        cells,
    )


def _kept(found: Statistics, cells: int) -> Iterator[Row]:
    """Retention against the goal: of the four weeks up to the end of each week, as far back as there is any."""
    ends = [found.today - timedelta(weeks=ago) for ago in range(WEEKS - 1, -1, -1)]
    shares = [_recalled(found.days, end) for end in ends]
    begin = next((number for number, share in enumerate(shares) if share is not None), len(shares))
    ends, shares = ends[begin:], shares[begin:]
    told = [share for share in shares if share is not None]
    if len(told) < FEWEST:
        return
    low = min(0.8, found.goal - 0.1, int(min(told) * 10) / 10)
    names = {number: _day(end) for number, end in enumerate(ends) if number % max(1, len(ends) // 4) == 0}
    yield from line(shares, cells, low=low, goal=found.goal, names=names)
    said = _(
        "Each point is of four weeks: {now} now, {least} at the lowest, {most} at the highest; the goal is {goal}."
    )
    yield from _text(
        said.format(now=percent(told[-1]), least=percent(min(told)), most=percent(max(told)), goal=percent(found.goal)),
        cells,
    )


def _recalled(days: Sequence[Day], end: date) -> float | None:
    """The share of right answers among the reviews of known questions in the four weeks up to ``end``."""
    within = [day for day in days if timedelta(0) <= end - day.day < timedelta(weeks=4)]
    asked = sum(day.asked for day in within)
    return sum(day.recalled for day in within) / asked if asked else None


def _fields(shown: Shown, cells: int) -> Iterator[Row]:
    found = shown.found
    fields = [(name, total) for name, total in found.categories.items() if total.retention is not None]
    if not fields:
        return
    names = {name: shown.naming.library.category_name(name) or _("Other") for name, _total in fields}
    room = min(NAME, max(map(text_width, names.values())), max(6, cells // 3))
    tails = {name: _field_tail(found, name, total, short=cells < 60) for name, total in fields}
    bar = max(4, min(24, cells - room - max(map(text_width, tails.values())) - 3))
    for name, total in fields:
        yield [
            Span(" " + padded(names[name], room) + " "),
            *progress_bar(total.retention or 0.0, bar),
            Span(tails[name], "faint"),
        ]
    yield from _text(_sticking(found, fields, names), cells)


def _field_tail(found: Statistics, name: str, total: Totals, *, short: bool) -> str:
    recalled = padded(percent(total.retention or 0.0), 4, right=True)
    right, answers = found.accuracy.get(name, (0, 0))
    if short or not answers:
        return f" {recalled}"
    told = _("{share} of {n} right").format(share=percent(right / answers), n=answers)
    return f" {recalled}  {told}"


def _sticking(found: Statistics, fields: Sequence[tuple[str, Totals]], names: Mapping[str, str]) -> str:
    said = []
    if found.recalled is not None:
        told = _("The bars say how likely you recall a field now: {share} on average, with {goal} as the goal.")
        said.append(told.format(share=percent(found.recalled), goal=percent(found.goal)))
    if found.retention is not None:
        told = _("Of the reviews of the last 30 days {share} were right.")
        said.append(told.format(share=percent(found.retention)))
    weakest = min(fields, key=lambda field: field[1].retention or 0.0)
    if len(fields) > 1:
        said.append(_("Weakest: {field}.").format(field=names[weakest[0]]))
    return " ".join(said)


def _minutes(found: Statistics, cells: int) -> Iterator[Row]:
    read = {day.day: day.seconds / 60 for day in found.days}
    days = [found.today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    values = [read.get(day, 0.0) for day in days]
    if not any(values):
        return
    yield from columns(values, cells)
    names = {n: _day(days[n]) for n in range(0, DAYS - 6, 7)} | {DAYS - 1: ""}
    yield axis(values, cells, names)
    active = [value for value in values if value]
    most = max(range(DAYS), key=lambda n: values[n])
    said = ngettext(
        "Reading on {n} of the last 30 days, {mean} on average on such a day; most on {day}: {most}.",
        "Reading on {n} of the last 30 days, {mean} on average on such a day; most on {day}: {most}.",
        len(active),
    )
    mean = minutes(max(1, round(sum(active) / len(active))))
    yield from _text(
        said.format(n=len(active), mean=mean, day=_day(days[most]), most=minutes(max(1, round(values[most])))), cells
    )


def _months(found: Statistics, cells: int) -> Iterator[Row]:
    months = list(found.months.items())[-12:]
    for name, (right, answers) in months:
        told = _("{share} of {n}").format(share=percent(right / answers), n=answers)
        bar = max(4, min(24, cells - len(name) - text_width(told) - 5))
        yield [Span(f" {name} "), *progress_bar(right / answers, bar), Span(f"  {told}", "faint")]
    if len(months) > 1:
        (first, (right, answers)), (last, (right_now, answers_now)) = months[0], months[-1]
        told = _("From {then} in {first} to {now} in {last}.")
        text = told.format(then=percent(right / answers), first=first, now=percent(right_now / answers_now), last=last)
        yield from _text(text, cells)


def _sure(shown: Shown, cells: int) -> Iterator[Row]:
    known = [one for one in shown.found.sure_but_wrong if shown.quiz(one.article, one.question)][:LISTED]
    for one in known:
        yield _question(shown, one.article, one.question, one.last.astimezone().date().isoformat(), cells)
    if known:
        yield from _text(_("Answered wrong within 15 seconds, without a hint: what was thought to be known."), cells)


def _confusions(shown: Shown, cells: int) -> Iterator[Row]:
    listed = 0
    for one in shown.found.confusions:
        quiz = shown.quiz(one.article, one.question)
        if quiz is None or one.choice >= len(quiz.choices) or listed == LISTED:
            continue
        listed += 1
        times = ngettext("{n} time", "{n} times", one.times).format(n=one.times)
        yield _question(shown, one.article, one.question, times, cells)
        taken = " ".join(quiz.choices[one.choice].content.text.split())
        right = " ".join(next((c.content.text for c in quiz.choices if c.correct), "").split())
        yield [Span("   ✗ ", "bad"), Span(shorten(taken, cells - 5), "faint")]
        yield [Span("   ✓ ", "good"), Span(shorten(right, cells - 5), "faint")]


def _leeches(shown: Shown, cells: int) -> Iterator[Row]:
    known = [card for card in shown.found.leeches if shown.quiz(card.article, card.question)][:LISTED]
    for card in known:
        times = ngettext("{n} time", "{n} times", card.lapses).format(n=card.lapses)
        yield _question(shown, card.article, card.question, times, cells)
    if known:
        yield from _text(_("Reading the paragraph again helps these more than another try: Enter opens it."), cells)


def _question(shown: Shown, article: str, question: str, tail: str, cells: int) -> Row:
    """A question that leads to the section that teaches it."""
    quiz = shown.quiz(article, question)
    text = " ".join(quiz.prompt.text.split()) if quiz is not None else question
    target = f"section:{article}#{shown.sections.get((article, question), '')}"
    return [
        Span(" "),
        Span(shorten(text, cells - text_width(tail) - 3), "link", target),
        Span(f"  {tail}", "faint"),
    ]


def wanted(found: Statistics) -> list[tuple[str, str]]:
    """The questions (article, id) that the page may name."""
    places = [(one.article, one.question) for one in found.sure_but_wrong[: 2 * LISTED]]
    places += [(one.article, one.question) for one in found.confusions[: 2 * LISTED]]
    return list(dict.fromkeys([*places, *((card.article, card.question) for card in found.leeches[: 2 * LISTED])]))


def _day(day: date) -> str:
    return f"{day.month}/{day.day}"


def _text(text: str, cells: int) -> list[Row]:
    return [[Span(line)] for line in wrapped(text, cells)]
