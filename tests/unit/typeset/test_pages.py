"""Whole pages: Markdown in, lines out (tests/data/typeset/pages.md; after ``|``: the width, and settings)."""

import pytest

from sgtui.typeset.cells import width
from sgtui.typeset.model import TypesetOptions
from tests.unit.markup.fixtures import Fixture, fixtures, ids
from tests.unit.typeset.setting import lines, settled

CASES = fixtures("typeset/pages.md")


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_page(case: Fixture) -> None:
    cells, *words = case.title.partition("|")[2].split()
    options = TypesetOptions(
        plain="plain" in words,
        ambiguous=2 if "wide" in words else 1,
        hanging="hanging" in words,
        wrap_code="runout" not in words,
        wrap_tables="runout" not in words,
    )
    page = settled(case.source, int(cells), options)
    if "open" in words:
        for index, block in enumerate(page.blocks):
            if block.kind == "summary":
                page.unfold(index)
    found = lines(page)
    assert "\n".join(line.text for line in found) == case.expected
    for line in found:
        assert line.width == width(line.text, options.ambiguous)
        assert line.width <= int(cells) + 2 * options.hanging or "runout" in words
