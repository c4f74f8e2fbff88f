"""An indexed file as one flat row: what the cache keeps, and what becomes an :class:`ArticleInfo`.

Lists are joined with U+001F, sections and problems are JSON.  What a list on the screen does not
show is only decoded when asked for: a library of 16,600 articles is on the screen long before
its 150,000 sections would be.
"""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from functools import cache, lru_cache
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
        _dump([sections, info.cards, info.cases]),
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
    if name[:6].lower() == "index.":
        name = ""
    text = _clean(f"{folder}/{name}").casefold()
    return _DIGITS.sub(_eight_digits, text)


def _eight_digits(found: re.Match[str]) -> str:
    return found[0].zfill(8)


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
    def cards(self) -> tuple[str, ...]:
        """The ids of those that are flash cards."""
        return cast(tuple[str, ...], self._decoded("cards"))

    @property
    def cases(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the quizzes of each case."""
        return cast(tuple[tuple[str, ...], ...], self._decoded("cases"))

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
        if name not in self._more:
            if name == "problems":
                self._more[name] = _problems(self.path, self._row.problems)
            else:
                self._more.update(_inside(self._row.sections))
        return self._more[name]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ArticleInfo):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    def __hash__(self) -> int:
        return hash((self.key, self.path, self.digest))

    def __reduce__(self) -> Any:
        return _again, (self._row, self.key, self.category, ())


_NAMES: Final = tuple(field.name for field in fields(ArticleInfo))
_day: Final = lru_cache(4096)(date.fromisoformat)


def _putter(owner: type, name: str) -> Callable[[StoredInfo, Any], None]:
    """What sets a slot of a frozen object, without the way through its names."""
    put: Callable[[StoredInfo, Any], None] = owner.__dict__[name].__set__
    return put


_put_key: Final = _putter(ArticleInfo, "key")
_put_path: Final = _putter(ArticleInfo, "path")
_put_title: Final = _putter(ArticleInfo, "title")
_put_category: Final = _putter(ArticleInfo, "category")
_put_difficulty: Final = _putter(ArticleInfo, "difficulty")
_put_tags: Final = _putter(ArticleInfo, "tags")
_put_exam: Final = _putter(ArticleInfo, "exam")
_put_type: Final = _putter(ArticleInfo, "type")
_put_syllabus: Final = _putter(ArticleInfo, "syllabus")
_put_summary: Final = _putter(ArticleInfo, "summary")
_put_published: Final = _putter(ArticleInfo, "published")
_put_updated: Final = _putter(ArticleInfo, "updated")
_put_order: Final = _putter(ArticleInfo, "order")
_put_draft: Final = _putter(ArticleInfo, "draft")
_put_prerequisites: Final = _putter(ArticleInfo, "prerequisites")
_put_characters: Final = _putter(ArticleInfo, "characters")
_put_minutes: Final = _putter(ArticleInfo, "minutes")
_put_digest: Final = _putter(ArticleInfo, "digest")
_put_row: Final = _putter(StoredInfo, "_row")
_put_more: Final = _putter(StoredInfo, "_more")


def unpack(row: Row, key: str, category: str, more: tuple[Problem, ...] = ()) -> StoredInfo:
    """The article of ``row`` under its final key and category; ``more`` are problems that only the library sees.

    Raises ValueError or TypeError for a row that no :func:`pack` made.
    """
    info = StoredInfo.__new__(StoredInfo)
    (
        path, _size, _mtime_ns, _id, title, _category, difficulty, tags, exam, type_, syllabus, summary, published,
        updated, order, draft, prerequisites, characters, minutes, _sections, _quizzes, problems, digest, _sort, _words,
    ) = row  # fmt: skip
    if difficulty and difficulty not in DIFFICULTIES:
        raise ValueError(difficulty)
    _put_key(info, key)
    _put_path(info, path.decode("utf-8", "surrogateescape"))
    _put_title(info, title)
    _put_category(info, category)
    _put_difficulty(info, difficulty or None)
    _put_tags(info, tuple(tags.split(_SEPARATOR)) if tags else ())
    _put_exam(info, exam)
    _put_type(info, type_)
    _put_syllabus(info, tuple(syllabus.split(_SEPARATOR)) if syllabus else ())
    _put_summary(info, summary)
    _put_published(info, _day(published) if published else None)
    _put_updated(info, _day(updated) if updated else None)
    _put_order(info, order)
    _put_draft(info, bool(draft))
    _put_prerequisites(info, tuple(prerequisites.split(_SEPARATOR)) if prerequisites else ())
    _put_characters(info, characters)
    _put_minutes(info, minutes)
    _put_digest(info, digest)
    _put_row(info, row)
    _put_more(info, {"problems": (*more, *_problems(decode_path(path), problems))} if more else {})
    return info


def _again(row: Row, key: str, category: str, more: tuple[Problem, ...]) -> StoredInfo:
    return unpack(row, key, category, more)


def _inside(data: bytes) -> dict[str, Any]:
    """The sections of an article, its flash cards and its cases."""
    import json  # noqa: PLC0415 - a list needs neither sections nor problems

    try:
        sections, cards, cases = json.loads(data or b"[[],[],[]]")
        return {
            "sections": tuple(
                Section(index, level, title, slug, tuple(path), line, characters, tuple(quizzes))
                for index, (level, title, slug, path, line, characters, quizzes) in enumerate(sections)
            ),
            "cards": tuple(cards),
            "cases": tuple(map(tuple, cases)),
        }
    except (ValueError, TypeError):  # somebody has edited the cache
        return {"sections": (), "cards": (), "cases": ()}


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
    return _encoder()(value).encode("utf-8", "replace")


@cache
def _encoder() -> Callable[[Any], str]:
    import json  # noqa: PLC0415

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _join(values: tuple[str, ...]) -> str:
    return _SEPARATOR.join(_clean(value.replace(_SEPARATOR, " ")) for value in values)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_SEPARATOR)) if text else ()


def _clean(text: str) -> str:
    """``text`` as the cache can hold it: no lone surrogates (a path may have them, a header too by escapes)."""
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")
