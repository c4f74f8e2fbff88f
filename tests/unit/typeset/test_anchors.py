import pytest

from sgtui.store.records import Anchor
from sgtui.typeset.anchors import EXCERPT, anchor_at, digest, find_anchor
from sgtui.typeset.block import Block
from sgtui.typeset.document import build
from sgtui.typeset.model import Place, TypesetOptions
from tests.unit.typeset.setting import ARTICLE, article, settled


def blocks_of(source: str) -> tuple[list[Block], tuple[object, ...]]:
    held = article(source)
    return build(held, TypesetOptions()), held.sections


def anchored(source: str, place: Place) -> Anchor:
    held = article(source)
    return anchor_at(build(held, TypesetOptions()), held.sections, place)


def found(source: str, anchor: Anchor) -> tuple[str, int] | None:
    held = article(source)
    blocks = build(held, TypesetOptions())
    place = find_anchor(blocks, held.sections, anchor)
    return None if place is None else (blocks[place.block].text, place.offset)


def test_every_row_is_found_again() -> None:
    held = article(ARTICLE)
    made = settled(ARTICLE, 34)
    for row in range(made.height):
        place = made.place_at(row)
        anchor = anchor_at(made.blocks, held.sections, place)
        there = find_anchor(made.blocks, held.sections, anchor)
        assert there is not None
        assert there == Place(place.block, max(0, place.offset))


def test_what_an_anchor_holds() -> None:
    anchor = anchored("# 題\n\n## 節\n\n本文の　文章です。\n", Place(2, 5))
    assert anchor.path == ("題", "節")
    assert anchor.excerpt == "本文の 文章です。"
    assert anchor.fraction == pytest.approx(5 / 9)
    assert anchor.block == 2
    assert len(anchored("長" * 1000, Place(0, 0)).excerpt) == EXCERPT


TEXT = (
    "# 題\n\n## 甲\n\n一つ目の段落はこういう文章です。\n\n二つ目の段落は別の文章です。\n\n## 乙\n\n三つ目の段落です。\n"
)


def test_text_put_before_does_not_matter() -> None:
    anchor = anchored(TEXT, Place(3, 4))
    edited = TEXT.replace("## 甲\n", "## 甲\n\n新しい段落。\n\n- 一覧\n")
    assert found(edited, anchor) == ("二つ目の段落は別の文章です。", 4)


def test_edited_text_is_recognised() -> None:
    anchor = anchored(TEXT, Place(3, 7))
    edited = TEXT.replace("二つ目の段落は別の文章です。", "二つ目の段落は、まったく別の文章なのです。")
    assert found(edited, anchor) == ("二つ目の段落は、まったく別の文章なのです。", round(7 / 14 * 21))


def test_text_moved_to_another_section_is_found_there() -> None:
    anchor = anchored(TEXT, Place(3, 0))
    edited = TEXT.replace("二つ目の段落は別の文章です。\n\n", "") + "\n二つ目の段落は別の文章です。\n"
    assert found(edited, anchor) == ("二つ目の段落は別の文章です。", 0)


def test_a_renamed_heading_does_not_lose_its_text() -> None:
    anchor = anchored(TEXT, Place(3, 0))
    assert found(TEXT.replace("## 甲", "## 新しい名"), anchor) == ("二つ目の段落は別の文章です。", 0)


def test_where_the_text_is_gone_the_heading_remains() -> None:
    anchor = anchored(TEXT, Place(3, 3))
    edited = TEXT.replace("一つ目の段落はこういう文章です。\n\n二つ目の段落は別の文章です。", "何もかも書き直した。")
    assert found(edited, anchor) == ("甲", 0)


def test_what_is_gone_altogether_is_lost() -> None:
    assert found("# 他の記事\n\n関係のない内容。\n", anchored(TEXT, Place(3, 3))) is None


def test_of_equal_texts_the_nearest_counts() -> None:
    source = "## 甲\n\n同じ文。\n\n違う文。\n\n同じ文。\n"
    anchor = anchored(source, Place(3, 1))
    held = article("## 甲\n\n追加。\n\n" + source.removeprefix("## 甲\n\n"))
    assert find_anchor(build(held, TypesetOptions()), held.sections, anchor) == Place(4, 1)


def test_white_space_does_not_matter() -> None:
    assert digest("本文 の\n文章") == digest("本文の文章") != digest("本文の文章。")
    assert digest(" \n") == ""


def test_nothing_to_anchor() -> None:
    assert anchor_at([], (), Place(0, 0)) == Anchor()
    assert find_anchor([], (), Anchor(("題",), "文", 0.5, "x", 3)) is None
