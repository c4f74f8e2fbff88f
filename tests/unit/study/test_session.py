import json
from dataclasses import replace
from pathlib import Path

import pytest

from sgtui.articles.model import ArticleInfo
from sgtui.library.manifest import Manifest
from sgtui.library.model import Library
from sgtui.quiz.grading import Response
from sgtui.store.store import Store
from sgtui.study.queue import Item
from sgtui.study.result import Result
from sgtui.study.result_export import Naming, to_json, to_markdown
from sgtui.study.scheduler import Scheduler
from sgtui.study.session import Kind, Session

from .conftest import Clock, article, single

RIGHT, WRONG = Response(choices=frozenset({1})), Response(choices=frozenset({0}))
INFO = article(quizzes=tuple("abcdef"))
ITEMS = [Item("cia", question) for question in "abcdef"]


def started(store: Store, scheduler: Scheduler, kind: Kind = "quick", cram: bool = False) -> Session:
    return Session(store, scheduler, "sg", kind, list(ITEMS), title="小テスト", cram=cram)


def answer(session: Session, response: Response, info: ArticleInfo = INFO) -> str:
    item = session.current
    assert item is not None
    session.answer(info, single(item.question, section=1), response, ms=4000)
    return item.question


def test_quick_quiz_asks_each_once(store: Store, scheduler: Scheduler) -> None:
    session = started(store, scheduler)
    assert "".join(answer(session, WRONG) for _ in range(6)) == "abcdef"
    assert session.current is None
    result = session.result()
    assert (result.right, result.total, result.seconds) == (0, 6, 24)


def test_review_asks_wrong_ones_again_and_counts_the_first(store: Store, scheduler: Scheduler) -> None:
    session = started(store, scheduler, "review")
    order = [answer(session, WRONG)]
    while session.current is not None:
        repeated = session.repeated
        order.append(answer(session, RIGHT))
        assert repeated == (order[-1] == "a")
    assert "".join(order) == "abcdeaf"
    assert (session.result().right, session.result().total, session.asked) == (5, 6, 6)
    assert [review.mode for review in store.reviews()] == ["review"] * 7


def test_undo_takes_back_answer_card_and_repetition(store: Store, scheduler: Scheduler) -> None:
    session = started(store, scheduler, "review")
    answer(session, WRONG)
    assert session.undo() == ITEMS[0]
    assert (session.left, session.current, session.repeated, store.cards(), store.reviews()) == (
        6,
        ITEMS[0],
        False,
        [],
        [],
    )
    assert session.undo() is None
    answer(session, RIGHT)
    assert session.left == 5


def test_paused_and_resumed(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    session = started(store, scheduler, "review", cram=True)
    answer(session, WRONG)
    answer(session, RIGHT)
    session.pause()
    clock.forward(days=1)
    (run,) = store.runs("sg")
    again = Session.resume(store, scheduler, run)
    assert (again.left, again.current, again.pauses, again.title, again.cram) == (5, ITEMS[2], 1, "小テスト", True)
    while again.current is not None:
        answer(again, RIGHT)
    attempt = again.finish()
    assert attempt is not None
    assert (attempt.right, attempt.total, attempt.pauses, dict(attempt.areas)) == (5, 6, 1, {"basics": [5, 6]})
    assert store.runs() == []
    assert [found.uid for found in store.attempts("sg", "review")] == [attempt.uid]
    assert store.cards() == []


def test_damaged_run_resumes_as_far_as_it_can(store: Store, scheduler: Scheduler) -> None:
    run = store.save_run("sg", "quick", {"items": [["cia", "a"], 3, ["cia"]], "waiting": "x", "results": [{}, 1]})
    session = Session.resume(store, scheduler, run)
    assert (session.items, session.current, session.result().total) == ([Item("cia", "a")], None, 0)
    assert session.finish() is None
    assert store.runs() == []


def test_answer_to_another_question_is_refused(store: Store, scheduler: Scheduler) -> None:
    session = started(store, scheduler)
    with pytest.raises(ValueError, match="not being asked"):
        session.answer(INFO, single("f"), RIGHT)


def test_skipping_and_burying(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    session = started(store, scheduler)
    answer(session, RIGHT)
    session.skip()
    store.put_card(store.new_card("sg", "cia", "c"))
    session.bury()
    assert session.current == ITEMS[3]
    card = store.card("sg", "cia", "c")
    assert card is not None
    assert card.buried == "2026-11-23"


def test_put_off_and_taken_up(store: Store, scheduler: Scheduler) -> None:
    session = started(store, scheduler, "review")
    first = ITEMS[0]
    answer(session, WRONG)
    assert session.comes_again(first)
    session.rest(first)
    assert not session.comes_again(first)
    session.suspend(ITEMS[1])
    assert session.current == ITEMS[1]
    assert [(card.question, card.buried, card.suspended) for card in store.cards()] == [
        ("a", "2026-11-23", False),
        ("b", "", True),
    ]
    session.rest(first, on=False)
    session.suspend(ITEMS[1], on=False)
    assert not any(card.buried or card.suspended for card in store.cards())


@pytest.mark.parametrize("way", ["rest", "suspend", "start_afresh"])
def test_an_answer_is_taken_back_though_its_question_was_put_off(
    store: Store, scheduler: Scheduler, clock: Clock, way: str
) -> None:
    answer(started(store, scheduler), RIGHT)
    clock.forward(days=30)
    session = started(store, scheduler, "review")
    (before,) = store.cards()
    answer(session, WRONG)
    getattr(session, way)(ITEMS[0])
    assert session.undo() == ITEMS[0]
    (card,) = store.cards()
    assert replace(card, at=before.at) == before
    assert [review.correct for review in store.reviews()] == [True]


def test_result_pages(store: Store, scheduler: Scheduler) -> None:
    session = started(store, scheduler)
    answer(session, RIGHT)
    answer(session, WRONG)
    result = session.result()
    assert result.sections == {("cia", "七要素"): 1}
    naming = Naming(Library(Path("course"), Manifest(), [INFO]), {("cia", "b"): single("b")})
    page = to_markdown(result, naming)
    assert "| basics | 1/2 | 50 |" in page
    assert "- cia › 七要素 (1)" in page
    assert f"| 2 ✗ | {single('b').prompt.text} | cia | 4 |" in page
    assert [item["question"] for item in json.loads(to_json(result, naming))["items"]] == ["a", "b"]
    kept = Result.from_attempt(result.to_attempt(store.now()))
    assert kept.items == result.items
