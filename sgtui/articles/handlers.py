"""python-frontmatter's handlers for the two header languages, made safe.

This module imports yaml and frontmatter; :mod:`sgtui.articles.front_matter` imports it only when a
file must really be read.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml
from frontmatter.default_handlers import BaseHandler

from sgtui.articles.quick_header import written_number

MAX_ALIASES: Final = 16
"""Aliases with merge keys multiply; so few cannot grow to anything that hurts."""
MAX_DEPTH: Final = 64
"""The C loader recurses: a header nested some ten thousand deep would end the program without a word."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SUSPICIOUS: Final = re.compile(r"^[ \t]{64}|^[ \t]*(?:[-?][ \t]+){8}", re.MULTILINE)
_ALIAS: Final = re.compile(r"(?<![\w*])\*\w")
_FLOW_LIMIT: Final = 64
_MERGE: Final = "tag:yaml.org,2002:merge"


class HeaderError(Exception):
    """A header cannot be read: a code of the problem catalogue, the header's line (from 1), and details."""

    def __init__(self, code: str, line: int, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.details = details


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that stands twice in one mapping; ``line`` is the header's, from 1."""

    key: str
    line: int


class Loader(_Base):  # type: ignore[misc]
    """YAML as the header's author sees it: nothing is guessed that would lose how it was written.

    ``true``, ``false`` and null are read as such, numbers only where they are written as Python
    writes them; dates, ``yes``, ``007`` and ``1.10`` stay text.  Unknown tags are ignored.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own way

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.duplicates: list[Duplicate] = []

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
        """A mapping whose keys are text; a key that stands twice is noted, and the later value holds."""
        merged = any(key.tag == _MERGE for key, _ in node.value)
        self.flatten_mapping(node)
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            # What a merge brings in is there to be overridden.
            if key in mapping and not merged:
                self.duplicates.append(Duplicate(key, key_node.start_mark.line + 1))
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping

    def construct_number(self, node: Any) -> Any:
        """A number, if that is how Python would write it; else the text."""
        return written_number(node.value)

    def construct_anything(self, _suffix: str, node: Any) -> Any:
        """A value with a tag nobody here knows: what it would be without."""
        if isinstance(node, yaml.MappingNode):
            return self.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return self.construct_sequence(node, deep=True)
        return self.construct_scalar(node)


def _prepare() -> None:
    for tag, pattern, first in (
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
        ("int", r"[-+]?[0-9]{1,18}", "-+0123456789"),
        ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
        ("merge", r"<<", "<"),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)
    Loader.add_constructor("tag:yaml.org,2002:int", Loader.construct_number)
    Loader.add_constructor("tag:yaml.org,2002:float", Loader.construct_number)
    Loader.add_multi_constructor("", Loader.construct_anything)


_prepare()


class YamlHandler(BaseHandler):
    """``---`` to ``---`` or ``...``."""

    FM_BOUNDARY = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self) -> None:
        super().__init__()
        self.duplicates: list[Duplicate] = []

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """The header as data; raises :class:`HeaderError` for what is no mapping, no YAML or too much of it."""
        fm = fm.removeprefix("\n")
        try:
            _guard(fm)
            loader = Loader(fm)
            try:
                values = loader.get_single_data()
            finally:
                self.duplicates = loader.duplicates
                loader.dispose()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            line = mark.line + 1 if mark is not None else 1
            reason = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
            raise HeaderError("header-invalid", line, language="YAML", reason=reason) from error
        except (ValueError, RecursionError, TypeError) as error:  # an explicit !!int tag on a word, and the like
            raise HeaderError("header-invalid", 1, language="YAML", reason=str(error)) from error
        if values is None:
            return {}
        if not isinstance(values, dict):
            raise HeaderError("header-not-mapping", 1)
        return values


class TomlHandler(BaseHandler):
    """``+++`` to ``+++``."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"
    duplicates: tuple[Duplicate, ...] = ()

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """The header as data; raises :class:`HeaderError` for what is not TOML."""
        fm = fm.removeprefix("\n")
        try:
            return tomllib.loads(fm)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column \d+\)", str(error))
            line = int(found[1]) if found else fm.count("\n") + 1
            reason = str(error)[: found.start()].strip() if found else str(error)
            raise HeaderError("header-invalid", line, language="TOML", reason=reason) from error
        except (ValueError, RecursionError) as error:
            raise HeaderError("header-too-deep", 1, limit=MAX_DEPTH) from error


def _guard(raw: str) -> None:
    """Refuse what would hurt the loader; the events of a long header are counted only where it looks odd."""
    aliases = len(_ALIAS.findall(raw))
    if raw.count("[") + raw.count("{") <= _FLOW_LIMIT and aliases <= MAX_ALIASES and not _SUSPICIOUS.search(raw):
        return
    depth = aliases = 0
    events: Iterator[Any] = yaml.parse(raw, _Base)
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise HeaderError("header-too-deep", _line(event), limit=MAX_DEPTH)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases > MAX_ALIASES:
                raise HeaderError("header-too-many-aliases", _line(event), limit=MAX_ALIASES)


def _line(event: Any) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
