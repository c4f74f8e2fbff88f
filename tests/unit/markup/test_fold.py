import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgtui.markup.fold import fold, fold_map


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ランサム", "らんさむ"),
        ("ｻｰﾊﾞ", "サーバ"),
        ("ｶﾞｷﾞ", "がぎ"),
        ("ＩＤ", "id"),
        ("１２３", "123"),
        ("ガ", "ガ"),
        ("㌔", "キロ"),
        ("①", "1"),
        ("ヽヾ", "ゝゞ"),
        ("Straße", "STRASSE"),
        ("ヴ", "ゔ"),
    ],
)
def test_the_same_when_searched(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("サーバ", "サーバー"), ("か", "が"), ("は", "ぱ"), ("っ", "つ")])
def test_not_the_same(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_way_back() -> None:
    text = "㍿ｻｰﾊﾞ君ガ"
    folded = fold_map(text)
    assert folded.text == "株式会社さーば君が"
    assert text[slice(*folded.original(4, 7))] == "ｻｰﾊﾞ"
    assert text[slice(*folded.original(2, 3))] == "㍿"
    assert text[slice(*folded.original(8, 9))] == "ガ"
    assert folded.original(3, 3) == (0, 0)


@given(st.text(alphabet="aAあアｱﾞｶﾟガ゙が㌔①漢ß1１ ー\n한ᄒ"))
def test_folding_with_offsets_is_folding(text: str) -> None:
    folded = fold_map(text)
    assert folded.text == fold(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    if folded.text:
        assert folded.original(0, len(folded.text)) == (0, len(text))


@given(st.text(max_size=20), st.text(max_size=8), st.text(max_size=20))
def test_what_was_written_is_found(before: str, word: str, after: str) -> None:
    folded = fold_map(before + "漢" + word + "字" + after)
    at = folded.text.find(fold("漢" + word + "字"))
    assert at >= 0
    start, end = folded.original(at, at + len(fold("漢" + word + "字")))
    assert fold((before + "漢" + word + "字" + after)[start:end]).startswith(fold("漢" + word + "字"))
