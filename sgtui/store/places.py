"""Where machines meet: a folder, or (:mod:`sgtui.store.remote`) something at a URL.

A place holds files by name, none of them in sub-folders.  Writing one is all or nothing: who reads meanwhile finds the
old file or the new one.
"""

import os
import re
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sgtui.files import make_folder, replace_file

HEAD: Final = 2048
"""Bytes of a file in which it says what it holds."""

_NAMES: Final = re.compile(r"sgtui-[^/\\\x00-\x1f]+\.json")
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


class Place(Protocol):
    """A place to exchange files.  Methods raise ``OSError``."""

    @property
    def title(self) -> str:
        """What the place is called in messages; without a password."""

    def files(self) -> dict[str, int]:
        """The names of the exchange files there and their sizes in bytes; none where the place is not there yet."""

    def head(self, name: str) -> bytes:
        """At least the first :data:`HEAD` bytes of a file."""

    def read(self, name: str) -> bytes:
        """A whole file."""

    def write(self, name: str, data: bytes) -> None:
        """Put a file there, making the place if need be."""

    def close(self) -> None:
        """Let go of it."""


def place_of(target: str, password: str = "") -> Place:
    """The place that ``target`` (a folder or a URL) means; ``password`` is for URLs that name a user only.

    Raises ``OSError`` where it cannot be reached, and :class:`SgtuiError` where the packages for it are not installed.
    """
    if not _URL.match(target):
        return Folder(Path(target).expanduser())
    if target.casefold().startswith("file://"):
        return Folder(Path(url2pathname(urlsplit(target).path)))
    from sgtui.store.remote import remote  # noqa: PLC0415 - a folder needs none of it

    return remote(target, password)


def is_exchange_file(name: str) -> bool:
    """Whether a file of this name is for the exchange; conflict copies of such files are."""
    return _NAMES.fullmatch(name) is not None


class Folder:
    """A folder that Syncthing, Dropbox, a git work tree or a USB stick carries."""

    def __init__(self, path: Path) -> None:
        """Exchange in the folder ``path``, which need not exist."""
        self.path = path

    @property
    def title(self) -> str:
        """The folder's path."""
        return str(self.path)

    def files(self) -> dict[str, int]:
        """Names and sizes."""
        if not os.path.lexists(self.path):
            return {}
        entries = (entry for entry in self.path.iterdir() if is_exchange_file(entry.name) and entry.is_file())
        return {entry.name: entry.stat().st_size for entry in sorted(entries)}

    def head(self, name: str) -> bytes:
        """The beginning of a file."""
        with (self.path / name).open("rb") as file:
            return file.read(HEAD)

    def read(self, name: str) -> bytes:
        """A whole file."""
        return (self.path / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Write under a temporary name, then rename."""
        make_folder(self.path)
        replace_file(self.path / name, data)

    def close(self) -> None:
        """Nothing is held."""
