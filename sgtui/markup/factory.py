"""The one place where a MarkdownIt is made."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from sgtui.markup.brackets import brackets_plugin
from sgtui.markup.callouts import callouts_plugin
from sgtui.markup.cjk import cjk_plugin
from sgtui.markup.depth import depth_plugin, plain_blocks
from sgtui.markup.footnotes import footnotes_plugin
from sgtui.markup.html_inline import html_inline_plugin
from sgtui.markup.late import late_plugin
from sgtui.markup.math import math_plugin
from sgtui.markup.mdx import mdx_plugin
from sgtui.markup.slim import slim_plugin
from sgtui.markup.wiki import wiki_plugin


@dataclass(slots=True)
class Parsed:
    """The block tokens of a text, and the environment that its references and footnotes live in.

    ``token.map`` counts lines of the given text from 0.
    """

    tokens: list[Token]
    env: dict[str, Any] = field(default_factory=dict)


_PLUGINS: Final = (
    (deflist_plugin, re.compile(r"^[ \t>]*[:~][ \t]|^[ \t>]*(?:[-*+]|\d+[.)])[ \t>*+\d.)-]*[:~][ \t]", re.M)),
    (footnotes_plugin, re.compile(r"\[\^|\^\[")),
    (callouts_plugin, re.compile(r":::|\[!")),
    (math_plugin, re.compile(r"\$")),
    (mdx_plugin, re.compile(r"\{/\*|</?[A-Z]|^(?:import|export)\b", re.M)),
    (wiki_plugin, re.compile(r"\[\[|\{[^{}|\n]+\|")),
    (html_inline_plugin, re.compile("<")),
)
"""What may be in a text, and the sign without which it is not: a parser that looks for less is faster."""


@cache
def _parser(wanted: tuple[bool, ...]) -> MarkdownIt:
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    md.use(cjk_plugin).use(late_plugin)
    for (plugin, _sign), is_wanted in zip(_PLUGINS, wanted, strict=True):
        if is_wanted:
            md.use(plugin)
    return md.use(brackets_plugin).use(depth_plugin).use(slim_plugin)


def markdown() -> MarkdownIt:
    """The program's Markdown: CommonMark, tables, strikethrough and the plugins of this package.

    Each plugin says in its module which tokens it makes.  Comments stay ``html_block`` tokens; the boxes of task
    lists stay text (see :func:`sgtui.markup.text.task_mark`).
    """
    return _parser((True,) * len(_PLUGINS))


@cache
def raw_html() -> MarkdownIt:
    """For the text between the tags of a block of raw HTML, where CommonMark reads tags and entities only."""
    md = MarkdownIt("zero", {"html": True}).enable(["html_inline", "entity", "newline"])
    return md.use(html_inline_plugin)


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: of the thousands of tokens being made none is garbage.

    Looking through them again and again took a quarter of the time to open a long article.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def parse(text: str) -> Parsed:
    """Parse ``text`` (a body without front matter) as :func:`markdown` does; never raises for any input."""
    env: dict[str, Any] = {}
    wanted = tuple(sign.search(text) is not None for _plugin, sign in _PLUGINS)
    try:
        with uncollected():
            return Parsed(_parser(wanted).parse(text, env), env)
    except RecursionError:  # nested beyond what Python's stack takes
        return Parsed(plain_blocks(text))
