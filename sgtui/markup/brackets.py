"""Brackets that nothing closes are text at once.

The parser's own rules look for the end of each ``[`` by trying all rules on what follows: for thousands of
brackets in a row that takes seconds, to find no end.
"""

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline, image, link
from mdit_py_plugins.footnote.index import footnote_inline


def _closed(opening: str, rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """``rule``, tried only at ``opening`` and only if a ``]`` follows somewhere."""
    first = opening[0]

    def closed(state: StateInline, silent: bool) -> bool:
        position = state.pos
        source = state.src
        if source[position] != first or not source.startswith(opening, position):
            return False
        return state.html_terminator_last("]") > position and rule(state, silent)

    return closed


def brackets_plugin(md: MarkdownIt) -> None:
    """Guard links, images and notes in place; use it after the plugins that read them."""
    md.inline.ruler.at("link", _closed("[", link))
    md.inline.ruler.at("image", _closed("![", image))
    if "footnote_inline" in md.inline.ruler.get_all_rules():
        md.inline.ruler.at("footnote_inline", _closed("^[", footnote_inline))
