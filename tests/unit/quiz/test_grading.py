import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgtui.quiz.grading import Response, accepts, grade, normal, right_response
from sgtui.quiz.model import Gap
from tests.unit.quiz.reading import only_quiz

CHOICES = "<!-- quiz id=a -->\nどれか。\n\n- [ ] 甲\n- [x] 乙\n- [{mark}] 丙\n<!-- /quiz -->\n"
KINDS = {
    "single": CHOICES.format(mark=" "),
    "multiple": CHOICES.format(mark="x"),
    "true-false": "<!-- quiz -->\n正しいか。\n\n- [x] ○\n- [ ] ×\n",
    "fill": "<!-- quiz type=fill -->\n____と____\n\n- [x] 知識 | 知っているもの\n- [x] 12.5 ± 0.1\n",
    "order": "<!-- quiz type=order -->\n並べよ。\n\n1. 検知\n2. 封じ込め\n3. 復旧\n",
    "match": "<!-- quiz type=match -->\n対応させよ。\n\n- 甲 -> 一\n- 乙 -> 二\n- 丙 -> 一\n",
    "recall": "<!-- quiz type=recall -->\n何か。\n\n> 答え\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_is_right_in_every_part(kind: str) -> None:
    quiz = only_quiz(KINDS[kind])
    assert quiz.kind == kind
    graded = grade(quiz, right_response(quiz))
    assert graded.correct
    assert all(graded.parts)


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_is_wrong(kind: str) -> None:
    assert not grade(only_quiz(KINDS[kind]), Response()).correct


def test_choices_are_graded_one_by_one() -> None:
    quiz = only_quiz(KINDS["multiple"])
    assert grade(quiz, Response(choices=frozenset({1}))).parts == (True, True, False)
    assert grade(quiz, Response(choices=frozenset({0, 1, 2}))).parts == (False, True, True)


def test_gaps_order_and_pairs_are_graded_one_by_one() -> None:
    assert grade(only_quiz(KINDS["fill"]), Response(texts=("所持", "12.5"))).parts == (False, True)
    assert grade(only_quiz(KINDS["order"]), Response(order=(0, 2, 1))).parts == (True, False, False)
    assert grade(only_quiz(KINDS["match"]), Response(pairs=(1, 0, 2))).parts == (False, False, True)


def test_equal_right_sides_may_be_swapped() -> None:
    assert grade(only_quiz(KINDS["match"]), Response(pairs=(2, 1, 0))).correct


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("らんさむうぇあ", "ランサムウェア"),
        ("ﾗﾝｻﾑｳｪｱ", "ランサムウェア"),
        ("ＳＱＬ インジェクション", "sqlインジェクション"),
        ("サーバ", "サーバー"),
        ("サーバー室", "サーバ室"),
        ("フィッシング-メール", "フィッシングーメール"),
        ("ソーシャル・エンジニアリング", "ソーシャルエンジニアリング"),
        ("　機密性　", "機密性"),
        ("機密性。", "機密性"),
        ("SHA‐256", "SHA-256"),
        ("①", "1"),
    ],
)
def test_what_makes_no_difference(typed: str, answer: str) -> None:
    assert accepts(Gap((answer,), None, 1), typed)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("完全性", "機密性"),
        ("", "機密性"),
        ("ビル", "ビール"),
        ("コト", "コート"),
        ("007", "7"),
        ("12か月", "12日"),
        ("-5", "5"),
    ],
)
def test_what_makes_a_difference(typed: str, answer: str) -> None:
    assert not accepts(Gap((answer,), None, 1), typed)


@pytest.mark.parametrize("typed", ["12.5", "12.4", "１２．６", "12.5 ", "12.50"])
def test_numbers_near_enough(typed: str) -> None:
    assert accepts(Gap(("12.5",), None, 1, 0.1), typed)


@pytest.mark.parametrize("typed", ["12.3", "12.7", "約12.5", "12.5.1", "-12.5"])
def test_numbers_too_far_off(typed: str) -> None:
    assert not accepts(Gap(("12.5",), None, 1, 0.1), typed)


def test_units_and_thousands() -> None:
    assert accepts(Gap(("99.5%",), None, 1, 0.1), "99.4")
    assert accepts(Gap(("99.5%",), None, 1, 0.1), "99.4％")
    assert not accepts(Gap(("99.5%",), None, 1, 0.1), "99.4件")
    assert accepts(Gap(("1,000円",), None, 1), "1000円")
    assert accepts(Gap(("1000",), None, 1), "１，０００")


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert accepts(Gap((text,), None, 1), text) == bool(normal(text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["choices", "texts", "order", "pairs", "recalled", "x"]), JSON))
def test_any_record_is_a_response(record: dict[str, object]) -> None:
    response = Response.from_record(record)
    assert Response.from_record(response.to_record()) == response
    for source in KINDS.values():
        grade(only_quiz(source), response)
