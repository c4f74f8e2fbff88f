"""Every example of docs/quiz-format.md does what its info string says."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from sgtui.quiz.directives import QUIZ_ATTRIBUTES
from sgtui.quiz.formats import DIALECTS
from sgtui.quiz.formats.draft import to_markdown
from sgtui.quiz.parts import KINDS
from tests.unit.quiz.reading import read

PAGE = (Path(__file__).parents[3] / "docs" / "quiz-format.md").read_text("utf-8")


class Example(NamedTuple):
    line: int
    says: dict[str, str]
    source: str


def examples() -> list[Example]:
    found = []
    for match in re.finditer(r"^```markdown (.+)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE):
        says = dict(word.split("=", 1) for word in match[1].split())
        found.append(Example(PAGE.count("\n", 0, match.start()) + 1, says, match[2]))
    return found


EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"line {example.line}" for example in EXAMPLES])
def test_example(example: Example) -> None:
    dialects = [name for name in example.says.get("dialects", "").split(",") if name]
    found = read(example.source, dialects=dialects)
    assert [quiz.kind for quiz in found.quizzes] == [kind for kind in example.says.get("quiz", "").split(",") if kind]
    assert [problem.code for problem in found.problems] == [
        code for code in example.says.get("problems", "").split(",") if code
    ]
    assert len(found.cases) == int(example.says.get("case", 0))


def test_no_example_is_left_out() -> None:
    assert len(EXAMPLES) == PAGE.count("```markdown")
    assert len(EXAMPLES) > 15


def test_every_kind_attribute_and_dialect_is_described() -> None:
    shown = {kind for example in EXAMPLES for kind in example.says.get("quiz", "").split(",")}
    assert shown >= set(KINDS)
    assert all(f"`{name}=" in PAGE for name in QUIZ_ATTRIBUTES)
    assert all(f"`{name}`" in PAGE for name in DIALECTS)


def test_what_the_page_says_of_labels_is_so() -> None:
    (example,) = [one for one in EXAMPLES if "id=label-01" in one.source]
    (quiz,) = read(example.source).quizzes
    assert [choice.label for choice in quiz.choices] == ["ア", "イ"]
    assert not quiz.shuffle


def test_examples_survive_being_written_anew() -> None:
    for example in EXAMPLES:
        for quiz in read(example.source).quizzes:
            (again,) = read(to_markdown(quiz)).quizzes
            assert again.id == quiz.id
