import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.quiz.model import Quiz
from sgtui.quiz.quality import ENOUGH, Asked, check, measure, similar
from tests.unit.quiz.reading import read

GOOD = """<!-- quiz id={id} -->
{prompt}

- [{a}] {first}
  > 理由
- [{b}] {second}
  > 理由
- [{c}] {third}
  > 理由
- [{d}] {fourth}
  > 理由

> 解説: 説明
<!-- /quiz -->
"""
WORDS = [
    "暗号",
    "署名",
    "監査",
    "認証",
    "権限",
    "復旧",
    "予防",
    "検知",
    "委託",
    "契約",
    "規程",
    "教育",
    "台帳",
    "点検",
    "入退室",
    "持出し",
    "廃棄",
    "保管",
    "通信",
    "端末",
]


def quiz(number: int = 0, right: int = 0, **changes: str) -> Quiz:
    prompt = "".join(random.Random(number).sample(WORDS, 8)) + f"{number}はどれか。"
    marks = {name: "x" if index == right else " " for index, name in enumerate("abcd")}
    texts = {"first": "甲のもの", "second": "乙のもの", "third": "丙のもの", "fourth": "丁のもの"}
    source = GOOD.format(**{"id": f"q{number}", "prompt": prompt, **marks, **texts, **changes})
    (made,) = read(source).quizzes
    return made


def codes(*quizzes: Quiz) -> list[str]:
    return [warning.code for warning in check([Asked("a.md", one) for one in quizzes])[1]]


def test_good_quizzes_are_left_alone() -> None:
    assert codes(*[quiz(number, number % 4) for number in range(ENOUGH * 2)]) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"second": "必ず乙のもの"}, "quality-cue"),
        ({"third": "すべてのもの"}, "quality-cue"),
        ({"fourth": "長い長い長い長い長い長い長い長い丁のもの"}, "quality-lengths"),
        ({"prompt": "問い"}, ""),
    ],
)
def test_one_quiz(changes: dict[str, str], code: str) -> None:
    assert codes(quiz(0, 0, **changes)) == ([code] if code else [])


def test_a_cue_in_the_right_choice_too_is_no_cue() -> None:
    assert codes(quiz(first="必ず甲のもの", second="必ず乙のもの")) == []


def test_missing_reasons_and_explanation() -> None:
    (bare,) = read("<!-- quiz id=a -->\nどれか。\n\n- [x] 甲\n  > 理由\n- [ ] 乙\n").quizzes
    stats, found = check([Asked("a.md", bare)])
    assert [(warning.code, warning.line) for warning in found] == [("quality-reasons", 1), ("quality-explanation", 1)]
    assert found[0].message == "1 of 2 choices do not say why they are right or wrong."
    assert (stats.without_reasons, stats.without_explanation) == (1, 1)


def test_a_quiz_before_its_section() -> None:
    assert [warning.code for warning in check([Asked("a.md", quiz(), section_line=9)])[1]] == ["quality-too-early"]
    assert check([Asked("a.md", quiz(), section_line=1)])[1] == []


def test_positions_and_longest() -> None:
    lopsided = [quiz(number, 1, second="長めの乙のもの") for number in range(ENOUGH)]
    stats, found = check([Asked("a.md", one) for one in lopsided])
    assert stats.position_shares() == (0, 1, 0, 0)
    assert stats.longest_share == 1
    assert [warning.code for warning in found] == ["quality-position"] * 4 + ["quality-longest"]
    assert "100%" in found[1].message


def test_few_quizzes_prove_nothing() -> None:
    assert codes(*[quiz(number, 1) for number in range(ENOUGH - 1)]) == []


def test_the_same_and_nearly_the_same_prompt() -> None:
    first = quiz(0, prompt="退職した社員のIDで顧客名簿が閲覧された。損なわれたのはどれか。")
    same = quiz(1, prompt="退職した社員の ＩＤ で顧客名簿が閲覧された。損なわれたのはどれか。")
    near = quiz(2, prompt="退職した社員のIDで顧客の名簿が閲覧された。損なわれたのはどれか。")
    assert codes(first, same) == ["quality-same-prompt"]
    assert codes(first, near) == ["quality-near-prompt"]


def test_terms_in_no_quiz() -> None:
    stats = measure(
        [quiz(first="ＳＱＬインジェクション")], [("SQLインジェクション",), ("サーバー", "乙のもの"), ("耐量子暗号",)]
    )
    assert stats.untested == ("耐量子暗号",)


def test_nothing_at_all() -> None:
    stats, found = check([])
    assert (stats.quizzes, stats.position_shares(), stats.longest_share, found) == (0, (), 0.0, [])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("あいうえ", min_size=1, max_size=12), max_size=12))
def test_similar_texts_are_those_a_full_comparison_finds(texts: list[str]) -> None:
    def pieces(text: str) -> set[str]:
        return {text[index : index + 3] for index in range(max(len(text) - 2, 1))}

    found = {index for index, _earlier, _share in similar(texts, 0.5)}
    wanted = {
        later
        for later, text in enumerate(texts)
        if any(len(pieces(text) & pieces(other)) / len(pieces(text) | pieces(other)) >= 0.5 for other in texts[:later])
    }
    assert found == wanted
