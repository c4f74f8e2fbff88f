"""Places at a URL, through fsspec: WebDAV, SFTP, S3 and whatever else fsspec knows.

A file is uploaded under a temporary name, looked at, and then moved; where a server cannot move, it is written in
place and read back.  The temporary name is the same each time, so that an upload that was cut off leaves at most one
file, which the next one writes over.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from sgtui.errors import SgtuiError
from sgtui.i18n import _
from sgtui.store.places import HEAD, is_exchange_file

TIMEOUT: Final = 30
"""Seconds to wait for a server's next word."""
SUFFIX: Final = ".new"
_WEBDAV: Final = {
    **dict.fromkeys(("webdav", "dav", "http"), "http"),
    **dict.fromkeys(("webdavs", "davs", "https"), "https"),
}
_SFTP: Final = frozenset({"sftp", "ssh"})


class PlaceError(OSError):
    """A place that cannot be used; ``strerror`` is the reason in its server's or library's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(0, reason)


class Files(Protocol):
    """What is asked of a server.  Paths are full ones; methods may raise anything."""

    def sizes(self, folder: str) -> dict[str, int]:
        """The files in a folder by their last name, with sizes; raises ``FileNotFoundError``."""

    def size(self, path: str) -> int:
        """The bytes a file has."""

    def get(self, path: str, upto: int | None = None) -> bytes:
        """A file, or about its first ``upto`` bytes."""

    def put(self, path: str, data: bytes) -> None:
        """Upload a file."""

    def move(self, path: str, new: str) -> None:
        """Rename a file over whatever is there."""

    def remove(self, path: str) -> None:
        """Delete a file."""

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it; one that is there is fine."""

    def close(self) -> None:
        """End the connection."""


class Remote:
    """A folder on a server."""

    def __init__(self, title: str, files: Files, folder: str) -> None:
        """Exchange in ``folder`` (a path as ``files`` wants it)."""
        self._title = title
        self._files = files
        self._folder = folder.rstrip("/") or folder

    @property
    def title(self) -> str:
        """The URL without a password."""
        return self._title

    def files(self) -> dict[str, int]:
        """Names and sizes."""
        with _plainly():
            try:
                sizes = self._files.sizes(self._folder)
            except FileNotFoundError:
                return {}
            return {name: sizes[name] for name in sorted(sizes) if is_exchange_file(name)}

    def head(self, name: str) -> bytes:
        """The beginning of a file."""
        with _plainly():
            return self._files.get(self._path(name), HEAD)

    def read(self, name: str) -> bytes:
        """A whole file."""
        with _plainly():
            return self._files.get(self._path(name))

    def write(self, name: str, data: bytes) -> None:
        """Upload, look whether all is there, move into place."""
        path = self._path(name)
        with _plainly():
            self._files.make_folder(self._folder)
            self._files.put(path + SUFFIX, data)
            if self._files.size(path + SUFFIX) != len(data):
                raise PlaceError(_("the upload was cut off"))
            if not self._moved(path, data):
                self._write_in_place(path, data)

    def close(self) -> None:
        """End the connection."""
        with _plainly():
            self._files.close()

    def _moved(self, path: str, data: bytes) -> bool:
        try:
            self._files.move(path + SUFFIX, path)
        except Exception:  # every library has its own way to say that a server cannot move
            return False
        return self._files.size(path) == len(data)

    def _write_in_place(self, path: str, data: bytes) -> None:
        self._files.put(path, data)
        if self._files.get(path) != data:
            raise PlaceError(_("what was written is not what is there"))
        with contextlib.suppress(Exception):  # the temporary file is in nobody's way, and written over next time
            self._files.remove(path + SUFFIX)

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}" if self._folder not in ("", "/") else f"{self._folder}{name}"


def remote(url: str, password: str = "") -> Remote:
    """The place at ``url``; raises :class:`SgtuiError` where the packages for it are missing, ``OSError`` otherwise."""
    parts = urlsplit(url)
    open_files: Callable[[SplitResult, str], tuple[Files, str]]
    if parts.scheme.casefold() in _WEBDAV:
        open_files = _webdav
    elif parts.scheme.casefold() in _SFTP:
        open_files = _sftp
    else:
        open_files = _any
    title = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    with _plainly():
        try:
            files, folder = open_files(parts, password or unquote(parts.password or ""))
        except ImportError as error:
            message = _("{target} needs packages that are not installed ({reason}): pip install 'sgtui[sync]'")
            raise SgtuiError(message.format(target=title, reason=error)) from error
    return Remote(title, files, folder)


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Whatever a library raises as an ``OSError`` with the reason in a line."""
    try:
        yield
    except (OSError, SgtuiError):
        raise
    except Exception as error:  # each library and server has errors of its own
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PlaceError(reason[:200]) from error


class FsspecFiles:
    """Files through any of fsspec's file systems."""

    def __init__(self, fs: Any) -> None:
        """Use ``fs``, made without caches."""
        self.fs = fs

    def sizes(self, folder: str) -> dict[str, int]:
        """By listing."""
        found = self.fs.ls(folder, detail=True)
        return {
            str(item["name"]).rstrip("/").rpartition("/")[2]: int(item.get("size") or 0)
            for item in found
            if item.get("type") == "file"
        }

    def size(self, path: str) -> int:
        """By asking for it."""
        return int(self.fs.info(path)["size"])

    def get(self, path: str, upto: int | None = None) -> bytes:
        """Download."""
        return bytes(self.fs.cat_file(path, start=0, end=upto) if upto is not None else self.fs.cat_file(path))

    def put(self, path: str, data: bytes) -> None:
        """Upload."""
        self.fs.pipe_file(path, data)

    def move(self, path: str, new: str) -> None:
        """Move; object stores copy and delete, and show the copy when it is whole."""
        self.fs.mv(path, new)

    def remove(self, path: str) -> None:
        """Delete."""
        self.fs.rm_file(path)

    def make_folder(self, path: str) -> None:
        """Make a folder."""
        self.fs.makedirs(path, exist_ok=True)

    def close(self) -> None:
        """Nothing is held that does not end by itself."""


class WebdavFiles(FsspecFiles):
    """WebDAV's own MOVE, and downloads in one request."""

    def get(self, path: str, upto: int | None = None) -> bytes:
        """Download, with a range where only the beginning is wanted; a server may send more."""
        headers = {"Range": f"bytes=0-{upto - 1}"} if upto is not None else {}
        client = self.fs.client
        with client.http.stream("GET", client.join_url(path), headers=headers) as answer:
            if answer.status_code == 404:
                raise FileNotFoundError(2, "404", path)
            answer.raise_for_status()
            data = bytearray()
            for block in answer.iter_bytes():
                data += block
                if upto is not None and len(data) >= upto:
                    break
        return bytes(data)

    def move(self, path: str, new: str) -> None:
        """One request."""
        self.fs.client.move(path, new, overwrite=True)

    def close(self) -> None:
        """End the connection."""
        self.fs.client.http.close()


class SftpFiles(FsspecFiles):
    """Transfers that do not wait for each block's answer."""

    def get(self, path: str, upto: int | None = None) -> bytes:
        """Download."""
        if upto is not None:
            with self.fs.ftp.open(path, "rb") as file:
                return bytes(file.read(upto))
        data = io.BytesIO()
        self.fs.ftp.getfo(path, data)
        return data.getvalue()

    def put(self, path: str, data: bytes) -> None:
        """Upload."""
        self.fs.ftp.putfo(io.BytesIO(data), path, file_size=len(data), confirm=True)

    def remove(self, path: str) -> None:
        """Delete."""
        self.fs.ftp.remove(path)

    def close(self) -> None:
        """End the connection."""
        self.fs.client.close()


def _webdav(parts: SplitResult, password: str) -> tuple[Files, str]:
    from webdav4.fsspec import WebdavFileSystem  # noqa: PLC0415

    base = f"{_WEBDAV[parts.scheme.casefold()]}://{parts.netloc.rpartition('@')[2]}"
    auth = (unquote(parts.username), password) if parts.username else None
    fs = WebdavFileSystem(base, auth=auth, timeout=TIMEOUT, follow_redirects=False, skip_instance_cache=True)
    return WebdavFiles(fs), unquote(parts.path).strip("/")


def _sftp(parts: SplitResult, password: str) -> tuple[Files, str]:
    from sgtui.store.ssh import connect  # noqa: PLC0415

    user = unquote(parts.username or "")
    fs = connect(parts.hostname or "", port=parts.port, user=user, password=password, timeout=TIMEOUT)
    path = unquote(parts.path)
    return SftpFiles(fs), path.removeprefix("/~/") if path.startswith("/~/") else path


def _any(parts: SplitResult, password: str) -> tuple[Files, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415

    url = parts.geturl()
    fs, path = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
    return FsspecFiles(fs), str(path)
