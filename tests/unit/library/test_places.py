"""The tree of folders below the categories."""

from collections import Counter

import pytest

from sgtui.articles.model import ArticleInfo
from sgtui.library.conditions import toggled
from sgtui.library.filter_text import from_text, to_text
from sgtui.library.places import above, branches, counted, place_of, within
from sgtui.library.query import Filter, apply


def at(path: str, category: str = "") -> ArticleInfo:
    return ArticleInfo(path, path, path, category=category)


@pytest.mark.parametrize(
    ("path", "category", "place"),
    [
        ("a.md", "", ""),
        ("a.md", "x", "x"),
        ("x/a.md", "x", "x"),
        ("x/y/a.md", "x", "x/y"),
        ("src/x/y/z/a.md", "x", "x/y/z"),
        ("x/y/index.md", "x", "x"),
        ("x/index.md", "x", "x"),
        ("x/y/a.md", "from-header", "from-header"),
        ("xx/x/a.md", "x", "x"),
    ],
)
def test_where_an_article_stands(path: str, category: str, place: str) -> None:
    assert place_of(at(path, category)) == place


def test_steps_down() -> None:
    counts = Counter({"src/docs/ja": 2, "src/docs/ja/guides": 3, "src/docs/en/guides/deep": 1, "other": 5})
    assert branches(counts, "src") == {"src/docs/ja": 5, "src/docs/en": 1}
    assert branches(counts, "src/docs/ja") == {"src/docs/ja/guides": 3}
    assert branches(counts, "src/docs/en") == {}
    assert branches(counts, "other") == branches(counts, "none") == branches({}, "x") == {}
    assert list(above("a/b/c")) == ["a/b", "a"]
    assert within("a/b", "a")
    assert not within("ab", "a")


INFOS = [at("x/a.md", "x"), at("x/y/b.md", "x"), at("x/y/z/c.md", "x"), at("x/yy/d.md", "x"), at("w/e.md", "w")]


@pytest.mark.parametrize(
    ("values", "found"),
    [(("x",), "abcd"), (("x/y",), "bc"), (("x/y/z", "w"), "ce"), (("y",), ""), (("x", "x/y"), "abcd")],
)
def test_a_filter_takes_what_is_below(values: tuple[str, ...], found: str) -> None:
    assert "".join(info.key[-4] for info in apply(INFOS, Filter(category=values))) == found


def test_a_place_takes_the_turn_of_those_above_and_below_it() -> None:
    chosen = Filter(category=("w", "x"))
    deeper = toggled(chosen, "category", "x/y")
    assert deeper.category == ("w", "x/y")
    assert toggled(deeper, "category", "x").category == ("w", "x")
    assert toggled(deeper, "category", "x/yy").category == ("w", "x/y", "x/yy")
    assert from_text(to_text(deeper)) == deeper


def test_counts() -> None:
    assert counted(INFOS) == {"x": 1, "x/y": 1, "x/y/z": 1, "x/yy": 1, "w": 1}
