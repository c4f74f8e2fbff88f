"""Footnotes: ``[^1]`` with ``[^1]: …``, and ``^[…]`` in place.

Notes leave the token stream: ``env["footnotes"]["list"]`` maps each number (from 0, in the order of the
first references) to a note whose ``blocks`` are its block tokens; see :func:`notes`.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_REFERENCE: Final = re.compile(r"\[\^([^\s\]\[]{1,100})\]")


def _reference(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos : state.pos + 2] != "[^":
        return False
    known = state.env.get("footnotes", {}).get("refs")
    if not known:
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None or ":" + found[1] not in known:
        return False
    if not silent:
        listed = state.env["footnotes"].setdefault("list", {})
        number = known[":" + found[1]]
        if number < 0:
            number = known[":" + found[1]] = len(listed)
            listed[number] = {"label": found[1], "count": 0}
        note = listed[number]
        token = state.push("footnote_ref", "", 0)
        token.meta = {"id": number, "subId": note["count"], "label": found[1]}
        note["count"] += 1
    state.pos = found.end()
    return True


def _gather(state: StateCore) -> None:
    """Move the notes' tokens from where they were written into the environment."""
    data = state.env.get("footnotes")
    if not data:
        return
    kept: list[Token] = []
    written: dict[str, list[Token]] = {}
    inside: list[list[Token]] = []
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            inside.append(written.setdefault(token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            inside.pop()
        else:
            (inside[-1] if inside else kept).append(token)
    state.tokens = kept
    for note in data.get("list", {}).values():
        if "tokens" in note:
            inline = Token("inline", "", 0, content=note["content"], children=note["tokens"], block=True)
            note["blocks"] = [
                Token("paragraph_open", "p", 1, block=True),
                inline,
                Token("paragraph_close", "p", -1, block=True),
            ]
        elif "blocks" not in note or note["label"] in written:  # raw HTML is parsed later, with the same notes
            note["blocks"] = written.get(note["label"], [])


def notes(env: Mapping[str, Any]) -> list[tuple[int, list[Token]]]:
    """The notes a text refers to: (number from 1, block tokens), in order."""
    listed = env.get("footnotes", {}).get("list", {})
    return [(number + 1, list(note.get("blocks", ()))) for number, note in sorted(listed.items())]


def footnotes_plugin(md: MarkdownIt) -> None:
    """Read footnotes; their text goes to the environment."""
    md.use(footnote_plugin, move_to_end=False)
    md.inline.ruler.at("footnote_ref", _reference)
    md.core.ruler.after("inline", "gather_footnotes", _gather)
