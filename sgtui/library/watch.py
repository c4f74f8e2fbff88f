"""Noticing that files of a library have changed while the program runs."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Final

from sgtui.articles.names import is_article
from sgtui.library.ignore import NAMES
from sgtui.library.manifest import NAME

CALM_MS: Final = 300
"""Changes that follow each other within this time (milliseconds) are told together: editors write in several steps."""

_SETTINGS: Final = (NAME, "glossary.toml", *NAMES)


def changes(root: Path, stop: Event, *, calm_ms: int = CALM_MS) -> Iterator[frozenset[str]]:
    """Wait for changes below ``root`` and give the paths (relative, POSIX slashes) of each lot, until ``stop`` is set.

    Only articles, manifest, glossary and ignore files count.  Meant for a thread of its own.  Where
    the platform cannot watch (no permission, no watches left) it ends at once.
    """
    from watchfiles import watch  # noqa: PLC0415 - a first screen does not need it

    def relevant(_change: object, path: str) -> bool:
        name = path.replace("\\", "/").rpartition("/")[2]
        return is_article(name) or name in _SETTINGS

    try:
        for found in watch(
            root, watch_filter=relevant, stop_event=stop, step=50, debounce=calm_ms, raise_interrupt=False
        ):
            lot = frozenset(_relative(root, path) for _change, path in found)
            if lot:
                yield lot
    except OSError:  # the folder is gone, or watches are used up: whoever reads goes on without news
        return


def _relative(root: Path, path: str) -> str:
    try:
        return Path(path).relative_to(root).as_posix()
    except ValueError:  # the folder itself was reached by a link
        return Path(path).name
