"""Which library and article this is, after folders and files were moved or renamed."""

import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from sgtui.store.base import DERIVED, Changing, StoreBase
from sgtui.store.joins import join
from sgtui.store.names import Names, renamed
from sgtui.store.records import LibraryRecord, Move
from sgtui.store.uid import after, named_uid

_SHARE: Final = 0.5
"""Of the articles once opened in a library, how many must be in a folder for it to be that library."""
_NAMED: Final = frozenset({"articles", "answers", "cards"})
_MOVED: Final = ("articles", "bookmarks", "highlights", "notes", "sessions", "answers", "cards", "orphans")


class Libraries(StoreBase):
    """The part of the store about what is what."""

    def libraries(self) -> list[LibraryRecord]:
        """Every library that was opened, the last one first."""
        return sorted(self.library_shelf.all(), key=lambda item: (item.opened or item.at, item.uid), reverse=True)

    def open_library(
        self,
        *,
        id: str = "",
        title: str = "",
        path: Path | None = None,
        digests: Callable[[], Mapping[str, str]] | None = None,
    ) -> LibraryRecord:
        """Say that a library is open now; returns its record, whose ``key`` all else is kept under.

        It is the one of the same manifest ``id``, else the one last opened from ``path``, else one whose folder
        is gone and of which most articles are here by their ``digests`` (article to digest of its text; called only if
        needed), else a new one.
        """
        place = str(path) if path is not None else ""
        with self.changing() as change:
            known = self._known_library(id, place, digests)
            if known is None:
                key = self._free_key(id or _slug(path))
                known = LibraryRecord(uid=named_uid("libraries", key), at=change.now, key=key)
            else:
                change.now = after(change.now, known.at)
            paths = {**known.paths, **({place: change.now} if place else {})}
            return change.put(
                replace(
                    known, at=change.now, id=id or known.id, title=title or known.title, paths=paths, opened=change.now
                )
            )

    def find_library(
        self, *, id: str = "", path: Path | None = None, digests: Callable[[], Mapping[str, str]] | None = None
    ) -> LibraryRecord | None:
        """The library that :meth:`open_library` would take for this one, if it was ever opened; writes nothing."""
        return self._known_library(id, str(path) if path is not None else "", digests)

    def settle_articles(self, library: str, digests: Mapping[str, str]) -> list[Move]:
        """Bring the history of renamed articles under their new keys; returns what was moved.

        ``digests`` maps the key of every article there is to the digest of its text.  An article that is gone is the
        one with the same digest under a key that has no history of its own.
        """
        self._follow_moves(library, digests)
        gone = {
            state.article: state.fingerprint
            for state in self.article_shelf.all(library)
            if state.article not in digests and state.fingerprint
        }
        if not gone:
            return []
        here: dict[str, list[str]] = {}
        for article, digest in digests.items():
            here.setdefault(digest, []).append(article)
        moved = []
        for article, digest in gone.items():
            candidates = [key for key in here.get(digest, ()) if not self.article_shelf.of(library, key)]
            if len(candidates) == 1:
                moved.append(self.move_article(library, article, candidates[0]))
        return moved

    def move_article(self, library: str, article: str, new: str) -> Move:
        """Keep everything known of ``article`` under the key ``new`` from now on, joined with what is there."""
        with self.changing() as change:
            move = Move(uid=change.new_uid(), at=change.now, library=library, article=article, new_article=new)
            change.add(move)
            self._carry(change, library, article, new)
            return move

    def move_question(self, library: str, article: str, question: str, new: str) -> Move:
        """Keep the history of ``question`` under the id ``new`` from now on; undoable as ``question``."""
        with self.changing("question") as change:
            move = Move(
                uid=change.new_uid(),
                at=change.now,
                library=library,
                article=article,
                question=question,
                new_article=article,
                new_question=new,
            )
            change.add(move)
            for table in ("answers", "cards", "orphans"):
                for uid, document in self._documents_of(table, library, article):
                    if document.get("question") == question:
                        target = {**document, "question": new}
                        self._carry_one(change, table, uid, target if table != "orphans" else None)
            return move

    def names(self) -> Names:
        """What the names in the log lead to today."""
        return Names(self.move_shelf.all())

    def _known_library(
        self, id: str, place: str, digests: Callable[[], Mapping[str, str]] | None
    ) -> LibraryRecord | None:
        libraries = self.libraries()
        for library in libraries:
            if id and library.id == id:
                return library
        here = [library for library in libraries if place in library.paths and not (id and library.id)]
        if here:
            return max(here, key=lambda library: library.paths[place])
        if digests is None or id:
            return None
        found = frozenset(digests().values()) - {""}
        left = (library for library in libraries if not any(os.path.isdir(path) for path in library.paths))  # noqa: PTH112
        return next((library for library in left if self._is_mostly(library.key, found)), None)

    def _is_mostly(self, library: str, digests: Collection[str]) -> bool:
        known = {state.fingerprint for state in self.article_shelf.all(library)} - {""}
        return bool(known) and len(known.intersection(digests)) >= max(1, _SHARE * len(known))

    def _free_key(self, wanted: str) -> str:
        taken = {library.key for library in self.library_shelf.all()}
        number = 1
        key = wanted
        while key in taken:
            number += 1
            key = f"{wanted}-{number}"
        return key

    def _follow_moves(self, library: str, present: Mapping[str, str]) -> None:
        """Carry over what another device went on writing under an old key."""
        names = self.names()
        if not names:
            return
        for state in self.article_shelf.all(library):
            new = names.article(library, state.article)
            if new != state.article and state.article not in present:
                with self.changing() as change:
                    self._carry(change, library, state.article, new)

    def _documents_of(self, table: str, library: str, article: str) -> list[tuple[int, dict[str, Any]]]:
        documents = self.engine.documents(table)
        return [
            (uid, document)
            for uid, document in documents.items()
            if document.get("article") == article and document.get("library") == library
        ]

    def _carry(self, change: Changing, library: str, article: str, new: str) -> None:
        for table in _MOVED:
            for uid, document in self._documents_of(table, library, article):
                target = {**document, "article": new}
                if "question" in document:
                    target["question"] = renamed(document["question"], article, new)
                self._carry_one(change, table, uid, target)

    def _carry_one(self, change: Changing, table: str, uid: int, target: dict[str, Any] | None) -> None:
        if target is None:
            change.drop(table, uid)
        elif table in _NAMED:
            parts = [target["library"], target["article"], *([target["question"]] if table in DERIVED else [])]
            new_uid = named_uid(table, *parts)
            there = self.engine.get(table, new_uid)
            change.write(table, new_uid, join(table, target, there) if there is not None else target)
            change.drop(table, uid)
        else:
            change.write(table, uid, target)


def _slug(path: Path | None) -> str:
    name = path.name if path is not None else ""
    return re.sub(r"[^\w.-]+", "-", name).strip("-") or "library"
