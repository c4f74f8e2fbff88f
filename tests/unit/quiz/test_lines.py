import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.quiz.answering import Answering
from sgtui.quiz.grading import Response, right_response
from sgtui.quiz.model import Quiz
from sgtui.typeset.block import Block
from sgtui.typeset.cells import width as cells
from sgtui.typeset.contents import QuizContent
from sgtui.typeset.model import Line, TypesetOptions
from sgtui.typeset.page import Page
from sgtui.typeset.quiz import quiz_lines
from sgtui.typeset.quiz_targets import read_target, target
from tests.unit.quiz.reading import Fixture, fixtures, only_quiz, read
from tests.unit.quiz.test_answering import FOUR
from tests.unit.quiz.test_grading import KINDS
from tests.unit.quiz.test_parser import SECRET, quizzes_with_secrets

OPTIONS = TypesetOptions()
PLAIN = TypesetOptions(plain=True)


def text(lines: list[Line]) -> str:
    return "\n".join(line.text.rstrip() for line in lines)


def drawn(quiz: Quiz, keys: str, *, width: int = 40, number: int | None = 2) -> str:
    answering = Answering.start(quiz)
    for key in keys.split():
        assert answering.accepts(key), key
        answering = answering.press(key)
    return text(quiz_lines(quiz, answering, width, OPTIONS, number))


DRAWN = fixtures("drawn.txt")


@pytest.mark.parametrize("fixture", DRAWN, ids=[fixture.title for fixture in DRAWN])
def test_drawn(fixture: Fixture) -> None:
    """A title is ``KIND: keys``."""
    source, expected = fixture.source, fixture.expected
    keys = fixture.title.partition(":")[2]
    assert drawn(only_quiz(source), keys).rstrip() == expected.rstrip()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [4, 12, 30, 60, 100])
def test_no_line_is_too_wide(kind: str, width: int) -> None:
    quiz = only_quiz(KINDS[kind])
    answered = Answering.start(quiz).with_response(right_response(quiz))
    wrong = Answering.start(quiz).with_response(Response())
    for answering in (None, Answering.start(quiz), answered, wrong):
        for line in quiz_lines(quiz, answering, width, OPTIONS, 1):
            assert line.width == cells(line.text)
            if width >= 30:
                assert line.width <= width


@pytest.mark.parametrize("width", [34, 40, 60, 80])
@pytest.mark.parametrize("submitted", [False, True])
def test_arrows_of_a_match_stand_in_one_column_beside_their_text(width: int, *, submitted: bool) -> None:
    quiz = only_quiz(
        "<!-- quiz type=match -->\n対応させよ。\n\n- 届いた督促状が、取引先から出た本物だと確かめられた -> 真正性\n"
        "- 名簿を見られた -> 機密性\n- DNS -> 名前を番号にする\n"
    )
    answering = Answering.start(quiz).pair(0, 1)
    paper = quiz_lines(quiz, None, width, OPTIONS)
    for lines in (paper, quiz_lines(quiz, answering.submit() if submitted else answering, width, OPTIONS)):
        arrows = [line.text for line in lines if "→" in line.text]
        assert len(arrows) == len(quiz.pairs)
        assert len({cells(arrow.partition("→")[0]) for arrow in arrows}) == 1
        assert all(arrow.partition("→")[0].strip("▍▸✓✗ ") for arrow in arrows)


@pytest.mark.parametrize("kind", KINDS)
def test_wide_ambiguous_characters_fit_too(kind: str) -> None:
    quiz = only_quiz(KINDS[kind])
    options = TypesetOptions(ambiguous=2)
    for line in quiz_lines(quiz, Answering.start(quiz).with_response(right_response(quiz)), 40, options, 1):
        assert line.width == cells(line.text, 2) <= 40


@settings(max_examples=100, deadline=None)
@given(quizzes_with_secrets(), st.integers(10, 80), st.booleans())
def test_no_line_tells_an_answer_before_it_is_given(source: str, width: int, plain: bool) -> None:
    for quiz in read(source).quizzes:
        for answering in (None, Answering.start(quiz), Answering.start(quiz, seed=1)):
            shown = text(quiz_lines(quiz, answering, width, PLAIN if plain else OPTIONS))
            assert SECRET not in shown
            assert not set("✓✗●☑") & set(shown)


def test_the_right_choice_leaves_no_trace_before_the_answer() -> None:
    first = only_quiz("<!-- quiz id=a -->\n問い\n\n- [x] 甲\n  > 理由\n- [ ] 乙\n  > 理由\n")
    second = only_quiz("<!-- quiz id=a -->\n問い\n\n- [ ] 甲\n  > 理由\n- [x] 乙\n  > 理由\n")
    assert quiz_lines(first, None, 40, OPTIONS) == quiz_lines(second, None, 40, OPTIONS)
    assert quiz_lines(first, Answering.start(first), 40, OPTIONS) == quiz_lines(
        second, Answering.start(second), 40, OPTIONS
    )


@pytest.mark.parametrize("kind", ["order", "match"])
def test_what_must_be_arranged_is_not_printed_in_order(kind: str) -> None:
    quiz = only_quiz(KINDS[kind])
    shown = text(quiz_lines(quiz, None, 60, OPTIONS))
    rights = [item.text for item in quiz.items] or [pair.right.text for pair in quiz.pairs]
    places = [shown.rindex(right) for right in dict.fromkeys(rights)]
    assert kind == "match" or places != sorted(places)


def test_on_paper_there_are_no_keys_and_no_clicks() -> None:
    quiz = only_quiz(FOUR)
    lines = quiz_lines(quiz, None, 60, OPTIONS)
    assert not any(span.target for line in lines for span in line.spans)
    assert not any("quiz.key" in span.style or "▸" in span.text for line in lines for span in line.spans)
    assert lines[-1].text.strip("▍ ")


def test_every_part_can_be_clicked() -> None:
    clicks = {
        "four": {"choice", "hint"},
        "fill": {"gap", "submit"},
        "order": {"item"},
        "match": {"left", "right"},
        "recall": {"submit"},
    }
    for name, actions in clicks.items():
        quiz = only_quiz(FOUR if name == "four" else KINDS[name])
        lines = quiz_lines(quiz, Answering.start(quiz), 60, OPTIONS)
        targets = {span.target for line in lines for span in line.spans if span.target}
        read_back = [read_target(at) for at in targets]
        assert {found[1] for found in read_back if found} == actions
        assert {found[0] for found in read_back if found} == {quiz.id}


def test_after_the_answer_come_the_other_clicks() -> None:
    quiz = only_quiz(FOUR)
    lines = quiz_lines(quiz, Answering.start(quiz).press("2"), 60, OPTIONS)
    targets = {found[1] for line in lines for span in line.spans if (found := read_target(span.target))}
    assert targets == {"reasons", "retry", "guess"}


@pytest.mark.parametrize("quiz_id", ["cia-01", "記事#0a1b", "a:b:choice", "1"])
def test_targets_are_read_back(quiz_id: str) -> None:
    assert read_target(target(quiz_id, "choice", 12)) == (quiz_id, "choice", 12)
    assert read_target(target(quiz_id, "hint")) == (quiz_id, "hint", 0)
    assert read_target("https://example.com") is None


def test_reasons_of_the_others_come_on_request() -> None:
    quiz = only_quiz(FOUR)
    answered = Answering.start(quiz).press("1")
    shown = text(quiz_lines(quiz, answered, 60, OPTIONS))
    assert "甲の理由" in shown
    assert "乙の理由" in shown
    assert "丙の理由" not in shown
    assert "丙の理由" in text(quiz_lines(quiz, answered.press("r"), 60, OPTIONS))


def test_an_exam_shows_the_answer_as_given_and_not_as_graded() -> None:
    quiz = only_quiz(FOUR)
    for answering in (Answering.start(quiz, deferred=True).press("1"), Answering.start(quiz).press("1")):
        shown = text(quiz_lines(quiz, answering, 60, OPTIONS, feedback=False))
        assert "● ア" in shown
        assert not set("✓✗") & set(shown)
        assert "理由" not in shown


def test_the_lines_of_prompt_and_choices_know_their_offsets() -> None:
    quiz = only_quiz("<!-- quiz id=a -->\n" + "長い問いの文である。" * 8 + "\n\n- [x] 甲\n- [ ] ア\n")
    text = "\n".join((quiz.prompt.text, *(choice.content.text for choice in quiz.choices)))
    for line in quiz_lines(quiz, Answering.start(quiz), 30, OPTIONS, 1):
        for start, begin, end in line.pieces:
            assert line.text[start : start + end - begin] == text[begin:end]
    starts = [line.start for line in quiz_lines(quiz, None, 30, OPTIONS, 1)]
    assert starts == sorted(starts)


def test_the_block_grows_in_place() -> None:
    quiz = only_quiz(FOUR)
    before = quiz_lines(quiz, Answering.start(quiz), 60, OPTIONS, 1)
    after = quiz_lines(quiz, Answering.start(quiz).press("1"), 60, OPTIONS, 1)
    head = [line.text for line in before[:3]]
    assert [line.text for line in after[:3]] == head
    assert len(after) > len(before)


def test_a_screen_adds_its_own_keys() -> None:
    quiz = only_quiz(FOUR)
    lines = quiz_lines(
        quiz, Answering.start(quiz).press("2"), 60, OPTIONS, more_keys=[("Enter", "next", "quiz:four:next")]
    )
    spans = [span for line in lines for span in line.spans if span.target == "quiz:four:next"]
    assert [span.text for span in spans] == ["Enter", " next"]


def test_hostile_text_is_harmless() -> None:
    quiz = read("<!-- quiz id=a -->\n問\x1b[31m い\n\n- [x] \x07甲\u202e\n- [ ] 乙\n").quizzes[0]
    for answering in (None, Answering.start(quiz).press("1")):
        shown = text(quiz_lines(quiz, answering, 40, OPTIONS))
        assert not set("\x1b\x07\u202e") & set(shown)


def test_typed_text_is_harmless_too() -> None:
    quiz = only_quiz(KINDS["fill"])
    typing = Answering.start(quiz).type("\x1b[31m赤")
    assert typing.texts[0] == "[31m赤"
    kept = Answering.start(quiz).with_response(Response(texts=("\x1b]0;x\x07", "")))
    assert not set("\x1b\x07") & set(text(quiz_lines(quiz, kept, 40, OPTIONS)))


def test_a_line_of_an_answered_quiz_is_found_again_at_another_width() -> None:
    quiz = only_quiz(
        "<!-- quiz id=a -->\n" + "長い問いの文である。" * 4 + "\n\n- [x] 甲\n  > " + "甲である。" * 12
        + "\n- [ ] 乙\n  > 乙ではない。\n\n> 解説: " + "説明の文。" * 20 + "\n"
    )  # fmt: skip
    answering = Answering.start(quiz).choose(1)
    block = Block("quiz", 0, 1, QuizContent(quiz))
    pages = [Page([block], w, OPTIONS, lambda q, room: quiz_lines(q, answering, room, OPTIONS, 1)) for w in (30, 70)]
    for page, other in (pages, pages[::-1]):
        for row in range(page.height):
            place = page.place_at(row)
            found = other.line(other.row_of(place))[0].start
            starts = [other.line(at)[0].start for at in range(other.height)]
            assert found == max(start for start in starts if start <= place.offset)


def test_on_paper_items_have_letters_and_not_the_numbers_of_an_order() -> None:
    quiz = only_quiz(KINDS["order"])
    assert "ア  " in text(quiz_lines(quiz, None, 60, OPTIONS))
    assert "1  " not in text(quiz_lines(quiz, None, 60, OPTIONS))
    assert "1  " in text(quiz_lines(quiz, Answering.start(quiz), 60, OPTIONS))
