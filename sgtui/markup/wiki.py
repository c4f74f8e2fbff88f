"""Wiki links ``[[page#heading|label]]`` and readings ``{漢字|かんじ}``."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

_LINK: Final = re.compile(r"!?\[\[([^\[\]|\n]{0,300})(?:\|([^\[\]\n]{1,300}))?\]\](?!\()")
_RUBY: Final = re.compile(r"\{([^{}|\n\x00-\x7f]{1,40})\|([ぁ-ゖァ-ヺーA-Za-z・ |]{1,80})\}")


def _link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "[!" or "[[" not in state.src[state.pos : state.pos + 3]:
        return False
    found = _LINK.match(state.src, state.pos, state.posMax)
    if found is None or not found[1].strip() or found[1].startswith("^"):
        return False
    if normalizeReference(found[1]) in state.env.get("references", {}):
        return False
    if not silent:
        target = found[1].strip()
        opening = state.push("link_open", "a", 1)
        opening.attrs, opening.markup = {"href": target}, "wikilink"
        state.push("text", "", 0).content = (found[2] or target.lstrip("#").replace("#", " › ")).strip()
        state.push("link_close", "a", -1).markup = "wikilink"
    state.pos = found.end()
    return True


def _ruby(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = _RUBY.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("ruby_open", "ruby", 1)
        state.push("text", "", 0).content = found[1]
        state.push("rt_open", "rt", 1)
        state.push("text", "", 0).content = found[2].replace("|", "")
        state.push("rt_close", "rt", -1)
        state.push("ruby_close", "ruby", -1)
    state.pos = found.end()
    return True


def wiki_plugin(md: MarkdownIt) -> None:
    """Read wiki links as links whose ``markup`` is ``wikilink``, and readings as ruby."""
    md.inline.ruler.before("link", "wiki_link", _link)
    md.inline.ruler.before("link", "ruby", _ruby)
