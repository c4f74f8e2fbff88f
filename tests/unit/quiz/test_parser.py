import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.markup.text import plain_text
from sgtui.problems import CATALOGUE
from sgtui.quiz.model import Quiz
from sgtui.quiz.parser import Split, in_section
from tests.unit.quiz.reading import DATA, Fixture, fixtures, in_words, only_quiz, read

ALL = fixtures("grammar.md") + fixtures("mistakes.md")


@pytest.mark.parametrize("fixture", ALL, ids=[fixture.title for fixture in ALL])
def test_fixture(fixture: Fixture) -> None:
    assert in_words(read(fixture.source)) == fixture.expected


def test_every_mistake_has_a_fixture() -> None:
    expected = "".join(fixture.expected for fixture in (*ALL, *fixtures("dialects.md")))
    reported = set(re.findall(r"^(?:error|warning) @\d+: (\S+)$", expected, re.MULTILINE))
    assert reported == {code for code in CATALOGUE if re.match(r"(?:quiz|case)-", code)}


@pytest.mark.parametrize("fixture", fixtures("mistakes.md"), ids=lambda fixture: fixture.title)
def test_mistakes_are_said_in_a_whole_sentence(fixture: Fixture) -> None:
    for problem in read(fixture.source).problems:
        assert "{" not in problem.message
        assert problem.message.endswith((".", "?"))


def test_lines_are_the_files() -> None:
    found = read("<!-- quiz -->\nどれか。\n\n- [x] 甲\n- [ ] 甲\n- [ ]\n", body_line=21)
    assert [(problem.line, problem.code) for problem in found.problems] == [
        (25, "quiz-duplicate-choice"),
        (26, "quiz-blank-choice"),
    ]
    assert str(found.problems[0]).startswith("記事.md:25: ")


def test_choice_lines_are_the_files() -> None:
    quiz = read("\n<!-- quiz -->\nどれか。\n\n- [x] 甲\n- [ ] 乙\n", body_line=10).quizzes[0]
    assert (quiz.line, [choice.line for choice in quiz.choices]) == (11, [14, 15])


def test_an_article_without_quizzes_is_one_run() -> None:
    found = read("# 題\n\n本文\n\n## 節\n\n- [ ] すること\n")
    assert len(found.pieces) == 1
    assert not found.quizzes


def test_an_empty_article_has_no_pieces() -> None:
    assert read("") == Split((), (), ())


def test_the_id_of_a_nameless_quiz_ignores_width_and_spaces() -> None:
    first, second = (
        only_quiz(f"<!-- quiz -->\n{prompt}\n\n- [x] 甲\n- [ ] 乙\n") for prompt in ("ＩＤ は 何か", "IDは何か")
    )
    assert first.id == second.id
    assert not first.explicit_id


def test_the_id_of_a_nameless_quiz_does_not_depend_on_its_choices() -> None:
    first, second = (only_quiz(f"<!-- quiz -->\n問い\n\n- [x] {name}\n- [ ] 乙\n") for name in ("甲", "丙"))
    assert first.id == second.id


def test_gaps_between_brackets_are_no_emphasis() -> None:
    quiz = only_quiz("<!-- quiz type=fill -->\n「____」と「____」\n\n- [x] 甲\n- [x] 乙\n")
    inline = quiz.prompt.tokens[1]
    assert [child.meta["gap"] for child in inline.children or () if "gap" in child.meta] == [0, 1]
    assert not [child for child in inline.children or () if child.type == "strong_open"]


def test_the_articles_own_tokens_are_left_alone() -> None:
    from sgtui.markup.factory import parse
    from sgtui.quiz.parser import split

    source = "\n".join(fixture.source for fixture in ALL)
    parsed, untouched = parse(source), parse(source)
    split(parsed.tokens, path="a.md", key="a", env=parsed.env)
    assert [token.as_dict() for token in parsed.tokens] == [token.as_dict() for token in untouched.tokens]


def test_a_quiz_goes_to_the_section_it_names() -> None:
    quiz = only_quiz("<!-- quiz id=a section=#まとめ -->\n問い\n\n- [x] 甲\n- [ ] 乙\n")
    assert in_section(quiz, 1, {"まとめ": 3}).section == 3
    assert in_section(quiz, 1, {"別": 3}).section == 1


def test_check_boxes_made_by_a_plugin_are_read_too() -> None:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.tasklists import tasklists_plugin

    from sgtui.quiz.parser import split

    source = "<!-- quiz id=a -->\nどれか。\n\n- [ ] 甲\n- [x] **乙**\n"
    tokens = MarkdownIt("commonmark").use(tasklists_plugin).parse(source)
    (quiz,) = split(tokens, path="a.md", key="a").quizzes
    assert [(choice.content.text, choice.correct) for choice in quiz.choices] == [("甲", False), ("乙", True)]


# anything at all

LINES = st.sampled_from((DATA / "lines.txt").read_text("utf-8").splitlines())


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_no_markdown_raises(source: str) -> None:
    found = read(source)
    for quiz in found.quizzes:
        assert quiz.prompt.tokens
        assert sum(map(bool, (quiz.choices, quiz.gaps, quiz.items, quiz.pairs, quiz.answer))) == 1
    assert len({quiz.id for quiz in found.quizzes}) == len(found.quizzes)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_text_in_a_quiz_raises(text: str) -> None:
    read(f"<!-- quiz {text} -->\n{text}\n\n- [x] {text}\n  > {text}\n- [ ] b\n\n> 解説: {text}\n<!-- /quiz -->\n")


SECRET = "秘密"


@st.composite
def quizzes_with_secrets(draw: st.DrawFn) -> str:
    """A quiz of any kind, whole or broken, in which only what tells the answer says SECRET."""
    kind = draw(st.sampled_from(["", "single", "multiple", "true-false", "fill", "order", "match", "recall", "odd"]))
    number = st.integers(0, 4)
    lines = [
        f"<!-- quiz {'type=' + kind if kind else ''} {draw(st.sampled_from(['', 'id=a', 'x=1', 'shuffle=off']))} -->"
    ]
    lines += [draw(st.sampled_from(["問い____か。", "問いか。", ""])), ""]
    if draw(st.booleans()):
        lines += [f"> ヒント: {SECRET}", ""]
    count = draw(number)
    if kind == "fill":
        lines += [draw(st.sampled_from([f"- [x] {SECRET}", f"- [ ] {SECRET}", "- [x]"])) for _ in range(count)]
    elif kind == "order":
        lines += [f"{index}. 手順{index}" for index in range(1, count + 1)]
    elif kind == "match":
        lines += [draw(st.sampled_from([f"- 左{index} -> 右{index}", f"- 左{index}"])) for index in range(count)]
    elif kind == "recall":
        lines += [f"> {SECRET}"] * min(count, 1)
    else:
        for index in range(count):
            lines += [f"- [{draw(st.sampled_from(' x'))}] 選択肢{index}", f"  > {SECRET}"]
    lines += ["", f"> 解説: {SECRET}", draw(st.sampled_from(["<!-- /quiz -->", "", "---", "## 次"]))]
    return "\n".join(lines) + "\n"


@settings(max_examples=150, deadline=None)
@given(st.lists(quizzes_with_secrets(), min_size=1, max_size=2).map("".join))
def test_text_never_tells_an_answer(source: str) -> None:
    for piece in read(source).pieces:
        if not isinstance(piece, Quiz):
            text = plain_text(piece)
            assert SECRET not in text
            assert "[x]" not in text
            assert "手順1" not in text


def test_thirty_choices_are_thirty_choices() -> None:
    choices = "\n".join(f"- [{'x' if number == 17 else ' '}] 選択肢{number}" for number in range(30))
    quiz = only_quiz(f"<!-- quiz id=a -->\nどれか。\n\n{choices}\n")
    assert [choice.correct for choice in quiz.choices].index(True) == 17


@pytest.mark.parametrize("text", ["\ufffd\ufffd", "![図](a.png)", "Deutsch と 日本語 и русский", "𠮷野家", "한국어"])
def test_odd_texts_are_choices_too(text: str) -> None:
    quiz = only_quiz(f"<!-- quiz id=a -->\n{text}はどれか。\n\n- [x] {text}\n- [ ] 乙\n")
    assert quiz.choices[0].correct
