import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgtui.typeset.cells import cut, graphemes, is_simple, sanitize, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("かな漢字", ["か", "な", "漢", "字"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("か\u3099き", ["か\u3099", "き"]),
        ("ｶﾞｷﾟ", ["ｶﾞ", "ｷﾟ"]),
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
        ("👨‍👩‍👧族", ["👨‍👩‍👧", "族"]),
        ("👍🏽a", ["👍🏽", "a"]),
        ("🇯🇵🇺🇸🇩", ["🇯🇵", "🇺🇸", "🇩"]),
        ("1\u20e3a", ["1\u20e3", "a"]),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", ["\u1112\u1161\u11ab", "\u1100\u1173\u11af"]),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿x", ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "x"]),
        ("नमस्ते", ["न", "म", "स्", "ते"]),
        ("", []),
    ],
)
def test_graphemes(text: str, expected: list[str]) -> None:
    assert graphemes(text) == expected


@pytest.mark.parametrize(
    ("text", "narrow", "wide"),
    [
        ("abc", 3, 3),
        ("漢字", 4, 4),
        ("ｶﾞ", 2, 2),
        ("Ａ１", 4, 4),
        ("①…“”", 4, 8),
        ("─│", 2, 4),
        ("e\u0301", 1, 1),
        ("か\u3099", 2, 2),
        ("👨‍👩‍👧", 2, 2),
        ("👍🏽", 2, 2),
        ("🇯🇵", 2, 2),
        ("\u1112\u1161\u11ab", 2, 2),
        ("\u200b", 0, 0),
        ("한국", 4, 4),
        ("", 0, 0),
    ],
)
def test_width(text: str, narrow: int, wide: int) -> None:
    assert width(text) == narrow
    assert width(text, 2) == wide


@given(st.text())
def test_graphemes_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text
    assert all(graphemes(text))


@given(st.text())
def test_the_width_is_the_sum_of_its_graphemes(text: str) -> None:
    shown = sanitize(text).translate({9: " ", 10: " "})
    assert width(shown) == sum(width(cluster) for cluster in graphemes(shown))


@given(st.text(alphabet="aあ①e\u0301ｶﾞ👍🏽🇯🇵", max_size=20), st.integers(0, 12))
def test_cut_fits_and_splits_nothing(text: str, cells: int) -> None:
    kept = cut(text, cells)
    assert width(kept) <= cells
    assert text.startswith(kept)
    assert graphemes(text)[: len(graphemes(kept))] == graphemes(kept)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("赤い\x1b[31m字", "赤い␛[31m字"),
        ("a\x00b\x07\x7f", "a␀b␇␡"),
        ("\x9b31m", "�31m"),
        ("逆\u202e順\u2066だ", "逆�順�だ"),
        ("\ud800壊", "�壊"),
        ("柔\u00adらか", "柔らか"),
        ("\ufeff始め", "始め"),
        ("❤\ufe0f", "❤"),
        ("行\u2028行", "行 行"),
        ("一\u200b二", "一\u200b二"),
        ("隠" + "\u200b" * 500 + "す", "隠�す"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("タブ\tと\n改行", "タブ\tと\n改行"),
        ("普通の文。", "普通の文。"),
    ],
)
def test_sanitize(text: str, shown: str) -> None:
    assert sanitize(text) == shown


def test_a_flood_of_marks_is_cut() -> None:
    shown = sanitize("e" + "\u0301" * 1_000 + "あ")
    assert len(shown) < 10
    assert shown.endswith("�あ")


@given(st.text(alphabet=st.characters(), max_size=60))
def test_nothing_harmful_remains(text: str) -> None:
    shown = sanitize(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" for c in shown)
    assert not any(c in shown for c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufe0f\ufeff")
    assert sanitize(shown) == shown


def test_simple_text_needs_no_second_look() -> None:
    assert is_simple("これは「普通」のABC、①…―。ｶﾅ")
    assert not is_simple("か\u3099")


def test_widths_are_those_that_the_screen_is_drawn_with() -> None:
    from rich.cells import cell_len

    for text in ("abc漢字かな", "「」（）、。", "①…“”—→■", "ｶﾞ", "Ａ１", "e\u0301", "한국", "😀", "ー・々"):
        assert width(text) == cell_len(text), text
