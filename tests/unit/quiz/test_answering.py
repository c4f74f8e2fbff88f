import json
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui import i18n
from sgtui.quiz.answering import Answering
from sgtui.quiz.grading import Response
from sgtui.quiz.model import Quiz
from tests.unit.quiz.reading import only_quiz
from tests.unit.quiz.test_grading import KINDS

FOUR = """<!-- quiz id=four -->
どれか。

> ヒント: 形を見る。

- [ ] 甲
  > 甲の理由
- [x] 乙
  > 乙の理由
- [ ] 丙
  > 丙の理由
- [ ] 丁
<!-- /quiz -->
"""


def quiz_of(kind: str) -> Quiz:
    return only_quiz(KINDS[kind])


def pressed(answering: Answering, keys: Iterable[str]) -> Answering:
    for key in keys:
        assert answering.accepts(key), key
        answering = answering.press(key)
    return answering


@pytest.mark.parametrize("key", ["2", "２", "イ", "い", "ｲ", "i", "I"])
def test_one_key_answers_a_single_choice(key: str) -> None:
    answered = Answering.start(only_quiz(FOUR)).press(key)
    assert answered.submitted
    assert answered.correct
    assert answered.response == Response(choices=frozenset({1}))


def test_a_wrong_choice_is_wrong() -> None:
    answered = Answering.start(only_quiz(FOUR)).press("a")
    assert answered.submitted
    assert answered.correct is False


@pytest.mark.parametrize("key", ["5", "オ", "o", "j", "k", "q", "b", " ", "space", "enter", "/", "r", "t", "pagedown"])
def test_other_keys_are_the_readers(key: str) -> None:
    start = Answering.start(only_quiz(FOUR))
    assert not start.accepts(key)
    assert start.press(key) == start


def test_enter_answers_only_where_the_cursor_was_put() -> None:
    start = Answering.start(only_quiz(FOUR))
    assert not start.accepts("enter")
    assert pressed(start, ["down", "down", "enter"]).correct
    assert pressed(start, ["up"]).cursor == 3


def test_after_the_answer_the_answer_keys_rest() -> None:
    answered = Answering.start(only_quiz(FOUR)).press("1")
    for key in "234567890アイウi":
        assert not answered.accepts(key), key
    assert answered.click("choice", 1) == answered


def test_reasons_guess_and_retry() -> None:
    right = Answering.start(only_quiz(FOUR)).press("2")
    assert right.has_more_reasons
    assert pressed(right, "r").show_reasons
    assert not pressed(right, "rr").show_reasons
    assert pressed(right, "u").guess
    assert not pressed(right, "uu").guess
    again = pressed(right, "t")
    assert not again.submitted
    assert again.attempt == 1
    assert again.order == right.order
    wrong = Answering.start(only_quiz(FOUR)).press("1")
    assert not wrong.accepts("u")


def test_the_hint_is_remembered() -> None:
    shown = pressed(Answering.start(only_quiz(FOUR)), "h")
    assert shown.hint_shown
    assert shown.press("h").hint_used
    assert not shown.press("h").hint_shown
    assert not Answering.start(quiz_of("single")).accepts("h")


def test_several_choices_are_ticked_and_then_submitted() -> None:
    start = Answering.start(quiz_of("multiple"))
    assert not start.accepts("enter")
    ticked = pressed(start, ["2", "ウ", "1", "ア"])
    assert not ticked.submitted
    assert pressed(ticked, ["enter"]).correct
    assert pressed(start, ["down", "space"]).ticked == {0}


def test_true_and_false_are_one_key() -> None:
    assert Answering.start(quiz_of("true-false"), seed=3).press("1").correct
    assert Answering.start(quiz_of("true-false")).press("イ").correct is False


def test_gaps_are_typed_with_an_input_method_on() -> None:
    start = Answering.start(quiz_of("fill"))
    for key in ["j", "q", "ち", "1"]:
        assert not start.accepts(key)
    typing = pressed(start, ["enter", *"ちし", "backspace", "し", "き"])
    assert typing.texts == ("ちしき", "")
    for key in ["j", "q", "/", " ", "1"]:
        assert typing.accepts(key)
    assert typing.type("貼り付け\n").texts[0] == "ちしき貼り付け"
    done = pressed(typing, ["backspace", "backspace", "backspace", *"知識", "enter", *"12.45", "enter"])
    assert done.submitted
    assert done.correct
    assert done.response == Response(texts=("知識", "12.45"))


def test_escape_leaves_a_gap_and_gives_the_keys_back() -> None:
    left = pressed(Answering.start(quiz_of("fill")), ["enter", "あ", "escape"])
    assert not left.accepts("j")
    assert not left.accepts("escape")
    assert pressed(left, ["enter"]).cursor == 1


def test_empty_gaps_are_not_submitted_by_accident() -> None:
    typing = pressed(Answering.start(quiz_of("fill")), ["enter", "enter", "enter", "enter"])
    assert not typing.submitted
    assert typing.submit().correct is False


def test_right_sides_are_never_shown_in_their_right_order() -> None:
    for seed in range(20):
        assert Answering.start(quiz_of("match"), seed=seed).order != (0, 1, 2)


@pytest.mark.parametrize("count", range(2, 9))
def test_no_item_to_be_ordered_is_shown_in_its_right_place(count: int) -> None:
    lines = "\n".join(f"{number}. 手順{number}" for number in range(1, count + 1))
    quiz = only_quiz(f"<!-- quiz type=order -->\n並べよ。\n\n{lines}\n")
    for seed in (None, *range(20)):
        arranged = Answering.start(quiz, seed=seed).arranged
        assert sorted(arranged) == list(range(count))
        assert all(item != place for place, item in enumerate(arranged))
        assert arranged == Answering.start(quiz, seed=seed).arranged


def test_items_are_moved_by_number_or_by_arrows() -> None:
    answering = Answering.start(quiz_of("order"))
    assert not answering.accepts("enter")
    for item in range(3):
        place = answering.arranged.index(item)
        if place != item:
            answering = pressed(answering, [str(place + 1), str(item + 1)])
    assert pressed(answering, ["enter"]).correct
    carried = pressed(answering, ["1", "down", "down", "down", "space"])
    assert carried.arranged == (1, 2, 0)
    assert carried.held is None
    assert pressed(carried, ["enter"]).correct is False


def test_moving_keeps_all_items() -> None:
    moved = Answering.start(quiz_of("order")).move(0, 2).move(2, 1)
    assert sorted(moved.arranged) == [0, 1, 2]
    assert moved.move(0, 9) == moved


def test_left_sides_get_right_ones() -> None:
    answering = Answering.start(quiz_of("match"))
    for left in range(3):
        assert answering.cursor == left
        answering = pressed(answering, [str(answering.order.index(left) + 1)])
    assert pressed(answering, ["enter"]).correct


def test_a_right_side_belongs_to_one_left_one() -> None:
    answering = Answering.start(quiz_of("match")).pair(0, 0).pair(1, 0)
    assert answering.paired[0] == -1
    assert not answering.accepts("enter")
    assert pressed(answering, ["up", "backspace"]).paired.count(-1) >= 2


def test_a_flash_card_is_turned_and_then_judged() -> None:
    start = Answering.start(quiz_of("recall"))
    assert not start.accepts("1")
    turned = pressed(start, ["enter"])
    assert not turned.submitted
    assert pressed(turned, ["2"]).correct
    assert pressed(turned, ["1"]).correct is False
    assert not turned.accepts("3")


def test_an_exam_takes_answers_back() -> None:
    answering = Answering.start(only_quiz(FOUR), deferred=True).press("1")
    assert answering.answered
    assert not answering.submitted
    changed = answering.press("2")
    assert changed.ticked == {1}
    assert not changed.press("2").answered
    assert changed.submit().correct


def test_an_exam_submits_nothing_on_enter() -> None:
    typing = pressed(Answering.start(quiz_of("fill"), deferred=True), ["enter", "甲", "enter", "乙", "enter"])
    assert not typing.submitted
    assert not typing.editing
    assert typing.answered


def test_a_seed_shuffles_the_same_way_each_time() -> None:
    quiz = only_quiz(FOUR)
    orders = {Answering.start(quiz, seed=seed).order for seed in range(30)}
    assert len(orders) > 5
    assert Answering.start(quiz, seed=7) == Answering.start(quiz, seed=7)
    assert Answering.start(quiz).order == (0, 1, 2, 3)


def test_shuffled_choices_are_chosen_by_what_is_shown() -> None:
    quiz = only_quiz(FOUR)
    for seed in range(10):
        start = Answering.start(quiz, seed=seed)
        assert start.press(start.labels()[start.order.index(1)]).correct


def test_a_quiz_that_forbids_it_is_not_shuffled() -> None:
    quiz = only_quiz(FOUR.replace("id=four", "id=four shuffle=off"))
    assert {Answering.start(quiz, seed=seed).order for seed in range(10)} == {(0, 1, 2, 3)}


def test_labels_follow_the_language_of_the_quiz() -> None:
    english = only_quiz("<!-- quiz -->\nWhich?\n\n- [x] One\n- [ ] Two\n- [ ] Three\n- [ ] Four\n- [ ] Five\n")
    before = i18n.language()
    try:
        i18n.use("en")
        assert Answering.start(english).labels() == ("A", "B", "C", "D", "E")
        assert Answering.start(english).press("e").ticked == {4}
        assert Answering.start(english).press("イ").ticked == {1}
        assert Answering.start(only_quiz(FOUR)).labels() == ("ア", "イ", "ウ", "エ")
        i18n.use("ja")
        assert Answering.start(english).labels() == ("ア", "イ", "ウ", "エ", "オ")
    finally:
        i18n.use(before)


@pytest.mark.parametrize("kind", KINDS)
def test_the_keys_it_names_are_keys_it_takes(kind: str) -> None:
    for answering in _states(quiz_of(kind)):
        known = answering.keys()
        for keys, description in known:
            assert description
            for name in keys.split("・"):
                key = {"Enter": "enter", "Esc": "escape", "↑↓": "down"}.get(name, name.partition("–")[0])
                assert answering.accepts(key), (keys, answering)


def _states(quiz: Quiz) -> list[Answering]:
    start = Answering.start(quiz)
    states = [start]
    for key in ["enter", "1", "2", "1", "3", "enter", "enter", "enter"]:
        if states[-1].accepts(key):
            states.append(states[-1].press(key))
    return [*states, start.submit()]


def test_an_answer_given_long_ago_is_shown_again() -> None:
    answered = Answering.start(only_quiz(FOUR)).press("1")
    assert answered.response is not None
    again = Answering.start(only_quiz(FOUR)).with_response(answered.response)
    assert again.ticked == {0}
    assert again.correct is False


def test_an_old_answer_to_an_edited_quiz_does_no_harm() -> None:
    old = Response(choices=frozenset({9}), texts=("a",) * 9, order=(5, 4), pairs=(8,))
    for source in KINDS.values():
        shown = Answering.start(only_quiz(source)).with_response(old)
        assert shown.submitted
        assert shown.press("r").press("t").submitted is False


KEYS = st.sampled_from(
    ["up", "down", "enter", "space", "backspace", "escape", "tab", "shift+tab", *"123456780アイウｴaiueo hrtuq漢 "]
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.booleans(), st.none() | st.integers(0, 5), st.lists(KEYS, max_size=25))
def test_no_run_of_keys_breaks_a_quiz(kind: str, deferred: bool, seed: int | None, keys: list[str]) -> None:
    quiz = quiz_of(kind)
    answering = Answering.start(quiz, seed=seed, deferred=deferred)
    for key in keys:
        after = answering.press(key)
        if not answering.accepts(key):
            assert after == answering
        answering = after
        assert sorted(answering.arranged) == list(range(len(quiz.items)))
        assert len(answering.texts) == len(quiz.gaps)
        taken = [right for right in answering.paired if right != -1]
        assert answering.submitted or len(taken) == len(set(taken))
    kept = Answering.from_record(quiz, json.loads(json.dumps(answering.to_record())))
    assert kept.response == answering.response
    assert kept.grade == answering.grade
    assert (kept.order, kept.arranged, kept.paired) == (answering.order, answering.arranged, answering.paired)
    assert (kept.ticked, kept.texts, kept.guess) == (answering.ticked, answering.texts, answering.guess)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.sampled_from(sorted(KINDS)))
def test_a_record_of_another_quiz_begins_anew(first: str, second: str) -> None:
    record = Answering.start(quiz_of(first)).to_record()
    assert Answering.from_record(quiz_of(second), {**record, "cursor": 99}).response is None


def test_clicks_do_what_keys_do() -> None:
    start = Answering.start(only_quiz(FOUR))
    assert start.click("choice", 1) == start.press("2")
    assert start.click("hint") == start.press("h")
    answered = start.press("2")
    assert answered.click("reasons") == answered.press("r")
    assert answered.click("guess") == answered.press("u")
    assert answered.click("retry") == answered.press("t")
    assert answered.click("nonsense") == answered
    match = Answering.start(quiz_of("match"))
    assert match.click("left", 2).click("right", 0).paired[2] == match.order[0]
    assert Answering.start(quiz_of("fill")).click("gap", 1).press("x").texts == ("", "x")
    assert Answering.start(quiz_of("order")).click("item", 2).held == 2
