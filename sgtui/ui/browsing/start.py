"""Where a returning learner can go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sgtui.i18n import _, ngettext
from sgtui.library.query import Filter
from sgtui.ui.words import minutes, minutes_left

if TYPE_CHECKING:
    from sgtui.store.records import Anchor
    from sgtui.ui.desk import Desk
    from sgtui.ui.widgets.start_list import StartRow


def start_rows(desk: Desk, read: Callable[[str], None]) -> list[StartRow]:
    """Continue reading, or else the article that comes next; nothing for a learner who has read nothing."""
    from sgtui.ui.widgets.start_list import StartRow

    if not desk.learner_is_here:
        return []
    latest = desk.latest()
    if latest is not None:
        info, progress = latest
        position = desk.store.article_state(desk.shelf, info.key).position
        where = section_of(position.anchor) if position else ""
        what = f"{info.title} › {where}" if where and where != info.title else info.title
        share = position.fraction if position else progress.fraction
        left = minutes_left(max(1, round(info.minutes * (1 - share))))
        return [StartRow(_("Continue reading"), what, left, lambda: read(info.key))]
    state = desk.store.latest_article(desk.shelf)
    if state is None:
        return []
    following = desk.library.after(state.article)
    if following is None or desk.statuses.status_of(following) != "unread":
        following = next(iter(desk.listing.unread(Filter())), None)
    if following is None:
        return []
    key = following.key
    return [StartRow(_("Next"), following.title, minutes(following.minutes), lambda: read(key))]


def review_rows(desk: Desk, review: Callable[[], None]) -> list[StartRow]:
    """Today's reviews, if there are any; for a thread, since every card is looked at."""
    from sgtui.ui.questions.review import weak_fields
    from sgtui.ui.widgets.start_list import StartRow

    if not desk.store.card_documents():
        return []
    queue = desk.today()
    if not queue.items:
        return []
    number = len(queue.items)
    what = ngettext("{n} question", "{n} questions", number).format(n=number)
    weak = weak_fields(desk, queue.items)
    if weak:
        what += " ・ " + _("Weak: {fields}").format(fields=", ".join(weak))
    time = _("about {time}").format(time=minutes(queue.minutes))
    return [StartRow(_("Today's review"), what, time, review)]


def days_to_exam(desk: Desk) -> str:
    """How long it is to the exam, or nothing without a day for it."""
    exam = desk.settings.exam_date if desk.learner_is_here else None
    days = (exam - desk.study_day).days if exam else -1
    if days < 0:
        return ""
    return (
        ngettext("{n} day to the exam", "{n} days to the exam", days).format(n=days) if days else _("The exam is today")
    )


def section_of(anchor: Anchor) -> str:
    """The heading a place stands under, or nothing."""
    return anchor.path[-1] if anchor.path else ""
