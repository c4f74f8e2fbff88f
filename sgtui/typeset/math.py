"""Formulas: LaTeX to Unicode."""

import logging
import re
from functools import lru_cache
from typing import Any, Final

from sgtui.typeset.cells import sanitize
from sgtui.typeset.inline import lowered, raised

_GREEDY: Final = re.compile(r"(\\[A-Za-z]+)[ \t]+(?=\S)")  # TeX drops the space after a command, readers need it
_LONGEST: Final = 4_000
_SPACES: Final = re.compile(r"[ \t]+")
_SHIFT: Final = re.compile(r"([\^_])\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\[A-Za-z]+|[^\s{}\\]))")
_FRACTION: Final = re.compile(r"\\[dt]?frac\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ROOT: Final = re.compile(r"\\sqrt\s*(?:\[([^\]]*)\])?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ENVIRONMENT: Final = re.compile(r"\\(?:begin|end)\s*\{[a-zA-Z]+\*?\}(?:\{[^{}]*\})?")


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - most pages have no formula

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it writes to the terminal about other people's TeX
    return LatexNodes2Text(math_mode="text", strict_latex_spaces=True)


@lru_cache(maxsize=1024)
def to_unicode(source: str) -> str:
    """A formula in Unicode, one line for each of its rows; what cannot be said so stays as it was written.

    ``x^2`` becomes x², ``\\frac{a}{b}`` a/b, ``\\alpha`` α.  Never raises.
    """
    if len(source) > _LONGEST:
        return sanitize(source.strip())
    text = _ENVIRONMENT.sub("", source)
    rows = (row.replace("&", " ") for row in re.split(r"\\\\(?:\[[^\]]*\])?|\n(?=\s*\S)", text))
    lines = (_SPACES.sub(" ", _row(row)).strip() for row in rows)
    return sanitize("\n".join(line for line in lines if line)).replace("\t", " ") or sanitize(source.strip())


def _row(source: str) -> str:
    for _depth in range(4):
        changed = _ROOT.sub(_root, _FRACTION.sub(_fraction, source))
        if changed == source:
            break
        source = changed
    parts: list[str] = []
    position = 0
    for shift in _SHIFT.finditer(source):
        parts.append(_plain(source[position : shift.start()]))
        inner = _row(shift[2]) if shift[2] is not None else _plain(shift[3])
        parts.append((raised if shift[1] == "^" else lowered)(inner.strip()) if inner.strip() else "")
        position = shift.end()
    parts.append(_plain(source[position:]))
    return "".join(parts)


def _plain(source: str) -> str:
    if not source or not re.search(r"[\\{}~$%]", source):
        return source
    from pylatexenc.latexwalker import LatexWalkerParseError  # noqa: PLC0415

    try:
        shown = str(_converter().latex_to_text(_GREEDY.sub(r"\1{} ", source), tolerant_parsing=True))
    except (LatexWalkerParseError, IndexError, ValueError, RecursionError):
        return source  # a formula that pylatexenc cannot read is shown as its author wrote it
    return source if "%s" in shown else shown


def _fraction(found: re.Match[str]) -> str:
    over, under = found[1].strip(), found[2].strip()
    return f"{over if _is_one(over) else f'({over})'}/{under if _is_one(under) else f'({under})'}"


def _is_one(source: str) -> bool:
    return bool(re.fullmatch(r"[\w.]+|\\[A-Za-z]+|[^\x00-\x7f]+|\\text\{[^{}]*\}|\\mathrm\{[^{}]*\}", source))


def _root(found: re.Match[str]) -> str:
    inside = found[2].strip()
    sign = {"3": "∛", "4": "∜"}.get(found[1] or "", raised(found[1]) + "√" if found[1] else "√")
    return sign + (inside if _is_one(inside) else f"({inside})")
