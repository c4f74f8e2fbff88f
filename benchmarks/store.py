"""A long-lived state file: how fast an answer is safe, and how fast the file opens, beside plain TinyDB.

``python -m benchmarks store``.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from tinydb import TinyDB

from benchmarks.report import Row, show
from sgtui.articles.model import ArticleInfo, Section
from sgtui.quiz.grading import Response
from sgtui.quiz.model import Choice, Fragment, Quiz
from sgtui.settings import Settings
from sgtui.store.codec import to_document
from sgtui.store.journal import Put
from sgtui.store.merge import merge_tables, read_tables
from sgtui.store.records import AnswerRecord, CardRecord, ReviewLog
from sgtui.store.store import Store
from sgtui.store.uid import named_uid
from sgtui.study.answer import record_answer
from sgtui.study.days import StudyDays
from sgtui.study.progress import StatusSource
from sgtui.study.queue import todays_queue
from sgtui.study.scheduler import Scheduler
from sgtui.study.statistics import statistics
from sgtui.ui.library_app import TURN

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
QUIZZES = 5
"""Quizzes in each made-up article."""


REVIEWS, CARDS = 100_000, 20_000


def measure() -> Iterator[Row]:
    """Everything a long history slows down in plain TinyDB, beside what the store needs for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.json"
        build(path, REVIEWS, CARDS)
        ours = figures(path)
        opening, answering = plain(path)
        yield Row("open, 100,000 reviews", ours["open"], 0.5, "limit", 1.0)
        yield Row("open (plain TinyDB decodes all)", ours["open"], opening, "TinyDB", 1.0)
        yield Row("an answer safe on disk, p50", ours["answer p50"], answering, "TinyDB")
        yield Row("an answer safe on disk, p95", ours["answer p95"], answering, "TinyDB")
        yield Row("an answer safe on disk, p95", ours["answer p95"], 0.005, "limit", 1.0)
        yield Row("of that the disk's own (fsync)", ours["fsync p95"], 0.005, "limit")
        yield Row("of that the program's own, p95", ours["answer own p95"], 0.002, "limit", 1.0)
        yield Row("first answer of a run", ours["first answer"], answering, "TinyDB", 1.0)
        yield Row("first answer of a run", ours["first answer"], 0.005, "limit", 1.0)
        yield Row("today's queue, 20,000 cards", ours["queue"], 0.05, "limit", 1.0)
        yield Row("statistics, log not yet decoded", ours["statistics cold"], 0.5, "limit", 1.0)
        yield Row("statistics", ours["statistics"], 0.5, "limit", 1.0)
        yield Row("progress of all articles", ours["progress"], 0.05, "limit", 1.0)
        yield Row("progress, answers not yet decoded", ours["progress cold"], 0.05, "limit", 1.0)
        yield Row("what a key waits for meanwhile, p50", ours["beat p50"], 0.016, "limit", 1.0)
        yield Row("what a key waits for meanwhile, p95", ours["beat p95"], 0.016, "limit", 1.0)
        yield Row("merge a file with 50 more answers", ours["merge"], opening, "TinyDB opens one", 1.0)
        yield Row("write the file anew on closing", ours["close"], answering, "TinyDB", 1.0)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def timed_both(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that passed, and seconds of the processor that this thread took of them: the rest is the disk's."""
    start = time.thread_time()
    passed = timed(work)[0]
    return passed, time.thread_time() - start


async def heartbeat(work: Callable[[], object]) -> list[float]:
    """How late, in seconds, an event loop is that wants to wake every millisecond while a thread works; sorted."""
    sys.setswitchinterval(TURN)
    task = asyncio.create_task(asyncio.to_thread(work))
    late: list[float] = []
    while not task.done():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        late.append(time.perf_counter() - start - 0.001)
    return sorted(late)


def build(path: Path, reviews: int, cards: int) -> None:
    with Store.open(path, now=lambda: NOW, device="bench") as store:
        for start in range(0, reviews, 5000):
            with store.engine.change() as puts:
                for number in range(start, min(start + 5000, reviews)):
                    puts.extend(puts_of(number, number % cards, first=number < cards))


def puts_of(number: int, card: int, *, first: bool) -> list[Put]:
    at = NOW - timedelta(minutes=3 * (200_000 - number))
    article, question = f"category/article-{card // QUIZZES}", f"question-{card}"
    place: dict[str, Any] = {"library": "sg-course", "article": article, "question": question}
    review = ReviewLog(
        uid=(1 << 72) + number,
        device="bench",
        at=at,
        section="リバース型とスプレー",
        response={"choices": [number % 4]},
        choice=(number % 4,),
        correct=number % 3 > 0,
        ms=5000 + number % 9000,
        mode="article",
        scheduled=True,
        rating=3 if number % 3 else 1,
        **place,
    )
    puts = [Put("reviews", review.uid, to_document(review))]
    if first:
        answer = AnswerRecord(
            uid=named_uid("answers", *place.values()),
            device="bench",
            at=at,
            section=review.section,
            response=review.response,
            correct=review.correct,
            answered=at,
            answers=5,
            right=3,
            prompt="深夜に300個のIDへ1回ずつログイン失敗があった。疑うべき攻撃はどれか。",
            **place,
        )
        scheduled = CardRecord(
            uid=named_uid("cards", *place.values()),
            device="bench",
            at=at,
            section=review.section,
            state=2,
            stability=2.3065 + card % 90,
            difficulty=5.1,
            due=NOW + timedelta(days=card % 365 - 9),
            first=at,
            last=NOW - timedelta(days=card % 30 + 1),
            reps=5,
            **place,
        )
        puts += [
            Put("answers", answer.uid, to_document(answer)),
            Put("cards", scheduled.uid, to_document(scheduled)),
        ]
    return puts


def figures(path: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    found["open"], store = timed(lambda: Store.open(path, now=lambda: NOW, device="bench"))
    scheduler = Scheduler(Settings(), StudyDays(4, UTC))
    infos = articles()
    scheduler.make_ready()  # as the screens do in the background
    found["first answer"] = timed(lambda: answer(store, scheduler, 0))[0]
    found["queue cold"] = timed(lambda: todays_queue(store, scheduler, "sg-course", infos))[0]
    found["queue"] = min(timed(lambda: todays_queue(store, scheduler, "sg-course", infos))[0] for _ in range(5))
    found["progress cold"] = timed(lambda: progress(store, infos))[0]
    store.answer_documents()
    found["progress"] = min(timed(lambda: progress(store, infos))[0] for _ in range(5))
    both = [timed_both(partial(answer, store, scheduler, number)) for number in range(1, 501)]
    times, own = (sorted(column) for column in zip(*both, strict=True))
    found["answer p50"], found["answer p95"], found["answer own p95"] = times[250], times[475], own[475]
    found["fsync p95"] = fsync_p95(path.with_name("fsync"))
    found["statistics cold"] = timed(lambda: statistics(store, scheduler, "sg-course", infos))[0]
    found["statistics"] = min(timed(lambda: statistics(store, scheduler, "sg-course", infos))[0] for _ in range(3))
    beats = asyncio.run(heartbeat(lambda: statistics(store, scheduler, "sg-course", infos)))
    found["beat p50"], found["beat p95"] = beats[len(beats) // 2], beats[len(beats) * 95 // 100]
    found["merge"] = merging(store, path)
    found["close"] = timed(store.close)[0]
    return found


def merging(store: Store, path: Path) -> float:
    """Seconds to take over another machine's file that has 50 answers more."""
    other = path.parent / "other" / path.name
    other.parent.mkdir()
    store.compact()
    shutil.copy(path, other)
    with Store.open(other, now=lambda: NOW, device="other") as theirs:
        for number in range(50):
            answer(theirs, Scheduler(Settings(), StudyDays(4, UTC)), number)
    took, merged = timed(lambda: merge_tables(store.engine, read_tables(other)))
    assert merged.added == 50
    return took


def articles() -> list[ArticleInfo]:
    return [
        ArticleInfo(
            f"category/article-{number}",
            f"{number}.md",
            "記事",
            category=f"分類{number % 9}",
            sections=(Section(0, 2, "節", "節", ("節",), 1, 400),),
            quizzes=tuple(f"question-{number * QUIZZES + place}" for place in range(QUIZZES)),
        )
        for number in range(CARDS // QUIZZES)
    ]


def progress(store: Store, infos: list[ArticleInfo]) -> None:
    source = StatusSource(store, "sg-course", infos)
    for info in infos:
        source.of(info)


def fsync_p95(path: Path) -> float:
    line = b"x" * 600
    with path.open("wb", buffering=0) as file:

        def append() -> None:
            file.write(line)
            os.fsync(file.fileno())

        return sorted(timed(append)[0] for _ in range(200))[190]


def answer(store: Store, scheduler: Scheduler, number: int) -> None:
    quiz_id = f"question-{number}"
    section = Section(0, 2, "節", "節", ("節",), 1, 400, (quiz_id,))
    info = ArticleInfo(f"category/article-{number // QUIZZES}", "a.md", "記事", sections=(section,), quizzes=(quiz_id,))
    choices = tuple(Choice(Fragment((), text), text == "イ", None, 1) for text in "アイウエ")
    quiz = Quiz(quiz_id, "single", 1, Fragment((), "疑うべき攻撃はどれか。"), choices=choices)
    response = Response(choices=frozenset({number % 4}))
    record_answer(store, scheduler, library="sg-course", article=info, quiz=quiz, response=response, ms=5120)


def plain(path: Path) -> tuple[float, float]:
    """Seconds in which plain TinyDB opens the file and reads one table, and in which it saves one answer."""

    def opened() -> None:
        with TinyDB(path, encoding="utf-8") as database:
            len(database.table("cards"))

    opening = min(timed(opened)[0] for _ in range(2))
    with TinyDB(path, encoding="utf-8") as database:
        reviews = database.table("reviews")
        document = dict(next(iter(reviews)))
        return opening, min(timed(lambda: reviews.insert(document))[0] for _ in range(2))


if __name__ == "__main__":
    show(measure())
