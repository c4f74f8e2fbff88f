"""Tokens take little memory, and none is changed by what happens to another."""

import pytest
from markdown_it.token import Token

from sgtui.markup import slim
from sgtui.markup.factory import parse

LISTS = "- 一\n- 二\n\n  段落\n\n> 引用\n\n" * 3


def shape(tokens: list[Token]) -> list[tuple[str, int, bool]]:
    return [(token.type, token.level, token.hidden) for token in tokens]


def test_equal_closing_tokens_are_one() -> None:
    closing = [token for token in parse(LISTS).tokens if token.type == "list_item_close"]
    assert len(closing) == 6
    assert len({id(token) for token in closing}) == 1


def test_sharing_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = LISTS + "詰めた\n\n- 一\n- 二\n\n後\n"
    at_the_end = shape(parse(text).tokens)
    assert {hidden for kind, _, hidden in at_the_end if kind == "paragraph_close"} == {True, False}
    monkeypatch.setattr(slim, "_SOME", 1)
    assert shape(parse(text).tokens) == at_the_end


def test_callouts_do_not_change_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slim, "_SOME", 1)
    kinds = [kind for kind, _, _ in shape(parse("> 引用\n\n> [!NOTE]\n> 注\n\n> 引用\n").tokens) if "_close" in kind]
    assert [kind for kind in kinds if kind != "paragraph_close"] == [
        "blockquote_close",
        "callout_close",
        "blockquote_close",
    ]


def test_a_paragraph_and_its_text_share_where_they_stand() -> None:
    opening, inline, _ = parse("一\n二\n").tokens
    assert opening.map == [0, 2]
    assert inline.map is opening.map


def test_tokens_without_attributes_cannot_be_given_some_by_accident() -> None:
    token = parse("一\n").tokens[0]
    with pytest.raises(TypeError):
        token.attrSet("class", "a")
    token.attrs = {"class": "a"}
    assert token.attrGet("class") == "a"
