"""Keeping up with a library's files while it is on the screen: reading those that are new, noticing those that change."""

import threading
from collections.abc import Callable

from sgtui.errors import SgtuiError
from sgtui.library.load import Opening


class Follower:
    """Reads what an opening has not read yet, then watches its folder, in a thread that never holds up the end.

    ``changed`` is called in that thread whenever ``opening.library`` is another one; ``failed`` with what went wrong.
    """

    def __init__(self, opening: Opening, changed: Callable[[], None], failed: Callable[[str], None]) -> None:
        self.opening = opening
        self._changed = changed
        self._failed = failed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="files", daemon=True)
        self._put_away = False

    def start(self) -> None:
        """Follow the files until told to stop."""
        self._thread.start()

    def wait(self, seconds: float = 1.0) -> bool:
        """Wait for the end after :meth:`stop`, but no longer than ``seconds``; whether it has come."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._read()
            self._watch()
        except SgtuiError as error:  # the folder is gone
            self._failed(str(error))
        finally:
            if self._put_away:
                self.opening.cache.close()

    def stop(self, *, put_away: bool = False) -> None:
        """Come to an end soon; ``put_away`` closes the library's cache then, since nobody else will."""
        self._put_away = put_away
        self._stop.set()
        if put_away and not self._thread.is_alive():
            self.opening.cache.close()

    def _read(self) -> None:
        for _library in self.opening.batches():
            if self._stop.is_set():
                return
            self._changed()

    def _watch(self) -> None:
        from sgtui.library.watch import changes

        library = self.opening.library
        for _paths in changes(library.root / library.file if library.file else library.root, self._stop):
            if self._stop.is_set():
                return
            if self.opening.refresh():
                self._changed()
                self._read()
