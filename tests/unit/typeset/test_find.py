import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.markup.fold import fold, fold_map
from sgtui.typeset.block import Block
from sgtui.typeset.contents import RunContent
from sgtui.typeset.find import Finder, find
from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.ranges import marked, offset_at, target_at
from tests.unit.typeset.setting import ARTICLE, page, settled


def hits(source: str, query: str) -> list[str]:
    blocks = page(source).blocks
    return [blocks[match.block].text[match.start : match.end] for match in find(blocks, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ランサム", ["ランサム", "らんさむ", "ﾗﾝｻﾑ"]),
        ("らんさむ", ["ランサム", "らんさむ", "ﾗﾝｻﾑ"]),
        ("id", ["ID", "ＩＤ"]),
        ("ＩＤ", ["ID", "ＩＤ"]),
        ("無い", []),
        ("", []),
        ("  ", []),
        ("の入 口", []),
    ],
)
def test_folding(query: str, expected: list[str]) -> None:
    assert hits("ランサムとらんさむ。\n\nﾗﾝｻﾑのIDとＩＤ。", query) == expected


def test_matches_cross_line_ends_and_markup() -> None:
    source = "これは**長い**語句\nの途中です。\n\nfirst\nline  \nsecond"
    assert hits(source, "長い語句の途中") == ["長い語句の途中"]
    assert hits(source, "line second") == ["line\nsecond"]


def test_tables_code_and_questions_are_searched_but_no_answers() -> None:
    assert hits(ARTICLE, "パスワードを端から") == ["パスワードを端から"]
    assert hits(ARTICLE, "check(password") == ["check(password"]
    assert hits(ARTICLE, "深夜に300個") == ["深夜に300個"]
    assert hits(ARTICLE, "1つのパスワードを多くの") == []


def test_matches_come_in_order_without_overlaps() -> None:
    assert [match[:3] for match in find(page("ああああ\n\nああ").blocks, "ああ")] == [(0, 0, 2), (0, 2, 4), (1, 0, 2)]


@given(st.integers(0, 200), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_every_piece_of_the_text_is_found(start: int, length: int) -> None:
    made = page(ARTICLE)
    finder = Finder(made.blocks)
    for index, block in enumerate(made.blocks):
        piece = block.text[start : start + length]
        if piece.strip() and piece == piece.strip():
            assert any(m.block == index and fold(block.text[m.start : m.end]) for m in finder.find(piece)), piece


def test_a_match_is_shown_where_it_is_found() -> None:
    for width in (20, 33, 80):
        made = settled(ARTICLE, width)
        for query in ("リバース", "攻撃", "多要素", "len", "脚注"):
            for match in find(made.blocks, query):
                if width == 20 and made.blocks[match.block].text.startswith("攻撃\t"):
                    continue  # the head of a table set as records: its cells stand before each row's
                row = made.row_of(Place(match.block, match.start))
                shown = ""
                while len(shown) < match.end - match.start:
                    line = marked(made.line(row)[0], [(match.start, match.end, "found")])
                    shown += "".join(span.text for span in line.spans if "found" in span.style)
                    row += 1
                assert fold(shown) == fold(query)


def test_marking_splits_spans_and_keeps_targets() -> None:
    line = Line(
        (Span("• ", "list.marker"), Span("あいう", "strong"), Span("えお", "", "a.md")), 12, 10, 15, ((2, 10, 15),)
    )
    assert marked(line, [(11, 14, "x"), (0, 5, "y")]).spans == (
        Span("• ", "list.marker"),
        Span("あ", "strong"),
        Span("いう", "strong x"),
        Span("え", "x", "a.md"),
        Span("お", "", "a.md"),
    )
    assert marked(line, [(20, 30, "x")]) is line


@pytest.mark.parametrize(
    ("cell", "offset"), [(0, 10), (2, 10), (3, 10), (4, 11), (6, 12), (11, 14), (12, 15), (99, 15)]
)
def test_offset_at(cell: int, offset: int) -> None:
    line = Line((Span("• "), Span("あいうえお")), 12, 10, 15, ((2, 10, 15),))
    assert offset_at(line, cell) == offset


def test_target_at() -> None:
    line = Line((Span("前"), Span("リンク", "link", "a.md"), Span("後")), 10)
    assert [target_at(line, cell) for cell in (-1, 0, 1, 2, 7, 8, 99)] == ["", "", "", "a.md", "a.md", "", ""]


@given(st.text("aßÅが゙ｶﾞ（Ａ　①㌔ﷺ鍵 ́", max_size=12))
def test_offsets_are_right_whatever_folding_does_to_the_length(text: str) -> None:
    found = find([Block("paragraph", 0, 1, RunContent(Span(text)))], "が")
    mapped = fold_map(text)
    assert [match[1:] for match in found] == [
        mapped.original(match.start(), match.end()) for match in re.finditer("が", fold(text))
    ]
