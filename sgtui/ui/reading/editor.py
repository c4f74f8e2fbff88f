"""Opening the article's file in the learner's own editor, at the line that is being read."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from textual.app import App, SuspendNotSupported

from sgtui.i18n import _

WITH_COLON = frozenset(("hx", "helix", "zed", "subl", "micro"))
WITH_GOTO = frozenset(("code", "codium", "cursor", "code-insiders"))


def command(path: Path, line: int, environment: Mapping[str, str]) -> list[str]:
    """The command that opens ``path`` at ``line``: ``VISUAL``, else ``EDITOR``, else what is usual; empty if nothing is."""
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or ""
    if sys.platform == "win32":
        words = [word.strip('"') for word in shlex.split(chosen, posix=False)] or ["notepad"]
    else:
        words = shlex.split(chosen) or [next((e for e in ("nano", "vim", "vi") if shutil.which(e)), "")]
    if not words[0]:
        return []
    name = Path(words[0]).stem.lower()
    if name == "notepad":
        return [*words, str(path)]
    if name in WITH_GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    if name in WITH_COLON:
        return [*words, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]


def edit(app: App[int], path: Path, line: int) -> str:
    """Open the file and come back when the editor is closed; returns what went wrong, or nothing.

    Where the program cannot step aside (Windows, a browser) the editor gets a window of its own.
    """
    try:
        words = command(path, line, os.environ)
    except ValueError as error:  # quotes that do not match
        return _("EDITOR cannot be understood ({reason}).").format(reason=error)
    if not words:
        return _("No editor was found. Name one in the environment variable EDITOR.")
    try:
        try:
            with app.suspend():
                subprocess.run(words, check=False)
        except SuspendNotSupported:
            subprocess.Popen(words)
    except OSError as error:
        return _("{editor} could not be started ({reason}).").format(editor=words[0], reason=error.strerror or error)
    return ""
