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


_SOME: Final = 2_000
"""Tokens after which it is time to look which of them are equal."""
_UNFINISHED: Final = "blockquote_close"
"""Callouts change these once all blocks are there."""


class _State(StateBlock):
    shared = 0
    """How many tokens were looked at."""

    def __init__(self, state: StateCore) -> None:
        super().__init__(state.src, state.md, state.env, state.tokens)
        self.closing: dict[tuple[str, int, bool, str], Token] = {}

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        level = self.level
        if nesting < 0:
            self.level = level = level - 1
        elif nesting > 0:
            self.level = level + 1
        token = _Slim(ttype, tag, nesting, _NOTHING, None, level, None, "", "", "", _NOTHING, True)
        self.tokens.append(token)
        return token

    def share(self) -> None:
        """Closing tokens that are equal become one; a paragraph and its text share where they stand."""
        tokens, closing = self.tokens, self.closing
        above: list[int] | None = None
        for index in range(self.shared, len(tokens)):
            token = tokens[index]
            if token.nesting < 0:
                if token.map is None and not token.meta and not token.attrs and token.type != _UNFINISHED:
                    key = (token.type, token.level, token.hidden, token.markup)
                    tokens[index] = closing.setdefault(key, token)
            elif token.map == above:
                token.map = above
            else:
                above = token.map
        self.shared = len(tokens)


def _share(state: StateBlock, _start: int, _end: int, silent: bool) -> bool:
    """Never a block; but where one begins at the top level, all before it are finished."""
    if not state.level and not silent and isinstance(state, _State) and len(state.tokens) - state.shared > _SOME:
        state.share()
    return False


def _block(state: StateCore) -> None:
    if state.inlineMode:
        token = Token("inline", "", 0, content=state.src, map=[0, 1], children=[])
        state.tokens.append(token)
    elif state.src:
        inner = _State(state)
        state.md.block.tokenize(inner, inner.line, inner.lineMax)
        inner.share()


def slim_plugin(md: MarkdownIt) -> None:
    """Make the tokens of blocks slim.  Equal closing tokens are one, so change none of them afterwards."""
    md.core.ruler.at("block", _block)
    md.block.ruler.before("table", "share_tokens", _share, {"alt": []})
