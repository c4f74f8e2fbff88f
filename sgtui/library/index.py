"""Reading files into rows and texts, on all processors where there are many."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from sgtui.articles.model import Article
from sgtui.library.rows import Row, pack
from sgtui.library.scan import Found
from sgtui.library.text import Text, text_of

Indexed = tuple[Row, Text]

BATCH: Final = 64
"""Files read between two reports."""


def index_files(root: Path, files: Sequence[Found], dialects: Collection[str] = ()) -> Iterator[list[Indexed]]:
    """Read ``files`` in order, in batches; every file gives a row, whatever it is."""
    for start in range(0, len(files), BATCH):
        yield [index_file(root, file, dialects) for file in files[start : start + BATCH]]


def index_file(root: Path, file: Found, dialects: Collection[str] = ()) -> Indexed:
    """Read one file."""
    from sgtui.articles.parser import read_article  # noqa: PLC0415 - a warm start reads none

    article = read_article(root, file.path, dialects=dialects)
    return pack(article.info, article.front_matter.id, file.size, file.mtime_ns), _text(article)


def processors() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _text(article: Article) -> Text:
    found = text_of(article)
    # A page may hold lone surrogates from an escape; the cache cannot.
    return found if found.plain.isascii() else Text(_clean(found.plain), _clean(found.folded))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
