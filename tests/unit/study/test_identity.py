from types import MappingProxyType

from sgtui.articles.model import Article, FrontMatter
from sgtui.quiz.grading import Response
from sgtui.quiz.model import Quiz
from sgtui.store.store import Store
from sgtui.study.answer import record_answer
from sgtui.study.identity import reattach
from sgtui.study.scheduler import Scheduler

from .conftest import article, single

OLD = single("cia#1", prompt="退職した社員のIDで顧客名簿が閲覧された。損なわれたのはどれか。")
EDITED = single("cia#2", prompt="退職した社員のIDで、顧客名簿を閲覧された。損なわれたのはどれか。")
OTHER = single("cia#3", prompt="停電でサーバが止まった。")


def page(*quizzes: Quiz) -> Article:
    info = article(quizzes=tuple(quiz.id for quiz in quizzes))
    return Article(info, FrontMatter(), quizzes, quizzes, (), MappingProxyType({}), "")


def answered(store: Store, scheduler: Scheduler) -> None:
    response = Response(choices=frozenset({1}))
    record_answer(store, scheduler, library="sg", article=page(OLD).info, quiz=OLD, response=response)


def test_edited_question_keeps_its_history(store: Store, scheduler: Scheduler) -> None:
    answered(store, scheduler)
    (move,) = reattach(store, "sg", page(OTHER, EDITED))
    assert (move.question, move.new_question) == ("cia#1", "cia#2")
    assert set(store.answers("sg", "cia")) == {"cia#2"}
    assert [card.question for card in store.cards()] == ["cia#2"]
    assert [review.question for review in store.reviews(question="cia#2")] == ["cia#2"]
    assert store.orphans() == []


def test_lost_question_is_an_orphan_until_it_returns(store: Store, scheduler: Scheduler) -> None:
    answered(store, scheduler)
    assert reattach(store, "sg", page(OTHER)) == []
    assert [orphan.prompt for orphan in store.orphans("sg")] == [OLD.prompt.text]
    assert set(store.answers("sg", "cia")) == {"cia#1"}
    reattach(store, "sg", page(OTHER, OLD))
    assert store.orphans() == []


def test_matched_by_hand(store: Store, scheduler: Scheduler) -> None:
    answered(store, scheduler)
    reattach(store, "sg", page(OTHER))
    store.move_question("sg", "cia", "cia#1", "cia#3")
    reattach(store, "sg", page(OTHER))
    assert store.orphans() == []
    assert store.answers("sg", "cia")["cia#3"].answers == 1


def test_each_question_is_matched_once(store: Store, scheduler: Scheduler) -> None:
    answered(store, scheduler)
    twin = single("cia#9", prompt=OLD.prompt.text + "？")
    record_answer(store, scheduler, library="sg", article=page(twin).info, quiz=twin, response=Response())
    assert len(reattach(store, "sg", page(EDITED))) == 1
    assert len(store.orphans()) == 1
