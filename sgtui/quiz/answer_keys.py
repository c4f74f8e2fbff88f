"""The map of answer keys: what a key means to a quiz that is being answered.

Each kind has one function from a key to the next state, ``None`` where the key means nothing to
it: then the key is the reader's (scrolling, leaving, searching).  Keys are names (``up``,
``enter``) or the character typed, in any width, with or without an input method.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sgtui.i18n import N_
from sgtui.quiz.labels import answer_index
from sgtui.quiz.model import QuizKind

if TYPE_CHECKING:
    from sgtui.quiz.answering import Answering

Keys = list[tuple[str, str]]

_NAMES: Final = {" ": "space", "\u3000": "space", "\r": "enter", "\n": "enter", "\x7f": "backspace"}
_GAP_STEPS: Final = {"enter": 1, "tab": 1, "down": 1, "shift+tab": -1, "up": -1}


def press(answering: "Answering", key: str) -> "Answering | None":
    """The state after ``key``, or ``None`` where it means nothing now."""
    if answering.editing:
        return _type(answering, key)
    name = _NAMES.get(key, key)
    if answering.submitted:
        return _after(answering, _letter(name))
    if _letter(name) == "h" and answering.quiz.hint is not None and _place(answering, name) is None:
        return answering.toggle_hint()
    return _PRESS[answering.quiz.kind](answering, name)


def keys(answering: "Answering") -> Keys:
    """What works now, the most important first: (keys as shown, msgid of what they do)."""
    if answering.submitted:
        return _keys_after(answering)
    found = _KEYS[answering.quiz.kind](answering)
    if answering.quiz.hint is not None and not answering.editing:
        found.append(("h", N_("hint")))
    return found


def key_range(answering: "Answering", count: int | None = None) -> str:
    """The keys that choose, as shown: ``1–4・ア–エ``."""
    names = answering.labels() if count is None else answering.labels()[:count]
    if len(names) < 2:
        return "1"
    digits = f"1–{len(names)}" if len(names) < 10 else "1–9"
    return f"{digits}・{names[0]}–{names[-1]}"


def _letter(name: str) -> str:
    return unicodedata.normalize("NFKC", name).lower() if len(name) == 1 else name


def _place(answering: "Answering", key: str) -> int | None:
    """The shown place that a digit, a letter or a kana means, if there is something at it."""
    index = answer_index(key, answering.label_style)
    return index if index is not None and index < len(answering.order) else None


def _step(answering: "Answering", name: str, count: int) -> "Answering | None":
    """The cursor one place up or down; from nowhere to the first or the last place."""
    if name not in {"up", "down"} or count == 0:
        return None
    if answering.cursor < 0:
        return answering.select(0 if name == "down" else count - 1)
    place = answering.cursor + (1 if name == "down" else -1)
    return answering.select(min(max(place, 0), count - 1))


def _choices(answering: "Answering", name: str) -> "Answering | None":
    place = _place(answering, name)
    if place is not None:
        return answering.choose(place)
    if name == "enter" and answering.quiz.kind == "multiple":
        return answering.submit() if answering.ready else None
    if name == "enter" and answering.cursor >= 0:
        return answering.choose(answering.cursor)
    if name == "space" and answering.quiz.kind == "multiple" and answering.cursor >= 0:
        return answering.choose(answering.cursor)
    return _step(answering, name, len(answering.order))


def _fill(answering: "Answering", name: str) -> "Answering | None":
    if name == "enter":
        empty = [place for place, text in enumerate(answering.texts) if not text.strip()]
        return answering.choose(empty[0] if empty else 0)
    return None


def _type(answering: "Answering", key: str) -> "Answering | None":
    """Keys inside a gap: everything that can be typed is text, so that the reader's keys rest."""
    place, last = answering.cursor, len(answering.texts) - 1
    if key == "enter" and place == last:
        if answering.ready:
            return answering.submit()
        return replace(answering, editing=False) if answering.deferred else answering
    step = _GAP_STEPS.get(key)
    if step is not None:
        return answering.choose(min(max(place + step, 0), last))
    if key == "escape":
        return replace(answering, editing=False)
    if key in {"backspace", "\x7f"}:
        texts = (*answering.texts[:place], answering.texts[place][:-1], *answering.texts[place + 1 :])
        return replace(answering, texts=texts)
    text = " " if key == "space" else key
    return answering.type(text) if len(text) == 1 and text.isprintable() else None


def _order(answering: "Answering", name: str) -> "Answering | None":
    index = answer_index(name, "latin") if len(name) == 1 and unicodedata.normalize("NFKC", name).isdigit() else None
    if index is not None:
        return answering.choose(index) if index < len(answering.arranged) else None
    if answering.held is not None:
        return _carry(answering, name, answering.held)
    if name == "space" and answering.cursor >= 0:
        return answering.choose(answering.cursor)
    if name == "enter":
        if answering.ready:
            return answering.submit()
        return answering.choose(answering.cursor) if answering.cursor >= 0 else None
    return _step(answering, name, len(answering.arranged))


def _carry(answering: "Answering", name: str, held: int) -> "Answering | None":
    if name in {"up", "down"}:
        place = held + (1 if name == "down" else -1)
        return answering.move(held, place) if 0 <= place < len(answering.arranged) else answering
    if name in {"space", "enter", "escape"}:
        return answering.choose(held)
    return None


def _match(answering: "Answering", name: str) -> "Answering | None":
    place = _place(answering, name)
    if place is not None:
        return answering.pair(answering.cursor, place)
    if name == "backspace":
        return answering.unpair(answering.cursor)
    if name == "enter":
        return answering.submit() if answering.ready else None
    return _step(answering, name, len(answering.paired))


def _recall(answering: "Answering", name: str) -> "Answering | None":
    if not answering.revealed:
        return answering.reveal() if name in {"enter", "space"} else None
    index = answer_index(name, answering.label_style)
    return answering.choose(index) if index in {0, 1} else None


def _after(answering: "Answering", name: str) -> "Answering | None":
    if name == "r" and answering.has_more_reasons:
        return answering.toggle_reasons()
    if name == "t":
        return answering.retry()
    if name == "u" and answering.correct and answering.quiz.kind != "recall":
        return answering.mark_guess()
    return None


def _keys_after(answering: "Answering") -> Keys:
    found: Keys = []
    if answering.has_more_reasons:
        found.append(("r", N_("hide the other reasons") if answering.show_reasons else N_("why not the others")))
    found.append(("t", N_("try again")))
    if answering.correct and answering.quiz.kind != "recall":
        found.append(("u", N_("not a guess") if answering.guess else N_("it was a guess")))
    return found


def _keys_choices(answering: "Answering") -> Keys:
    if answering.quiz.kind != "multiple":
        return [(key_range(answering), N_("answer"))]
    found = [(key_range(answering), N_("tick"))]
    return [*found, ("Enter", N_("answer"))] if answering.ready else found


def _keys_fill(answering: "Answering") -> Keys:
    if not answering.editing:
        return [("Enter", N_("fill in"))]
    if answering.cursor < len(answering.texts) - 1:
        return [("Enter", N_("next gap")), ("Esc", N_("leave the gap"))]
    found = [("Enter", N_("answer"))] if answering.ready else []
    return [*found, ("Esc", N_("leave the gap"))]


def _keys_order(answering: "Answering") -> Keys:
    digits = f"1–{min(len(answering.arranged), 9)}"
    if answering.held is not None:
        return [(f"↑↓・{digits}", N_("move it")), ("Enter", N_("put it down"))]
    found = [(digits, N_("pick up"))]
    return [*found, ("Enter", N_("answer"))] if answering.ready else found


def _keys_match(answering: "Answering") -> Keys:
    found = [("↑↓", N_("choose a line")), (key_range(answering), N_("pair it"))]
    return [("Enter", N_("answer")), *found] if answering.ready else found


def _keys_recall(answering: "Answering") -> Keys:
    if not answering.revealed:
        return [("Enter", N_("show the answer"))]
    return [("1", N_("I had forgotten")), ("2", N_("I knew it"))]


_PRESS: Final[dict[QuizKind, "Callable[[Answering, str], Answering | None]"]] = {
    "single": _choices,
    "multiple": _choices,
    "true-false": _choices,
    "fill": _fill,
    "order": _order,
    "match": _match,
    "recall": _recall,
}
_KEYS: Final[dict[QuizKind, "Callable[[Answering], Keys]"]] = {
    "single": _keys_choices,
    "multiple": _keys_choices,
    "true-false": _keys_choices,
    "fill": _keys_fill,
    "order": _keys_order,
    "match": _keys_match,
    "recall": _keys_recall,
}
