"""MDX: what only a web page can run is told apart from text.

``{/* … */}`` becomes an ``html_block`` as ``<!-- … -->`` is one; ``import``, ``export`` and components
(``<Chart data={x} />``) become ``mdx_block`` tokens, whose ``meta["name"]`` says what they are.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_IMPORT: Final = re.compile(r"import\s+(?:[\w*{][^'\"]*?\s+from\s+)?(['\"])[^'\"]+\1\s*;?\s*$", re.S)
_EXPORT: Final = re.compile(r"export\s+(?:const|let|var|default|async|function|class)\b|export\s*[{*]")
# One small letter at least: <DIV> is HTML.
_NAME: Final = re.compile(r"</?([A-Z][A-Z0-9_.]*[a-z][\w.]*)(?=[\s/>])")
_FARTHEST: Final = 40


def _rest(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{/*", position) or state.sCount[start] - state.blkIndent >= 4:
        return False
    last = start
    while "*/}" not in (line := _rest(state, last)):
        last += 1
        if last >= min(end, start + _FARTHEST):
            return False
    if not line.rstrip().endswith("*/}"):
        return False
    if silent:
        return True
    token = state.push("html_block", "", 0)
    token.map = [start, last + 1]
    token.content = state.getLines(start, last + 1, state.blkIndent, True)
    state.line = last + 1
    return True


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``import`` and ``export`` at the top level, up to the next blank line."""
    if state.level or state.sCount[start] or state.blkIndent:
        return False
    first = _rest(state, start)
    word = first[:6]
    if word not in ("import", "export"):
        return False
    last = start + 1
    while last < end and not state.isEmpty(last):
        last += 1
    if word == "import":
        last = _imports(state, start, last)
        if last < 0:
            return False
    elif not _EXPORT.match(first):
        return False
    return silent or _push(state, start, last, word)


def _imports(state: StateBlock, start: int, end: int) -> int:
    """The line after the ``import`` that begins at ``start``, which may take several lines; -1 if it is prose."""
    statement = ""
    for number in range(start, min(end, start + _FARTHEST)):
        statement += _rest(state, number) + "\n"
        if _IMPORT.match(statement):
            return number + 1
        if number == start and "{" not in statement:
            return -1
    return -1


def _component(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A component's tag on lines of its own; what stands between tags is Markdown again."""
    position = state.bMarks[start] + state.tShift[start]
    if state.src[position : position + 1] != "<" or state.sCount[start] - state.blkIndent >= 4:
        return False
    found = _NAME.match(state.src, position)
    if found is None:
        return False
    last = _tag_end(state, found.end(), start, end)
    if last < 0:
        return False
    return silent or _push(state, start, last + 1, found[1])


def _tag_end(state: StateBlock, position: int, start: int, end: int) -> int:
    """The line on which a tag ends, if nothing follows it there; else -1."""
    depth = 0
    quote = ""
    for number in range(start, min(end, start + _FARTHEST)):
        if number > start:
            if state.isEmpty(number) and not depth:
                return -1
            position = state.bMarks[number] + state.tShift[number]
        for index in range(position, state.eMarks[number]):
            character = state.src[index]
            if quote:
                quote = "" if character == quote else quote
            elif character in "\"'`" and (depth or state.src[index - 1] == "="):
                quote = character
            elif character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
            elif character == ">" and not depth and state.src[index - 1] != "=":
                return number if not state.src[index + 1 : state.eMarks[number]].strip() else -1
    return -1


def _push(state: StateBlock, start: int, end: int, name: str) -> bool:
    token = state.push("mdx_block", "", 0)
    token.map, token.block, token.meta = [start, end], True, {"name": name}
    token.content = state.getLines(start, end, state.blkIndent, True)
    state.line = end
    return True


def mdx_plugin(md: MarkdownIt) -> None:
    """Read MDX's comments, modules and components."""
    alternatives = ["paragraph", "reference", "blockquote"]
    md.block.ruler.before("html_block", "mdx_comment", _comment, {"alt": alternatives})
    md.block.ruler.before("html_block", "mdx_component", _component, {"alt": alternatives})
    md.block.ruler.before("paragraph", "mdx_module", _module)
