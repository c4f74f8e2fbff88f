"""Tokens of blocks with less than half of the memory: a long article has tens of thousands."""

from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


class _Nothing(dict[str, Any]):
    """The attributes and meta data of all tokens that have none: one dict instead of two for each token."""

    def __setitem__(self, key: str, value: object) -> None:
        raise TypeError(f"tokens without {key} share this: give yours a dict of its own")

    setdefault = update = __setitem__  # type: ignore[assignment]


_NOTHING: Final = _Nothing()


class _Slim(Token):
    """A token that takes its attributes as they are given."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Leave the shared dict where it is."""


class _State(StateBlock):
    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        level = self.level
        if nesting < 0:
            self.level = level = level - 1
        elif nesting > 0:
            self.level = level + 1
        token = _Slim(ttype, tag, nesting, _NOTHING, None, level, None, "", "", "", _NOTHING, True)
        self.tokens.append(token)
        return token


def _block(state: StateCore) -> None:
    if state.inlineMode:
        token = Token("inline", "", 0, content=state.src, map=[0, 1], children=[])
        state.tokens.append(token)
    elif state.src:
        inner = _State(state.src, state.md, state.env, state.tokens)
        state.md.block.tokenize(inner, inner.line, inner.lineMax)


def _share(state: StateCore) -> None:
    """Closing tokens that are equal become one; a paragraph and its text share where they stand."""
    tokens = state.tokens
    closing: dict[tuple[str, int, bool, str], Token] = {}
    above: list[int] | None = None
    for index, token in enumerate(tokens):
        if token.nesting < 0:
            if token.map is None and not token.meta and not token.attrs:
                key = (token.type, token.level, token.hidden, token.markup)
                tokens[index] = closing.setdefault(key, token)
        elif token.map == above:
            token.map = above
        else:
            above = token.map


def slim_plugin(md: MarkdownIt) -> None:
    """Make the tokens of blocks slim.  Use it last: equal closing tokens are shared, so change none afterwards."""
    md.core.ruler.at("block", _block)
    md.core.ruler.push("share_tokens", _share)
