"""The 652 examples of CommonMark 0.31.2 read as plain markdown-it-py reads them.

The examples are not part of this project: ``make`` lays them into the environment (see ``scripts/install.py``).
"""

import re
import sys
from pathlib import Path
from typing import Final

import pytest
from markdown_it import MarkdownIt

from sgtui.markup import factory
from sgtui.markup.factory import parse

FILE: Final = Path(sys.prefix, "share", "commonmark.txt")
EXAMPLE: Final = re.compile(r"^`{32} example\n(.*?)^\.\n(?:.*?)^`{32}$", re.M | re.S)

PLAIN: Final = MarkdownIt("commonmark")
EVERYTHING: Final = (True,) * len(factory._PLUGINS)
TAGS_AS_THEY_ARE: Final = factory._parser.__wrapped__(EVERYTHING).disable("html_tags")

OURS: Final = {
    163: "<Warning> on a line of its own is a component of MDX",
    548: "[[foo]] is a wiki link",
    590: "![[foo]] is a wiki link",
}
"""Examples in which an extension of ours has a say, by their number."""

SHOWN: Final = {
    148: "a </pre> without its beginning vanishes",
    168: "<del> is struck through",
    201: "<bar> with nothing to close it is text",
    475: "<img> is an image",
    494: "<b> is bold",
    **dict.fromkeys((187, 344, 476, 477, 630, 631, 642, 643), "<a href> is a link"),
    **dict.fromkeys((491, 524, 536, 613, 614, 615, 616, 617, 623), "tags that mean nothing on a page vanish"),
    **dict.fromkeys((625, 626, 627, 628, 629), "comments and instructions are not shown"),
}
"""Examples with tags among text, which pages show by what they mean; markdown-it-py hands them to a browser."""


@pytest.fixture(scope="module")
def examples() -> list[str]:
    """What is to be read, in order; → stands for a tab."""
    if not FILE.exists():
        pytest.skip(f"{FILE} is not there: touch pyproject.toml and run make again")
    return [source.replace("→", "\t") for source in EXAMPLE.findall(FILE.read_text("utf-8"))]


def test_all_examples_are_there(examples: list[str]) -> None:
    assert len(examples) == 652


def differing(parser: MarkdownIt, examples: list[str]) -> set[int]:
    return {number for number, source in enumerate(examples, 1) if parser.render(source) != PLAIN.render(source)}


def test_examples_read_as_plain_markdown_it_reads_them(examples: list[str]) -> None:
    assert differing(TAGS_AS_THEY_ARE, examples) == set(OURS)


def test_only_tags_among_text_are_shown_differently(examples: list[str]) -> None:
    assert differing(factory.markdown(), examples) == {*OURS, *SHOWN}


def test_blocks_are_the_same_where_only_tags_differ(examples: list[str]) -> None:
    for number, source in enumerate(examples, 1):
        if number not in OURS:
            ours, plain = parse(source).tokens, PLAIN.parse(source)
            assert [(token.type, token.tag, token.map, token.content, token.hidden) for token in ours] == [
                (token.type, token.tag, token.map, token.content, token.hidden) for token in plain
            ], number
