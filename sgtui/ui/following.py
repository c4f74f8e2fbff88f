"""Following a link: places and articles at once, addresses of the web only after they were shown in full."""

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from sgtui.i18n import _
from sgtui.library.links import Link, resolve
from sgtui.markup.slug import match_anchor
from sgtui.typeset.model import Place
from sgtui.ui.screens.dialogs import AskYes
from sgtui.ui.text import shorten

if TYPE_CHECKING:
    from sgtui.typeset.model import Line
    from sgtui.ui.screens.reader import ReaderScreen

NOTE_WIDTH: Final = 56


def follow(reader: "ReaderScreen", target: str, block: int) -> None:
    """Go where ``target``, clicked or chosen on ``reader``'s page, leads; say so where it leads nowhere."""
    kind, _colon, rest = target.partition(":")
    if kind == "fold":
        reader.toggle_fold(block)
    elif kind == "section":
        reader.jump_to(rest)
    elif kind == "article":
        reader.jump_to_article(rest)
    elif kind == "footnote" and rest.isdigit():
        _show_footnote(reader, int(rest))
    elif kind == "footref" and rest.isdigit():
        _to_reference(reader, int(rest))
    elif kind == "image":
        reader.notify(_("Picture: {path}").format(path=rest))
    elif kind in ("highlight", "note") and rest.isdigit():
        reader.marking.open(target)
    else:
        _follow_link(reader, target)


def preview(reader: "ReaderScreen", target: str) -> str:
    """Where ``target`` leads, in a few words, before anyone goes there; empty where that says itself."""
    kind, _colon, rest = target.partition(":")
    if kind in ("quiz", "fold", "section", "article"):
        return ""
    if kind == "footnote" and rest.isdigit():
        block = reader.page.block_of_note(int(rest))
        return _("Footnote: {text}").format(text=shorten(reader.blocks[block].text, 60)) if block is not None else ""
    if kind == "footref":
        return _("Back to the text")
    if kind == "image":
        return rest
    if kind in ("highlight", "note") and rest.isdigit():
        return reader.marking.describe(target)
    link = resolve(reader.app.desk.library, reader.article.info, target)
    return _describe(reader, link)


def _describe(reader: "ReaderScreen", link: Link) -> str:
    if link.kind == "web":
        return link.url
    info = reader.app.desk.library.get(link.article) if link.kind in ("article", "place") else None
    if info is None:
        text = _("not open: {url}") if _outside(reader, link) else _("leads nowhere: {url}")
        return text.format(url=unquote(link.url))
    here = info.key == reader.key
    sections = (reader.sections if here else reader.app.desk.sections(info)) if link.fragment else ()
    slug = match_anchor(link.fragment, [s.slug for s in sections]) if link.fragment else ""
    if slug is None:
        return _("no heading “{name}”").format(name=link.fragment)
    title = next((s.title for s in sections if s.slug == slug), "") if slug else ""
    return " › ".join(part for part in ("" if here and title else info.title, title) if part)


def _follow_link(reader: "ReaderScreen", href: str) -> None:
    link = resolve(reader.app.desk.library, reader.article.info, href)
    if link.kind == "web":
        _ask_and_open(reader, link.url)
    elif link.kind == "place":
        slug = match_anchor(link.fragment, [s.slug for s in reader.sections]) if link.fragment else ""
        if slug is None:
            reader.notify(
                _("There is no heading “{name}” in this article.").format(name=link.fragment), severity="warning"
            )
        else:
            reader.jump_to(slug)
    elif link.kind == "article":
        reader.jump_to_article(link.article, link.fragment)
    else:
        text = _("This link leads nowhere in this library: {url}")
        if _outside(reader, link):
            text = _("Only this file is open. To follow links to others open its folder: sgtui {folder}")
        folder = reader.app.desk.library.root
        reader.notify(text.format(url=unquote(link.url), folder=folder), severity="warning", markup=False)


def _outside(reader: "ReaderScreen", link: Link) -> bool:
    """Whether a link may lead to a file beside the only one that is open."""
    return reader.app.desk.only_article is not None and ":" not in link.url


def _ask_and_open(reader: "ReaderScreen", url: str) -> None:
    def go(yes: bool | None) -> None:
        if yes:
            reader.app.open_url(url)

    reader.app.push_screen(AskYes(_("Open this address in the browser?"), url), go)


# Footnotes


def _show_footnote(reader: "ReaderScreen", number: int) -> None:
    """A footnote over the page; from there to the notes, or along a link in it."""
    from sgtui.ui.screens.marking import FootnoteDialog

    first = reader.page.block_of_note(number)
    if first is None:
        reader.notify(_("This footnote has no text."), severity="warning")
        return

    def go(where: str | None) -> None:
        if where == "go":
            reader.jump(Place(first, 0), margin=2)
        elif where:
            follow(reader, where, first)

    reader.app.push_screen(FootnoteDialog(_note_lines(reader, first)), go)


def _note_lines(reader: "ReaderScreen", first: int) -> "list[Line]":
    """The lines of the note that begins in a block: up to the next note."""
    following = reader.page.block_of_note(_number(reader, first) + 1)
    end = following if following is not None else len(reader.blocks)
    width = min(NOTE_WIDTH, max(16, reader.app.size.width - 10))
    options = reader.page.options
    found = [line for index in range(first, end) for line in reader.blocks[index].lines(width, options)]
    while found and not found[0].text.strip():
        del found[0]
    return found


def _number(reader: "ReaderScreen", block: int) -> int:
    marks = [span.target for span in reader.blocks[block].first if span.target.startswith("footref:")]
    return int(marks[-1].partition(":")[2]) if marks else 0


def _to_reference(reader: "ReaderScreen", number: int) -> None:
    """From a note back to the place in the text that refers to it."""
    wanted = f"footnote:{number}"
    for block in range(len(reader.blocks)):
        for stop in reader.stops.of_block(block):
            if stop.target == wanted:
                reader.jump(Place(block, stop.start), margin=reader.view.size.height // 3)
                return
