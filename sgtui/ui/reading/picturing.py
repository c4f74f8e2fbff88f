"""Pictures come to the page: measured and drawn in a thread, put in without moving the text under the eye."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sgtui.typeset.model import Place
from sgtui.ui.reading.pictures import draw, measure_all

if TYPE_CHECKING:
    from sgtui.ui.reading.open_article import OpenArticle
    from sgtui.ui.reading.pictures import Measured, Size
    from sgtui.ui.screens.reader import ReaderScreen

_FAR_ABOVE: Final = -1_000_000


class Picturing:
    """Brings the pictures of the article on a reader's page, those in view first."""

    def __init__(self, reader: "ReaderScreen") -> None:
        self._reader = reader
        self._drawing: OpenArticle | None = None

    def begin(self, it: "OpenArticle") -> None:
        """Find out which pictures of an article just opened can be shown."""
        if it.pictures.addresses:
            self._reader.run_worker(self._measure(it), group="pictures")

    def look(self, it: "OpenArticle") -> None:
        """Draw the pictures that are in view now."""
        if self._drawing is not it and self._missing(it):
            self._drawing = it
            self._reader.run_worker(self._draw(it), group="pictures")

    def _missing(self, it: "OpenArticle") -> "list[tuple[str, Measured, Size]]":
        if not it.pictures.addresses or not it.page.height:
            return []
        view, page = self._reader.view, it.page
        last = page.place_at(min(view.bottom, page.height) - 1).block
        return it.pictures.missing(page.place_at(view.top).block, last)

    async def _measure(self, it: "OpenArticle") -> None:
        addresses = it.pictures.addresses
        found = await asyncio.to_thread(measure_all, it.root, it.sheet.article.info.path, addresses)
        if found and self._reader.it is it:
            place = self._place()
            it.pictures.know(found)
            self._changed(it, list(found), place)

    async def _draw(self, it: "OpenArticle") -> None:
        tried = set()
        try:
            while self._reader.it is it:
                todo = [one for one in self._missing(it) if (one[0], one[2]) not in tried]
                if not todo:
                    break
                address, measured, size = todo[0]
                tried.add((address, size))
                lines = await asyncio.to_thread(draw, measured.file, size)
                place = self._place()
                it.pictures.put(address, size, lines)
                if self._reader.it is it:
                    self._changed(it, [address], place)
        finally:
            if self._drawing is it:
                self._drawing = None

    def _place(self) -> Place:
        """What is at the top of the view; at the beginning of the page, what may come above it as well."""
        view = self._reader.view
        return view.place() if view.top else Place(0, _FAR_ABOVE)

    def _changed(self, it: "OpenArticle", addresses: Sequence[str], place: Place) -> None:
        for block in it.pictures.blocks_of(addresses):
            it.page.invalidate(block)
        self._reader.view.redraw(place)
