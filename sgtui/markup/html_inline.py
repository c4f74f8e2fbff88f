"""Raw HTML inside text: the few tags that mean something on a page become tokens, the others vanish.

``<b>``, ``<kbd>``, ``<ruby>`` … turn into ``strong_open``, ``kbd_open``, ``ruby_open`` …; ``<br>`` into a hard break,
``<a>`` into a link and ``<img>`` into an image.  What only looks like a tag (``Vec<T>``) is shown as text.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w.-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>", re.S)
_ATTRIBUTE: Final = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")

_PAIRED: Final = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "s": "s",
    "del": "s",
    "strike": "s",
    "u": "u",
    "ins": "u",
    "kbd": "kbd",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "code": "code",
    "tt": "code",
    "samp": "code",
    "small": "small",
    "ruby": "ruby",
    "rt": "rt",
}
_SILENT_NAMES: Final = """
abbr acronym address article aside audio bdi bdo big blink button canvas center cite data details dfn div dl dt dd embed
fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 header hr iframe input label legend li link main
meta meter nav nobr noscript object ol optgroup option output p param picture pre progress q rb rtc search section
select slot source span style script summary svg table tbody td template textarea tfoot th thead time title tr track ul
var video
"""
_DEEPEST: Final = 40
_SILENT: Final = frozenset(_SILENT_NAMES.split())


class _Rewriter:
    """Rewrites the children of one inline token."""

    def __init__(self, children: list[Token]) -> None:
        self.children = children
        self.done: list[Token] = []
        self.open: list[str] = []
        self.hiding = 0
        self.closers = {
            found[2] for child in children if child.type == "html_inline" and (found := _TAG.match(child.content))
            and found[1]
        }  # fmt: skip

    def run(self) -> list[Token]:
        for child in self.children:
            if child.type == "html_inline":
                self._html(child)
            elif not self.hiding:
                self.done.append(child)
        while self.open:
            self._end(self.open[-1])
        return self.done

    def _html(self, child: Token) -> None:
        found = _TAG.fullmatch(child.content)
        if found is None:  # a comment, a declaration, an instruction
            child.type = "html_comment"
            self.done.append(child)
            return
        closing, name = bool(found[1]), found[2].lower()
        if name == "rp":
            self.hiding = 0 if closing else 1
        elif self.hiding:
            return
        elif name in _PAIRED:
            self._paired(name, closing, empty=bool(found[4]))
        elif name == "br":
            self.done.append(Token("hardbreak", "br", 0))
        elif name == "wbr":
            self._text("\u200b")
        elif name == "a":
            self._link(found, closing)
        elif name == "img" and not closing:
            self._image(found)
        elif name not in _SILENT and not found[3].strip() and not found[4] and found[2] not in self.closers:
            self._text(child.content)

    def _text(self, content: str) -> None:
        self.done.append(Token("text", "", 0, content=content))

    def _paired(self, name: str, closing: bool, *, empty: bool) -> None:
        kind = _PAIRED[name]
        if closing:
            if kind in self.open:
                while self.open[-1] != kind:
                    self._end(self.open[-1])
                self._end(kind)
        elif not empty and len(self.open) < _DEEPEST:
            if kind == "rt" and self.open and self.open[-1] == "rt":
                self._end("rt")
            self.done.append(Token(f"{kind}_open", kind, 1, markup=f"<{name}>"))
            self.open.append(kind)

    def _end(self, kind: str) -> None:
        self.open.pop()
        self.done.append(Token(f"{kind}_close", kind if kind != "link" else "a", -1))

    def _link(self, found: re.Match[str], closing: bool) -> None:
        if closing:
            if "link" in self.open:
                while self.open[-1] != "link":
                    self._end(self.open[-1])
                self._end("link")
            return
        href = _attributes(found[3]).get("href")
        if href:
            self.done.append(Token("link_open", "a", 1, attrs={"href": href}, markup="<a>"))
            self.open.append("link")

    def _image(self, found: re.Match[str]) -> None:
        attributes = _attributes(found[3])
        alt = attributes.get("alt", "")
        image = Token("image", "img", 0, attrs={"src": attributes.get("src", ""), "alt": alt}, content=alt)
        image.children = [Token("text", "", 0, content=alt)] if alt else []
        self.done.append(image)


def _attributes(source: str) -> dict[str, str]:
    return {m[1].lower(): next((v for v in m.groups()[1:] if v is not None), "") for m in _ATTRIBUTE.finditer(source)}


def _rewrite(state: StateInline) -> None:
    tokens = state.tokens
    if "<" in state.src and any(token.type == "html_inline" for token in tokens):
        tokens[:] = _Rewriter(tokens).run()


def html_inline_plugin(md: MarkdownIt) -> None:
    """Turn the tags of raw inline HTML into tokens."""
    md.inline.ruler2.after("fragments_join", "html_tags", _rewrite)
