"""What the learner prefers: a TOML file that a person may edit, read without ever failing.

Settings are grouped in tables (``[page] width = 72``).  A value that cannot be is reported and its default holds; a
key this program does not know is reported and left alone.  Saving changes only what changed and keeps comments.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from sgtui.errors import Problem, SgtuiError, problem
from sgtui.files import make_folder, replace_file
from sgtui.i18n import _

_EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})
_LEAST: Final = (
    *(0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001),
    *(0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1),
)
_MOST: Final = (
    *(100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5),
    *(5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8),
)
"""Between which each weight lies (py-fsrs's own bounds for FSRS-6, which takes too long to load for this)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every preference, with the value that holds when nothing was chosen.

    ``lang`` is ``ja``, ``en`` or ``""`` for the environment's; ``theme`` a theme's name or ``""``.  ``page_width`` is
    in cells (40–100).  ``ambiguous`` says how wide the terminal draws characters such as ①; ``hanging`` lets 、。 hang
    past the right edge; ``tighten`` removes authors' spaces around emphasis between Japanese characters.
    ``reading_speed`` is in characters a minute; 0 means that it is still to be learned.

    A study day begins at ``rollover_hour`` (local, 0–23).  ``desired_retention`` (0.7–0.97) is the share of reviews to
    get right; ``new_per_day`` and ``reviews_per_day`` are limits, ``exam_date`` the day everything is to be seen again
    before, ``leech_lapses`` the number of lapses from which a question is pointed out.  ``fsrs_parameters`` are the
    21 weights of an optimiser, or empty.  ``dialects`` are the quiz dialects to read in libraries that name none.
    ``keymap`` maps binding ids to keys, ``filters`` names to filters as typed.
    """

    lang: str = ""
    theme: str = ""
    page_width: int = 72
    ambiguous: Literal["auto", "narrow", "wide"] = "auto"
    hanging: bool = False
    tighten: bool = True
    wrap_code: bool = True
    outline: bool = True
    focus: bool = False
    images: bool = True
    reading_speed: int = 0
    rollover_hour: int = 4
    desired_retention: float = 0.9
    new_per_day: int = 20
    reviews_per_day: int = 200
    exam_date: date | None = None
    leech_lapses: int = 4
    fsrs_parameters: tuple[float, ...] = ()
    shuffle: bool = True
    exam_clock: bool = True
    dialects: tuple[str, ...] = ()
    keymap: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    filters: Mapping[str, str] = field(default_factory=lambda: _EMPTY)


class _Key(NamedTuple):
    table: str
    key: str
    read: Callable[[Any], Any]
    expected: str


class _WrongError(ValueError):
    """A value that a setting cannot have."""


def _flag(value: Any) -> Any:
    if not isinstance(value, bool):
        raise _WrongError
    return value


def _text(value: Any) -> Any:
    if not isinstance(value, str) or not value.isprintable() or len(value) > 200:
        raise _WrongError
    return value


def _one_of(*allowed: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value not in allowed:
            raise _WrongError
        return value

    return read


def _between(low: float, high: float, kind: type[int] | type[float] = int) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        fits = isinstance(value, (int, kind)) and not isinstance(value, bool)
        if not fits or not low <= value <= high:
            raise _WrongError
        return kind(value)

    return read


def _date(value: Any) -> Any:
    if isinstance(value, str):
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise _WrongError from error
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise _WrongError
    return value


def _texts(value: Any) -> Any:
    if not isinstance(value, list):
        raise _WrongError
    return tuple(_text(item) for item in value)


def _parameters(value: Any) -> Any:
    if not isinstance(value, list) or len(value) not in (0, len(_LEAST)):
        raise _WrongError
    bounds = zip(_LEAST, _MOST, strict=True)
    return tuple(_between(least, most, float)(item) for item, (least, most) in zip(value, bounds, strict=False))


def _names(value: Any) -> Any:
    if not isinstance(value, dict):
        raise _WrongError
    return MappingProxyType({_text(name): _text(item) for name, item in value.items()})


_KEYS: Final[Mapping[str, _Key]] = MappingProxyType(
    {
        "lang": _Key("", "lang", _one_of("", "ja", "en"), "ja | en"),
        "theme": _Key("", "theme", _text, '"…"'),
        "page_width": _Key("page", "width", _between(40, 100), "40–100"),
        "ambiguous": _Key("page", "ambiguous", _one_of("auto", "narrow", "wide"), "auto | narrow | wide"),
        "hanging": _Key("page", "hanging", _flag, "true | false"),
        "tighten": _Key("page", "tighten", _flag, "true | false"),
        "wrap_code": _Key("page", "wrap_code", _flag, "true | false"),
        "outline": _Key("page", "outline", _flag, "true | false"),
        "focus": _Key("page", "focus", _flag, "true | false"),
        "images": _Key("page", "images", _flag, "true | false"),
        "reading_speed": _Key("page", "reading_speed", _between(0, 5000), "0–5000"),
        "rollover_hour": _Key("study", "rollover_hour", _between(0, 23), "0–23"),
        "desired_retention": _Key("study", "desired_retention", _between(0.7, 0.97, float), "0.7–0.97"),
        "new_per_day": _Key("study", "new_per_day", _between(0, 9999), "0–9999"),
        "reviews_per_day": _Key("study", "reviews_per_day", _between(0, 9999), "0–9999"),
        "exam_date": _Key("study", "exam_date", _date, "2027-02-14"),
        "leech_lapses": _Key("study", "leech_lapses", _between(1, 99), "1–99"),
        "fsrs_parameters": _Key("study", "fsrs_parameters", _parameters, f"{len(_LEAST)} FSRS-6 weights"),
        "shuffle": _Key("study", "shuffle", _flag, "true | false"),
        "exam_clock": _Key("study", "exam_clock", _flag, "true | false"),
        "dialects": _Key("library", "dialects", _texts, '["…"]'),
        "keymap": _Key("", "keys", _names, '[keys] id = "…"'),
        "filters": _Key("", "filters", _names, '[filters] name = "…"'),
    }
)


def load(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in ``path`` and what is wrong with it; a file that is not there is no problem.  Never raises."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (problem(path.name, 0, "file-unreadable", reason=error.strerror or str(error)),)
    text = data.decode("utf-8-sig", "replace")
    try:
        values = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else 0
        return Settings(), (problem(path.name, line, "settings-invalid", reason=str(error)),)
    return _settings(values, text, path.name)


def save(path: Path, settings: Settings) -> None:
    """Write ``settings`` to ``path`` at once, keeping its comments and whatever this program does not know.

    Raises :class:`SgtuiError` where it cannot be written or where the file as it is cannot be read: what a person
    wrote is never replaced by what a program guessed.
    """
    import tomlkit  # noqa: PLC0415 - 40 ms that only a change of settings needs
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        text = path.read_text("utf-8-sig") if path.exists() else ""
        document = tomlkit.parse(text)
        for name, key in _KEYS.items():
            _write(document, name, key, getattr(settings, name))
        make_folder(path.parent)
        replace_file(path, tomlkit.dumps(document).encode())
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise SgtuiError(
            _("The settings could not be saved in {path} ({reason}).").format(path=path, reason=error)
        ) from (error)


def _settings(values: Mapping[str, Any], text: str, name: str) -> tuple[Settings, tuple[Problem, ...]]:
    chosen: dict[str, Any] = {}
    problems: list[Problem] = []
    for setting, key in _KEYS.items():
        found = _look_up(values, key)
        if found is None:
            continue
        try:
            chosen[setting] = key.read(found)
        except _WrongError:
            details = {"name": _dotted(key), "value": str(found)[:80], "expected": key.expected}
            problems.append(problem(name, _line(text, key.key), "settings-value", **details))
    problems.extend(
        problem(name, _line(text, key.split(".")[-1]), "settings-unknown", name=key) for key in _strange(values)
    )
    return Settings(**chosen), tuple(problems)


def _look_up(values: Mapping[str, Any], key: _Key) -> Any:
    table = values.get(key.table) if key.table else values
    return table.get(key.key) if isinstance(table, Mapping) else None


def _strange(values: Mapping[str, Any]) -> Iterator[str]:
    tables = {key.table for key in _KEYS.values()} - {""}
    known = {_dotted(key) for key in _KEYS.values()}
    for name, value in values.items():
        if name in tables and isinstance(value, Mapping):
            yield from (f"{name}.{inner}" for inner in value if f"{name}.{inner}" not in known)
        elif name not in known:
            yield name


def _dotted(key: _Key) -> str:
    return f"{key.table}.{key.key}" if key.table else key.key


def _line(text: str, key: str) -> int:
    found = re.search(rf"^[ \t]*\[?[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=\].]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _write(document: Any, name: str, key: _Key, value: Any) -> None:
    default = next(entry for entry in fields(Settings) if entry.name == name)
    unset = default.default_factory() if callable(default.default_factory) else default.default
    present = _look_up(document, key)
    if present is None and value == unset:
        return
    try:
        if present is not None and key.read(present.unwrap() if hasattr(present, "unwrap") else present) == value:
            return
    except _WrongError:  # a value that never held: kept while nothing else was chosen, replaced otherwise
        if value == unset:
            return
    if key.table and not isinstance(document.get(key.table), Mapping):
        import tomlkit  # noqa: PLC0415

        document[key.table] = tomlkit.table()
    table = document[key.table] if key.table else document
    if value is None:
        del table[key.key]
    else:
        table[key.key] = (
            dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
        )
