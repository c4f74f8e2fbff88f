"""An indexed file as one flat row: what the cache keeps, and what becomes an :class:`ArticleInfo`.

Lists are joined with U+001F, sections and problems are JSON.  What a list on the screen does not
show is only decoded when asked for: a library of 16,600 articles is on the screen long before
its 150,000 sections would be.
"""

import re
from dataclasses import fields
from datetime import date
from typing import Any, Final, NamedTuple, cast

from sgtui.articles.info import DIFFICULTIES, ArticleInfo, Section
from sgtui.errors import Problem
from sgtui.problems import CATALOGUE

_SEPARATOR: Final = "\x1f"
_DIGITS: Final = re.compile(r"\d+")


class Row(NamedTuple):
    """One indexed file.

    ``path`` is the file's name as bytes (names need not be UTF-8), ``id`` the header's, ``order``
    NaN-free or None, dates ISO or empty, ``sort`` a text that sorts as people sort file names,
    ``words`` the folded text that filters look into.
    """

    path: bytes
    size: int
    mtime_ns: int
    id: str
    title: str
    category: str
    difficulty: str
    tags: str
    exam: str
    type: str
    syllabus: str
    summary: str
    published: str
    updated: str
    order: float | None
    draft: int
    prerequisites: str
    characters: int
    minutes: int
    sections: bytes
    quizzes: str
    problems: bytes
    digest: str
    sort: str
    words: str


COLUMNS: Final = Row._fields


def encode_path(path: str) -> bytes:
    """A path for the cache: also one that is not UTF-8 on the disk."""
    return path.encode("utf-8", "surrogateescape")


def decode_path(path: bytes) -> str:
    """The way back from :func:`encode_path`."""
    return path.decode("utf-8", "surrogateescape")


def pack(info: ArticleInfo, id: str, size: int, mtime_ns: int) -> Row:
    """The row of an article whose header asks for the key ``id`` (empty: none)."""
    sections = [[s.level, s.title, s.slug, list(s.path), s.line, s.characters, list(s.quizzes)] for s in info.sections]
    problems = [[p.line, p.code, p.details] for p in info.problems]
    return Row(
        encode_path(info.path),
        size,
        mtime_ns,
        _clean(id),
        _clean(info.title),
        _clean(info.category),
        info.difficulty or "",
        _join(info.tags),
        _clean(info.exam),
        _clean(info.type),
        _join(info.syllabus),
        _clean(info.summary),
        info.published.isoformat() if info.published else "",
        info.updated.isoformat() if info.updated else "",
        info.order,
        int(info.draft),
        _join(info.prerequisites),
        info.characters,
        info.minutes,
        _dump(sections),
        _join(info.quizzes),
        _dump(problems) if problems else b"",
        info.digest,
        natural(info.path),
        _clean(words_of(info)),
    )


def words_of(info: ArticleInfo) -> str:
    """What a filter by words looks into: title, tags and summary, folded."""
    from sgtui.library.text import fold_quickly  # noqa: PLC0415 - nothing is looked for on a first screen

    return fold_quickly("\n".join((info.title, *info.tags, info.summary)))


def natural(path: str) -> str:
    """A text that sorts paths as people do: numbers by value, case aside, a folder's index first."""
    folder, _, name = path.rpartition("/")
    if name.lower().startswith("index."):
        name = ""
    text = _clean(f"{folder}/{name}").casefold()
    return _DIGITS.sub(lambda found: found[0].zfill(8), text)


class StoredInfo(ArticleInfo):
    """An :class:`ArticleInfo` from a row; sections, quizzes and problems are decoded when first asked for."""

    __slots__ = ("_more", "_row")
    _more: dict[str, Any]
    _row: Row

    @property
    def sections(self) -> tuple[Section, ...]:
        """The article's sections, in order."""
        return cast(tuple[Section, ...], self._decoded("sections"))

    @property
    def quizzes(self) -> tuple[str, ...]:
        """The ids of the article's quizzes, in reading order."""
        return _split(self._row.quizzes)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file."""
        if not self._row.problems and not self._more:
            return ()
        return cast(tuple[Problem, ...], self._decoded("problems"))

    @property
    def has_quizzes(self) -> bool:
        """Whether there is any quiz; nothing is decoded."""
        return bool(self._row.quizzes)

    @property
    def words(self) -> str:
        """Title, tags and summary, folded."""
        return self._row.words

    def _decoded(self, name: str) -> Any:
        found = self._more.get(name)
        if found is None:
            found = _sections(self._row.sections) if name == "sections" else _problems(self.path, self._row.problems)
            self._more[name] = found
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ArticleInfo):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    def __hash__(self) -> int:
        return hash((self.key, self.path, self.digest))

    def __reduce__(self) -> Any:
        return _again, (self._row, self.key, self.category, ())


_NAMES: Final = tuple(field.name for field in fields(ArticleInfo))
_ROW: Any = StoredInfo.__dict__["_row"]
_MORE: Any = StoredInfo.__dict__["_more"]
_LAZY: Final = ("sections", "quizzes", "problems")
_SLOTS: Any = {name: ArticleInfo.__dict__[name].__set__ for name in _NAMES if name not in _LAZY}


def unpack(row: Row, key: str, category: str, more: tuple[Problem, ...] = ()) -> StoredInfo:
    """The article of ``row`` under its final key and category; ``more`` are problems that only the library sees.

    Raises ValueError or TypeError for a row that no :func:`pack` made.
    """
    info = StoredInfo.__new__(StoredInfo)
    difficulty = row.difficulty or None
    if difficulty is not None and difficulty not in DIFFICULTIES:
        raise ValueError(difficulty)
    put = _SLOTS
    put["key"](info, key)
    put["path"](info, row.path.decode("utf-8", "surrogateescape"))
    put["title"](info, row.title)
    put["category"](info, category)
    put["difficulty"](info, difficulty)
    put["tags"](info, tuple(row.tags.split(_SEPARATOR)) if row.tags else ())
    put["exam"](info, row.exam)
    put["type"](info, row.type)
    put["syllabus"](info, tuple(row.syllabus.split(_SEPARATOR)) if row.syllabus else ())
    put["summary"](info, row.summary)
    put["published"](info, date.fromisoformat(row.published) if row.published else None)
    put["updated"](info, date.fromisoformat(row.updated) if row.updated else None)
    put["order"](info, row.order)
    put["draft"](info, bool(row.draft))
    put["prerequisites"](info, tuple(row.prerequisites.split(_SEPARATOR)) if row.prerequisites else ())
    put["characters"](info, row.characters)
    put["minutes"](info, row.minutes)
    put["digest"](info, row.digest)
    _ROW.__set__(info, row)
    _MORE.__set__(info, {"problems": (*more, *_problems(decode_path(row.path), row.problems))} if more else {})
    return info


def _again(row: Row, key: str, category: str, more: tuple[Problem, ...]) -> StoredInfo:
    return unpack(row, key, category, more)


def _sections(data: bytes) -> tuple[Section, ...]:
    import json  # noqa: PLC0415 - a list needs neither sections nor problems

    try:
        return tuple(
            Section(index, level, title, slug, tuple(path), line, characters, tuple(quizzes))
            for index, (level, title, slug, path, line, characters, quizzes) in enumerate(json.loads(data or b"[]"))
        )
    except (ValueError, TypeError):  # somebody has edited the cache
        return ()


def _problems(path: str, data: bytes) -> tuple[Problem, ...]:
    import json  # noqa: PLC0415

    try:
        return tuple(
            Problem(path, line, code, tuple((name, value) for name, value in details))
            for line, code, details in json.loads(data or b"[]")
            if code in CATALOGUE
        )
    except (ValueError, TypeError):  # somebody has edited the cache
        return ()


def _dump(value: Any) -> bytes:
    import json  # noqa: PLC0415

    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _join(values: tuple[str, ...]) -> str:
    return _SEPARATOR.join(_clean(value.replace(_SEPARATOR, " ")) for value in values)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_SEPARATOR)) if text else ()


def _clean(text: str) -> str:
    """``text`` as the cache can hold it: no lone surrogates (a path may have them, a header too by escapes)."""
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")
