"""Formulas: ``$…$`` in text and ``$$…$$`` on lines of their own; money stays money.

An opening ``$`` follows no digit and no ``$``, and no white space follows it; a closing one follows no white space
and no digit follows it.  Japanese outside ``\\text{…}`` makes no formula.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_JAPANESE: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_WORDS: Final = re.compile(r"\\(?:text|textrm|textbf|mathrm|mbox)\s*\{[^{}]*\}")
_INLINE: Final = re.compile(r"\$\$?((?:[^$\\]|\\.){1,2000}+)\$\$?", re.S)
_FARTHEST: Final = 2_000


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    source = state.src
    if source[start] != "$" or (start > 0 and (source[start - 1].isdigit() or source[start - 1] == "$")):
        return False
    found = _INLINE.match(source, start, state.posMax)
    if found is None:
        return False
    end, content = found.end(), found[1]
    width = 2 if source.startswith("$$", start) else 1
    if source[end - width : end] != "$" * width or (width == 1 and source[end - 2] == "$"):
        return False
    if width == 1 and (content[0].isspace() or content[-1].isspace()):
        return False
    if end < len(source) and source[end].isdigit():
        return False
    if "\n\n" in content or _JAPANESE.search(_WORDS.sub("", content)):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = content.strip(), "$" * width
    state.pos = end
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", position) or state.sCount[start] - state.blkIndent >= 4:
        return False
    first = state.src[position + 2 : state.eMarks[start]].strip()
    if first.endswith("$$") and len(first) > 2:
        lines, last = [first[:-2]], start
    else:
        if "$$" in first:
            return False
        lines, last = [first], start + 1
        while True:
            if last >= min(end, start + _FARTHEST) or state.sCount[last] < state.blkIndent:
                return False
            line = state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]].rstrip()
            if line.endswith("$$"):
                lines.append(line[:-2])
                break
            lines.append(line)
            last += 1
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.block, token.markup, token.map = True, "$$", [start, last + 1]
    token.content = "\n".join(line for line in lines if line.strip())
    state.line = last + 1
    return True


def math_plugin(md: MarkdownIt) -> None:
    """Read formulas between dollars as ``math_inline`` and ``math_block`` tokens."""
    md.inline.ruler.before("escape", "math_inline", _inline)
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "math_block", _block, {"alt": alternatives})
