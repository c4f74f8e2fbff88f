"""Questions line by line: every kind, the verdict and its reasons in words, commands, and stopping."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sgtui.store.store import Store

from .conftest import Run

KINDS = Path(__file__).parents[2] / "data" / "kinds"
Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture
def asked(sgtui: Run, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Runs ``sgtui quiz --no-tui`` on every kind of question, typing these lines."""

    def call(*lines: str, options: tuple[str, ...] = ("--no-shuffle", "--count", "0")) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))
        return sgtui("quiz", "--library", KINDS, "--no-tui", *options)

    return call


def labels(out: str, prompt: str) -> dict[str, str]:
    """Label by text of what is shown with the question that begins with ``prompt``."""
    part = out[out.index(prompt) :].partition("Question")[0]
    return {text: label for label, text in re.findall(r"^  ([0-9アイウ])  (.+)$", part, re.MULTILINE)}


FIRST = ("イ", "ア ウ", "2", "ぱすわーど", "カード")
"""Right answers to the questions whose order is their author's."""


def test_every_kind_is_asked_and_judged_in_words(asked: Asked, tmp_path: Path) -> None:
    out = asked(*FIRST)[1]
    steps = labels(out, "鍵を無くした")
    order = "".join(steps[text] for text in ("届け出る", "錠を止める", "鍵を作り直す"))
    out = asked(*FIRST, order)[1]
    sides = labels(out, "確かめ方と例")
    match = " ".join(sides[text] for text in ("合言葉", "社員証", "指紋"))
    code, out, err = asked(*FIRST, order, match, "", "2", "1", "イ")
    assert (code, err) == (0, "")
    assert out.count("Right.") == 9
    assert "9 of 9 questions right." in out
    assert out.count("A社では、退職した社員の鍵が戻っていない。") == 1
    for said in (
        "イ (right, your answer). 長いほど試す数が増える。",
        "ア (wrong). 長さほどは効かない。",
        "長さが試す数を決める",
    ):
        assert re.sub(r"\s", "", said) in re.sub(r"\s", "", out)
    assert not re.search("[▍╭│✓✗\x1b]", out)
    with Store.open(tmp_path / "study.json") as store:
        assert len(store.reviews()) == 4 + 5 + 9
        assert [attempt.right for attempt in store.attempts()] == [9]


def test_wrong_answers_say_what_is_right(asked: Asked) -> None:
    out = asked("1", "2", "1", "知識", "")[1]
    assert out.count("Wrong.") == 4
    assert "Gap 1: wrong, the answer is 合言葉." in out
    assert "ア (wrong, your answer)" in out


def test_nothing_is_said_of_an_answer_before_it_is_given(asked: Asked) -> None:
    out = asked()[1]
    assert "合言葉を決めるとき" in out
    assert "長いほど" not in out
    assert "right)" not in out


def test_commands_hints_and_what_is_no_answer(asked: Asked) -> None:
    out = asked("/h", "9", "", "/?", "イ", "/u", "/z", "ア", "/n", "/q")[1]
    assert "試す数を考える。" in out
    assert out.count("That is none of ア–ウ") == 2
    assert "Noted: the last answer was a guess." in out
    assert out.count("合言葉を決めるとき") == 2  # asked again once it was taken back
    assert "7 questions are left; they wait." in out


def test_what_was_put_aside_is_kept_and_answers_count_for_the_schedule(
    asked: Asked, sgtui: Run, tmp_path: Path
) -> None:
    asked("イ", "/q")
    with Store.open(tmp_path / "study.json") as store:
        assert [run.kind for run in store.runs()] == ["quick"]
        assert [card.question for card in store.cards()] == ["single"]
    assert sgtui("review", "--library", KINDS, "--no-tui")[1] == ""


def test_what_was_put_aside_is_gone_on_with(asked: Asked) -> None:
    assert asked(options=("--resume",))[0] == 1
    asked("イ", "/q")
    code, out, err = asked("/q", options=("--resume",))
    assert (code, err) == (0, "")
    assert "Question 2 of 9" in out


def test_choosing_by_what_was_wrong_and_by_seed(asked: Asked) -> None:
    asked("ア", "イ", "/q")
    assert "of 2:" in asked("/q", options=("--wrong",))[1]
    mixed = [asked("/q", options=("--seed", "5", "--count", "3"))[1] for _time in range(2)]
    assert mixed[0] == mixed[1]
    code, _out, err = asked(options=("--tag", "none"))
    assert (code, "no such question" in err) == (1, True)
    assert asked(options=("--count", "-1"))[0] == 2


def test_an_exam_says_what_it_lacks_and_what_earlier_ones_came_to(sgtui: Run, library: Path, tmp_path: Path) -> None:
    assert sgtui("exam", "--check")[0] == 1
    with (library / "library.toml").open("a", encoding="utf-8") as manifest:
        manifest.write('[exams.x]\ntitle = "Trial"\nminutes = 20\n[[exams.x.parts]]\ntitle = "A"\ncount = 4\n')
    code, out, _err = sgtui("exam", "--check")
    assert (code, out.splitlines()[0]) == (0, "Trial: 1 question, 5 min")
    assert "A 1/4" in out
    assert sgtui("exam", "--result", "md")[0] == 1
    with Store.open(tmp_path / "study.json") as store:
        from sgtui.study.result import ItemResult, Result

        key = store.open_library(id="", title="", path=library).key
        item = ItemResult("ransom", "q", section="備え", category="threat", area="A", correct=False, seconds=70)
        store.add_attempt(
            Result("exam", key, "Trial", "x", finished=store.now(), items=(item,)).to_attempt(store.now())
        )
    out = sgtui("exam", "--result", "md")[1]
    assert "| A | 0/1 | 0 |" in out
    assert "item response theory" in out
    assert "ランサムウェア › 備え (1)" in out
    assert json.loads(sgtui("exam", "--result", "json")[1])["total"] == 1
