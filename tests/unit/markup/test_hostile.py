"""No text stops the parser, none takes it long, and none of its words is lost in the depths."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.markup.depth import DEEPEST
from sgtui.markup.factory import markdown, parse
from sgtui.markup.text import plain_text

PIECES = [
    *("**", "*", "_", "~~", "`", "```\n", "$", "$$", "[", "](", ")", "[[", "]]", "![", "[^a]", "^[", "{漢|", "}", "\\"),
    *("<b>", "</b>", "<ruby>", "<rt>", "<details>\n", "<!--", "-->", "{/*", "*/}", "<A ", "/>", "&amp;", "\n", "\n\n"),
    *("- ", "1. ", "> ", ">[!NOTE]", ":::note\n", ":::\n", "# ", "---\n", "|a|b|\n", "|-|-|\n", ": ", "[^a]: ", "    "),
    *(
        "import a from 'b'\n",
        "export const a\n",
        "あ",
        "「",
        "」",
        "。",
        "a",
        "1",
        " ",
        "\t",
        "\x00",
        "\ud800",
        "\u202e",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_mixture_is_parsed(text: str) -> None:
    parsed = parse(text)
    assert isinstance(plain_text(parsed.tokens), str)
    assert all(token.map is None or token.map[0] <= token.map[1] for token in parsed.tokens)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_looking_only_for_what_is_there_changes_nothing(text: str) -> None:
    env: dict[str, Any] = {}
    assert parse(text).tokens == markdown().parse(text, env)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_parsed(text: str) -> None:
    plain_text(parse(text).tokens)


@pytest.mark.parametrize("marker", ["> ", "- ", "1. ", ">- "])
def test_what_is_nested_too_deep_is_text(marker: str) -> None:
    text = marker * (DEEPEST * 2) + "底の文"
    assert "底の文" in plain_text(parse(text).tokens)


def test_lists_of_30_levels_keep_their_levels() -> None:
    text = "".join("  " * level + f"- 第{level}段\n" for level in range(30))
    tokens = parse(text).tokens
    assert sum(token.type == "bullet_list_open" for token in tokens) == 30
    assert plain_text(tokens).count("\n") == 29


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "![",
            "[[",
            "[[a|",
            "^[",
            "[^",
            "*a ",
            "**あ",
            "_a",
            "<",
            "<b>",
            "<b>x</i>",
            "<A \n",
            "{漢|",
            "$a ",
            "$$\n",
        ),
        *(":::note\n", "import {\n", "{/* a\n\n", "a\n: b\n", "> [!note]\n", "`a``", "<details>\n\n", "|", "\\", "~~a"),
    ],
)
def test_repetition_costs_in_proportion(piece: str) -> None:
    parse(piece)
    once, twice = (calls("[^a]: x\n\n" + piece * count) for count in (300, 600))
    assert twice < once * 2.6


def calls(text: str) -> int:
    """How many Python functions it takes to read all of ``text``: a measure of time that no machine changes."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        plain_text(parse(text).tokens)
    finally:
        sys.setprofile(None)
    return counted


def test_a_stack_that_is_too_small_gives_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("markdown_it.MarkdownIt.parse", overflow)
    assert plain_text(parse("# 一\n\n**二**\n").tokens) == "# 一\n**二**"


@pytest.mark.parametrize("piece", ["[", "![", "[^", "^[", "[[", "![["])
def test_brackets_that_nothing_closes_are_text_at_once(piece: str) -> None:
    assert calls("[^a]: x\n\n" + piece * 1_000) < 80_000


def test_brackets_that_are_closed_are_read() -> None:
    parsed = parse("[甲](a.md) ![図](b.png) 後^[注 [乙](c.md)] ] [^x]\n\n[^x]: 丙\n")
    kinds = [child.type for child in parsed.tokens[1].children or ()]
    assert [kind for kind in kinds if kind != "text"] == [
        "link_open",
        "link_close",
        "image",
        "footnote_ref",
        "footnote_ref",
    ]
