"""Running text whose markup is read when somebody asks for it.

Of a long article a learner sees a few screens at a time, and half of the time and three quarters of the memory that
parsing takes go into the markup inside paragraphs.  So the parser leaves ``inline`` tokens as :class:`Inline`, which
parse their ``content`` at each look at their ``children`` (the last few results are kept).

Text with footnotes in it is read at once, for their numbers follow the order of the references.
"""

from collections.abc import MutableMapping, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, text_join
from markdown_it.token import Token

_KEPT: Final = 32
"""Texts whose tokens are kept: whoever looks at one often looks at it again at once."""

_HELD: Final[Any] = Token.__dict__["children"]


class Late:
    """What reading the markup of a text's paragraphs takes: the parser and the text's link references."""

    __slots__ = ("_env", "_kept", "_md")

    def __init__(self, md: MarkdownIt, env: MutableMapping[str, Any]) -> None:
        self._md = md
        self._env = env
        self._kept: dict[str, list[Token]] = {}

    def children(self, content: str) -> list[Token]:
        """The inline tokens of ``content``; equal texts share them, so do not change them."""
        found = self._kept.get(content)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[content] = self.read(content)
        return found

    def inline(self, content: str, level: int) -> Token:
        """A token for ``content`` that reads its markup late."""
        made = Inline("inline", "", 0, {}, None, level, None, content)
        made.meta, made.block = {}, True
        _HELD.__set__(made, self)
        return made

    def read(self, content: str) -> list[Token]:
        """The inline tokens of ``content``, made anew; plain text where it is nested beyond Python's stack."""
        found: list[Token] = []
        holder = Token("inline", "", 0, content=content, children=found)
        try:
            self._md.inline.parse(content, self._md, self._env, found)
            text_join(StateCore(content, self._md, self._env, [holder]))
        except RecursionError:
            return [Token("text", "", 0, content=content)]
        return holder.children or []


class Inline(Token):
    """An ``inline`` token that reads its children late, unless it was given some.

    It has the very layout of its base, so that a token becomes one by a change of its class.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        """Take attributes as they are given: those of a token this one is a copy of."""

    @property
    def children(self) -> list[Token] | None:
        """The inline tokens."""
        held = _HELD.__get__(self)
        return held.children(self.content) if type(held) is Late else held

    @children.setter
    def children(self, value: list[Token] | None) -> None:
        _HELD.__set__(self, value)


def late(token: Token) -> Late | None:
    """Who will read the children of ``token``; None where it has them."""
    held = _HELD.__get__(token)
    return held if type(held) is Late else None


def source_of(token: Token) -> "Late | Sequence[Token]":
    """What gives the children of ``token``: they, or who reads them; for those who keep its ``content`` and not it."""
    return late(token) or token.children or ()


def with_source(token: Token, content: str, reader: Late) -> Token:
    """A copy of an inline token that reads ``content``, late again."""
    made = Inline(token.type, token.tag, token.nesting, token.attrs, token.map, token.level, None, content)
    made.meta, made.block = token.meta, token.block
    _HELD.__set__(made, reader)
    return made


def _inline(state: StateCore) -> None:
    reader = Late(state.md, state.env)
    for token in state.tokens:
        if token.type != "inline":
            continue
        content = token.content
        if state.inlineMode or "[^" in content or "^[" in content:
            token.children = reader.read(content)
        else:
            token.__class__ = Inline
            _HELD.__set__(token, reader)


def late_plugin(md: MarkdownIt) -> None:
    """Read the markup of paragraphs late.  Rules that change inline tokens belong into ``md.inline.ruler2``."""
    md.core.ruler.at("inline", _inline)
    md.core.ruler.disable("text_join")
