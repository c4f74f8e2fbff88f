"""From a header as written to :class:`FrontMatter`: every dialect of docs/front-matter.md."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final, TypeVar

from sgtui.articles.front_matter import RawHeader
from sgtui.articles.model import FrontMatter
from sgtui.articles.values import date_of, day_in, difficulty_of, flag_of, names_of, number_of, text_of, texts_of
from sgtui.errors import Problem, problem

# In the order in which they are asked; a dot goes into a nested table.
TITLE: Final = ("title",)
SUMMARY: Final = ("excerpt", "summary", "description", "metadata.description", "intro")
CATEGORY: Final = ("category", "categories", "taxonomies.categories")
TAGS: Final = ("tags", "topics", "keywords", "taxonomies.tags")
DIFFICULTY: Final = ("knowledge.difficulty", "difficulty", "level")
EXAM: Final = ("knowledge.examId", "examId")
TYPE: Final = ("knowledge.type", "type")
SYLLABUS: Final = ("knowledge.syllabusRef", "knowledge.syllabusRefs", "syllabusRef", "syllabusRefs")
UPDATED: Final = ("lastmod", "updateDate", "updated_at", "date_modified", "updated")
PUBLISHED: Final = ("publishDate", "published_at", "date", "published")
ORDER: Final = ("order", "weight", "sidebar_position")
AS_OF: Final = ("asOf", "as_of")

_FILE_DATE: Final = re.compile(r"(?:^|/)(\d{4}-\d{1,2}-\d{1,2})(?=[-_ .]|$)")
_PATH_DATE: Final = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?=[/-])")

T = TypeVar("T")


def front_matter(raw: RawHeader, path: str) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Read the fields of ``raw``; ``path`` (relative to the library) gives a date where the header has none.

    A value that cannot be read as what it should be is passed over for the next spelling and
    reported as a warning with its line.
    """
    reader = _Reader(raw, path)
    published = reader.first(PUBLISHED, date_of, "date-unreadable", ignore=_is_flag)
    draft = bool(reader.first(("draft",), flag_of)) or bool(reader.first(("private",), flag_of))
    draft = draft or flag_of(raw.values.get("published")) is False
    result = FrontMatter(
        title=reader.text(TITLE),
        summary=reader.text(SUMMARY),
        category=next(iter(reader.names(CATEGORY)), ""),
        tags=reader.first(TAGS, texts_of) or (),
        difficulty=reader.first(DIFFICULTY, difficulty_of, "difficulty-unknown"),
        exam=reader.text(EXAM),
        type=reader.text(TYPE),
        syllabus=reader.first(SYLLABUS, texts_of) or (),
        published=published or date_in_path(path),
        updated=reader.first(UPDATED, date_of, "date-unreadable"),
        order=reader.first(ORDER, number_of, "number-unreadable"),
        draft=draft,
        id=reader.text(("id",)),
        prerequisites=reader.first(("prerequisites",), texts_of) or (),
        as_of=reader.first(AS_OF, date_of, "date-unreadable"),
        extra=MappingProxyType(raw.values),
        body_line=raw.header.body_line,
    )
    return result, tuple(reader.problems)


def date_in_path(path: str) -> date | None:
    """The day in a file's name (``2026-02-28-title.md``), else in its folders (``2026/02/28/title.md``)."""
    stem = str(PurePosixPath(path).with_suffix(""))
    named = _FILE_DATE.findall(stem)
    if named:
        return day_in(named[-1])
    folders = _PATH_DATE.search(stem)
    return day_in("-".join(folders.groups())) if folders else None


def _is_flag(value: Any) -> bool:
    """``published: true`` is no date, and no mistake either."""
    return isinstance(value, bool) or text_of(value).lower() in ("yes", "no", "on", "off")


class _Reader:
    def __init__(self, raw: RawHeader, path: str) -> None:
        self._raw = raw
        self._path = path
        self.problems: list[Problem] = []

    def first(
        self,
        names: tuple[str, ...],
        read: Callable[[Any], T | None],
        code: str = "",
        ignore: Callable[[Any], bool] = lambda _: False,
    ) -> T | None:
        """The first of ``names`` whose value ``read`` understands; others are reported under ``code``."""
        for name in names:
            value = _value(self._raw.values, name)
            if value is None or value == "" or ignore(value):
                continue
            found = read(value)
            if found is not None and found != ():
                return found
            if code and name != "level":  # a level of something else is no mistake
                key = name.rpartition(".")[2]
                line = self._raw.line_of(key)
                self.problems.append(problem(self._path, line, code, field=key, value=_shown(value)))
        return None

    def text(self, names: tuple[str, ...]) -> str:
        return self.first(names, lambda value: text_of(value) or None) or ""

    def names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return self.first(names, names_of) or ()


def _value(values: Mapping[str, Any], name: str) -> Any:
    if "." not in name:
        return values.get(name)
    found: Any = values
    for part in name.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def _shown(value: Any) -> str:
    text = text_of(value) or str(value)
    return text if len(text) <= 40 else text[:39] + "…"
