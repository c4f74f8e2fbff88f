"""What ``.gitignore`` and ``.sgtuiignore`` keep out of a library.

Matching is git's (through pathspec, imported only where such a file exists).  Decisions are
remembered from run to run with the ignore files' sizes and times, so that an unchanged tree is
walked without pathspec.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sgtui.articles.source import read_source

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NAMES: Final = (".gitignore", ".sgtuiignore")


@dataclass(slots=True)
class Memory:
    """Decisions of an earlier walk.

    ``signatures`` maps an ignore file's path to its size and time, ``decisions`` a path (a folder's
    with a slash at its end) to whether it is ignored.
    """

    signatures: dict[str, tuple[int, int]] = field(default_factory=dict)
    decisions: dict[str, bool] = field(default_factory=dict)


class Rules(NamedTuple):
    """The ignore files that hold in a folder: those of the folders above it and its own."""

    folders: "tuple[_Folder, ...]" = ()
    remembered: bool = True

    def __bool__(self) -> bool:
        return bool(self.folders)


@dataclass(slots=True)
class _Folder:
    """The rules of one folder's ignore files; compiled when first asked."""

    path: str
    files: tuple[Path, ...]
    spec: "GitIgnoreSpec | None" = None

    def verdict(self, path: str) -> bool | None:
        """Whether ``path`` (below this folder, relative to the library) is ignored; None: nothing is said of it."""
        if self.spec is None:
            self.spec = _compile(self.files)
        below = path[len(self.path) + 1 :] if self.path else path
        return self.spec.check_file(below).include


class Ignore:
    """Answers, for one walk, whether a path is ignored.  ``before`` is the memory of the last walk."""

    def __init__(self, root: Path, before: Memory | None = None) -> None:
        self._root = root
        self._before = before or Memory()
        self.memory = Memory()

    def enter(self, folder: str, names: Iterable[str], above: Rules) -> Rules:
        """The rules inside ``folder`` (relative, ``""`` for the root), whose entries are ``names``."""
        prefix = f"{folder}/" if folder else ""
        paths = [prefix + name for name in NAMES]
        own = [path for path, name in zip(paths, NAMES, strict=True) if name in names]
        known = self._before.signatures
        if not own and not any(path in known for path in paths):
            return above
        for path in own:
            self.memory.signatures[path] = _signature(self._root / path)
        unchanged = all(known.get(path) == self.memory.signatures.get(path) for path in paths)
        files = tuple(self._root / path for path in own)
        folders = (*above.folders, _Folder(folder, files)) if own else above.folders
        return Rules(folders, above.remembered and unchanged)

    def ignores(self, path: str, rules: Rules) -> bool:
        """Whether ``rules`` ignore ``path`` (relative to the library; a folder's ends with a slash)."""
        if not rules.folders:
            return False
        decided = self._before.decisions.get(path) if rules.remembered else None
        if decided is None:
            decided = _decide(path, rules.folders)
        self.memory.decisions[path] = decided
        return decided


def _decide(path: str, folders: tuple[_Folder, ...]) -> bool:
    for folder in reversed(folders):  # the nearest file has the last word
        verdict = folder.verdict(path)
        if verdict is not None:
            return verdict
    return False


def _signature(file: Path) -> tuple[int, int]:
    try:
        status = os.stat(file)  # noqa: PTH116 - the same call as in the walk
    except OSError:  # it vanished: a signature that nothing equals
        return -1, -1
    return status.st_size, status.st_mtime_ns


def _compile(files: tuple[Path, ...]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - most libraries have no use for it

    lines: list[str] = []
    for file in files:
        for line in read_source(file, file.name).text.split("\n"):
            lines += [line] if _is_pattern(line) else []
    return GitIgnoreSpec.from_lines(lines)


def _is_pattern(line: str) -> bool:
    """Whether pathspec takes ``line``; git passes over what it cannot read, so one bad line must not cost the rest."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    try:
        made: Any = GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return made is not None
