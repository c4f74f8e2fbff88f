"""The command palette's articles and sections."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from sgtui.i18n import _
from sgtui.markup.fold import fold
from sgtui.ui.text import shorten

if TYPE_CHECKING:
    from sgtui.ui.app import SgtuiApp
    from sgtui.ui.screens.reader import ReaderScreen

MOST = 50
WIDE = 60


class SectionCommands(Provider):
    """Go to a section of the article that is open."""

    @property
    def _reader(self) -> "ReaderScreen | None":
        from sgtui.ui.screens.reader import ReaderScreen

        return self.screen if isinstance(self.screen, ReaderScreen) else None

    def _sections(self, reader: "ReaderScreen") -> Iterator[tuple[str, str]]:
        yield from ((section.title, section.slug) for section in reader.sections if section.title)

    async def discover(self) -> Hits:
        reader = self._reader
        for title, slug in self._sections(reader) if reader else ():
            yield DiscoveryHit(
                Content(shorten(title, WIDE)),
                partial(reader.jump_to, slug),  # type: ignore[union-attr]  # sections come from a reader
                text=title,
                help=_("Section of this article"),
            )

    async def search(self, query: str) -> Hits:
        reader, wanted = self._reader, fold(query).split()
        for title, slug in self._sections(reader) if reader else ():
            if all(word in fold(title) for word in wanted):
                yield Hit(
                    0.9,
                    Content(shorten(title, WIDE)),
                    partial(reader.jump_to, slug),  # type: ignore[union-attr]  # sections come from a reader
                    text=title,
                    help=_("Section of this article"),
                )


class ArticleCommands(Provider):
    """Open an article of the library."""

    async def search(self, query: str) -> Hits:
        app: SgtuiApp = self.app  # type: ignore[assignment]  # the palette opens in this program only
        wanted = fold(query).split()
        found = 0
        for info in app.desk.library.infos:
            title = fold(info.title)
            if all(word in title for word in wanted):
                score = 0.8 if title.startswith(wanted[0]) else 0.6
                category = app.desk.library.category_name(info.category)
                shown = Content(shorten(info.title, WIDE))
                yield Hit(score, shown, partial(app.read, info.key), text=info.title, help=category)
                found += 1
                if found >= MOST:
                    return
