"""Opening a library: at once with what is known, then complete.

``open_library`` waits for everything.  ``Opening`` is for a screen: its ``library`` is there after
the walk over the folder, and ``batches`` gives a fuller one each time some files were read.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sgtui.articles.names import is_article
from sgtui.errors import Problem, SgtuiError
from sgtui.i18n import _
from sgtui.library.assemble import assemble
from sgtui.library.cache import open_cache
from sgtui.library.ignore import Memory
from sgtui.library.manifest import NAME, Manifest, begin_manifest, read_manifest
from sgtui.library.model import Library
from sgtui.library.rows import Row, decode_path, encode_path
from sgtui.library.scan import Found, Scan, scan

if TYPE_CHECKING:
    from sgtui.library.index import Indexed

Progress = Callable[[int, int], None]
"""Called with how many files were read and how many there are to read."""

_FRONT: Final = "front"

_STAY: Final = 50_000
"""New objects from which on they are taken to stay for good."""

_TOGETHER: Final = 512
"""Files that are kept in one go."""

RACY_NS: Final = 2_000_000_000
"""A file changed so shortly (nanoseconds) before it was read may change again under the same time stamp."""


def open_library(
    path: Path, *, cache_dir: Path | None, progress: Progress | None = None, drafts: bool = False
) -> Library:
    """The library at ``path`` (a folder, or one article's file), completely read.

    ``cache_dir`` None keeps nothing.  ``drafts`` lists drafts too.  Raises SgtuiError if there is
    nothing at ``path`` or it cannot be listed; anything wrong below it is a problem of the library.
    """
    opening = Opening(path, cache_dir=cache_dir, drafts=drafts)
    for _library in opening.batches(progress=progress, seconds=float("inf")):
        pass
    return opening.library


def enclosing_library(path: Path) -> Path | None:
    """The nearest folder at or above ``path`` that has a manifest, or None."""
    start = path if os.path.isdir(path) else path.parent  # noqa: PTH112 - False, not an error, where nothing may be asked
    return next((folder for folder in (start, *start.parents) if os.path.isfile(folder / NAME)), None)  # noqa: PTH113


def find_files(path: Path) -> tuple[Path, str, Manifest, tuple[Problem, ...], Scan]:
    """The root, the single file's name (or ``""``), the manifest with its problems, and the files at ``path``.

    Raises SgtuiError if there is nothing at ``path``.
    """
    path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - links in the path are kept
    file = _single(path)
    root = path.parent if file else path
    manifest, problems = (Manifest(), ()) if file else read_manifest(root)
    return root, file, manifest, problems, _walk(root, file, manifest, Memory())


def _walk(root: Path, file: str, manifest: Manifest, memory: Memory) -> Scan:
    try:
        if file:
            status = os.stat(root / file)  # noqa: PTH116
            return Scan([Found(file, status.st_size, status.st_mtime_ns)])
        return scan(root, hidden=manifest.hidden, memory=memory)
    except OSError as error:
        raise _cannot_open(root / file, error) from error


class Opening:
    """A library on its way: ``library`` is what is known so far.

    ``at_once`` takes a large library as it was left, without a look into its folder: that is the first thing
    :meth:`batches` does then.
    """

    def __init__(self, path: Path, *, cache_dir: Path | None, drafts: bool = False, at_once: bool = False) -> None:
        self._drafts = drafts
        path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - links in the path are kept
        self._file = _single(path)
        self._root = path.parent if self._file else path
        self._manifest, self._manifest_problems = begin_manifest(self._root)
        self.cache = open_cache(cache_dir, self._root, self._manifest.dialects)
        self._rows: dict[str, Row] = {}
        self._waiting: list[Found] = []
        self._scan_problems: list[Problem] = []
        self._gone: list[bytes] = []
        self._unkept: list[Indexed] = []
        left = self._as_it_was_left() if at_once and not drafts and not self._file else None
        self._looked = left is None
        if left is not None:
            self.library = left
            return
        with _uncollected():
            self._look()
            self.library = self._assemble()

    @property
    def pending(self) -> int:
        """How many files are still to be read."""
        return len(self._waiting)

    def batches(self, *, progress: Progress | None = None, seconds: float = 0.3) -> Iterator[Library]:
        """Read what is not known yet; gives a fuller library about every ``seconds``, and at the end.

        Where putting a large library together takes long itself, it is done less often: most of the
        time goes into reading.

        Without anything to read it gives nothing: ``library`` was complete.
        """
        if not self._looked and self._look_after_all():
            yield self.library
        self.cache.drop(self._gone)
        self._gone = []
        if not self._waiting:
            self._keep_front()
            return
        total, done = len(self._waiting), 0
        shown = time.monotonic()
        from sgtui.library.index import index_files  # noqa: PLC0415 - a warm start reads nothing

        try:
            for batch in index_files(self._root, self._waiting, self._manifest.dialects):
                self._take(batch)
                done += len(batch)
                if progress is not None:
                    progress(done, total)
                if done < total and time.monotonic() - shown >= seconds:
                    self._waiting = self._waiting[-(total - done) :]
                    began = time.monotonic()
                    self._keep()
                    self.library = self._assemble()
                    seconds = max(seconds, 8 * (time.monotonic() - began)) if seconds else 0
                    yield self.library
                    shown = time.monotonic()
        finally:
            self._keep()
        self._waiting = []
        self.library = self._assemble()
        self._keep_front()
        yield self.library

    def refresh(self) -> bool:
        """Walk the folder again; True if ``batches`` (or another ``library``) has something new."""
        before = (self._manifest, set(self._rows))
        self._manifest, self._manifest_problems = begin_manifest(self._root)
        self._look()
        changed = bool(self._waiting) or before != (self._manifest, set(self._rows))
        if changed:
            self.library = self._assemble()
        return changed

    def _as_it_was_left(self) -> Library | None:
        """The library from its kept first page, everything else to be made from the cache when it is asked for."""
        note = self.cache.note(_FRONT)
        if not note:
            return None
        from sgtui.library import front  # noqa: PLC0415 - small libraries have none

        page = front.read(note, self._manifest)
        first = page.infos(self.cache.some_rows([path for path, _key, _category in page.shown])) if page else None
        if page is None or first is None:
            return None

        @cache
        def whole() -> Library:
            with _uncollected():
                return assemble(self._root, self._manifest, self._recalled)

        return Library(
            self._root,
            self._manifest,
            front.Later(first, page.total, lambda: whole().infos),
            drafts=front.Later((), page.drafts, lambda: whole().drafts),
            problems=_late(self._manifest_problems, []),
            texts=self.cache,
            counts=page.counts,
        )

    @cached_property
    def _recalled(self) -> list[Row]:
        """The cache's rows as they were at the beginning."""
        return self.cache.rows()

    def _look_after_all(self) -> bool:
        """Walk the folder of a library that was taken as it was left; True if it is not like that any more."""
        self._look()
        self._looked = True
        changed = bool(self._waiting or self._gone or self._scan_problems)
        if changed:
            self.library = self._assemble()
        return changed

    def _keep_front(self) -> None:
        """Keep the first page for the next start."""
        if self._drafts or self._file:
            return
        from sgtui.library import front  # noqa: PLC0415 - the first screen need not wait for it

        self.cache.put_note(_FRONT, front.written(self.library))

    def _look(self) -> None:
        found = _walk(self._root, self._file, self._manifest, self.cache.memory())
        known = {row.path: row for row in self._recalled} if not self._rows else self._known()
        self._rows, self._waiting = {}, []
        for file in found.files:
            row = known.pop(encode_path(file.path), None)
            if row is not None and row.size == file.size and row.mtime_ns == file.mtime_ns:
                self._rows[file.path] = row
            else:
                self._waiting.append(file)
        self._gone = [] if self._file else list(known)
        self._scan_problems = found.problems
        if not self._file:
            self.cache.remember(found.memory)

    def _known(self) -> dict[bytes, Row]:
        return {row.path: row for row in self._rows.values()}

    def _take(self, batch: "list[Indexed]") -> None:
        now = time.time_ns()
        for row, folded in batch:
            self._rows[decode_path(row.path)] = row
            racy = now - row.mtime_ns < RACY_NS
            self._unkept.append((row._replace(mtime_ns=-1) if racy else row, folded))
        if len(self._unkept) >= _TOGETHER:
            self._keep()

    def _keep(self) -> None:
        """Put what was read into the cache."""
        if self._unkept:
            self.cache.put(self._unkept)
            self._unkept = []

    def _assemble(self) -> Library:
        return assemble(
            self._root,
            self._manifest,
            self._rows.values(),
            waiting=self._waiting,
            problems=_late(self._manifest_problems, self._scan_problems),
            drafts=self._drafts or bool(self._file),
            file=self._file,
            texts=self.cache,
        )


def _late(manifest: Callable[[], tuple[Problem, ...]], scan: list[Problem]) -> Iterator[Problem]:
    """The problems of both, found when they are asked for."""
    yield from manifest()
    yield from scan


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no garbage be looked for while tens of thousands of objects are made that all stay: a fifth of a start."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _STAY:  # the first look would go through all of them
                gc.freeze()
            gc.enable()


def _single(path: Path) -> str:
    """The name of the one article that ``path`` is, or nothing if it is a folder."""
    if os.path.isdir(path):  # noqa: PTH112 - False, not an error, where nothing may be asked
        return ""
    if not os.path.exists(path):  # noqa: PTH110 - likewise
        raise SgtuiError(_("There is no folder or file {path}.").format(path=path))
    if not is_article(path.name):
        raise SgtuiError(_("{path} is not Markdown (.md, .markdown, .mdx).").format(path=path))
    return path.name


def _cannot_open(path: Path, error: OSError) -> SgtuiError:
    reason = error.strerror or str(error)
    return SgtuiError(_("{path} cannot be opened: {reason}.").format(path=path, reason=reason))
