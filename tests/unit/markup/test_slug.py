import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgtui.markup.slug import Slugger, match_anchor, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("まとめ", "まとめ"),
        ("リスク対応の4つの方法", "リスク対応の4つの方法"),
        ("情報・資産 とは？", "情報資産-とは"),
        ("「重要」（仮）", "重要仮"),
        ("Hello, World!", "hello-world"),
        ("A - B", "a---b"),
        ("snake_case_name", "snake_case_name"),
        ("サーバー々ゝ", "サーバー々ゝ"),
        ("ＡＢＣ １２３", "ａｂｃ-１２３"),
        ("① はじめに", "-はじめに"),
        ("  余白  ", "余白"),
        ("!?", "section"),
        ("", "section"),
    ],
)
def test_slug(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_repeated_titles_are_numbered() -> None:
    slugger = Slugger()
    assert [slugger.slug(title) for title in ("問題", "問題", "問題-1", "問題")] == [
        "問題",
        "問題-1",
        "問題-1-1",
        "問題-2",
    ]


@given(st.lists(st.text(alphabet="aあ-1 !", max_size=4), max_size=12))
def test_slugs_are_unique(titles: list[str]) -> None:
    slugger = Slugger()
    made = [slugger.slug(title) for title in titles]
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("#まとめ", "まとめ"),
        ("まとめ-1", "まとめ-1"),
        ("%E3%81%BE%E3%81%A8%E3%82%81", "まとめ"),
        ("#Hello-World", "hello-world"),
        ("#ガード", "ガード"),
        ("#hello--world", "hello-world"),
        ("#-", None),
        ("#無い", None),
        ("#%FF%ZZ", None),
        ("", None),
    ],
)
def test_match_anchor(fragment: str, expected: str | None) -> None:
    assert match_anchor(fragment, ["まとめ", "まとめ-1", "hello-world", "ガード"]) == expected


def test_the_exact_slug_goes_before_one_in_another_case() -> None:
    assert match_anchor("#a", ["A", "a"]) == "a"
