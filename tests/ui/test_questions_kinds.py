"""Every kind of question, answered with the keys of a Japanese keyboard; scenarios beside and above; putting off."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sgtui.quiz.answering import Answering
from sgtui.study.choosing import Wish
from sgtui.study.queue import Item
from sgtui.ui.app import SgtuiApp
from sgtui.ui.questions.result_screen import ResultScreen
from sgtui.ui.questions.session_screen import SessionScreen

OpenApp = Callable[..., SgtuiApp]
KINDS = Path(__file__).parents[1] / "data" / "kinds"
SIZE = (100, 40)
ORDER = ("single", "multiple", "true-false", "fill", "order", "match", "recall", "case-1", "case-2")


def screen(app: SgtuiApp) -> SessionScreen:
    assert isinstance(app.screen, SessionScreen)
    return app.screen


def shown(app: SgtuiApp) -> str:
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def answering(app: SgtuiApp) -> Answering:
    found = screen(app).view.answering
    assert found is not None
    return found


def scrolls_scenario(app: SgtuiApp) -> bool:
    return screen(app).view.at_scenario


async def begin(app: SgtuiApp, pilot: Pilot[int], *questions: str, kind: str = "quick") -> None:
    await pilot.pause()
    app.meet_learner()
    app.desk.change_settings(shuffle=False)
    items = [Item("kinds", question) for question in questions or ORDER]
    app.ask(items, "問題", kind=kind)  # type: ignore[arg-type]
    await pilot.pause()


def ordering(state: Answering) -> list[str]:
    """Keys that bring what is to be ordered into its order: pick up by number, put down by number."""
    keys: list[str] = []
    for place in range(len(state.arranged)):
        at = state.arranged.index(place)
        if at != place:
            keys += ["１２３４"[at], "１２３４"[place]]
            state = state.move(at, place)
    return [*keys, "enter"]


def matching(state: Answering) -> list[str]:
    """Keys that give each left side, from the top, its right one."""
    return [*("アイウエ"[state.order.index(left)] for left in range(len(state.paired))), "enter"]


async def test_every_kind_is_answered_with_japanese_keys(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot)
        keys: dict[str, Callable[[Answering], list[str]]] = {
            "single": lambda _state: ["い"],
            "multiple": lambda _state: ["ア", "ウ", "enter"],
            "true-false": lambda _state: ["ｲ"],
            "fill": lambda _state: ["enter", *"パスワード", "enter", *"ｶｰﾄﾞ", "enter"],
            "order": ordering,
            "match": matching,
            "recall": lambda _state: ["enter", "２"],
            "case-1": lambda _state: ["１"],
            "case-2": lambda _state: ["i"],
        }
        for question in ORDER:
            assert answering(app).quiz.id == question
            await pilot.press(*keys[question](answering(app)))
            await pilot.pause()
            assert answering(app).correct, question
            await pilot.press("enter")
            await pilot.pause()
        assert isinstance(app.screen, ResultScreen)
        assert app.screen.result.right == len(ORDER)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_no_answer_stands_on_the_screen_before_it_is_given(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=size) as pilot:
        await begin(app, pilot)
        for _question in ORDER:
            assert not any(word in shown(app) for word in ("解説", "✓", "✗", "長いほど", "知識、所有、生体"))
            await pilot.press("n")
            await pilot.pause()


async def test_a_scenario_stands_beside_its_questions_and_is_left_where_it_is(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(120, 24)) as pilot:
        await begin(app, pilot, "case-1", "case-2", "single")
        view = screen(app).view
        assert view.query_one("#scenario").has_class("-open")
        assert "退職した社員の鍵" in shown(app)
        await pilot.press("s")
        await pilot.pause()
        assert scrolls_scenario(app)
        await pilot.press("1")  # answered from there as well
        await pilot.pause()
        assert answering(app).correct
        await pilot.press("enter")
        await pilot.pause()
        assert not scrolls_scenario(app)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert not view.query_one("#scenario").has_class("-open")


async def test_a_narrow_terminal_has_the_scenario_one_key_away(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(50, 12)) as pilot:
        await begin(app, pilot, "case-1", "case-2")
        assert "退職した社員の鍵" in shown(app)
        await pilot.press("s")
        await pilot.pause()
        assert "まずすることはどれか" in shown(app)
        assert "退職した社員の鍵" not in shown(app)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "次にすることはどれか" in shown(app)  # the scenario is known by now
        assert "退職した社員の鍵" not in shown(app)
        await pilot.press("s")
        await pilot.pause()
        assert "退職した社員の鍵" in shown(app)
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        assert screen(app).view.query_one("#scenario").has_class("-open")


async def test_keys_that_turn_pages_are_offered_only_where_there_are_pages(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=(100, 40)) as pilot:
        await begin(app, pilot, "single")
        assert "次の頁" not in shown(app)
        assert "次の節" not in shown(app)
        await pilot.resize_terminal(100, 8)
        await pilot.pause()
        assert "次の頁" in shown(app)


async def test_an_answer_stands_until_it_is_taken_back(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot, "single", "multiple")
        await pilot.press("1", "t")
        await pilot.pause()
        assert answering(app).submitted
        assert len(app.desk.store.reviews()) == 1
        assert "もう一度" not in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert not answering(app).submitted
        assert app.desk.store.reviews() == []


async def test_a_wrong_review_says_that_it_comes_again(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot, "single", "multiple", kind="review")
        await pilot.press("1")
        await pilot.pause()
        assert "↺" in shown(app)
        await pilot.press("enter", "n")
        await pilot.pause()
        assert answering(app).quiz.id == "single"
        assert screen(app).session.repeated


async def test_a_question_is_put_off_and_taken_up(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot, "single", "multiple", kind="review")
        await pilot.press("minus", "1")
        await pilot.pause()
        assert not answering(app).submitted  # what is put off is not answered by the way
        assert [card.buried for card in app.desk.store.cards()] == [app.desk.study_day.isoformat()]
        await pilot.press("minus", "x")
        await pilot.pause()
        (card,) = app.desk.store.cards()
        assert (card.buried, card.suspended) == ("", True)
        await pilot.press("enter")
        await pilot.pause()
        assert answering(app).quiz.id == "multiple"


async def test_a_question_starts_afresh_and_that_is_taken_back(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot, "single", kind="review")
        await pilot.press("1")
        await pilot.pause()
        (before,) = app.desk.store.cards()
        await pilot.press("0")
        await pilot.pause()
        (card,) = app.desk.store.cards()
        assert (card.reps, card.due, card.reset is not None) == (0, None, True)
        assert len(app.desk.store.reviews()) == 1
        await pilot.press("0")
        await pilot.pause()
        (card,) = app.desk.store.cards()
        assert (card.reps, card.due, card.stability, card.reset) == (1, before.due, before.stability, None)


async def test_undo_takes_back_that_a_question_was_put_off_and_then_its_answer(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await begin(app, pilot, "single", "multiple", kind="review")
        for key in ("x", "0", "minus"):
            await pilot.press(key, "z")
            await pilot.pause()
            assert not any(card.suspended or card.reset or card.buried for card in app.desk.store.cards())
            assert answering(app).quiz.id == "single"
        await pilot.press("1", "x", "z")
        await pilot.pause()
        assert answering(app).submitted
        await pilot.press("x", "enter", "z")
        await pilot.pause()
        assert (answering(app).quiz.id, answering(app).submitted) == ("single", False)
        assert app.desk.store.reviews() == []


async def test_what_is_forgotten_again_and_again_is_sent_to_its_article(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.meet_learner()
        desk = app.desk
        fresh = desk.store.new_card(desk.shelf, "kinds", "single")
        desk.store.put_card(replace(fresh, lapses=9, reps=12, state=2, stability=3.0, difficulty=6.0))
        await begin(app, pilot, "single")
        await pilot.press("1")
        await pilot.pause()
        assert "!" in shown(app)
        assert "w  あらゆる問い › 選ぶ" in shown(app)


async def test_the_same_seed_chooses_the_same_questions(open_app: OpenApp) -> None:
    app = open_app(KINDS)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.meet_learner()
        random.seed(1)
        assert sorted(item.question for item in app.desk.choose(Wish())) == sorted(ORDER)
