import re
import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.typeset.cells import graphemes, width
from sgtui.typeset.linebreak import NOT_AT_END, NOT_AT_START, atoms, break_text, set_runs
from sgtui.typeset.model import Span, TypesetOptions
from tests.unit.markup.fixtures import Fixture, fixtures, ids

CASES = fixtures("typeset/linebreak.md")
OPTIONS = TypesetOptions()

PROSE = """\
週明け、総務課のAさんに通販サイトから「会員のIDとパスワードが流出しました」というおわびが届きました。
私用の買い物に使ったサイトですが、メールアドレスもパスワードも、会社の経費精算サービスと同じです。
会社には「5回失敗したらロック」という設定があります。これで安心できるかどうかを、最後に判断できるようになりましょう。
辞書攻撃（dictionary attack）は、よく使われる単語や語句を集めた一覧を順に試す攻撃です。
「welcome1」や「keiri2026」のように、人が思いつきやすい文字列から当たります。
4桁の暗証番号なら0000から9999までの1万通りで、試し続ければいつかは当たります。
アカウントロックは、同じIDで失敗が続くと、そのIDを使えなくする仕組みです。
ISO/IEC 27001では、情報セキュリティを機密性・完全性・可用性の3つで捉えます。
新しいITツールを導入する際、セキュリティ面での不安は必ず付きまといます。
"""


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_lines(case: Fixture) -> None:
    limit = int(case.title.partition("|")[2])
    found = break_text(case.source, limit, OPTIONS)
    assert "\n".join(case.source[line.start : line.end] for line in found) == case.expected
    assert all(line.width == width(case.source[line.start : line.end]) <= limit for line in found)


WORDS = st.sampled_from(
    [
        *("情報", "を", "守る", "サーバー", "っ", "きょう", "人々", "パスワード", "という", "ました"),
        *("、", "。", "「重要」", "（例）", "『本』、", "！", "？　", "……", "――", "・"),
        *(
            "password",
            "ID",
            "ISO/IEC",
            "foo(bar)",
            "e.g.",
            "100円",
            "12 GB",
            "¥300",
            "2026年11月",
            "5.5%",
            " ",
            "“引用”",
        ),
        *("ｶﾞｷﾞ", "👨‍👩‍👧", "🇯🇵", "e\u0301", "葛\U000e0100"),
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map("".join)


@given(TEXTS, st.integers(10, 200))
@settings(max_examples=300)
def test_ordinary_text_breaks_no_rule_at_any_width(text: str, limit: int) -> None:
    lines = break_text(text, limit, OPTIONS)
    whole = set(accumulate_atoms(text))
    for index, line in enumerate(lines):
        shown = text[line.start : line.end]
        assert line.width == width(shown) <= limit
        if index == 0:
            continue
        before = text[lines[index - 1].start : lines[index - 1].end]
        chopped = line.start not in whole
        assert chopped or shown[:1] not in NOT_AT_START
        assert chopped or before[-1:] not in NOT_AT_END
        assert not (
            before[-1:].isascii() and before[-1:].isalnum() and shown[:1].isascii() and shown[:1].isalnum()
        ) or (chopped or text[lines[index - 1].end] == " ")


def accumulate_atoms(text: str) -> list[int]:
    """Where atoms that fit ten cells begin; longer ones may be chopped anywhere."""
    found, position = [], 0
    for atom in atoms(text):
        if width(atom) <= 10:
            found.append(position)
        position += len(atom)
    return found


@given(TEXTS, st.integers(1, 60), st.booleans())
@settings(max_examples=200)
def test_text_in_is_text_out(text: str, limit: int, hanging: bool) -> None:
    lines = break_text(text, limit, TypesetOptions(hanging=hanging))
    position = 0
    for line in lines:
        assert text[position : line.start].strip(" \u3000") == ""
        assert line.start <= line.end
        position = line.end
    assert text[position:].strip(" \u3000") == ""


@given(TEXTS, st.integers(1, 12))
@settings(max_examples=150)
def test_graphemes_are_never_split(text: str, limit: int) -> None:
    borders = {0}
    for cluster in graphemes(text):
        borders.add(max(borders) + len(cluster))
    for line in break_text(text, limit, OPTIONS):
        assert line.start in borders
        assert line.end in borders


@given(st.text(max_size=80), st.integers(1, 30))
@settings(max_examples=100)
def test_any_text_is_broken(text: str, limit: int) -> None:
    assert "".join(atoms(text)) == text
    lines = break_text(text, limit, OPTIONS)
    assert lines[0].start >= 0
    assert lines[-1].end <= len(text)


def test_the_right_edge_looks_straight() -> None:
    blanks = [
        40 - line.width
        for paragraph in PROSE.splitlines()
        for line in break_text(paragraph, 40, OPTIONS)[:-1]
    ]  # fmt: skip
    assert len(blanks) > 8
    assert sum(blanks) / len(blanks) <= 1.4


def test_punctuation_hangs_where_it_may() -> None:
    text = "一二三四五、六七八九十。終わり"
    lines = break_text(text, 10, TypesetOptions(hanging=True))
    assert [text[line.start : line.end] for line in lines] == ["一二三四五、", "六七八九十。", "終わり"]
    assert [line.width for line in lines] == [12, 12, 6]
    assert all(line.width <= 10 for line in break_text(text, 10, OPTIONS))


def test_styles_do_not_change_the_lines() -> None:
    text = "これは「重要」な（password）です。次の文。"
    runs = [Span(character, f"s{index % 3}", f"t{index % 2}") for index, character in enumerate(text)]
    for limit in range(4, 40):
        styled = set_runs(runs, limit, OPTIONS)
        plain = set_runs([Span(text)], limit, OPTIONS)
        assert [line.text for line in styled] == [line.text for line in plain]
        assert [(line.start, line.end, line.width) for line in styled] == [
            (line.start, line.end, line.width) for line in plain
        ]
        for line in styled:
            assert [text.index(span.text) % 3 for span in line.spans if text.count(span.text) == 1] == [
                int(span.style[1:]) for span in line.spans if text.count(span.text) == 1
            ]


@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(10, 60))
@settings(max_examples=100)
def test_short_code_stays_whole_where_it_fits(codes: list[str], limit: int) -> None:
    runs = [Span(text, style) for code in codes for text, style in (("あ", ""), (code, "code"))] + [Span("あ")]
    lines = set_runs(runs, limit, OPTIONS)
    assert all(line.width == width(line.text) <= limit for line in lines)
    starts = {line.start for line in lines}
    position = 0
    for code in codes:
        position += 1
        bare = code.strip(" \u3000")
        first = position + code.index(bare)
        if width(bare) <= 24 and width(bare) + 4 <= limit:  # an あ may belong to either end
            assert starts.isdisjoint(range(first + 1, first + len(bare)))
        position += len(code)


def test_an_empty_text_is_one_empty_line() -> None:
    assert break_text("", 10, OPTIONS) == [(0, 0, 0)]


@pytest.mark.parametrize(
    "piece", ["あ", "a", "、", "「", "(", "a(", "。 ", "1万", "a..", "「 ", "¥", "[1]", "1 ", "e\u0301"]
)
def test_time_grows_in_proportion(piece: str) -> None:
    break_text(piece * 50, 40, OPTIONS)
    once, twice = (calls(piece * count) for count in (2_000, 4_000))
    assert twice <= once * 2.5 + 50


def calls(text: str) -> int:
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        break_text(text, 40, OPTIONS)
    finally:
        sys.setprofile(None)
    return counted


def test_a_long_key_is_chopped_without_looking_at_each_character() -> None:
    assert calls("a1+/" * 5_000) < 5_000
    assert not [c for c in map(chr, range(128)) if c in NOT_AT_START or c in NOT_AT_END]


def test_no_rule_of_the_list_is_missing() -> None:
    assert (
        set("、。，．・：；？！」』）】〕〉》〟’”ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ") <= NOT_AT_START
    )
    assert set("「『（【〔〈《‘“") <= NOT_AT_END


def test_urls_hold_together_between_their_joints() -> None:
    found = [atom for atom in atoms("見よhttps://a.example/b-c/d_e?f=g&h#i、次") if re.search("[a-z]", atom)]
    assert found == ["https://a.example/", "b-c/", "d_e?", "f=", "g&", "h#i、"]
