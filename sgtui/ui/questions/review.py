"""Today's review: begin it, go on with it, or say when the next one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sgtui.i18n import _
from sgtui.ui.screens.dialogs import AskYes

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp


def start_review(app: SgtuiApp) -> None:
    """Ask what is due today; with nothing due, offer questions never answered."""
    desk = app.desk
    title = _("Today's review")
    queue = desk.today()
    for run in desk.paused_runs("review"):
        desk.store.remove_run(run.uid)  # what was left of it is in today's queue
    if queue.items:
        app.ask(queue.items, title, kind="review")
        return
    said = [_("Nothing is due today.")]
    if queue.next_day is not None:
        said.append(_("The next review is on {day}.").format(day=queue.next_day.isoformat()))
    else:
        said.append(_("A question comes here once it has been answered in an article or a quick quiz."))
    _offer_new(app, " ".join(said))


def _offer_new(app: SgtuiApp, said: str) -> None:
    from sgtui.study.choosing import Wish

    items = app.desk.choose(Wish(only="unseen", count=10, shuffle=False))
    if not items:
        app.notify(said)
        return

    def begin(yes: bool | None) -> None:
        if yes:
            app.ask(items, _("New questions"))

    app.push_screen(AskYes(said, _("Answer some new questions instead?")), begin)
