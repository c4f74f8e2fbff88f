"""A mock exam line by line: nothing judged before the end, everything kept, paused, resumed, handed in by time."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sgtui.cli import asking_exam
from sgtui.store.store import Store

from .conftest import Run

KINDS = Path(__file__).parents[2] / "data" / "kinds"
EXAM = """
[exams.trial]
title = "試し"
minutes = 16
shuffle = false
[[exams.trial.parts]]
title = "全部"
count = 8

[exams.short]
title = "短い"
minutes = 1
[[exams.short.parts]]
title = "一つ"
count = 1
"""
Sit = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sit(sgtui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Runs ``sgtui exam --no-tui`` on every kind of question, typing these lines."""
    kinds = Path(shutil.copytree(KINDS, tmp_path / "kinds"))
    with (kinds / "library.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(EXAM)

    def call(*lines: str, exam: str = "trial") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))
        return sgtui("exam", exam, "--library", kinds, "--no-tui", "--seed", "1")

    return call


def test_nothing_is_judged_before_it_is_handed_in(sit: Sit, tmp_path: Path) -> None:
    code, out, err = sit("ア", "", "/3", "1", "/p", "/m", "/l", "/t", "/h", "/q")
    assert (code, err) == (0, "")
    assert "Right." not in out
    assert "Wrong." not in out
    assert "There are no hints in an exam." in out
    assert "Question 3 of 8" in out
    assert "Answered: 1, 3" in out
    assert "Blank: 2, 4–8" in out
    assert "Flagged: 3" in out
    assert "left" in out
    with Store.open(tmp_path / "study.json") as store:
        assert [run.kind for run in store.runs()] == ["exam"]
        assert store.reviews() == []


def test_put_aside_and_gone_on_with(sit: Sit, tmp_path: Path) -> None:
    sit("鍵", "", "ア")  # two gaps and a choice; the input ends: as a broken pipe or a closed terminal would
    code, out, _err = sit("/1", "/d", "/l", "/1", "合言葉", "鍵", "/x", "n", "/x", "y")
    assert code == 0
    assert "Going on with" in out
    assert "Blank: 1, 3–8" in out
    assert "6 questions are blank." in out
    with Store.open(tmp_path / "study.json") as store:
        assert store.runs() == []
        (attempt,) = store.attempts()
        assert attempt.pauses == 1
        assert attempt.total == 8
        assert sum("correct" in item for item in attempt.items) == 2
        assert len(store.reviews()) == 2
    assert "of 8 right" in out
    assert "item response theory" in out
    assert "Paused 1 time." in out


def test_time_hands_it_in(sit: Sit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    now = iter(range(0, 10_000, 25))
    monkeypatch.setattr(asking_exam, "monotonic", lambda: float(next(now)))
    _code, out, _err = sit(*["/t"] * 30, "1", exam="short")
    assert "Time is up." in out
    with Store.open(tmp_path / "study.json") as store:
        assert [attempt.total for attempt in store.attempts()] == [1]
        assert store.reviews() == []


def test_which_exam(sit: Sit) -> None:
    code, _out, err = sit(exam="nothing")
    assert code == 1
    assert "trial" in err
    assert "short" in err
    assert "Question 1 of 1" in sit("/q", exam="短い")[1]


def test_the_result_is_the_exam_s(sit: Sit, sgtui: Run, tmp_path: Path) -> None:
    sit(*[""] * 8, "/x", "y")
    out = sgtui("exam", "--result", "json", "--library", tmp_path / "kinds")[1]
    assert json.loads(out)["total"] == 8
