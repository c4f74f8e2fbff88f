"""A mock exam from its choice to its result: nothing judged before the end, everything kept, killed and resumed."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from sgtui.ui.app import SgtuiApp
from sgtui.ui.questions import exam_screen
from sgtui.ui.questions.answer_sheet import AnswerSheet
from sgtui.ui.questions.exam_choosing import ExamChoosingScreen
from sgtui.ui.questions.exam_list import ExamListScreen
from sgtui.ui.questions.exam_screen import ExamScreen
from sgtui.ui.questions.question_view import QuestionView
from sgtui.ui.questions.result_screen import ResultScreen
from sgtui.ui.screens.dialogs import AskText, AskYes
from sgtui.ui.screens.library import LibraryScreen
from sgtui.ui.screens.reader import ReaderScreen

from .exam_paper import begin_exam, describe_exam, offered

OpenApp = Callable[..., SgtuiApp]
SIZE = (100, 30)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def library(library: Path) -> Path:
    describe_exam(library)
    return library


def shown(app: SgtuiApp) -> str:
    """The text on the screen."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def asked(app: SgtuiApp) -> list[str]:
    assert isinstance(app.screen, ExamScreen)
    return [item.question for item in app.screen.exam.paper.items]


async def result_of(app: SgtuiApp, pilot: Pilot[int]) -> ResultScreen:
    for _attempt in range(1000):
        await pilot.pause(0.01)
        if isinstance(app.screen, ResultScreen) and app.screen.found:
            return app.screen
    raise AssertionError("no result")


RIGHT = {
    "keys-01": ["イ"],
    "keys-02": ["1", "3"],
    "keys-03": ["enter", "2", "enter"],
    "lost-01": ["2"],
}


async def test_from_the_choice_to_the_result(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin_exam(app, pilot)
        assert sorted(asked(app)) == sorted(RIGHT)
        assert screen.exam.paper.short == {"脅威": (2, 1)}
        assert screen.exam.paper.minutes == 8
        for question in asked(app):
            await pilot.press(*RIGHT[question])
            await pilot.pause()
            assert "正解" not in shown(app)
            assert "解説" not in shown(app)
            await pilot.press("n")
            await pilot.pause()
        assert [mark for mark, _flagged in screen.exam.marks()] == ["answered"] * 4
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, AskYes)
        await pilot.press("y")
        result = await result_of(app, pilot)
        assert (result.result.right, result.result.total) == (4, 4)
        assert dict(result.result.areas) == {"基礎": (3, 3), "脅威": (1, 1)}
        assert "100%" in shown(app)
        assert {review.mode for review in app.desk.store.reviews()} == {"exam"}
        assert app.desk.store.runs() == []
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, AskText)
        app.screen.query_one(Input).value = str(tmp_path / "result.json")
        await pilot.press("enter")
        await pilot.pause()
        written = tmp_path / "result.json"
        assert json.loads(written.read_text(encoding="utf-8"))["right"] == 4


async def test_answers_can_be_changed_and_taken_back(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin_exam(app, pilot)
        place = asked(app).index("keys-01")
        screen._go(place)
        await pilot.press("1")
        await pilot.press("2")
        await pilot.pause()
        assert screen.view.answering is not None
        assert screen.view.answering.ticked == {1}
        await pilot.press("2")
        await pilot.pause()
        assert screen.exam.marks()[place] == ("blank", False)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert screen.exam.place == (place + 1) % 4 or place == 3


async def test_flags_jumps_and_the_sheet(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin_exam(app, pilot)
        await pilot.press("n", "n", "m")
        await pilot.pause()
        assert screen.exam.marks()[2] == ("blank", True)
        sheet = screen.query_one(AnswerSheet)
        assert "3⚐" in "".join(span.text for span in sheet.lines(90)[0])
        await pilot.press("l", "1", "enter")
        await pilot.pause()
        assert screen.exam.place == 0
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, ExamListScreen)
        await pilot.press("b", "b", "enter")
        await pilot.pause()
        assert screen.exam.place == 2
        await pilot.press("tab")
        await pilot.pause()
        assert screen.exam.place == 3
        await pilot.click(AnswerSheet, offset=(1, 0))
        await pilot.pause()
        assert screen.exam.place == 0


async def test_no_way_leads_to_what_teaches_it(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin_exam(app, pilot)
        await pilot.press("v", "Q", "S", "T", "P", "X", "h", "w")
        await pilot.pause()
        assert app.screen is screen


async def test_time_hands_it_in(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(exam_screen, "monotonic", lambda: now[0])
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin_exam(app, pilot)
        await pilot.press("2", "l")
        await pilot.pause()
        now[0] += 8 * 60
        screen._tick()
        result = await result_of(app, pilot)
        assert sum(item.correct is not None for item in result.result.items) == 1
        assert round(result.result.seconds) == 480
        assert len(result.result.wrong) >= 3


async def test_the_clock_is_hidden_and_stays_so(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await begin_exam(app, pilot)
        first = shown(app)
        await pilot.press("t")
        await pilot.pause()
        assert ":59" in first or "8:00" in first
        assert "7:5" not in shown(app)
        assert not app.desk.settings.exam_clock


async def test_killed_in_the_middle_and_resumed(open_app: OpenApp, library: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ui.exam_paper", str(library), str(tmp_path / "study.json"), str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as sitting:
        assert sitting.stdout is not None
        assert sitting.stdout.readline().strip() == "ready"
        sitting.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin_exam(app, pilot)
        assert screen.exam.marks() == [("answered", False), ("blank", True), ("blank", False), ("blank", False)]
        assert screen.exam.place == 1
        await pilot.press("p")
        await pilot.pause()
        assert screen.view.answering is not None
        assert screen.view.answering.answered
        await pilot.press("x", "y")
        result = await result_of(app, pilot)
        assert result.result.pauses == 1
        assert "中断" in shown(app) or "Paused 1 time" in shown(app)
        assert app.desk.store.runs() == []
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)


async def test_put_aside_and_gone_on_with(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        screen = await begin_exam(app, pilot)
        await pilot.press("2", "q")
        await pilot.pause()
        assert not screen.exam.running
        app.push_screen(ExamChoosingScreen(seed=2))
        offers = await offered(app, pilot)
        assert len(offers.offers) == 2
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ExamScreen)
        assert app.screen.exam.running
        assert app.screen.exam.uid == screen.exam.uid


async def test_the_result_leads_to_answers_and_paragraphs_and_is_compared(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        for _time in range(2):
            await begin_exam(app, pilot)
            await pilot.press("1", "x", "y")
            result = await result_of(app, pilot)
            lines = result._lines(80)
            targets = [span.target for line in lines for span in line if span.target]
            await pilot.press("q")
            await pilot.pause()
        assert sum(target.startswith("attempt:") for target in targets) == 1
        assert sum(target.startswith("question:") for target in targets) == 4
        app.push_screen(result := ResultScreen(result.result, "模試"))
        await result_of(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("G", "enter")
        await pilot.pause()
        answers = app.screen.query_one(QuestionView)
        assert answers.answering is not None
        assert answers.answering.submitted
        before = answers.answering.quiz.id
        await pilot.press("p")
        await pilot.pause()
        assert answers.answering.quiz.id != before


async def test_a_library_without_exams_says_how_to_describe_one(open_app: OpenApp, library: Path) -> None:
    manifest = library / "library.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").partition("[exams")[0], encoding="utf-8")
    app = open_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("X")
        for _attempt in range(300):
            await pilot.pause(0.01)
            if "library.toml" in shown(app):
                break
        assert "library.toml" in shown(app)
