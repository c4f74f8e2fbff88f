"""A small part of JSON Schema: enough for the two schemas of this package, and nothing to install.

Known keywords: ``type``, ``enum``, ``const``, ``pattern``, ``minimum``, ``maximum``, ``items``,
``properties``, ``additionalProperties``, ``required``, ``minItems``, ``anyOf``, ``$ref`` (within the
file), ``title``, ``description``, ``format`` (not checked).  An unknown one raises, so that a schema
cannot promise what is not checked.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

_SILENT: Final = frozenset(
    ("$schema", "$id", "$defs", "title", "description", "format", "examples", "default", "$comment")
)
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A value that is not what the schema asks for: where (``a.b.0``) and what was expected, in plain words."""

    where: str
    expected: str


@cache
def load_schema(name: Literal["front-matter", "library", "glossary"]) -> Mapping[str, Any]:
    """The published schema called ``name`` (docs/schemas holds the same files)."""
    text = (Path(__file__).parent / "schemas" / f"{name}.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def mismatches(value: Any, schema: Mapping[str, Any], where: str = "") -> Iterator[Mismatch]:
    """Everything in ``value`` (data as JSON, TOML or YAML give it) that is not as ``schema`` says.

    Dates count as strings.  Raises ValueError for a schema with a keyword that is not known here.
    """
    yield from _check(value, schema, where, schema)


def _check(value: Any, schema: Mapping[str, Any], where: str, root: Mapping[str, Any]) -> Iterator[Mismatch]:
    if "$ref" in schema:
        schema = _resolve(schema["$ref"], root)
    if isinstance(value, date):
        value = value.isoformat()
    unknown = schema.keys() - _SILENT - _CHECKS.keys()
    if unknown:
        raise ValueError(f"keywords not known: {sorted(unknown)}")
    kinds = schema.get("type")
    if kinds is not None and not _is_one_of(value, [kinds] if isinstance(kinds, str) else kinds):
        yield Mismatch(where, schema.get("$comment", kinds if isinstance(kinds, str) else " | ".join(kinds)))
        return
    for keyword in schema.keys() & _CHECKS.keys():
        yield from _CHECKS[keyword](value, schema, where, root)


def _resolve(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = root
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    resolved: Mapping[str, Any] = found
    return resolved


def _is_one_of(value: Any, kinds: list[str]) -> bool:
    # For Python a bool is an int, for JSON it is not.
    if isinstance(value, float) and value.is_integer() and "integer" in kinds:
        return True
    return any(isinstance(value, _TYPES[kind]) and (isinstance(value, bool) <= (kind == "boolean")) for kind in kinds)


def _nothing(*_: Any) -> Iterator[Mismatch]:
    yield from ()


def _enum(value: Any, schema: Mapping[str, Any], where: str, _: Any) -> Iterator[Mismatch]:
    if value not in schema["enum"]:
        yield Mismatch(where, " | ".join(map(str, schema["enum"])))


def _const(value: Any, schema: Mapping[str, Any], where: str, _: Any) -> Iterator[Mismatch]:
    if value != schema["const"]:
        yield Mismatch(where, str(schema["const"]))


def _pattern(value: Any, schema: Mapping[str, Any], where: str, _: Any) -> Iterator[Mismatch]:
    if isinstance(value, str) and not re.search(schema["pattern"], value):
        yield Mismatch(where, schema.get("$comment", schema["pattern"]))


def _minimum(value: Any, schema: Mapping[str, Any], where: str, _: Any) -> Iterator[Mismatch]:
    if _is_one_of(value, ["number"]) and value < schema["minimum"]:
        yield Mismatch(where, f"≥ {schema['minimum']}")


def _maximum(value: Any, schema: Mapping[str, Any], where: str, _: Any) -> Iterator[Mismatch]:
    if _is_one_of(value, ["number"]) and value > schema["maximum"]:
        yield Mismatch(where, f"≤ {schema['maximum']}")


def _items(value: Any, schema: Mapping[str, Any], where: str, root: Mapping[str, Any]) -> Iterator[Mismatch]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _check(item, schema["items"], _join(where, str(index)), root)


def _min_items(value: Any, schema: Mapping[str, Any], where: str, _: Any) -> Iterator[Mismatch]:
    if isinstance(value, list) and len(value) < schema["minItems"]:
        yield Mismatch(where, f"≥ {schema['minItems']}")


def _properties(value: Any, schema: Mapping[str, Any], where: str, root: Mapping[str, Any]) -> Iterator[Mismatch]:
    if isinstance(value, dict):
        for name, part in schema["properties"].items():
            if name in value:
                yield from _check(value[name], part, _join(where, name), root)


def _additional(value: Any, schema: Mapping[str, Any], where: str, root: Mapping[str, Any]) -> Iterator[Mismatch]:
    if not isinstance(value, dict):
        return
    allowed = schema["additionalProperties"]
    for name in value.keys() - schema.get("properties", {}).keys():
        if allowed is False:
            yield Mismatch(_join(where, name), " | ".join(schema.get("properties", {})))
        elif allowed is not True:
            yield from _check(value[name], allowed, _join(where, name), root)


def _required(value: Any, schema: Mapping[str, Any], where: str, _: Any) -> Iterator[Mismatch]:
    if isinstance(value, dict):
        for name in schema["required"]:
            if name not in value:
                yield Mismatch(where, name)


def _any_of(value: Any, schema: Mapping[str, Any], where: str, root: Mapping[str, Any]) -> Iterator[Mismatch]:
    tries = [list(_check(value, part, where, root)) for part in schema["anyOf"]]
    if all(tries):
        # The alternative that comes nearest tells most: the one whose complaint lies deepest.
        yield from max(tries, key=lambda wrong: max(len(item.where) for item in wrong))


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


_CHECKS: Final = {
    "type": _nothing,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minimum": _minimum,
    "maximum": _maximum,
    "items": _items,
    "minItems": _min_items,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "anyOf": _any_of,
}
