import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sgtui.markup.cjk import cjk_plugin, is_cjk, joins
from sgtui.markup.factory import markdown
from tests.unit.markup.fixtures import Fixture, fixtures, ids

CASES = fixtures("markup/cjk.md")
COMMONMARK = fixtures("markup/commonmark.md")

PLAIN = MarkdownIt("commonmark").enable(["strikethrough"])
FRIENDLY = MarkdownIt("commonmark").enable(["strikethrough"])
FRIENDLY.use(cjk_plugin)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_emphasis(case: Fixture) -> None:
    assert markdown().render(case.source).strip() == case.expected


@pytest.mark.parametrize("case", COMMONMARK, ids=ids(COMMONMARK))
def test_commonmark_stays(case: Fixture) -> None:
    assert markdown().render(case.source + "\n").rstrip("\n") == case.expected
    assert PLAIN.render(case.source + "\n").rstrip("\n") == case.expected


@given(st.text(alphabet="*_~ab .(\"'\n\\[]`", max_size=40))
def test_text_without_cjk_is_emphasised_as_in_commonmark(text: str) -> None:
    assert FRIENDLY.render(text) == PLAIN.render(text)


@given(st.text(alphabet="*_~ab .(\"'\n\\`#>-=0123456789\t", max_size=60))
def test_the_whole_parser_agrees_where_no_plugin_has_a_say(text: str) -> None:
    assert markdown().render(text) == PLAIN.render(text) or "~ " in text or "~\t" in text


@given(st.text(alphabet="*_~「」（）。、あ漢aＡ (.\ufe00\U000e0100が한", max_size=40))
def test_every_character_is_kept_but_the_markers(text: str) -> None:
    shown = re.sub(r"</?(?:p|em|strong|s)>", "", FRIENDLY.render("あ" + text))
    assert re.sub(r"[*_~\s]", "", shown) == re.sub(r"[*_~\s]", "", "あ" + text)


@pytest.mark.parametrize("character", "あア漢。「ー々ｱ한Ａ￥〜𠮟")
def test_is_cjk(character: str) -> None:
    assert is_cjk(character)


@pytest.mark.parametrize("character", "aé“…1①😀⌚🈁🇯★α")
def test_is_not_cjk(character: str) -> None:
    assert not is_cjk(character)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        *(("あ", "い", True), ("。", "「", True), ("あ", "A", False), ("a", "b", False), ("한", "국", False)),
        *(("あ", "…", True), ("①", "あ", True), ("…", "…", False), ("", "あ", False), ("あ", "", False)),
    ],
)
def test_joins(before: str, after: str, joined: bool) -> None:
    assert joins(before, after) is joined
