import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.quiz.formats import DIALECTS
from sgtui.quiz.model import Quiz
from tests.unit.quiz.reading import DATA, Fixture, fixtures, in_words, read

ALL = fixtures("dialects.md")
LINES = st.sampled_from(
    [line for name in ("lines.txt", "dialect-lines.txt") for line in (DATA / name).read_text("utf-8").splitlines()]
)


@pytest.mark.parametrize("fixture", ALL, ids=[fixture.title for fixture in ALL])
def test_fixture(fixture: Fixture) -> None:
    assert in_words(read(fixture.source, dialects=DIALECTS)) == fixture.expected


@pytest.mark.parametrize("fixture", fixtures("grammar.md"), ids=lambda fixture: fixture.title)
def test_the_home_grammar_reads_the_same_with_every_dialect_on(fixture: Fixture) -> None:
    assert in_words(read(fixture.source, dialects=DIALECTS)) == fixture.expected


@pytest.mark.parametrize("fixture", ALL, ids=[fixture.title for fixture in ALL])
def test_nothing_is_read_that_was_not_asked_for(fixture: Fixture) -> None:
    assert not [quiz for quiz in read(fixture.source).quizzes if not quiz.explicit_id]


def test_unknown_dialects_are_passed_over() -> None:
    assert read("## 問1. どれか。\n\n- [x] 甲\n- [ ] 乙\n", dialects=["klingon"]).quizzes == ()


@pytest.mark.parametrize("name", DIALECTS)
def test_each_dialect_works_alone(name: str) -> None:
    found = [quiz for fixture in ALL for quiz in read(fixture.source, dialects=[name]).quizzes if not quiz.explicit_id]
    assert found


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES, max_size=20).map("\n".join), st.sets(st.sampled_from(DIALECTS)))
def test_no_markdown_raises(source: str, dialects: set[str]) -> None:
    found = read(source, dialects=sorted(dialects))
    assert all(isinstance(piece, Quiz) or piece for piece in found.pieces)
    assert len({quiz.id for quiz in found.quizzes}) == len(found.quizzes)
