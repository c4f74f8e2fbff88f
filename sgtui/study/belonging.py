"""Which of the learner's records belong to what is on the screen.

A library may have been moved; articles and questions may have other names than when they were answered.
"""

from collections.abc import Mapping
from typing import Final

from sgtui.articles.model import Article
from sgtui.library.model import Library
from sgtui.store.records import LibraryRecord, Move
from sgtui.store.store import Store
from sgtui.study.identity import reattach

MOST_READ: Final = 60
"""Files that are read at once to know a library again whose index is not ready; a tenth of a second."""


def open_shelf(store: Store, library: Library) -> LibraryRecord:
    """The library's record, made if it has none; a folder under another name is known by what is in it."""
    return store.open_library(
        id=library.manifest.id, title=library.title, path=library.root, digests=lambda: _digests(store, library)
    )


def find_shelf(store: Store, library: Library) -> LibraryRecord | None:
    """The library's record if it has one; writes nothing."""
    return store.find_library(id=library.manifest.id, path=library.root, digests=lambda: _digests(store, library))


def has_strays(store: Store, shelf: str, library: Library) -> bool:
    """Whether the learner opened articles that are not there (any more) under their names; costs next to nothing.

    Never while the library is not read completely, nor where it is one file.
    """
    if library.pending or library.file:
        return False
    return any(not library.has(state.article) for state in store.article_shelf.all(shelf))


def settle(store: Store, shelf: str, library: Library) -> list[Move]:
    """Bring the history of renamed articles to where they are now; returns what was moved."""
    if not has_strays(store, shelf, library):
        return []
    return store.settle_articles(shelf, {info.key: info.digest for info in (*library.infos, *library.drafts)})


def begin_article(store: Store, shelf: str, article: Article) -> list[Move]:
    """Say that an article is being read now; edited questions take over their history, which is returned."""
    store.open_article(shelf, article.info.key, fingerprint=article.info.digest)
    return reattach(store, shelf, article)


def _digests(store: Store, library: Library) -> Mapping[str, str]:
    """Key to digest.  While many files are still to be read, only of those whose names the learner's file knows."""
    infos = (*library.infos, *library.drafts)
    if not library.pending:
        return {info.key: info.digest for info in infos}
    from sgtui.articles.parser import digest_article  # noqa: PLC0415 - only for a folder never opened here before

    known = {state.article for state in store.article_shelf.all()}
    found = {info.key: info.digest for info in infos if info.digest}
    unread = [info for info in infos if not info.digest] if known else []
    if len(unread) > MOST_READ:
        unread = [info for info in unread if info.key in known][:MOST_READ]
    for info in unread:
        found[info.key] = digest_article(library.root, info.path, dialects=library.manifest.dialects).info.digest
    return found
