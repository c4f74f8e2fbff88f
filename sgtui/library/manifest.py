"""``library.toml``: what a library says of itself.  Every key is optional."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sgtui import i18n
from sgtui.articles.source import read_source
from sgtui.errors import Problem, problem

if TYPE_CHECKING:
    from sgtui.library.schema import Mismatch

NAME: Final = "library.toml"

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Localized(NamedTuple):
    """A text in several languages; ``""`` is the key of one that is the same in all."""

    texts: Mapping[str, str] = _NOTHING

    def __bool__(self) -> bool:
        return any(self.texts.values())

    def __str__(self) -> str:
        """The text in the learner's language, else in any."""
        return self.texts.get(i18n.language()) or self.texts.get("") or next(iter(self.texts.values()), "")


class CategoryName(NamedTuple):
    """A category as the manifest lists it."""

    id: str
    name: Localized = Localized()


class Manifest(NamedTuple):
    """The manifest of a library, absent values empty.

    ``articles`` are keys in course order; ``hidden`` are paths or patterns (``*``) below the root;
    ``terms`` is the file of terms that quizzes must test; ``exams`` are blueprints by id, as
    written; ``dialects`` are the quiz dialects to read beside the program's own; ``site``: links that begin
    with ``/`` are addresses of the web site that the files are made into.
    """

    id: str = ""
    title: Localized = Localized()
    language: str = ""
    footer: Localized = Localized()
    categories: tuple[CategoryName, ...] = ()
    articles: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    glossary: str = ""
    terms: str = ""
    exams: Mapping[str, Mapping[str, Any]] = _NOTHING
    dialects: tuple[str, ...] = ()
    site: bool = False
    exists: bool = False


def read_manifest(root: Path) -> tuple[Manifest, tuple[Problem, ...]]:
    """The manifest of the library at ``root``; never raises.  Without a file it is empty.

    A value of the wrong type is left out and reported.
    """
    manifest, problems = begin_manifest(root)
    return manifest, problems()


def begin_manifest(root: Path) -> tuple[Manifest, Callable[[], tuple[Problem, ...]]]:
    """As :func:`read_manifest`, but what is wrong is only looked for when it is asked: a first screen does not."""
    file = root / NAME
    if not file.exists():
        return Manifest(), tuple
    source = read_source(file, NAME)
    return _parse(source.text, tuple(found for found in source.problems if found.code != "file-empty"))


def parse_manifest(text: str, before: tuple[Problem, ...] = ()) -> tuple[Manifest, tuple[Problem, ...]]:
    """As :func:`read_manifest`, from the file's text; ``before`` are problems met in reading it."""
    manifest, problems = _parse(text, before)
    return manifest, problems()


def _parse(text: str, before: tuple[Problem, ...]) -> tuple[Manifest, Callable[[], tuple[Problem, ...]]]:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        reason = str(error)[: found.start()].strip() if found else str(error)
        line = int(found[1]) if found else text.count("\n") + 1
        wrong = problem(NAME, line, "manifest-invalid", reason=reason)
        return Manifest(exists=True), lambda: (*before, wrong)
    return _manifest(values), lambda: (*before, *_problems(values, text))


def _problems(values: Mapping[str, Any], text: str) -> Iterator[Problem]:
    from sgtui.library.schema import load_schema, mismatches  # noqa: PLC0415 - with json, a tenth of what a list needs

    for wrong in mismatches(values, load_schema("library")):
        yield problem(NAME, _line(text, wrong), "manifest-value", field=wrong.where, expected=wrong.expected)


def _line(text: str, wrong: "Mismatch") -> int:
    """Where the value stands, as well as can be told without TOML's parser: its key's first line."""
    names = [part for part in wrong.where.split(".") if not part.isdigit()]
    for name in reversed(names):
        found = re.search(rf"^[ \t]*(?:\[+[^\]\n]*)?[\"']?{re.escape(name)}[\"']?\s*[=.\]]", text, re.MULTILINE)
        if found:
            return text.count("\n", 0, found.start()) + 1
    return 0


def _manifest(values: Mapping[str, Any]) -> Manifest:
    exams = _table(values.get("exams"))
    return Manifest(
        id=_text(values.get("id")),
        title=_localized(values.get("title")),
        language=_text(values.get("language")),
        footer=_localized(values.get("footer")),
        categories=tuple(_categories(values.get("categories"))),
        articles=_texts(values.get("articles")),
        hidden=_texts(values.get("hidden")),
        glossary=_text(values.get("glossary")),
        terms=_text(values.get("terms")),
        exams=MappingProxyType({name: MappingProxyType(exam) for name, exam in exams.items() if _is_table(exam)}),
        dialects=_texts(values.get("dialects")),
        site=values.get("site") is True,
        exists=True,
    )


def _categories(value: Any) -> Iterator[CategoryName]:
    seen: set[str] = set()
    for item in value if isinstance(value, list) else ():
        name = CategoryName(item) if isinstance(item, str) else None
        if isinstance(item, dict):
            texts = {key: text for key, text in item.items() if key != "id"}
            name = CategoryName(_text(item.get("id")), _localized(texts.get("name", texts)))
        if name is not None and name.id and name.id not in seen:
            seen.add(name.id)
            yield name


def _localized(value: Any) -> Localized:
    if isinstance(value, str):
        return Localized(MappingProxyType({"": value}))
    return Localized(MappingProxyType({key: text for key, text in _table(value).items() if isinstance(text, str)}))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _NOTHING
