"""How the bundled course stands on the page: its right edge, and 禁則 over ordinary prose."""

from collections.abc import Iterator

import pytest

from sgtui.typeset.block import Block
from sgtui.typeset.document import build
from sgtui.typeset.linebreak import NOT_AT_END, NOT_AT_START
from sgtui.typeset.model import Line, TypesetOptions
from tests.content.course import read_course

OPTIONS = TypesetOptions()


@pytest.fixture(scope="module")
def prose() -> list[Block]:
    """Paragraphs and items of lists of all articles."""
    blocks = (block for page in read_course().pages for block in build(page.article, OPTIONS))
    return [block for block in blocks if block.kind in ("paragraph", "item")]


def paragraphs(prose: list[Block], width: int) -> Iterator[list[Line]]:
    for block in prose:
        yield block.lines(width, OPTIONS)[block.before :]


@pytest.mark.parametrize("width", [40, 60, 72, 100])
def test_the_right_edge_looks_straight(prose: list[Block], width: int) -> None:
    blanks = [width - line.width for lines in paragraphs(prose, width) for line in lines[:-1]]
    assert len(blanks) > 400
    assert sum(blanks) / len(blanks) <= 1.0


@pytest.mark.parametrize("width", [24, 40, 72])
def test_no_line_begins_or_ends_where_it_may_not(prose: list[Block], width: int) -> None:
    for lines in paragraphs(prose, width):
        shown = [line.text.strip() for line in lines]
        assert not [text for text in shown[1:] if text[:1] in NOT_AT_START]
        assert not [text for text in shown[:-1] if text[-1:] in NOT_AT_END]


@pytest.mark.parametrize("width", [24, 72])
def test_every_character_is_set_once_and_in_order(prose: list[Block], width: int) -> None:
    for block, lines in zip(prose, paragraphs(prose, width), strict=True):
        pieces = [block.text[start:end] for line in lines for _at, start, end in line.pieces]
        assert "".join("".join(pieces).split()) == "".join(block.text.split())
