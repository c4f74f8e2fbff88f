"""The one place where a MarkdownIt is made."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from sgtui.markup.callouts import callouts_plugin
from sgtui.markup.cjk import cjk_plugin
from sgtui.markup.depth import depth_plugin, plain_blocks
from sgtui.markup.footnotes import footnotes_plugin
from sgtui.markup.html_inline import html_inline_plugin
from sgtui.markup.math import math_plugin
from sgtui.markup.mdx import mdx_plugin
from sgtui.markup.wiki import wiki_plugin


@dataclass(slots=True)
class Parsed:
    """The block tokens of a text, and the environment that its references and footnotes live in.

    ``token.map`` counts lines of the given text from 0.
    """

    tokens: list[Token]
    env: dict[str, Any] = field(default_factory=dict)


@cache
def markdown() -> MarkdownIt:
    """The program's Markdown: CommonMark, tables, strikethrough and the plugins of this package.

    Each plugin says in its module which tokens it makes.  Comments stay ``html_block`` tokens; the boxes of task
    lists stay text (see :func:`sgtui.markup.text.task_mark`).
    """
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for plugin in (
        cjk_plugin,
        deflist_plugin,
        footnotes_plugin,
        callouts_plugin,
        math_plugin,
        mdx_plugin,
        wiki_plugin,
        html_inline_plugin,
        depth_plugin,
    ):
        md.use(plugin)
    return md


def parse(text: str) -> Parsed:
    """Parse ``text`` (a body without front matter); never raises for any input."""
    env: dict[str, Any] = {}
    try:
        return Parsed(markdown().parse(text, env), env)
    except RecursionError:  # nested beyond what Python's stack takes
        return Parsed(plain_blocks(text))
