"""Records to TinyDB documents and back.

Reading is forgiving: a value of the wrong kind becomes the field's default, and a document without what its record
cannot do without gives ``None`` (it stays in the file and is listed by ``sgtui state verify``).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar, get_type_hints

from sgtui.store.records import MODES, TABLES, Anchor, ArticleState, Mode, ReadingPosition, Record
from sgtui.store.uid import read_time, write_time

Document = dict[str, Any]
R = TypeVar("R", bound=Record)

_BAD: Final = object()
_TABLE_OF: Final[Mapping[type[Record], str]] = MappingProxyType({cls: name for name, cls in TABLES.items()})


def table_of(cls: type[Record]) -> str:
    """The name of the table that holds records of ``cls``."""
    return _TABLE_OF[cls]


def to_document(record: Record) -> Document:
    """``record`` as JSON values, without its uid and without fields that have their default."""
    document: Document = {}
    for slot in _plan(type(record)):
        value = getattr(record, slot.name)
        if slot.required or value != slot.default():
            document[slot.name] = _write(value)
    return document


def from_document(cls: type[R], uid: int, document: object) -> R | None:
    """The record in ``document``, or ``None`` where it lacks what it cannot do without."""
    if not isinstance(document, Mapping):
        return None
    values: dict[str, Any] = {"uid": uid}
    for slot in _plan(cls):
        raw = document.get(slot.name, MISSING)
        if raw is MISSING:
            if slot.required:
                return None
            continue
        value = slot.read(raw)
        if value is not _BAD:
            values[slot.name] = value
        elif slot.required:
            return None
    return cls(**values)


def updated(record: Record, old: Mapping[str, Any] | None) -> Document:
    """``record`` as a document that keeps what ``old`` holds under names this program does not know."""
    document = to_document(record)
    if old:
        known = {slot.name for slot in _plan(type(record))}
        document.update((name, value) for name, value in old.items() if name not in known)
    return document


def faults(cls: type[Record], document: object) -> list[str]:
    """The names of fields in ``document`` whose values cannot be what they should be."""
    if not isinstance(document, Mapping):
        return ["*"]
    found = []
    for slot in _plan(cls):
        raw = document.get(slot.name, MISSING)
        if (raw is MISSING and slot.required) or (raw is not MISSING and slot.read(raw) is _BAD):
            found.append(slot.name)
    return found


class _Slot(NamedTuple):
    name: str
    required: bool
    default: Callable[[], Any]
    read: Callable[[Any], Any]


_PLANS: Final[dict[type[Any], tuple[_Slot, ...]]] = {}


def _plan(cls: type[Any]) -> tuple[_Slot, ...]:
    plan = _PLANS.get(cls)
    if plan is None:
        left_out = {"uid", "seconds"} if cls is ArticleState else {"uid"}
        hints = get_type_hints(cls)
        plan = _PLANS[cls] = tuple(_slot(f, hints[f.name]) for f in fields(cls) if f.name not in left_out)
    return plan


def _slot(entry: "Field[Any]", kind: Any) -> _Slot:
    required = entry.default is MISSING and entry.default_factory is MISSING and entry.name != "device"
    if entry.default_factory is not MISSING:
        return _Slot(entry.name, required, entry.default_factory, _READERS[kind])
    fixed = None if required else entry.default
    return _Slot(entry.name, required, lambda: fixed, _READERS[kind])


def _string(raw: Any) -> Any:
    return raw if isinstance(raw, str) else _BAD


def _flag(raw: Any) -> Any:
    return raw if isinstance(raw, bool) else _BAD


def _whole(raw: Any) -> Any:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else _BAD


def _number(raw: Any) -> Any:
    fits = isinstance(raw, (int, float)) and not isinstance(raw, bool) and math.isfinite(raw)
    return float(raw) if fits else _BAD


def _time(raw: Any) -> Any:
    return read_time(raw) or _BAD


def _mode(raw: Any) -> Any:
    return raw if raw in MODES else _BAD


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda raw: None if raw is None else read(raw)


def _row(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read_row(raw: Any) -> Any:
        if not isinstance(raw, (list, tuple)):
            return _BAD
        items = tuple(read(item) for item in raw)
        return _BAD if _BAD in items else items

    return read_row


def _mapping(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read_mapping(raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return _BAD
        items = {key: read(item) for key, item in raw.items()}
        return MappingProxyType({key: item for key, item in items.items() if item is not _BAD})

    return read_mapping


def _part(cls: type[Any]) -> Callable[[Any], Any]:
    def read_part(raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return _BAD
        values = {slot.name: slot.read(raw[slot.name]) for slot in _plan(cls) if slot.name in raw}
        values = {name: value for name, value in values.items() if value is not _BAD}
        return _BAD if any(slot.required and slot.name not in values for slot in _plan(cls)) else cls(**values)

    return read_part


_READERS: Final[dict[Any, Callable[[Any], Any]]] = {
    str: _string,
    int: _whole,
    float: _number,
    bool: _flag,
    datetime: _time,
    Any: lambda raw: raw,
    Mode: _mode,
    int | None: _optional(_whole),
    float | None: _optional(_number),
    bool | None: _optional(_flag),
    datetime | None: _optional(_time),
    tuple[str, ...]: _row(_string),
    tuple[int, ...]: _row(_whole),
    tuple[Any, ...]: _row(lambda raw: raw),
    Mapping[str, datetime]: _mapping(_time),
    Mapping[str, Any]: _mapping(lambda raw: raw),
    Anchor: _part(Anchor),
    ReadingPosition | None: _optional(_part(ReadingPosition)),
}


def _write(value: Any) -> Any:
    if isinstance(value, datetime):
        return write_time(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else 0.0
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _write(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) != f.default}
    if isinstance(value, Mapping):
        return {str(key): _write(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_write(item) for item in value]
    return value
