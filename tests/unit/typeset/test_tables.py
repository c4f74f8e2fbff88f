import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.typeset.cells import width
from sgtui.typeset.model import TypesetOptions
from tests.unit.typeset.setting import lines, page, settled, texts

CELLS = st.sampled_from(
    ["", "一", "よくある語", "考えられる文字の組合せを端から試す", "password", "**強**", "`a b`", "a\\|b", "<br>"]
)


def table(rows: list[list[str]]) -> str:
    head, *body = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body)) + "\n"


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=2, max_size=6)),
       st.integers(30, 90))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_nothing_sticks_out(rows: list[list[str]], limit: int) -> None:
    made = settled(table(rows), limit)
    assert all(line.width <= limit for line in lines(made))
    shown = "".join("".join(texts(made)).split())
    for block in made.blocks:
        covered = {
            o for line in made.block_lines(made.blocks.index(block)) for _, a, b in line.pieces for o in range(a, b)
        }
        lost = "".join(c if c == "\t" or o not in covered else "" for o, c in enumerate(block.text))
        assert all("".join(part.split()) in shown for part in lost.split("\t"))  # the head, in records


def test_alignment() -> None:
    made = settled("| 左 | 中 | 右 |\n|:--|:-:|--:|\n| aaaa | bbbb | cccc |\n| a | b | c |\n", 40)
    assert texts(made) == [
        "左     中     右",
        "────────────────",
        "aaaa  bbbb  cccc",
        "a      b       c",
        "────────────────",
    ]


def test_words_stay_whole_where_there_is_room() -> None:
    made = settled(table([["Attack", "What changes"], ["Dictionary attack", "The password, taken from a list"]]), 30)
    assert "Dictionary" in texts(made)[2]


def test_rows_are_blocks_of_one_group() -> None:
    made = settled("前\n\n" + table([["a"], ["1"], ["2"]]) + "\n" + table([["b"], ["3"]]), 30)
    assert [(block.kind, block.group, block.line) for block in made.blocks[1:]] == [
        ("table", 1, 3),
        ("table", 1, 5),
        ("table", 1, 6),
        ("table", 2, 8),
        ("table", 2, 10),
    ]


@pytest.mark.parametrize("plain", [False, True])
def test_records_name_each_cell(plain: bool) -> None:
    made = settled(table([["甲" * 5, "乙" * 5, "丙" * 5], ["一" * 6, "", "三" * 6]]), 20, TypesetOptions(plain=plain))
    shown = [text for text in texts(made) if text.strip("─")]
    assert shown == ["甲甲甲甲甲: 一一一", "一一一", "乙乙乙乙乙: –", "丙丙丙丙丙: 三三三", "三三三"]


def test_a_long_table_is_laid_out_as_it_is_looked_at() -> None:
    made = page(table([["番号", "説明"], *([str(n), "よくある語を順に試す"] for n in range(1200))]), 30)
    assert len(made.blocks) == 1201
    made.ensure(600, 40)
    assert not made.settled
    assert all(width(made.line(row)[0].text) <= 30 for row in range(600, 640))


def test_wrapping_is_chosen_while_reading() -> None:
    made = settled(table([["甲", "乙", "丙"], *([["考えられる文字の組合せ"] * 3] * 2)]), 30)
    wrapped = texts(made)
    assert all(line.width <= 30 for line in lines(made))
    made.resize(30, TypesetOptions(wrap_tables=False))
    made.settle(60.0)
    assert {line.width for line in lines(made)} == {70}
    made.resize(30, TypesetOptions())
    made.settle(60.0)
    assert texts(made) == wrapped
