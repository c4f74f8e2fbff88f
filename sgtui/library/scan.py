"""The walk over a library's folder: which files are articles, found quickly and whatever lies there."""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path
from typing import Final, NamedTuple

from sgtui.articles.names import is_article
from sgtui.errors import Problem, problem
from sgtui.library.ignore import Ignore, Memory, Rules

NEVER: Final = frozenset(
    ("node_modules", "bower_components", "__pycache__", "_site", "_build", "venv", "site-packages")
)
"""Folders that hold other people's packages or generated pages."""

OUTPUTS: Final = frozenset(("build", "dist", "out", "target"))
"""Names of build outputs; skipped only beside a file of :data:`PROJECT_FILES`, since they are words too."""

PROJECT_FILES: Final = frozenset(("package.json", "Cargo.toml", "pyproject.toml", "setup.py", "pom.xml", "go.mod"))


class Found(NamedTuple):
    """An article's file: its path relative to the library (POSIX slashes), size in bytes, time of change."""

    path: str
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Scan:
    """What a walk found.  ``memory`` makes the next walk quicker."""

    files: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)


def scan(root: Path, *, hidden: Iterable[str] = (), memory: Memory | None = None) -> Scan:
    """Walk ``root`` and list its articles.

    Dot-folders, packages, build outputs and what ignore files name are passed over, and so is
    ``hidden`` (paths or patterns relative to ``root``).  Links are followed inside the root only,
    and nothing is listed twice.  Never raises for anything below ``root``; raises OSError if
    ``root`` itself cannot be listed.
    """
    walk = _Walk(root, tuple(hidden), memory)
    walk.run()
    return walk.result


class _Folder(NamedTuple):
    path: str
    real: str
    rules: Rules


class _Walk:
    def __init__(self, root: Path, hidden: tuple[str, ...], memory: Memory | None) -> None:
        self.result = Scan()
        self._root = str(root)
        self._real_root = os.path.realpath(root)
        self._ignore = Ignore(root, memory)
        patterns = [translate(name.strip("/")) for name in hidden if name.strip("/")]
        self._hidden = re.compile("|".join(patterns)) if patterns else None
        self._folders = [_Folder("", self._real_root, Rules())]
        self._links: list[tuple[str, Rules]] = []
        self._walked: set[str] = set()
        self._places: list[tuple[str, int, int, int]] = []
        """Of each folder's files: where they really lie, how much of their paths is the folder's, first and last."""
        self._linked: set[str] = set()

    def run(self) -> None:
        os.scandir(self._root).close()
        self._drain()
        # Links come last, so that a file is listed where it really lies.
        while self._links:
            links, self._links = self._links, []
            for path, rules in links:
                self._follow(path, rules)
            self._drain()
        self.result.memory = self._ignore.memory

    def _drain(self) -> None:
        while self._folders:
            self._visit(self._folders.pop())

    def _visit(self, folder: _Folder) -> None:
        if folder.real in self._walked:
            return
        self._walked.add(folder.real)
        try:
            with os.scandir(os.path.join(self._root, folder.path) if folder.path else self._root) as entries:  # noqa: PTH118
                listed = list(entries)
        except OSError as error:
            reason = error.strerror or str(error)
            self.result.problems.append(problem(folder.path or ".", 0, "folder-unreadable", reason=reason))
            return
        names = {entry.name for entry in listed}
        rules = self._ignore.enter(folder.path, names, folder.rules)
        skipped = NEVER | OUTPUTS if names & PROJECT_FILES else NEVER
        prefix = f"{folder.path}/" if folder.path else ""
        first = len(self.result.files)
        for entry in listed:
            name = entry.name
            if name[0] == "." or name in skipped:
                continue
            path = prefix + name
            try:
                self._take(entry, path, folder, rules)
            except OSError as error:  # it vanished, or lies on a disk with errors
                if is_article(name) and not isinstance(error, FileNotFoundError):
                    reason = error.strerror or str(error)
                    self.result.problems.append(problem(path, 0, "file-unreadable", reason=reason))
        if len(self.result.files) > first:
            self._places.append((folder.real, len(prefix), first, len(self.result.files)))

    def _take(self, entry: os.DirEntry[str], path: str, folder: _Folder, rules: Rules) -> None:
        if entry.is_symlink():
            if not self._left_out(path, rules):
                self._links.append((path, rules))
        elif entry.is_dir(follow_symlinks=False):
            if not self._left_out(path, rules, "/"):
                self._folders.append(_Folder(path, f"{folder.real}{os.sep}{entry.name}", rules))
        elif is_article(path) and not ((rules or self._hidden is not None) and self._left_out(path, rules)):
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                self.result.files.append(Found(path, status.st_size, status.st_mtime_ns))
            else:
                self.result.problems.append(problem(path, 0, "file-not-regular"))

    def _left_out(self, path: str, rules: Rules, slash: str = "") -> bool:
        if self._hidden is not None and self._hidden.match(path):
            return True
        return bool(rules) and self._ignore.ignores(path + slash, rules)

    def _follow(self, path: str, rules: Rules) -> None:
        try:
            real = os.path.realpath(os.path.join(self._root, path), strict=True)  # noqa: PTH118
            status = os.stat(real)  # noqa: PTH116
        except (OSError, ValueError):
            if is_article(path):
                self.result.problems.append(problem(path, 0, "link-broken"))
            return
        is_folder = stat.S_ISDIR(status.st_mode)
        if not is_folder and not is_article(path):
            return
        if not real.startswith(self._real_root.rstrip(os.sep) + os.sep):
            if real != self._real_root:
                self.result.problems.append(problem(path, 0, "link-outside"))
            return
        if is_folder:
            self._folders.append(_Folder(path, real, rules))
        elif real not in self._real_files():
            self._list(path, real, status)

    def _list(self, path: str, real: str, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            self.result.problems.append(problem(path, 0, "file-not-regular"))
            return
        self._linked.add(real)
        self.result.files.append(Found(path, status.st_size, status.st_mtime_ns))

    def _real_files(self) -> set[str]:
        """Where the files listed so far really lie; most libraries have no links that ask for it."""
        files = self.result.files
        for folder, skip, first, last in self._places:
            self._linked.update(f"{folder}{os.sep}{found.path[skip:]}" for found in files[first:last])
        self._places = []
        return self._linked
