from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.typeset.document import build
from sgtui.typeset.heights import Heights
from sgtui.typeset.model import Line, Place, Span, TypesetOptions
from sgtui.typeset.page import Page
from tests.unit.typeset.setting import ARTICLE, article, lines, page, settled, texts

LONG = "\n\n".join(
    f"## 第{number}節\n\n" + "とても長い段落の文章をここに置く。" * (number % 5 + 1) for number in range(60)
)
FOLDS = "前\n\n<details>\n<summary>外</summary>\n\n中\n\n:::details 内\n奥\n:::\n\n</details>\n\n後\n"


def test_rows_and_places_go_both_ways() -> None:
    made = settled(ARTICLE)
    for row in range(made.height):
        assert made.row_of(made.place_at(row)) == row


@given(st.integers(10, 120), st.integers(10, 120), st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_a_place_is_found_at_another_width(one: int, other: int, part: float) -> None:
    made = settled(ARTICLE, one)
    place = made.place_at(int(part * (made.height - 1)))
    made.resize(other)
    line, there = made.line(made.row_of(place))
    assert there.block == place.block
    assert there.offset <= max(0, place.offset) or made.blocks[place.block].quiz is not None or place.offset < 0
    if line.pieces and place.offset >= 0 and made.blocks[place.block].kind != "table":
        assert line.start <= place.offset < max(line.end, line.start + 1)


@given(st.integers(16, 130))
@settings(max_examples=40, deadline=None)
def test_no_line_is_wider_than_the_page(width: int) -> None:
    options = TypesetOptions()
    for row, line in enumerate(lines(settled(ARTICLE, width, options))):
        assert line.width <= width, (row, line.text)


def test_text_in_is_text_out() -> None:
    for width in (12, 30, 77):
        made = settled(ARTICLE, width)
        for index, block in enumerate(made.blocks):
            if block.quiz is not None or (width == 12 and block.text == "攻撃\t固定するもの\t変えるもの"):
                continue  # (the head of a table set as records stands before each cell)
            shown = set[int]()
            for line in made.block_lines(index):
                for start, first, last in line.pieces:
                    assert line.text[start : start + last - first] == block.text[first:last]
                    shown.update(range(first, last))
            missing = {block.text[offset] for offset in range(len(block.text)) if offset not in shown}
            assert missing <= set(" \n\t\u3000"), block


def test_only_what_is_looked_at_is_laid_out() -> None:
    made = page(LONG, 30)
    laid_out: list[int] = []
    for index, block in enumerate(made.blocks):
        block.content = Watched(index, laid_out, block.content)
    made.ensure(0, 20)
    assert 0 < len(laid_out) < 15
    made.row_of(Place(90, 0))
    assert 90 in laid_out
    assert len(laid_out) < 17


class Watched:
    def __init__(self, index: int, seen: list[int], inner: object) -> None:
        self.index = index
        self.seen = seen
        self.inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    @property
    def text(self) -> str:
        return ""

    def estimate(self, limit: int) -> int:
        return 1

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        self.seen.append(self.index)
        return [Line((Span("x"),), 1)]


def test_an_estimated_page_becomes_the_exact_one() -> None:
    made = page(LONG, 30)
    estimated = made.height
    steps = 0
    while not made.settle(count=7):
        steps += 1
    assert steps > 10
    assert made.settled
    assert texts(made) == texts(settled(LONG, 30))
    assert abs(estimated - made.height) < made.height * 0.1


def test_the_text_under_the_eye_stays_while_the_rest_is_set() -> None:
    made = page(LONG, 30)
    row = made.ensure(made.height // 2, 10)
    place = made.place_at(row)
    seen = [made.line(row + index)[0].text for index in range(10)]
    while not made.settle(count=5):
        row = made.row_of(place)
        assert made.place_at(row) == place
        assert [made.line(row + index)[0].text for index in range(10)] == seen


@given(st.integers(0, 400), st.integers(1, 40))
@settings(max_examples=30, deadline=None)
def test_ensured_rows_do_not_move_while_they_are_drawn(row: int, count: int) -> None:
    made = page(LONG, 30)
    first = made.ensure(row, count)
    height = made.height
    drawn = [made.line(first + index)[0].text for index in range(count)]
    assert made.height == height
    assert [made.line(first + index)[0].text for index in range(count)] == drawn


def test_a_block_that_grew_moves_what_is_below() -> None:
    grown = {"rows": 2}
    chosen = TypesetOptions()
    source = "前\n\n<!-- quiz id=a -->\n問い\n\n- [ ] 一\n- [x] 二\n<!-- /quiz -->\n\n## 後\n"
    made = Page(build(article(source), chosen), 40, chosen, lambda _quiz, _width: [Line((), 0)] * grown["rows"])
    made.settle(60)
    quiz = made.block_of_quiz("a")
    assert quiz == 1
    before = made.row_of(Place(2, 0))
    grown["rows"] = 7
    made.invalidate(quiz)
    assert made.row_of(Place(2, 0)) == before + 5
    assert made.extent(quiz) == (2, 7)


def test_folds_hide_and_show() -> None:
    made = settled(FOLDS, 20)
    assert texts(made) == ["前", "", "▸ 外", "", "後"]
    assert [span.target for span in made.line(2)[0].spans if span.target] == ["fold:1"]
    assert made.row_of(Place(2, 0)) == 2
    made.toggle(1)
    assert texts(made) == ["前", "", "▾ 外", "  中", "", "  ▸ 内", "", "後"]
    made.reveal(4)
    assert texts(made)[5:7] == ["  ▾ 内", "    奥"]
    made.fold(1)
    assert texts(made) == ["前", "", "▸ 外", "", "後"]
    made.unfold(1)
    assert "    奥" in texts(made)


def test_what_is_unfolded_stays_so_at_another_width() -> None:
    made = settled(FOLDS, 20)
    made.unfold(1)
    made.resize(30)
    made.settle(60)
    assert "  中" in texts(made)


def test_lists_for_moving_about() -> None:
    made = settled("前\n\n# 題\n\n本文[^1]\n\n## 節\n\n文\n\n[^1]: 注\n", 30)
    assert [made.blocks[index].text for index in made.headings()] == ["題", "節"]
    assert made.block_of_section(2) == made.headings()[1]
    assert made.block_of_section(9) is None
    assert made.block_of_quiz("x") is None
    note = made.block_of_note(1)
    assert note is not None
    assert made.blocks[note].text == "注"
    assert made.block_of_note(2) is None
    assert made.blocks[made.block_at_line(5)].text.startswith("本文")
    assert made.blocks[made.block_at_line(1)].text == "前"


def test_an_empty_page() -> None:
    made = page("", 30)
    assert made.height == 0
    assert made.ensure(3, 10) == 0
    assert made.settle()
    assert made.line(0)[0].text == ""
    assert made.place_at(0) == Place(0, 0)
    assert made.row_of(Place(4, 2)) == 0


def test_rows_outside_are_empty() -> None:
    made = settled("一", 30)
    assert made.line(-1)[0].text == made.line(99)[0].text == ""
    assert made.place_at(99) == Place(0, 0)


def test_blocks_know_section_line_and_kind() -> None:
    made = page("---\ntitle: 題\n---\n前\n\n# 題\n\n- 一\n\n```py\nx\n```\n", 30)
    assert [(block.kind, block.section, block.line, block.text) for block in made.blocks] == [
        ("paragraph", 0, 4, "前"),
        ("heading", 1, 6, "題"),
        ("item", 1, 8, "一"),
        ("code", 1, 10, "x"),
    ]
    assert made.blocks[3].info == "py"
    assert made.blocks[1].level == 1


@pytest.mark.parametrize("size", [0, 1, 2, 7, 64, 100])
def test_heights(size: int) -> None:
    each = [index * 7 % 5 for index in range(size)]
    heights = Heights(array("l", each))
    for index in range(0, size, 3):
        each[index] = (index * 3) % 4
        heights.set(index, each[index])
    assert heights.total == sum(each)
    for index in range(size):
        assert heights.start(index) == sum(each[:index])
        assert heights.get(index) == each[index]
    for row in range(sum(each)):
        block, within = heights.find(row)
        assert sum(each[:block]) + within == row
        assert within < each[block]


GIANT = f"# 題\n\n{'長い段落の文が続く。' * 3_000}\n\n終わり。\n"


def test_a_block_that_outlasts_a_slice_is_left_to_others() -> None:
    made, whole = page(GIANT, 30), settled(GIANT, 30)
    assert not made.settle(10.0, light=True)
    heavy = made.heavy()
    assert heavy is not None
    assert "長い段落" in made.blocks[heavy].text
    made.adopt(heavy, made.blocks[heavy].lines(made.width, made.options))
    assert made.heavy() is None
    assert made.settle(10.0, light=True)
    assert made.height == whole.height
    assert texts(made) == texts(whole)


def test_rows_that_will_be_wanted_are_set_ahead_without_moving_others() -> None:
    made = page(LONG, 30)
    top = made.ensure(0, 20)
    before = texts_from(made, top, 20)
    assert not made.ahead(top + 20, 20, -1.0)
    assert made.ahead(top + 20, 20, 10.0)
    assert texts_from(made, top, 20) == before
    laid_out: list[int] = []
    for index, block in enumerate(made.blocks):
        block.content = Watched(index, laid_out, block.content)
    assert made.ensure(top + 20, 20) == top + 20
    assert laid_out == []


def texts_from(made: Page, top: int, count: int) -> list[str]:
    return [made.line(row)[0].text for row in range(top, top + count)]
