"""A run of questions, one after the other: a quick quiz or today's review.

The session knows which question is next and what came of the others; it never sees a screen.  Whoever shows it finds
the quiz of :attr:`Session.current` in the library and hands over the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sgtui.articles.model import ArticleInfo
from sgtui.quiz.grading import Response
from sgtui.quiz.model import Quiz
from sgtui.store.records import Attempt, CardRecord, Run
from sgtui.store.store import Store
from sgtui.store.uid import read_time, write_time
from sgtui.study.answer import Recorded, record_answer
from sgtui.study.queue import Item
from sgtui.study.result import ItemResult, Result
from sgtui.study.scheduler import Scheduler

Kind = Literal["quick", "review"]
AGAIN_AFTER = 4
"""Questions asked before one answered wrong comes again in the same review."""


@dataclass(slots=True)
class _Done:
    item: Item
    result: ItemResult
    repeat: bool


@dataclass(slots=True)
class Session:
    """A run of ``items``.

    ``kind`` is ``quick`` (each question once) or ``review`` (a wrong one comes again until it is right; only the first
    attempt counts).  With ``cram`` nothing is rescheduled.  ``seed`` is for shuffling choices.
    """

    store: Store
    scheduler: Scheduler
    library: str
    kind: Kind
    items: list[Item]
    title: str = ""
    cram: bool = False
    seed: int | None = None
    started: datetime | None = None
    pauses: int = 0
    uid: int | None = None
    _waiting: list[Item] = field(default_factory=list)
    _done: list[_Done] = field(default_factory=list)
    _repeats: set[Item] = field(default_factory=set)
    _put_off: dict[Item, CardRecord] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with every item waiting."""
        self._waiting = self._waiting or list(self.items)
        self.started = self.started or self.store.now()

    @property
    def current(self) -> Item | None:
        """The question to ask now; ``None`` when the run is over."""
        return self._waiting[0] if self._waiting else None

    @property
    def repeated(self) -> bool:
        """Whether the current question was already answered wrong in this run."""
        return self.current in self._repeats

    @property
    def left(self) -> int:
        """Questions still to be asked, those that come again included."""
        return len(self._waiting)

    @property
    def asked(self) -> int:
        """Questions answered in this run, each counted once."""
        return len(self._first_results())

    def answer(
        self,
        article: ArticleInfo,
        quiz: Quiz,
        response: Response,
        *,
        ms: int = 0,
        hint: bool = False,
        guess: bool = False,
    ) -> Recorded:
        """Save the answer to the current question and go on to the next; raises ``ValueError`` if it is another's."""
        item = self.current
        if item is None or (item.article, item.question) != (article.key, quiz.id):
            raise ValueError(f"{quiz.id} of {article.key} is not being asked")
        recorded = record_answer(
            self.store,
            self.scheduler,
            library=self.library,
            article=article,
            quiz=quiz,
            response=response,
            ms=ms,
            hint=hint,
            guess=guess,
            mode=self.kind,
            schedule=not self.cram,
        )
        review = recorded.review
        result = ItemResult(
            article=article.key,
            question=quiz.id,
            section=review.section,
            category=article.category,
            correct=review.correct,
            guess=guess,
            seconds=ms / 1000,
            response=review.response,
        )
        self._waiting.pop(0)
        comes_again = self.kind == "review" and not review.correct
        if comes_again:
            self._waiting.insert(min(AGAIN_AFTER, len(self._waiting)), item)
            self._repeats.add(item)
        self._done.append(_Done(item, result, comes_again))
        return recorded

    @property
    def seconds(self) -> float:
        """Seconds spent on what was answered so far."""
        return sum(done.result.seconds for done in self._done)

    def comes_again(self, item: Item) -> bool:
        """Whether a question that was answered is asked once more in this run."""
        return item in self._repeats and item in self._waiting

    def skip(self) -> None:
        """Leave the current question out (its article is gone, or the learner wants to)."""
        if self._waiting:
            self._waiting.pop(0)

    def bury(self) -> None:
        """Leave the current question for another day."""
        if self.current is not None:
            self.rest(self.current)
        self.skip()

    def rest(self, item: Item, *, on: bool = True) -> None:
        """Do not ask a question again today (``on`` false: take that back); it is not asked again in this run."""
        card = self._card_to_put_off(item)
        today = self.scheduler.days.day(self.store.now())
        self.store.put_card(self.scheduler.buried(card, today) if on else replace(card, buried=""))
        self._drop_repeat(item)

    def suspend(self, item: Item, *, on: bool = True) -> None:
        """Do not ask a question any more until it is taken up again (``on`` false: take it up)."""
        self.store.put_card(self.scheduler.suspended(self._card_to_put_off(item), on))
        self._drop_repeat(item)

    def start_afresh(self, item: Item, *, on: bool = True) -> None:
        """Schedule a question as if it were new (``on`` false: as before); its answers stay in the log."""
        if on:
            self.store.put_card(self.scheduler.reset(self._card_to_put_off(item), self.store.now()))
        else:
            self.store.undo("card")
        self._drop_repeat(item)

    def _card(self, item: Item) -> CardRecord:
        card = self.store.card(self.library, item.article, item.question)
        return card or self.store.new_card(self.library, item.article, item.question)

    def _card_to_put_off(self, item: Item) -> CardRecord:
        """A question's card; where it was answered, how it is now is kept for :meth:`undo`."""
        card = self._card(item)
        if self._done and self._done[-1].item[:2] == item[:2]:
            self._put_off.setdefault(item, card)
        return card

    def _drop_repeat(self, item: Item) -> None:
        """Take a question that was answered out of those still to come."""
        if any(done.item[:2] == item[:2] for done in self._done):
            self._waiting = [waiting for waiting in self._waiting if waiting[:2] != item[:2]]

    def undo(self) -> Item | None:
        """Take back the last answer, from the file too, and ask that question again; ``None`` if there is none."""
        if not self._done:
            return None
        if (card := self._put_off.pop(self._done[-1].item, None)) is not None:
            self.store.put_card(card)
        if not self.store.undo("answer"):
            return None
        last = self._done.pop()
        if last.repeat and last.item in self._waiting:
            self._waiting.remove(last.item)
        self._waiting.insert(0, last.item)
        if not any(done.item == last.item for done in self._done):
            self._repeats.discard(last.item)
        return last.item

    def result(self) -> Result:
        """What it came to so far; of a question asked more than once the first answer counts."""
        return Result(
            kind=self.kind,
            library=self.library,
            title=self.title,
            started=self.started,
            finished=self.store.now(),
            seconds=sum(done.result.seconds for done in self._done),
            pauses=self.pauses,
            items=tuple(self._first_results()),
        )

    def pause(self) -> Run:
        """Keep the run to be taken up again (:meth:`resume`), also by another start of the program."""
        run = self.store.save_run(self.library, self.kind, self._to_data(), title=self.title, uid=self.uid)
        self.uid = run.uid
        return run

    def finish(self) -> Attempt | None:
        """Keep the result and forget the run; ``None`` where nothing was answered."""
        if self._done:
            return self.store.add_attempt(self.result().to_attempt(self.store.now()), run=self.uid)
        if self.uid is not None:
            self.store.remove_run(self.uid)
        return None

    @classmethod
    def resume(cls, store: Store, scheduler: Scheduler, run: Run) -> "Session":
        """The session that :meth:`pause` kept; what cannot be read of it is left out."""
        data: Mapping[str, Any] = run.data if isinstance(run.data, Mapping) else {}
        session = cls(
            store,
            scheduler,
            run.library,
            "review" if run.kind == "review" else "quick",
            _items(data.get("items")),
            title=run.title,
            cram=data.get("cram") is True,
            seed=data["seed"] if isinstance(data.get("seed"), int) else None,
            started=read_time(data.get("started")),
            pauses=(data["pauses"] if isinstance(data.get("pauses"), int) else 0) + 1,
            uid=run.uid,
        )
        session._waiting = _items(data.get("waiting"))
        session._repeats = set(_items(data.get("repeats")))
        kept = data.get("results")
        attempt = Attempt(uid=0, at=run.at, library="", kind="", items=tuple(kept) if isinstance(kept, list) else ())
        session._done = [
            _Done(Item(item.article, item.question), item, False) for item in Result.from_attempt(attempt).items
        ]
        return session

    def _first_results(self) -> Sequence[ItemResult]:
        first: dict[tuple[str, str], ItemResult] = {}
        for done in self._done:
            first.setdefault(done.item[:2], done.result)
        return list(first.values())

    def _to_data(self) -> dict[str, Any]:
        attempt = Result(self.kind, self.library, items=tuple(done.result for done in self._done)).to_attempt(
            self.store.now()
        )
        return {
            "items": [list(item) for item in self.items],
            "waiting": [list(item) for item in self._waiting],
            "repeats": [list(item) for item in sorted(self._repeats)],
            "results": list(attempt.items),
            "cram": self.cram,
            "seed": self.seed,
            "started": write_time(self.started) if self.started else None,
            "pauses": self.pauses,
        }


def _items(value: Any) -> list[Item]:
    rows = value if isinstance(value, list) else []
    return [
        Item(row[0], row[1], len(row) > 2 and row[2] is True)
        for row in rows
        if isinstance(row, list) and len(row) > 1 and isinstance(row[0], str) and isinstance(row[1], str)
    ]
