"""What is offered where a search finds nothing."""

import pytest

from sgtui.library.load import open_library
from sgtui.library.nearest import nearest
from sgtui.library.search import Search
from sgtui.library.search_query import pieces
from tests.unit.library.trees import article, plant


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    files = {
        "a.md": article("鍵の管理", "鍵を数える。"),
        "b.md": article("ランサムウェア", "鍵と備え。", tags="[暗号]"),
    }
    return Search(open_library(plant(tmp_path_factory.mktemp("near"), files), cache_dir=None))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("鍵 “公開 鍵” -RSA tag:暗号", ["鍵", '"公開 鍵"', "-RSA", "tag:暗号"]),
        ("　鍵　", ["鍵"]),
        ("", []),
    ],
)
def test_pieces(text: str, parts: list[str]) -> None:
    assert pieces(text) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("鍵 存在しない", [("鍵", "存在しない", 2)]),
        ("数える 備え", [("備え", "数える", 1), ("数える", "備え", 1)]),
        ("数える tag:暗号", [("tag:暗号", "数える", 1), ("数える", "tag:暗号", 1)]),
        ("ランサムウエアー", [("ランサムウ", "", 1)]),
        ("備えあれば", [("備え", "", 1)]),
        ("zz", []),
        ("", []),
    ],
)
def test_what_finds_something(search: Search, text: str, found: list[tuple[str, str, int]]) -> None:
    assert [tuple(one) for one in nearest(search, text)] == found
