"""Following a link: places and articles at once, addresses of the web only after they were shown in full."""

from typing import TYPE_CHECKING

from sgtui.i18n import _
from sgtui.library.links import resolve
from sgtui.markup.slug import match_anchor
from sgtui.ui.screens.dialogs import AskYes

if TYPE_CHECKING:
    from sgtui.ui.screens.reader import ReaderScreen


def follow(reader: "ReaderScreen", href: str) -> None:
    """Go where ``href``, clicked or chosen on ``reader``'s page, leads; say so where it leads nowhere."""
    kind, _colon, rest = href.partition(":")
    if kind == "section":
        reader.show_section(rest)
    elif kind == "article":
        reader.open_article(rest)
    elif kind in ("footnote", "footref") and rest.isdigit():
        reader.show_footnote(kind, int(rest))
    elif kind == "image":
        reader.notify(_("Picture: {path}").format(path=rest))
    else:
        _follow_link(reader, href)


def _follow_link(reader: "ReaderScreen", href: str) -> None:
    link = resolve(reader.app.desk.library, reader.article.info, href)
    if link.kind == "web":
        _ask_and_open(reader, link.url)
    elif link.kind == "place":
        slug = match_anchor(link.fragment, [s.slug for s in reader.article.sections]) if link.fragment else ""
        if slug is None:
            reader.notify(
                _("There is no heading “{name}” in this article.").format(name=link.fragment), severity="warning"
            )
        elif slug:
            reader.show_section(slug)
        else:
            reader.view.action_edge(0)
    elif link.kind == "article":
        reader.open_article(link.article, link.fragment)
    else:
        reader.notify(_("This link leads nowhere in this library: {url}").format(url=link.url), severity="warning")


def _ask_and_open(reader: "ReaderScreen", url: str) -> None:
    def go(yes: bool | None) -> None:
        if yes:
            reader.app.open_url(url)

    reader.app.push_screen(AskYes(_("Open this address in the browser?"), url), go)
