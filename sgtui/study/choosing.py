"""Which questions a quick quiz asks."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sgtui.articles.model import ArticleInfo
from sgtui.store.store import Store
from sgtui.study.queue import Item, interleaved, todays_queue
from sgtui.study.scheduler import Scheduler

Only = Literal["all", "wrong", "unseen", "due"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to be asked about; empty fields allow everything.

    ``only`` narrows to questions last answered wrong, never answered, or due.  ``count`` limits (0: no limit).  Without
    ``shuffle`` questions come in course order.
    """

    articles: tuple[str, ...] = ()
    category: str = ""
    difficulty: str = ""
    exam: str = ""
    tag: str = ""
    syllabus: str = ""
    only: Only = "all"
    count: int = 0
    shuffle: bool = True


def choose(
    store: Store,
    scheduler: Scheduler,
    library: str,
    infos: Iterable[ArticleInfo],
    wish: Wish,
    *,
    seed: int | None = None,
) -> list[Item]:
    """The questions of a quick quiz, the same ones for the same ``seed`` and history.

    Shuffled questions that were answered least often come first, so that one is asked twice only after the rest.
    """
    wanted = [info for info in infos if _fits(info, wish)]
    if wish.only == "due":
        items = list(todays_queue(store, scheduler, library, wanted, limited=False).items)
        return items[: wish.count or None]
    history = _history(store, library)
    items = []
    for info in wanted:
        for question in info.quizzes:
            answers, correct = history.get((info.key, question), (0, True))
            if (wish.only == "wrong" and correct) or (wish.only == "unseen" and answers):
                continue
            items.append(Item(info.key, question, not answers))
    if not wish.shuffle:
        return items[: wish.count or None]
    random.Random(seed).shuffle(items)
    items.sort(key=lambda item: history.get(item[:2], (0, True))[0])
    category = {info.key: info.category for info in wanted}
    return interleaved([(category[item.article], item) for item in items[: wish.count or None]])


def _fits(info: ArticleInfo, wish: Wish) -> bool:
    return (
        (not wish.articles or info.key in wish.articles)
        and wish.category in ("", info.category)
        and wish.difficulty in ("", info.difficulty)
        and wish.exam in ("", info.exam)
        and (not wish.tag or wish.tag in info.tags)
        and (not wish.syllabus or any(item.startswith(wish.syllabus) for item in info.syllabus))
    )


def _history(store: Store, library: str) -> Mapping[tuple[str, str], tuple[int, bool]]:
    """By article and question: how often it was answered, and whether the latest answer was right."""
    return {
        (str(item.get("article")), str(item.get("question"))): (item.get("answers", 0), item.get("correct") is True)
        for item in store.answer_documents().values()
        if item.get("library") == library
    }
