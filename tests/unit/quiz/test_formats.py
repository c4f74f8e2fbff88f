import csv
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.quiz.formats.draft import Draft, DraftChoice, DraftGap, draft_of, to_markdown
from sgtui.quiz.formats.exporting import EXPORTERS, to_anki, to_gift, to_json
from sgtui.quiz.formats.html_text import to_markdown as from_html
from sgtui.quiz.formats.importing import IMPORTERS, guess_format, import_text
from sgtui.quiz.model import Fragment, Quiz
from tests.unit.quiz.reading import Fixture, fixtures, in_words, only_quiz, read
from tests.unit.quiz.test_grading import KINDS

HOME = [quiz for fixture in fixtures("grammar.md") for quiz in read(fixture.source).quizzes]


def essence(quiz: Quiz) -> tuple[object, ...]:
    """Everything of a quiz but where it stands, and its tokens as their text."""

    def text(part: Fragment | None) -> str:
        return part.text if part else ""

    return (
        quiz.kind,
        text(quiz.prompt),
        [(text(choice.content), choice.correct, text(choice.reason)) for choice in quiz.choices],
        [(gap.answers, gap.tolerance, text(gap.reason)) for gap in quiz.gaps],
        [text(item) for item in quiz.items],
        [(text(pair.left), text(pair.right)) for pair in quiz.pairs],
        [text(part) for part in (quiz.answer, quiz.hint, quiz.explanation)],
        (quiz.id if quiz.explicit_id else "", quiz.shuffle, quiz.level, quiz.ref),
    )


def imported(text: str, form: str) -> str:
    """What a file gives, in the words of the grammar's fixtures; problems after it."""
    found = import_text(text, "銀行", form)
    said = "".join(f"{one.severity} @{one.line}: {one.code}\n" for one in found.problems)
    return in_words(read(found.markdown)) + said


# Markdown


@pytest.mark.parametrize("quiz", HOME, ids=lambda quiz: quiz.id)
def test_what_is_written_is_read_back(quiz: Quiz) -> None:
    assert essence(only_quiz(to_markdown(quiz))) == essence(quiz)


def test_choices_that_are_blocks_are_read_back() -> None:
    draft = Draft(
        "single",
        "どれか。",
        (DraftChoice("```js\na\n\nb\n```", True, "理由\n\n続き"), DraftChoice("- 一\n- 二", False)),
    )
    quiz = only_quiz(to_markdown(draft))
    assert [choice.content.text for choice in quiz.choices] == ["a\n\nb", "一\n二"]
    assert quiz.choices[0].reason is not None
    assert quiz.choices[0].reason.text == "理由\n続き"


def test_a_strange_id_cannot_end_the_mark() -> None:
    quiz = only_quiz(to_markdown(Draft("recall", "何か。", answer="答え", id='a --> "b"\nc')))
    assert ">" not in quiz.id
    assert quiz.explicit_id


# files of other programs


IMPORTED = fixtures("imported.md")


@pytest.mark.parametrize("fixture", IMPORTED, ids=[fixture.title for fixture in IMPORTED])
def test_fixture(fixture: Fixture) -> None:
    """A title is ``FORMAT: what``."""
    assert imported(fixture.source, fixture.title.partition(":")[0]) == fixture.expected


def test_mdbook() -> None:
    source = """
[[questions]]
id = "a"
type = "MultipleChoice"
prompt.prompt = "どれか。"
prompt.distractors = ["甲", "乙"]
answer.answer = "丙"
context = "丙である。"

[[questions]]
type = "ShortAnswer"
prompt.prompt = "何か。"
answer.answer = "答え"
answer.alternatives = ["こたえ"]

[[questions]]
type = "Tracing"
prompt.program = "fn main() {}"
answer.doesCompile = true
answer.stdout = "1"

[[questions]]
type = "Essay"
prompt.prompt = "書け。"
answer.answer = "甲"

[[questions]]
type = "MultipleChoice"
prompt.prompt = "答えがない。"
prompt.distractors = ["甲"]
answer = {}
"""
    found = import_text(source, "a.toml", "mdbook-quiz")
    assert [draft.kind for draft in found.drafts] == ["single", "fill", "true-false"]
    assert [(one.line, one.code) for one in found.problems] == [(22, "import-kind"), (27, "import-no-answer")]
    first = read(found.markdown).quizzes[0]
    assert (first.id, [choice.correct for choice in first.choices]) == ("a", [False, False, True])


def test_toml_that_is_none() -> None:
    (problem,) = import_text("a = \n", "a.toml", "mdbook-quiz").problems
    assert (problem.line, problem.code) == (1, "import-syntax")


@pytest.mark.parametrize(
    "entry",
    [
        {"question": "どれか。", "options": ["甲", "乙"], "answer": 1},
        {"text": "どれか。", "choices": ["甲", "乙"], "answerIndex": 1},
        {"question": "どれか。", "options": ["A. 甲", "B. 乙"], "answer": "B"},
        {"question": "どれか。", "options": ["ア　甲", "イ　乙"], "correctLabel": "イ"},
        {"question": "どれか。", "options": {"A": "甲", "B": "乙"}, "correct": "B."},
        {"prompt": "どれか。", "options": ["甲", "乙"], "correctAnswer": "乙"},
        {"stem": "どれか。", "choices": [{"label": "ア", "text": "甲"}, {"label": "イ", "text": "乙"}], "answer": "イ"},
        {"question": "どれか。", "answers": [{"text": "甲"}, {"text": "乙", "isCorrect": True}]},
        {"question": "どれか。", "options": ["A) 甲", "B) 乙"], "correct_answer": ["B) 乙"]},
    ],
)
def test_json_banks(entry: dict[str, object]) -> None:
    for data in ([entry], {"exam": {"questions": [entry]}}):
        found = import_text(json.dumps(data, ensure_ascii=False), "a.json", "json")
        (quiz,) = read(found.markdown).quizzes
        assert [(choice.content.text, choice.correct) for choice in quiz.choices] == [("甲", False), ("乙", True)]
        assert quiz.shuffle
        assert not found.problems


def test_labels_that_an_explanation_speaks_of_stay() -> None:
    entry = {
        "question": "Which?",
        "options": ["A. one", "B. two"],
        "answer": "B",
        "explanation": "A is wrong, B is right.",
    }
    found = import_text(json.dumps([entry]), "a.json", "json")
    (quiz,) = read(found.markdown).quizzes
    assert [choice.label for choice in quiz.choices] == ["A", "B"]
    assert not quiz.shuffle


def test_a_scenario_becomes_a_case() -> None:
    entries = [{"question": f"問い{n}", "options": ["甲", "乙"], "answer": 0} for n in range(2)]
    found = import_text(json.dumps([{"scenario": "A社の話。", "questions": entries}]), "a.json", "json")
    back = read(found.markdown)
    assert [(case.scenario.text, len(case.quizzes)) for case in back.cases] == [("A社の話。", 2)]


def test_json_problems_have_lines() -> None:
    first = '{"question": "甲か。", "options": ["甲", "乙"]}'
    second = '{"question": "乙か。", "options": ["甲", "乙", "乙"], "answer": 0}'
    found = import_text(f"[\n {first},\n {second}\n]", "a.json", "json")
    assert [(one.line, one.code) for one in found.problems] == [(2, "import-no-answer"), (3, "quiz-duplicate-choice")]
    assert import_text("{", "a.json", "json").problems[0].code == "import-syntax"
    assert import_text("[]", "a.json", "json").problems[0].code == "import-no-question"
    assert import_text("[" * 100_000, "a.json", "json").problems


def test_html_becomes_markdown() -> None:
    assert from_html("<p>一<br>二</p><p><em>三</em> <code>&lt;四&gt;</code></p>") == "一\n二\n\n*三* `<四>`"
    assert (
        from_html('<a href="https://example.com">先</a><img src="a.png" alt="図">')
        == "[先](https://example.com)![図](a.png)"
    )
    assert from_html("<script>alert(1)</script>本文") == "本文"


def test_formats_are_known_by_name_and_content() -> None:
    assert guess_format("a.gift", "") == "gift"
    assert guess_format("a.TOML", "") == "mdbook-quiz"
    assert guess_format("a.txt", "#separator:tab\n") == "anki-tsv"
    assert guess_format("a.txt", "問い{=甲}") == "gift"
    assert guess_format("a.txt", "本文") is None
    assert guess_format("a.docx", "") is None


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(IMPORTERS)),
    st.text(st.sampled_from("甲乙 \n\t{}=~#%:[]()\\\"',QAC-_|`<>$*1.あx\r\u2028\ufdd0"), max_size=60),
)
def test_no_file_raises(form: str, text: str) -> None:
    found = import_text(text, "a", form)
    assert found.drafts or found.problems
    assert len(read(found.markdown).quizzes) == len(found.drafts)


# exports


def test_json_is_read_back() -> None:
    quizzes = [only_quiz(source) for source in KINDS.values()]
    found = import_text(to_json(quizzes), "a.json", "json")
    assert not found.problems
    back = read(found.markdown).quizzes
    assert [essence(quiz)[1:7] for quiz in back] == [essence(quiz)[1:7] for quiz in quizzes]


def test_gift_is_read_back() -> None:
    quizzes = [only_quiz(KINDS[kind]) for kind in ("single", "multiple", "match")]
    quizzes.append(only_quiz("<!-- quiz type=fill -->\n首都 ____ だ\n\n- [x] 東京 | a=b{c}\n"))
    found = import_text(to_gift(quizzes), "a.gift", "gift")
    assert not found.problems
    assert [essence(quiz)[:6] for quiz in read(found.markdown).quizzes] == [essence(quiz)[:6] for quiz in quizzes]


def test_anki_has_the_answer_on_the_back_only() -> None:
    lines = to_anki([only_quiz(KINDS["fill"]), only_quiz(KINDS["recall"])]).splitlines(keepends=True)
    assert lines[:3] == ["#separator:tab\n", "#html:true\n", "#tags column:3\n"]
    notes = list(csv.reader(lines[3:], delimiter="\t"))
    assert [len(note) for note in notes] == [3, 3]
    assert not any("知識" in front or "<p>答え" in front for front, _back, _tags in notes)


def test_anki_gets_formulas_and_callouts() -> None:
    prompt = "$x^2$\n\n$$\ny\n$$\n\n> [!NOTE] 注\n> 文"
    text = to_anki(read(f"<!-- quiz id=a -->\n{prompt}\n\n- [x] 甲\n- [ ] 乙\n").quizzes)
    assert r"\(x^2\)" in text
    assert r"\[y\]" in text
    assert "<p>注</p>" in text


@pytest.mark.parametrize("form", EXPORTERS)
def test_every_kind_can_be_exported(form: str) -> None:
    quizzes = [*HOME, *(only_quiz(source) for source in KINDS.values())]
    text = EXPORTERS[form](quizzes)
    assert text.endswith("\n")
    for quiz in HOME:
        assert form != "json" or quiz.id in text
    assert "損なわれたのはどれか。" in text


def test_a_case_s_quizzes_take_their_scenario_along() -> None:
    quiz = "<!-- quiz id={} -->\n何をするか。\n\n- [x] 知らせる\n- [ ] 待つ\n"
    found = read(f"<!-- case id=c -->\nA社に便りが届いた。\n\n{quiz.format('a')}\n<!-- /case -->\n\n{quiz.format('b')}")
    for form, make in EXPORTERS.items():
        assert make(found.quizzes, found.cases).count("A社に便りが届いた。") == 1, form
    back = import_text(to_json(found.quizzes, found.cases), "a.json", "json")
    assert [draft.scenario for draft in back.drafts] == ["A社に便りが届いた。", ""]
    assert [len(case.quizzes) for case in read(back.markdown).cases] == [1]


def test_a_draft_keeps_tolerances_and_reasons() -> None:
    quiz = only_quiz("<!-- quiz type=fill -->\n____\n\n- [x] 99.5% ± 0.1\n  > 理由\n")
    assert draft_of(quiz).gaps == (DraftGap(("99.5%",), 0.1, "理由"),)
