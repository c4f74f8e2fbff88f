"""Which articles a list shows and in what order, fast enough for every key: nothing is worked out twice."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sgtui.library.query import SORTS, Filter, apply, sorted_by
from sgtui.library.rows import natural

if TYPE_CHECKING:
    from sgtui.articles.model import ArticleInfo
    from sgtui.library.model import Library
    from sgtui.ui.desk import Desk

ALL_SORTS: Final = (*SORTS, "recent", "weakest", "due")
"""The library's own sorts, then those that ask what the learner did."""
SLICE_SECONDS: Final = 0.004

SortKey = Callable[["ArticleInfo"], Any]


class Listing:
    """The articles of the desk's library, filtered and sorted.

    What depends on the library alone (orders, folded words) is kept until there is another one.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._library: Library | None = None
        self._orders: dict[str, Sequence[ArticleInfo]] = {}
        self._texts: dict[str, str] = {}
        self._titles: dict[str, str] = {}

    def shown(self, chosen: Filter, by: str = "order") -> Sequence[ArticleInfo]:
        """The articles that ``chosen`` lets through, sorted by one of :data:`ALL_SORTS`; equals in course order."""
        found = self.with_words(chosen.words, self._ordered(by))
        narrowed = replace(chosen, words="")
        return apply(found, narrowed, self.desk.statuses) if narrowed else found

    def unread(self, chosen: Filter, by: str = "order") -> Sequence[ArticleInfo]:
        """The articles nobody has opened among those shown; if there are none, in the whole library."""
        for infos in (self.shown(chosen, by), self.desk.library.infos):
            found = [info for info in infos if self.desk.statuses.status_of(info) == "unread"]
            if found:
                return found
        return ()

    def _ordered(self, by: str) -> Sequence[ArticleInfo]:
        self._fresh()
        key = self._learner_key(by)
        if key is not None:
            return sorted_by(self.desk.library.infos, key=key)
        infos = self.desk.library.infos
        if by == "order":
            return infos
        if by not in self._orders:
            self._orders[by] = sorted_by(infos, by, self._title if by == "title" else None)
        return self._orders[by]

    def _title(self, info: ArticleInfo) -> str:
        """The title as it is sorted, worked out once."""
        text = self._titles.get(info.key)
        if text is None:
            text = self._titles[info.key] = natural(unicodedata.normalize("NFKC", info.title))
        return text

    def _fresh(self) -> None:
        """Forget what was worked out for another library, or for files that have changed."""
        library = self.desk.library
        if library is not self._library:
            self._library = library
            self._orders = {}
            self._texts = {}
            self._titles = {}

    # Words

    def with_words(self, words: str, infos: Sequence[ArticleInfo]) -> Sequence[ArticleInfo]:
        """Those of ``infos`` with all of ``words`` in title, tags or summary, whatever their case, width or kana."""
        if not words.strip():
            return infos
        from sgtui.library.words import spellings

        self._fresh()
        wanted = [found for word in words.split() if (found := spellings(word))]
        for spelled in wanted:
            infos = [info for info in infos if any(one in self._text(info) for one in spelled)]
        return infos

    def _text(self, info: ArticleInfo) -> str:
        text = self._texts.get(info.key)
        if text is None:
            from sgtui.markup.fold import fold

            text = self._texts[info.key] = fold("\n".join((info.title, *info.tags, info.summary)))
        return text

    def warm(self) -> Iterator[None]:
        """Work out every article's words and title in slices of a few milliseconds, so that the first key typed finds them ready."""
        self._fresh()
        library, until = self._library, time.monotonic() + SLICE_SECONDS
        for info in self.desk.library.infos:
            if library is not self._library:
                return
            self._text(info)
            self._title(info)
            if time.monotonic() >= until:
                yield
                until = time.monotonic() + SLICE_SECONDS

    # What the learner did, as orders

    def _learner_key(self, by: str) -> SortKey | None:
        if not self.desk.learner_is_here:
            return None
        if by == "recent":
            return _first_by(self._opened())
        if by == "weakest":
            return _first_by(self._strengths())
        if by == "due":
            return _first_by(self._due())
        return None

    def _opened(self) -> Mapping[str, float]:
        """When each article was opened last."""
        states = self.desk.store.article_states(self.desk.shelf)
        return {key: state.opened.timestamp() for key, state in states.items() if state.opened is not None}

    def _strengths(self) -> Mapping[str, tuple[float, float]]:
        """Of each article with answers: the share that was right at the latest try, and for how many days it holds."""
        answers: dict[str, list[bool]] = {}
        for document in self._documents(self.desk.store.answer_documents()):
            answers.setdefault(str(document.get("article")), []).append(document.get("correct") is True)
        days: dict[str, list[float]] = {}
        for document in self._documents(self.desk.store.card_documents()):
            stability = document.get("stability")
            if isinstance(stability, float):
                days.setdefault(str(document.get("article")), []).append(stability)
        return {
            key: (sum(right) / len(right), sum(days.get(key, ())) / max(1, len(days.get(key, ()))))
            for key, right in answers.items()
        }

    def _due(self) -> Mapping[str, str]:
        """When the first question of each article comes back, as ISO text."""
        first: dict[str, str] = {}
        for document in self._documents(self.desk.store.card_documents()):
            due, article = document.get("due"), str(document.get("article"))
            if isinstance(due, str) and not document.get("suspended") and due < first.get(article, "~"):
                first[article] = due
        return first

    def _documents(self, documents: Mapping[int, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        shelf = self.desk.shelf
        return (document for document in documents.values() if document.get("library") == shelf)


def _first_by(values: Mapping[str, Any]) -> SortKey:
    """Articles with a value first, the smallest of them in front; the others stay in course order."""

    def key(info: ArticleInfo) -> Any:
        value = values.get(info.key)
        return (value is None, value if value is not None else ())

    return key
