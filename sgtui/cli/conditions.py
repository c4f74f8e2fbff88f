"""The options that say which articles are meant, as the screens' conditions do."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

import click

from sgtui.articles.model import DIFFICULTIES
from sgtui.cli.base import option
from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _
from sgtui.library.model import Library
from sgtui.library.query import STATUSES, Filter

F = TypeVar("F", bound=Callable[..., Any])

_SEVERAL: Final = {"multiple": True, "default": ()}

_OPTIONS: Final[Mapping[str, Callable[[F], F]]] = {
    "category": option("--category", metavar="NAME", help=N_("Only this category (its id or its name)."), **_SEVERAL),
    "difficulty": option("--difficulty", type=click.Choice(DIFFICULTIES), metavar="|".join(DIFFICULTIES),
                         help=N_("Only this difficulty."), **_SEVERAL),
    "tag": option("--tag", help=N_("Only articles with this tag."), **_SEVERAL),
    "exam": option("--exam", help=N_("Only articles for this exam."), **_SEVERAL),
    "type": option("--type", help=N_("Only articles of this type (term, problem, method, news, app)."), **_SEVERAL),
    "syllabus": option("--syllabus", help=N_("Only articles on this item of the syllabus."), **_SEVERAL),
    "status": option("--status", type=click.Choice(STATUSES), metavar="|".join(STATUSES),
                     help=N_("Only what is unread, being read or done."), **_SEVERAL),
    "quizzes": option("--quizzes/--no-quizzes", "has_quizzes", default=None,
                      help=N_("Only articles with (without) quizzes.")),
    "since": option("--since", "updated_since", type=click.DateTime(("%Y-%m-%d",)), metavar="YYYY-MM-DD",
                    help=N_("Only what was changed or published since that day.")),
    "words": option("--words", default="", help=N_("Only articles with these words in title, tags or summary.")),
    "filter": option("--filter", "kept", metavar="NAME",
                     help=N_("A filter you have kept under a name; the other options replace its conditions.")),
}  # fmt: skip


def condition_options(*names: str) -> Callable[[F], F]:
    """Give a command the options called ``names``; those with several values can be repeated."""

    def give(function: F) -> F:
        for name in reversed(names):
            function = _OPTIONS[name](function)
        return function

    return give


def filter_of(library: Library, conditions: Mapping[str, Any]) -> Filter:
    """The filter that the options' values mean; raises SgtuiError for a name under which no filter is kept."""
    from sgtui.library.filter_text import merged

    given = dict(conditions)
    kept, since = given.pop("kept", None), given.pop("updated_since", None)
    given["category"] = tuple(library.category_id(name) for name in given["category"])
    chosen = Filter(**given, updated_since=_day(since))
    return merged(kept_filter(kept), chosen) if kept else chosen


def kept_filter(name: str) -> Filter:
    """The filter that is kept under ``name``; raises SgtuiError where none is."""
    from sgtui import paths
    from sgtui.library.filter_text import from_text
    from sgtui.settings import load

    settings, _problems = load(paths.settings_file())
    filters = settings.filters
    if name not in filters:
        known = _(", ").join(filters) or _("none yet: press f, then w, in the library")
        raise SgtuiError(_("No filter is kept under “{name}”. There are: {known}.").format(name=name, known=known))
    return from_text(filters[name])


def _day(moment: Any) -> date | None:
    return moment.date() if moment is not None else None
