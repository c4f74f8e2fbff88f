"""Real servers on this machine, for a test: WebDAV (wsgidav on cheroot) and SFTP (paramiko)."""

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import paramiko

USER, PASSWORD = "hana", "ひみつ 1"


def connects(port: int) -> None:
    """Return when something answers at ``port``; raises ``OSError`` if nothing ever does."""
    with socket.create_connection(("127.0.0.1", port), timeout=10):
        return


@contextlib.contextmanager
def webdav(folder: Path, *, moves: bool = True) -> Iterator[int]:
    """Serve ``folder`` by WebDAV; gives the port.  ``moves`` False refuses MOVE and COPY as some servers do."""
    from cheroot import wsgi
    from wsgidav.wsgidav_app import WsgiDAVApp

    settings: dict[str, Any] = {
        "provider_mapping": {"/dav": str(folder)},
        "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
        "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
        "logging": {"enable": False, "enable_loggers": []},
        "verbose": 0,
    }
    app = WsgiDAVApp(settings)

    def answer(environ: dict[str, Any], start: Any) -> Any:
        if not moves and environ["REQUEST_METHOD"] in {"MOVE", "COPY"}:
            start("405 Method Not Allowed", [("Content-Length", "0")])
            return []
        return app(environ, start)

    server = wsgi.Server(("127.0.0.1", 0), answer, numthreads=2, shutdown_timeout=1)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        connects(server.bind_addr[1])
        yield server.bind_addr[1]
    finally:
        server.stop()
        thread.join()


@contextlib.contextmanager
def sftp(folder: Path, *, moves: bool = True) -> Iterator[tuple[int, paramiko.PKey]]:
    """Serve ``folder`` by SFTP; gives the port and the server's key."""
    key = paramiko.ECDSAKey.generate()
    listening = socket.create_server(("127.0.0.1", 0))
    sessions: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:  # closed: the test is over
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Tree, root=folder, moves=moves)
            sessions.append(transport)
            # who hangs up instead of shaking hands is no trouble
            with contextlib.suppress(paramiko.SSHException, EOFError, OSError):
                transport.start_server(server=_Door())

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1], key
    finally:
        with contextlib.suppress(OSError):  # wakes a thread that waits in accept
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for transport in sessions:
            transport.close()
        thread.join()


class _Door(paramiko.ServerInterface):  # type: ignore[misc] # paramiko has no types
    def check_auth_password(self, username: str, password: str) -> int:
        known = (username, password) == (USER, PASSWORD)
        return int(paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED)

    def get_allowed_auths(self, _username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, _channel: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED if kind == "session" else paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED)


def _answer(work: Callable[[], object]) -> Any:
    """What ``work`` gives, "fine" where it gives nothing, or the error's number as SFTP has it."""
    try:
        found = work()
        return paramiko.SFTP_OK if found is None or isinstance(found, Path) else found
    except OSError as error:
        return paramiko.SFTPServer.convert_errno(error.errno or 0)


class _Tree(paramiko.SFTPServerInterface):  # type: ignore[misc] # likewise
    def __init__(self, server: paramiko.ServerInterface, *, root: Path, moves: bool) -> None:
        super().__init__(server)
        self._root = root
        self._moves = moves

    def _at(self, path: str) -> Path:
        return self._root / str(self.canonicalize(path)).lstrip("/")

    def list_folder(self, path: str) -> Any:
        def listed() -> list[paramiko.SFTPAttributes]:
            return [paramiko.SFTPAttributes.from_stat(item.stat(), item.name) for item in self._at(path).iterdir()]

        return _answer(listed)

    def stat(self, path: str) -> Any:
        return _answer(lambda: paramiko.SFTPAttributes.from_stat(self._at(path).stat()))

    lstat = stat

    def open(self, path: str, flags: int, _attributes: Any) -> Any:
        def opened() -> paramiko.SFTPHandle:
            handle = paramiko.SFTPHandle(flags)
            file = os.fdopen(os.open(self._at(path), flags, 0o600), "rb" if flags & 3 == os.O_RDONLY else "r+b")
            handle.filename, handle.readfile, handle.writefile = path, file, file
            return handle

        return _answer(opened)

    def remove(self, path: str) -> Any:
        return _answer(self._at(path).unlink)

    def mkdir(self, path: str, _attributes: Any) -> Any:
        return _answer(self._at(path).mkdir)

    def posix_rename(self, path: str, new: str) -> Any:
        if not self._moves:
            return paramiko.SFTP_OP_UNSUPPORTED
        return _answer(lambda: self._at(path).replace(self._at(new)))
