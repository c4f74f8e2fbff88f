"""The one place where a MarkdownIt is made."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sgtui.markup.cjk import cjk_plugin


@dataclass(slots=True)
class Parsed:
    """The block tokens of a text, and the environment that its references and footnotes live in.

    ``token.map`` counts lines of the given text from 0.
    """

    tokens: list[Token]
    env: dict[str, Any] = field(default_factory=dict)


@cache
def markdown() -> MarkdownIt:
    """The program's Markdown: CommonMark, tables, strikethrough and the plugins of this package."""
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    cjk_plugin(md)
    return md


def parse(text: str) -> Parsed:
    """Parse ``text`` (a body without front matter); never raises for any input."""
    env: dict[str, Any] = {}
    return Parsed(markdown().parse(text, env), env)
