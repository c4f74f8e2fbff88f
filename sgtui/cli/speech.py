"""Which language the program speaks, and that it comes out whole.  Nothing here needs click."""

import os
import sys
from collections.abc import Sequence

from sgtui import i18n, paths


def speak(words: Sequence[str]) -> None:
    """Speak the language that the command line ``words``, the settings or the environment ask for, in UTF-8."""
    i18n.use(chosen_language(words) or preferred_language() or i18n.detect())
    speak_utf8()


def chosen_language(words: Sequence[str]) -> str:
    """What ``--lang`` says in ``words``, before anything is parsed; empty if it is not there."""
    for index, word in enumerate(words):
        if word == "--":
            break
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and index + 1 < len(words):
            return words[index + 1]
    return ""


def preferred_language() -> str:
    """What the settings say, unless SGTUI_LANG says otherwise; empty if neither does."""
    file = paths.settings_file()
    if os.environ.get("SGTUI_LANG") or not file.exists():
        return ""
    from sgtui import settings

    return settings.load(file)[0].lang


def speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page; what has no UTF-8 form is written as ``\\udcxx``."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
