"""What an article is called by its place in the library: its key, and a title where the text has none."""

import re
import unicodedata
from typing import Final

SUFFIXES: Final = (".md", ".markdown", ".mdx")

_DATE_PREFIX: Final = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]+(?=.)")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def is_article(name: str) -> bool:
    """Whether a file's name is that of an article."""
    return name.lower().endswith(SUFFIXES)


def path_key(path: str) -> str:
    """The key of an article without an id: its path without suffix and without ``/index``."""
    stem, low = path, path.lower()
    for suffix in SUFFIXES:
        if low.endswith(suffix):
            stem = path[: -len(suffix)]
            break
    folder, _, name = stem.rpartition("/")
    return folder if folder and name.lower() == "index" else stem


def path_title(path: str, root_name: str) -> str:
    """A title from the file's name (or the folder's, for ``index.md``), without a date before it."""
    key = path_key(path)
    name = key.rpartition("/")[2]
    if name.lower() == "index" and root_name:
        name = root_name
    if name[:1].isdecimal():
        name = _DATE_PREFIX.sub("", name)
    if not name.isascii():
        name = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", name)
    if not name.isprintable():
        name = "".join(c if c.isprintable() else " " for c in name)
    return unicodedata.normalize("NFC", name.strip()) or key or "?"
