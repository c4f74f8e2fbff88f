"""What the learner answered: the log, the latest answers, cards, runs put aside, and attempts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sgtui.store.base import Changing, StoreBase
from sgtui.store.codec import from_document
from sgtui.store.log import PLACE, UID, Outcome, Row, named, outcomes, outcomes_of, rows
from sgtui.store.names import Names, Place
from sgtui.store.records import AnswerRecord, Attempt, CardRecord, Mode, Orphan, ReviewLog, Run
from sgtui.store.uid import after, named_uid


class History(StoreBase):
    """The part of the store about questions."""

    def add_review(
        self,
        library: str,
        article: str,
        question: str,
        *,
        response: Any,
        correct: bool,
        section: str = "",
        case: str = "",
        choice: tuple[int, ...] = (),
        ms: int = 0,
        hint: bool = False,
        guess: bool = False,
        mode: Mode = "article",
        scheduled: bool = False,
        rating: int = 0,
        attempt: str = "",
        prompt: str = "",
        card: CardRecord | None = None,
        at: datetime | None = None,
    ) -> ReviewLog:
        """Log one answer, make it the question's latest, and save ``card`` with it, all as one change.

        It is on the disk when this returns (see :attr:`Engine.unsaved`).  ``prompt`` is the question's text, of which
        the beginning is kept.  ``at`` is when it was given, now by default.  Undoable as ``answer``.
        """
        with self.changing("answer") as change:
            change.now = at or change.now
            review = ReviewLog(
                uid=change.new_uid(),
                at=change.now,
                library=library,
                article=article,
                question=question,
                section=section,
                case=case,
                response=response,
                choice=choice,
                correct=correct,
                ms=max(0, ms),
                hint=hint,
                guess=guess,
                mode=mode,
                scheduled=scheduled,
                rating=rating,
                attempt=attempt,
            )
            change.add(review)
            self._answered(change, review, prompt)
            if card is not None:
                change.put(card)
            return review

    def amend_review(self, review: ReviewLog, card: CardRecord | None = None) -> ReviewLog:
        """Save what the learner said of an answer afterwards (``guess``, ``rating``), and the card that follows."""
        with self.changing("answer", amends=review.uid) as change:
            review = change.put(replace(review, at=after(change.now, review.at)))
            latest = self.answer_shelf.get(named_uid("answers", review.library, review.article, review.question))
            if latest is not None and latest.answered == review.time:
                change.put(replace(latest, guess=review.guess, at=after(change.now, latest.at)))
            if card is not None:
                change.put(replace(card, at=after(change.now, card.at)))
            return review

    def recent_answer(self, library: str, article: str, question: str) -> tuple[ReviewLog, CardRecord | None] | None:
        """The latest answer to a question in this run, and its card as it was before; ``None`` if there is none.

        Unlike :meth:`reviews` it does not look through the log.
        """
        place = (library, article, question)
        for steps in reversed(self._undo.get("answer", ())):
            for step in steps:
                document = step.after or {}
                found = (document.get("library"), document.get("article"), document.get("question"))
                if step.table != "reviews" or found != place:
                    continue
                review = from_document(ReviewLog, step.uid, self.engine.get("reviews", step.uid))
                card = next((other for other in steps if other.table == "cards"), None)
                before = from_document(CardRecord, card.uid, card.before) if card is not None else None
                return (review, before) if review is not None else None
        return None

    def answers(self, library: str, article: str) -> dict[str, AnswerRecord]:
        """The latest answer to each question of an article that was ever answered, by question."""
        return {item.question: item for item in self.answer_shelf.of(library, article)}

    def answer(self, library: str, article: str, question: str) -> AnswerRecord | None:
        """The latest answer to one question."""
        return self.answer_shelf.get(named_uid("answers", library, article, question))

    def try_again(self, library: str, article: str, question: str) -> None:
        """Show a question as not answered until it is answered again; its history stays."""
        with self.changing() as change:
            item = self.answer_shelf.get(named_uid("answers", library, article, question))
            if item is not None and not item.again:
                change.put(replace(item, again=True, at=after(change.now, item.at)))

    def answer_documents(self) -> Mapping[int, dict[str, Any]]:
        """The answers as they are in the file, for passes over all of them."""
        return self._all("answers")

    def review_documents(self) -> Mapping[int, dict[str, Any]]:
        """The log as it is in the file (fields with their default left out); decoding it all takes a moment."""
        return self._all("reviews")

    def review_rows(self, library: str) -> Iterator[Row]:
        """The log of a library as rows (:mod:`sgtui.store.log`), without decoding it."""
        with self.engine.memory:
            frozen = self.engine.table("reviews").freeze()
        return rows(frozen, library)

    def outcomes(self, library: str) -> Iterator[Outcome]:
        """Every question of a library that was ever answered, and whether rightly the last time."""
        with self.engine.memory:
            table = self.engine.table("answers")
            decoded = dict(table.documents) if table.decoded else None
            frozen = table.freeze()
        return outcomes_of(decoded, library) if decoded is not None else outcomes(frozen, library)

    def reviews(
        self, library: str | None = None, article: str | None = None, question: str | None = None
    ) -> list[ReviewLog]:
        """The log, oldest first, under today's names; narrowed as far as the arguments say."""
        wanted = (library, article, question)

        def chosen(place: Place) -> bool:
            return all(value is None or value == there for value, there in zip(wanted, place, strict=True))

        if library is None or article is None:
            return self._sorted(self._reviews(self.review_documents(), chosen))
        return self._sorted(self._reviews(self._picked(library, chosen), chosen))

    def reviews_of(self, places: Collection[Place]) -> list[ReviewLog]:
        """The log of some questions (under today's names), oldest first."""
        return self._sorted(self._reviews(self.review_documents(), places.__contains__))

    def card(self, library: str, article: str, question: str) -> CardRecord | None:
        """The card of a question, if it has been scheduled."""
        return self.card_shelf.get(named_uid("cards", library, article, question))

    def cards(self, library: str | None = None) -> list[CardRecord]:
        """Every card, or those of one library."""
        return self.card_shelf.all(library)

    def card_documents(self) -> Mapping[int, dict[str, Any]]:
        """The cards as they are in the file, for passes over all of them."""
        return self._all("cards")

    def new_card(self, library: str, article: str, question: str) -> CardRecord:
        """A card that was never reviewed; not saved yet."""
        uid = named_uid("cards", library, article, question)
        return CardRecord(uid=uid, at=self.now(), library=library, article=article, question=question)

    def put_card(self, card: CardRecord) -> CardRecord:
        """Save a card; undoable as ``card``."""
        with self.changing("card") as change:
            return change.put(replace(card, at=after(change.now, card.at)))

    def put_cards(self, cards: "list[CardRecord]") -> None:
        """Save many cards as one change, with the times they have."""
        with self.changing() as change:
            for card in cards:
                change.put(card)

    def orphans(self, library: str | None = None) -> list[Orphan]:
        """Questions with history that their articles no longer ask."""
        return self.orphan_shelf.all(library)

    def set_orphans(self, library: str, article: str, questions: Mapping[str, str]) -> None:
        """Say which questions of an article (id to how it began) are orphans; the others are none any more."""
        listed = {orphan.question: orphan for orphan in self.orphan_shelf.of(library, article)}
        if listed.keys() == questions.keys():
            return
        with self.changing() as change:
            for question, orphan in listed.items():
                if question not in questions:
                    change.remove(orphan)
            for question, prompt in questions.items():
                if question not in listed:
                    change.add(
                        Orphan(
                            uid=change.new_uid(),
                            at=change.now,
                            library=library,
                            article=article,
                            question=question,
                            prompt=prompt,
                        )
                    )

    def runs(self, library: str | None = None, kind: str | None = None) -> list[Run]:
        """Quick quizzes, reviews and exams that were put aside, newest first."""
        found = [run for run in self.run_shelf.all(library) if kind is None or run.kind == kind]
        return sorted(found, key=lambda run: (run.at, run.uid), reverse=True)

    def save_run(self, library: str, kind: str, data: Any, *, title: str = "", uid: int | None = None) -> Run:
        """Save a run so that it can be taken up again; ``uid`` is that of the run it continues."""
        with self.changing() as change:
            old = self.run_shelf.get(uid) if uid is not None else None
            at = after(change.now, old.at if old else None)
            run = Run(uid=uid or change.new_uid(), at=at, library=library, kind=kind, title=title, data=data)
            return change.put(run)

    def remove_run(self, uid: int) -> None:
        """Forget a run: it is finished or given up."""
        with self.changing() as change:
            run = self.run_shelf.get(uid)
            if run is not None:
                change.remove(run)

    def add_attempt(self, attempt: Attempt, *, run: int | None = None) -> Attempt:
        """Keep a finished attempt and forget the ``run`` it was; it gets the run's uid, else a new one."""
        with self.changing() as change:
            saved = change.add(replace(attempt, uid=run or change.new_uid(), at=change.now))
            put_aside = self.run_shelf.get(run) if run is not None else None
            if put_aside is not None:
                change.remove(put_aside)
            return saved

    def attempts(self, library: str | None = None, kind: str | None = None) -> list[Attempt]:
        """Finished attempts, newest first."""
        found = [item for item in self.attempt_shelf.all(library) if kind is None or item.kind == kind]
        return sorted(found, key=lambda item: (item.finished or item.at, item.uid), reverse=True)

    def _all(self, table: str) -> dict[int, dict[str, Any]]:
        """A picture of a table, to be looked through while other threads go on writing."""
        documents = self.engine.documents(table)
        with self.engine.memory:
            return dict(documents)

    def _answered(self, change: Changing, review: ReviewLog, prompt: str) -> None:
        uid = named_uid("answers", review.library, review.article, review.question)
        old = self.answer_shelf.get(uid)
        change.put(
            AnswerRecord(
                uid=uid,
                at=after(review.at, old.at if old else None),
                library=review.library,
                article=review.article,
                question=review.question,
                section=review.section,
                case=review.case,
                response=review.response,
                correct=review.correct,
                guess=review.guess,
                answered=review.time,
                ms=review.ms,
                answers=(old.answers if old else 0) + 1,
                right=(old.right if old else 0) + review.correct,
                prompt=" ".join(prompt.split())[:160] or (old.prompt if old else ""),
            )
        )

    def _picked(self, library: str, wanted: Callable[[Place], bool]) -> dict[int, dict[str, Any]]:
        """The log's documents of some questions of a library; only those are decoded."""
        names = Names(self.move_shelf.all())
        known: dict[bytes | None, bool] = {}
        with self.engine.memory:
            table = self.engine.table("reviews")
            frozen = table.freeze()
        uids = []
        for row in rows(frozen, library):
            chosen = known.get(row[PLACE])
            if chosen is None:
                chosen = known[row[PLACE]] = wanted(names.place(library, *named(row[PLACE])))
            if chosen:
                uids.append(int(row[UID] or b"0"))
        with self.engine.memory:
            found = ((uid, table.get(uid)) for uid in uids)
            return {uid: document for uid, document in found if document is not None}

    @staticmethod
    def _sorted(reviews: Iterable[ReviewLog]) -> list[ReviewLog]:
        return sorted(reviews, key=lambda item: (item.time, item.uid))

    def _reviews(self, documents: Mapping[int, dict[str, Any]], wanted: Callable[[Place], bool]) -> Iterator[ReviewLog]:
        names = Names(self.move_shelf.all())
        for uid, document in documents.items():
            place = names.of(document)
            if wanted(place):
                review = from_document(ReviewLog, uid, document)
                if review is not None:
                    yield replace(review, article=place.article, question=place.question) if names else review
