import time
from pathlib import Path

import pytest

from sgtui.articles.model import ArticleInfo
from sgtui.quiz.model import Quiz
from sgtui.store.store import Store
from sgtui.study.blueprint import Blueprint, ExamItem, Paper, build_paper, cases_together, read_blueprint
from sgtui.study.exam import Exam, asked_before, earlier_attempts
from sgtui.study.result import Result
from sgtui.study.scheduler import Scheduler

from .conftest import Clock, article, single

RAW = {
    "title": {"ja": "模擬試験", "en": "Mock exam"},
    "minutes": 12,
    "parts": [
        {
            "title": "科目A",
            "count": 4,
            "areas": [
                {"title": "脅威", "categories": ["threat"], "weight": 1},
                {"title": "基礎", "categories": ["basics"], "weight": 3},
            ],
        },
        {"title": "科目B", "count": 2, "categories": ["practice"]},
    ],
}
INFOS = [
    article("cia", quizzes=("c1", "c2", "c3", "c4")),
    article("dos", category="threat", quizzes=("d1", "d2")),
    article("case-a", category="practice", quizzes=("a1", "a2")),
    article("case-b", category="practice", quizzes=("b1",)),
]
BLUEPRINT = read_blueprint("sg", RAW)


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def find(item: ExamItem) -> tuple[ArticleInfo, Quiz] | None:
    info = next((info for info in INFOS if info.key == item.article), None)
    return (info, single(item.question, section=1)) if info is not None else None


def test_blueprint_is_read_and_shared_out() -> None:
    assert (BLUEPRINT.minutes, BLUEPRINT.count, [part.title for part in BLUEPRINT.parts]) == (12, 6, ["科目A", "科目B"])
    paper = build_paper(BLUEPRINT, INFOS, seed=1)
    counts = {area: sum(item.area == area for item in paper.items) for area in ("脅威", "基礎", "科目B")}
    assert (counts, paper.minutes, dict(paper.short)) == ({"脅威": 1, "基礎": 3, "科目B": 2}, 12, {})


def test_nonsense_in_a_blueprint_is_made_sensible() -> None:
    raw = {"minutes": "長い", "parts": [3, {"count": -1, "areas": [{"count": True, "weight": "x"}]}, {"count": 2}]}
    paper = build_paper(read_blueprint("x", raw), INFOS, seed=1)
    assert (len(paper.items), paper.minutes) == (2, 4)
    assert build_paper(read_blueprint("x", {}), INFOS, seed=1).items == ()


def test_same_seed_same_paper_and_no_question_twice() -> None:
    papers = [build_paper(BLUEPRINT, INFOS, seed=seed).items for seed in (1, 1, 2, 3, 4)]
    assert papers[0] == papers[1]
    assert len(set(papers)) > 1
    assert all(len({item[:2] for item in paper}) == 6 for paper in papers)


def test_questions_of_a_case_stand_together_in_their_order() -> None:
    both = article("case-c", category="practice", quizzes=tuple("wxyz"))
    raw = {"parts": [{"count": 6, "categories": ["practice"]}]}
    for seed in range(6):
        paper = build_paper(read_blueprint("x", raw), [*INFOS, both], seed=seed)
        mixed = [item.question for item in paper.items if item.article != "case-c"]
        paper = cases_together(paper, lambda item: ("c", ord(item.question)) if item.article == "case-c" else None)
        asked = [item.question for item in paper.items]
        of_case = [question for question in asked if question in "wxyz"]
        assert "".join(of_case) in "".join(asked)
        assert of_case == sorted(of_case)
        assert [question for question in asked if question not in "wxyz"] == mixed


def test_an_area_in_pieces_is_short_as_a_whole() -> None:
    areas = [{"title": "A", "count": 2, "categories": ["threat"]}, {"title": "A", "count": 2, "categories": ["law"]}]
    paper = build_paper(read_blueprint("x", {"parts": [{"count": 4, "areas": areas}]}), INFOS, seed=1)
    assert dict(paper.short) == {"A": (4, 2)}


def test_what_cannot_be_asked_is_left_out() -> None:
    paper = build_paper(BLUEPRINT, INFOS, seed=1, leave_out={("dos", "d1"), ("dos", "d2")})
    assert dict(paper.short) == {"脅威": (1, 0)}


def test_shortfall_is_told_and_time_scaled() -> None:
    paper = build_paper(BLUEPRINT, INFOS[1:3], seed=1)
    assert (len(paper.items), dict(paper.short), paper.minutes) == (3, {"基礎": (3, 0)}, 6)


def test_what_was_asked_before_comes_last() -> None:
    raw = {"parts": [{"count": 2, "categories": ["basics"]}]}
    asked = {("cia", "c1"): 2, ("cia", "c2"): 1}
    for seed in range(5):
        paper = build_paper(read_blueprint("x", raw), INFOS, seed=seed, asked=asked)
        assert {item.question for item in paper.items} == {"c3", "c4"}


def test_killed_while_it_was_graded_each_answer_is_logged_once(store: Store, scheduler: Scheduler) -> None:
    exam = sit(store, scheduler, Seconds())
    for place in range(3):
        exam.go(place)
        choose(exam, right=place != 1)
    seen: list[str] = []

    def until_killed(item: ExamItem) -> tuple[ArticleInfo, Quiz] | None:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(item.question)
        return find(item)

    with pytest.raises(KeyboardInterrupt):
        exam.hand_in(until_killed)
    assert len(store.reviews()) == 2
    (run,) = store.runs("sg", "exam")
    result, _attempt = Exam.resume(store, scheduler, run, Seconds()).hand_in(find)
    assert len(store.reviews()) == 3
    assert [item.correct for item in result.items] == [True, False, True, None, None, None]
    assert all(item.section for item in result.items)


def test_sixty_from_twenty_thousand_is_quick() -> None:
    infos = [article(f"a{n}", quizzes=tuple(f"q{n}-{m}" for m in range(10))) for n in range(2000)]
    raw = {"parts": [{"count": 48, "areas": [{"categories": ["basics"]}] * 4}, {"count": 12}]}
    start = time.process_time()
    assert len(build_paper(read_blueprint("x", raw), infos, seed=1).items) == 60
    assert time.process_time() - start < 3


def sit(store: Store, scheduler: Scheduler, clock: Seconds) -> Exam:
    return Exam(store, scheduler, "sg", build_paper(BLUEPRINT, INFOS, seed=1), clock)


def choose(exam: Exam, right: bool) -> None:
    found = find(exam.current)
    assert found is not None
    answering = exam.answering(found[1])
    exam.put(answering.choose(answering.order.index(1 if right else 0)))


def test_an_exam_from_start_to_result(store: Store, scheduler: Scheduler) -> None:
    clock = Seconds()
    exam = sit(store, scheduler, clock)
    for place, right in enumerate([True, False, True]):
        exam.go(place)
        clock.at += 30
        choose(exam, right)
    exam.go(1)
    clock.at += 10
    choose(exam, True)
    assert exam.flag()
    exam.go(99)
    assert exam.place == 1
    assert store.reviews() == []
    assert exam.marks() == [
        ("answered", False),
        ("answered", True),
        ("answered", False),
        *[("blank", False)] * 3,
    ]
    assert exam.left == 12 * 60 - 100
    result, attempt = exam.hand_in(find)
    assert (result.right, result.total, result.seconds) == (3, 6, 100)
    assert [item.seconds for item in result.items[:3]] == [30, 40, 30]
    assert [review.mode for review in store.reviews()] == ["exam"] * 3
    assert all(review.scheduled for review in store.reviews())
    assert {review.attempt for review in store.reviews()} == {str(attempt.uid)}
    assert store.runs() == []
    assert (attempt.right, attempt.total, attempt.blueprint) == (3, 6, "sg")
    assert sum(asked_before(store, "sg", "sg").values()) == 6
    assert earlier_attempts(store, "sg", "sg") == [attempt]
    assert earlier_attempts(store, "sg", "sg", before=result.finished) == []


def test_a_choice_can_be_taken_back(store: Store, scheduler: Scheduler) -> None:
    exam = sit(store, scheduler, Seconds())
    choose(exam, True)
    choose(exam, True)
    assert exam.marks()[0] == ("blank", False)


def test_killed_and_resumed(path: Path, scheduler: Scheduler, clock: Clock) -> None:
    seconds = Seconds()
    store = Store.open(path, now=clock)
    exam = sit(store, scheduler, seconds)
    choose(exam, True)
    seconds.at += 61
    exam.go(3)
    exam.flag()
    seconds.at += 5
    again = Store.open(path, now=clock)
    later = Seconds()
    later.at = 5.0
    (run,) = again.runs("sg", "exam")
    resumed = Exam.resume(again, scheduler, run, later)
    later.at += 1000
    assert (resumed.place, resumed.pauses, resumed.running, resumed.spent) == (3, 1, False, 61)
    assert resumed.marks()[0] == ("answered", False)
    assert resumed.marks()[3] == ("blank", True)
    assert resumed.paper.items == exam.paper.items
    resumed.go_on()
    later.at += 700
    assert resumed.left == 0
    result, _ = resumed.hand_in(find)
    assert (result.right, result.pauses, result.short) == (1, 1, {})
    again.close()
    store.close()


def test_pausing_stops_the_clock(store: Store, scheduler: Scheduler) -> None:
    clock = Seconds()
    exam = sit(store, scheduler, clock)
    clock.at += 10
    exam.pause()
    clock.at += 1000
    assert (exam.spent, exam.running) == (10, False)
    exam.go_on()
    clock.at += 5
    exam.pause()
    assert (exam.spent, exam.pauses) == (15, 2)


def test_questions_that_are_gone_count_as_blank(store: Store, scheduler: Scheduler) -> None:
    exam = sit(store, scheduler, Seconds())
    choose(exam, True)
    result, _ = exam.hand_in(lambda item: None)
    assert (result.right, result.total, store.reviews()) == (0, 6, [])


def test_damaged_run_is_resumed_as_far_as_it_can(store: Store, scheduler: Scheduler) -> None:
    data = {"items": [["cia", "c1"], 3], "answers": {"0": 4, "x": {}, "9": {}}, "answered": [0, 7, "x"], "place": 50}
    run = store.save_run("sg", "exam", {**data, "short": [["基礎", 3, 0]]})
    exam = Exam.resume(store, scheduler, run, Seconds())
    assert (exam.place, exam.marks(), exam.paper.short) == (0, [("answered", False)], {"基礎": (3, 0)})
    assert exam.hand_in(find)[0].right == 0


def test_result_survives_the_store(store: Store, scheduler: Scheduler) -> None:
    paper = Paper(Blueprint("x", "x", 1, ()), (ExamItem("cia", "c1", "A", "基礎"),), 1, 1)
    exam = Exam(store, scheduler, "sg", paper, Seconds())
    choose(exam, True)
    result, attempt = exam.hand_in(find)
    assert Result.from_attempt(attempt).items == result.items
    assert result.areas == {"基礎": (1, 1)}
