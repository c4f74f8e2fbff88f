"""Exchange through real servers, and through places that fail in the middle."""

import builtins
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import paramiko
import pytest

from sgtui.errors import SgtuiError
from sgtui.store.merge import contents_of
from sgtui.store.places import Folder, Place, place_of
from sgtui.store.remote import Remote
from sgtui.store.store import Store
from sgtui.store.sync import own_file, synchronise

from .conftest import Clock
from .servers import PASSWORD, USER, sftp, webdav

Connect = Callable[[], Place]


class Server:
    """A server of a test: the folder it serves, and ways to it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.connected = ExitStack()

    def connect(self, password: str = PASSWORD) -> Place:
        place = place_of(self.url, password)
        self.connected.callback(place.close)
        return place


class Serving:
    """Servers that all tests here share, each started when it is first asked for; stopping one takes half a second."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._running: dict[str, tuple[Path, int, paramiko.PKey | None]] = {}
        self.stack = ExitStack()

    def of(self, kind: str) -> tuple[Path, int, paramiko.PKey | None]:
        """Folder, port and key (of an SFTP server)."""
        if kind not in self._running:
            folder = self._root / kind
            folder.mkdir()
            moves = "cannot" not in kind
            if kind.startswith("webdav"):
                self._running[kind] = (folder, self.stack.enter_context(webdav(folder, moves=moves)), None)
            else:
                self._running[kind] = (folder, *self.stack.enter_context(sftp(folder, moves=moves)))
        return self._running[kind]


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    made = Serving(tmp_path_factory.mktemp("served"))
    with made.stack:
        yield made


@pytest.fixture(params=["webdav", "sftp", "webdav that cannot move", "sftp that cannot move"])
def server(
    request: pytest.FixtureRequest, serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    served, port, key = serving.of(request.param)
    own = f"学習/{tmp_path.name}"
    if key is None:
        url = f"webdav://{USER}@127.0.0.1:{port}/dav/{quote(own)}"
    else:
        know(tmp_path, monkeypatch, port, key)
        url = f"sftp://{USER}@127.0.0.1:{port}/{quote(own)}"
    found = Server(served / own, url)
    with found.connected:
        yield found


def know(home: Path, monkeypatch: pytest.MonkeyPatch, port: int, key: paramiko.PKey) -> None:
    """Make ``home`` the home of someone who has met the server at ``port``."""
    monkeypatch.setenv("HOME", str(home))
    (home / ".ssh").mkdir()
    known = paramiko.HostKeys()
    known.add(f"[127.0.0.1]:{port}", key.get_name(), key)
    known.save(str(home / ".ssh" / "known_hosts"))


@pytest.fixture
def machines(tmp_path: Path, clock: Clock) -> Iterator[list[Store]]:
    stores = [Store.open(tmp_path / name / "study.json", now=clock, device=name) for name in ("a-1", "b-2")]
    for number, store in enumerate(stores):
        store.add_bookmark("sg", "記事", note=f"しおり{number}")
        store.add_review("sg", "記事", "q", response=number, correct=number == 1)
    yield stores
    for store in stores:
        store.close()


def test_all_end_with_the_same(server: Server, machines: list[Store]) -> None:
    for store in [*machines, *machines]:
        synchronise(store, server.connect())
    one, other = machines
    assert contents_of(one.engine) == contents_of(other.engine)
    assert len(one.reviews()) == 2
    assert sorted(file.name for file in server.folder.iterdir()) == ["sgtui-a-1.json", "sgtui-b-2.json"]


def test_nothing_is_sent_or_fetched_twice(server: Server, machines: list[Store]) -> None:
    for store in [*machines, *machines]:
        synchronise(store, server.connect())
    again = synchronise(machines[0], server.connect())
    assert (again.merged, again.known, again.written) == ({}, ["sgtui-a-1.json", "sgtui-b-2.json"], False)


def test_dry_run_leaves_the_server_alone(server: Server, machines: list[Store]) -> None:
    assert synchronise(machines[0], server.connect(), dry_run=True).written
    assert not server.folder.exists()
    synchronise(machines[0], server.connect())
    planned = synchronise(machines[1], server.connect(), dry_run=True)
    assert (planned.merged["sgtui-a-1.json"].added, len(machines[1].bookmarks())) == (2, 1)


def test_a_lost_state_file_comes_back(server: Server, machines: list[Store], tmp_path: Path, clock: Clock) -> None:
    synchronise(machines[0], server.connect())
    with Store.open(tmp_path / "new" / "study.json", now=clock, device="a-1") as empty:
        synchronise(empty, server.connect())
        assert [mark.note for mark in empty.bookmarks()] == ["しおり0"]


def test_what_is_cut_off_on_the_way_is_told_and_comes_later(server: Server, machines: list[Store]) -> None:
    synchronise(machines[0], server.connect())
    file = server.folder / own_file("a-1")
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    done = synchronise(machines[1], server.connect())
    assert ([found.code for found in done.problems], done.written) == (["state-unreadable"], True)
    synchronise(machines[0], server.connect())
    assert synchronise(machines[1], server.connect()).merged
    assert len(machines[1].bookmarks()) == 2


def test_conflict_copies_there_are_merged(server: Server, machines: list[Store]) -> None:
    synchronise(machines[0], server.connect())
    copy = server.folder / "sgtui-a-1 (花子の競合コピー 2026-11-23).json"
    (server.folder / own_file("a-1")).replace(copy)
    assert list(synchronise(machines[1], server.connect()).merged) == [copy.name]
    assert len(machines[1].bookmarks()) == 2


def test_a_wrong_password_is_a_sentence(server: Server, machines: list[Store]) -> None:
    with pytest.raises((OSError, SgtuiError), match=r"401|uthentication") as caught:
        synchronise(machines[0], server.connect("違う"))
    assert "違う" not in str(caught.value)
    assert not server.folder.exists()


def test_an_unknown_sftp_host_is_not_trusted(serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder, port, _key = serving.of("sftp")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(SgtuiError, match="not known yet"):
        place_of(f"sftp://{USER}@127.0.0.1:{port}/x", PASSWORD)


def test_an_sftp_host_with_another_key_is_not_trusted(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder, port, _key = serving.of("sftp")
    know(tmp_path, monkeypatch, port, paramiko.ECDSAKey.generate())
    with pytest.raises(SgtuiError, match="another key"):
        place_of(f"sftp://{USER}@127.0.0.1:{port}/x", PASSWORD)


def test_an_alias_of_the_ssh_configuration(serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, port, key = serving.of("sftp")
    assert key is not None
    know(tmp_path, monkeypatch, port, key)
    (tmp_path / ".ssh" / "config").write_text(f"Host desk\n  HostName 127.0.0.1\n  Port {port}\n  User {USER}\n")
    place = place_of("sftp://desk/~/机", PASSWORD)
    place.write("sgtui-a-1.json", b"{}")
    place.close()
    assert (folder / "机" / "sgtui-a-1.json").read_bytes() == b"{}"


def test_any_file_system_of_fsspec(machines: list[Store]) -> None:
    for store in [*machines, *machines]:
        synchronise(store, place_of("memory://共有/下"))
    assert contents_of(machines[0].engine) == contents_of(machines[1].engine)


@pytest.mark.parametrize("url", ["sftp://example.org/x", "https://example.org/x", "s3://bucket/x"])
def test_packages_that_are_not_installed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *arguments: Any, **more: Any) -> Any:
        if name.partition(".")[0] in {"fsspec", "webdav4", "paramiko", "s3fs"} or name == "sgtui.store.ssh":
            raise ImportError(f"No module named {name!r}", name=name)
        return whole(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SgtuiError, match=r"sgtui\[sync\]"):
        place_of(url)


def test_the_password_is_in_no_message(machines: list[Store]) -> None:
    place = place_of("webdav://hana:geheim@127.0.0.1:9/dav")  # nothing listens at the discard port
    with pytest.raises(SgtuiError) as caught:
        synchronise(machines[0], place)
    assert ("geheim" in str(caught.value), "127.0.0.1:9/dav" in str(caught.value)) == (False, True)


class Broken(Folder):
    """A folder that is cut off after a number of operations."""

    def __init__(self, path: Path, left: int) -> None:
        super().__init__(path)
        self._left = left

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise OSError(5, "cut off")

    def head(self, name: str) -> bytes:
        self._count()
        return super().head(name)

    def read(self, name: str) -> bytes:
        self._count()
        return super().read(name)

    def write(self, name: str, data: bytes) -> None:
        self._count()
        super().write(name, data)


def test_cut_off_anywhere_it_goes_on_where_it_stopped(machines: list[Store], tmp_path: Path, clock: Clock) -> None:
    shared = tmp_path / "共有"
    for store in machines:
        synchronise(store, Folder(shared))
    settled: list[object] = []
    with Store.open(tmp_path / "c" / "study.json", now=clock, device="c-3") as late:
        late.add_review("sg", "記事", "q", response=2, correct=True)
        for _run in range(2):  # three operations: a file each time, and not enough for what comes after it
            with pytest.raises(SgtuiError, match="cut off"):
                synchronise(late, Broken(shared, 3), settle=settled.append)
        done = synchronise(late, Broken(shared, 3), settle=settled.append)
        assert (done.merged, done.written, len(late.reviews())) == ({}, True, 3)
    assert settled[-1] == {("sg", "記事", "q")}


class _HalfFiles:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def sizes(self, _folder: str) -> dict[str, int]:
        return {name.rpartition("/")[2]: len(data) for name, data in self.files.items()}

    def size(self, path: str) -> int:
        return len(self.files[path])

    def get(self, path: str, upto: int | None = None) -> bytes:
        return self.files[path][:upto]

    def put(self, path: str, data: bytes) -> None:
        self.files[path] = data[:-1]

    def move(self, path: str, new: str) -> None:
        self.files[new] = self.files.pop(path)

    def remove(self, path: str) -> None:
        del self.files[path]

    def make_folder(self, path: str) -> None:
        pass

    def close(self) -> None:
        pass


def test_an_upload_that_ends_early_never_takes_the_old_files_place(machines: list[Store]) -> None:
    half = _HalfFiles()
    half.files["x/sgtui-a-1.json"] = b"old"
    with pytest.raises(SgtuiError, match="cut off"):
        synchronise(machines[0], Remote("half", half, "x"))
    assert half.files["x/sgtui-a-1.json"] == b"old"


def test_one_synchronisation_at_a_time(machines: list[Store], tmp_path: Path) -> None:
    class Nested(Folder):
        def files(self) -> dict[str, int]:
            with pytest.raises(SgtuiError, match="Another"):
                synchronise(machines[0], Folder(self.path))
            return super().files()

    assert synchronise(machines[0], Nested(tmp_path / "共有")).written
