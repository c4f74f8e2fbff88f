"""The learner's language: one gettext catalogue, chosen once at start.

Message identifiers are the English sentences; ``locale/ja`` holds the Japanese ones.  Code that
builds a sentence calls :func:`_`; data that is written down now and shown later (problem codes,
key descriptions) is marked with :func:`N_` and translated where it is shown.
"""

import gettext
import locale
import os
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("ja", "en")
_DOMAIN: Final = "sgtui"
_FOLDER: Final = Path(__file__).parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language: str = "en"


def detect(environ: "os._Environ[str] | dict[str, str] | None" = None) -> str:
    """The language (``ja`` or ``en``) that the environment asks for.

    ``SGTUI_LANG`` first, then the POSIX variables in their own order, then the platform's locale
    (Windows sets none of the variables).
    """
    env = os.environ if environ is None else environ
    for name in ("SGTUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = env.get(name, "")
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    name = locale.getlocale()[0] or ""
    return "ja" if name.lower().startswith("ja") else "en"


def use(language: str) -> None:
    """Speak ``language`` (``ja`` or ``en``) from now on; an unknown one means English."""
    global _catalogue, _language  # noqa: PLW0603 - the language is the one thing that is the whole program's
    _language = language if language in LANGUAGES else "en"
    _catalogue = gettext.translation(_DOMAIN, _FOLDER, languages=[_language], fallback=True)


def language() -> str:
    """The language in use: ``ja`` or ``en``."""
    return _language


def _(message: str) -> str:
    """``message`` in the language in use."""
    return _catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits ``number``, in the language in use."""
    return _catalogue.ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark ``message`` for translation without translating it now."""
    return message
