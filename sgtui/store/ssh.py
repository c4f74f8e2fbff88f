"""A connection to an SFTP server, by the learner's own OpenSSH set-up: aliases, keys, agent, known hosts.

fsspec's own file system takes any host for the one it says it is; this one takes only hosts that ``ssh`` knows, so
that nobody in between gets the learner's password or file.
"""

from pathlib import Path
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from sgtui.errors import SgtuiError
from sgtui.i18n import _


class KnownHosts(SFTPFileSystem):  # type: ignore[misc] # fsspec has no types
    """fsspec's SFTP file system, for known hosts only."""

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self.client.connect(self.host, **self.ssh_kwargs)
        self.ftp = self.client.open_sftp()


def connect(host: str, *, port: int | None, user: str, password: str, timeout: float) -> Any:
    """A file system on ``host`` (a name or an alias of ``~/.ssh/config``).

    Without ``password`` keys and the agent must do.  ``timeout`` is in seconds.  Raises :class:`SgtuiError` where the
    host is not known yet, ``OSError`` and paramiko's errors otherwise.
    """
    known = _lookup(host)
    wanted: dict[str, Any] = {
        "port": port or int(known.get("port", 22)),
        "username": user or known.get("user"),
        "password": password or None,
        "key_filename": known.get("identityfile"),
        "timeout": timeout,
        "banner_timeout": timeout,
        "auth_timeout": timeout,
        "skip_instance_cache": True,
    }
    try:
        return KnownHosts(known.get("hostname", host), **wanted)
    except paramiko.BadHostKeyException as error:
        raise SgtuiError(_("{host} shows another key than before. Is it really the same server?").format(
            host=host)) from error  # fmt: skip
    except paramiko.SSHException as error:
        if "known_hosts" not in str(error):
            raise
        message = _("The key of {host} is not known yet. Connect once with: ssh {host}")
        raise SgtuiError(message.format(host=host)) from error


def _lookup(host: str) -> dict[str, Any]:
    """What ``~/.ssh/config`` says of a host."""
    file = Path("~/.ssh/config").expanduser()
    if not file.is_file():
        return {}
    return dict(paramiko.SSHConfig.from_path(str(file)).lookup(host))
