from sgtui.quiz.grading import Response
from sgtui.store.records import Anchor
from sgtui.store.store import Store
from sgtui.study.answer import record_answer
from sgtui.study.progress import StatusSource
from sgtui.study.scheduler import Scheduler

from .conftest import Clock, article, single

INFO = article()


def read(store: Store, *, to: float = 1.0, ticks: tuple[str, ...] = ("七要素", "要点")) -> None:
    store.save_position("sg", "cia", Anchor(), to)
    for slug in ticks:
        store.mark_section("sg", "cia", slug)


def quizzed(store: Store, scheduler: Scheduler, *ids: str, right: bool = True) -> None:
    response = Response(choices=frozenset({1 if right else 0}))
    for quiz_id in ids:
        record_answer(store, scheduler, library="sg", article=INFO, quiz=single(quiz_id), response=response)


def test_untouched(store: Store) -> None:
    progress = StatusSource(store, "sg").of(INFO)
    assert (progress.status, progress.fraction, progress.sections, progress.quizzes) == ("unread", 0.0, 2, 2)


def test_reading(store: Store, scheduler: Scheduler) -> None:
    read(store, to=0.5, ticks=("七要素",))
    quizzed(store, scheduler, "cia-01")
    source = StatusSource(store, "sg")
    assert (source.status_of(INFO), source.progress_of(INFO)) == ("reading", 0.5)
    assert dict(source.ticks(INFO)) == {"": False, "七要素": False, "要点": False}


def test_done_when_read_to_the_end_and_quizzed(store: Store, scheduler: Scheduler) -> None:
    read(store, ticks=())
    assert StatusSource(store, "sg").status_of(INFO) == "reading"
    quizzed(store, scheduler, "cia-01", "cia-02", right=False)
    progress = StatusSource(store, "sg").of(INFO)
    assert (progress.status, progress.fraction, progress.answered, progress.right) == ("done", 1.0, 2, 0)
    assert progress.wrong_ids == {"cia-01", "cia-02"}


def test_ticks_need_their_quizzes(store: Store, scheduler: Scheduler) -> None:
    read(store)
    quizzed(store, scheduler, "cia-01", "cia-02")
    assert dict(StatusSource(store, "sg").ticks(INFO)) == {"": False, "七要素": True, "要点": True}


def test_by_hand_is_the_last_word(store: Store, scheduler: Scheduler) -> None:
    store.set_done("sg", "cia", True)
    assert StatusSource(store, "sg").status_of(INFO) == "done"
    read(store)
    quizzed(store, scheduler, "cia-01", "cia-02")
    store.set_done("sg", "cia", False)
    assert StatusSource(store, "sg").status_of(INFO) == "reading"
    store.set_done("sg", "cia", None)
    assert StatusSource(store, "sg").status_of(INFO) == "done"


def test_answers_to_questions_that_are_gone_do_not_count(store: Store, scheduler: Scheduler) -> None:
    quizzed(store, scheduler, "昔の問", "cia-01")
    assert StatusSource(store, "sg").of(INFO).answered == 1


def test_other_libraries_do_not_count(store: Store) -> None:
    store.set_done("別", "cia", True)
    assert StatusSource(store, "sg").status_of(INFO) == "unread"


def test_refresh_sees_one_article_again(store: Store, scheduler: Scheduler) -> None:
    source = StatusSource(store, "sg", scheduler=scheduler)
    assert source.status_of(INFO) == "unread"
    quizzed(store, scheduler, "cia-01")
    source.refresh("cia")
    assert source.of(INFO).answered == 1


def test_retention_falls_with_time(store: Store, scheduler: Scheduler, clock: Clock) -> None:
    quizzed(store, scheduler, "cia-01")
    now = StatusSource(store, "sg", scheduler=scheduler).of(INFO).retention
    clock.forward(days=30)
    later = StatusSource(store, "sg", scheduler=scheduler).of(INFO).retention
    assert now == 1.0
    assert later is not None
    assert 0.3 < later < 0.9


def test_categories(store: Store, scheduler: Scheduler) -> None:
    infos = [INFO, article("risk"), article("dos", category="threat")]
    store.set_done("sg", "risk", True)
    quizzed(store, scheduler, "cia-01")
    totals = StatusSource(store, "sg").categories(infos)
    basics = totals["basics"]
    assert (basics.articles, basics.done, basics.reading, basics.fraction) == (2, 1, 1, 0.625)
    assert (basics.answered, basics.right, basics.quizzes, totals["threat"].articles) == (1, 1, 4, 1)


def test_articles_nobody_opened_are_counted_without_looking_into_them(store: Store) -> None:
    class Closed(type(INFO)):  # type: ignore[misc]  # an article whose sections must not be asked for
        @property
        def sections(self) -> None:
            raise AssertionError("looked into")

    closed = Closed.__new__(Closed)
    for name in ("key", "category", "quizzes"):
        object.__setattr__(closed, name, {"key": "new", "category": "basics", "quizzes": ("q",)}[name])
    source = StatusSource(store, "sg")
    assert (source.status_of(closed), source.progress_of(closed)) == ("unread", 0.0)
    assert source.total([closed]).quizzes == 1
