"""Headings are divided where a reader pauses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.typeset.balance import balanced
from sgtui.typeset.linebreak import NOT_AT_END, NOT_AT_START, set_runs
from sgtui.typeset.model import Span, TypesetOptions
from tests.unit.typeset.test_linebreak import TEXTS

OPTIONS = TypesetOptions()


@pytest.mark.parametrize(
    ("limit", "lines"),
    [
        (38, "ITが苦手な人でも|合格できる！学習の第一歩"),
        (38, "昇進・昇給・転職にどう効く？|実務レベルでのメリット"),
        (38, "人による脅威は、|故意か過失かで手を変える"),
        (26, "会社は「機会」を|環境から減らせる"),
        (26, "バックオフィスこそ|「情報セキュリティ」の|最前線である理由"),
        (26, "PQCは、量子コンピュータに|解かれにくい暗号"),
        (20, "How passwords are|guessed in practice"),
        (10, "a|\u3000b"),
    ],
)
def test_lines(limit: int, lines: str) -> None:
    text = lines.replace("|", " " if lines.isascii() else "").replace("\u3000", "\u3000" * 8)
    assert [line.text for line in balanced([Span(text)], limit, OPTIONS)] == [
        line.strip("\u3000") for line in lines.split("|")
    ]


def test_a_long_heading_and_one_with_breaks_are_set_as_paragraphs() -> None:
    for text in ("情報を守る" * 20, "一行目\n二行目と続きの文", "A" * 30, "　　字下げは行の幅に数える見出し"):
        runs = [Span(text)]
        assert balanced(runs, 20, OPTIONS) == set_runs(runs, 20, OPTIONS)


@given(TEXTS, st.integers(10, 60))
@settings(max_examples=150)
def test_no_rule_is_broken_and_nothing_is_lost(text: str, limit: int) -> None:
    usual = set_runs([Span(text)], limit, OPTIONS)
    lines = balanced([Span(text)], limit, OPTIONS)
    assert len(lines) == len(usual)
    position = 0
    for line in lines:
        assert text[position : line.start].strip(" \u3000") == ""
        assert line.width <= limit
        position = line.end
    assert text[position:].strip(" \u3000") == ""
    if lines != usual:
        for line in lines[1:]:
            assert line.text[:1] not in NOT_AT_START
        for line in lines[:-1]:
            assert line.text[-1:] not in NOT_AT_END


def test_short_code_in_a_heading_stays_whole() -> None:
    runs = [Span("設定の"), Span("git config --global", "code"), Span("を確かめる")]
    assert any("git config --global" in line.text for line in balanced(runs, 28, OPTIONS))
