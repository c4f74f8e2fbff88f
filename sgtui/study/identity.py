"""An edited question keeps its history."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from sgtui.articles.model import Article
from sgtui.quiz.model import Quiz
from sgtui.store.records import AnswerRecord, Move
from sgtui.store.store import Store

ALIKE: Final = 0.6
"""Two prompts more alike than this (0–1, difflib's ratio) are the same question before and after an edit."""
KEPT: Final = 160
"""Characters of a prompt that the store keeps; only these are compared."""


def reattach(store: Store, library: str, article: Article) -> list[Move]:
    """Give the history of edited questions to what they have become; returns what was moved.

    Call it when an article is opened.  Costs nothing while every answered question is still asked; what no question is
    like enough is listed as an orphan (:meth:`Store.orphans`), and is none any more when the question returns.
    """
    key = article.info.key
    answers = store.answers(library, key)
    asked = {quiz.id for quiz in article.quizzes}
    lost = [answer for answer in answers.values() if answer.question not in asked]
    fresh = [quiz for quiz in article.quizzes if quiz.id not in answers]
    moves = []
    for answer, quiz in _pairs(lost, fresh):
        moves.append(store.move_question(library, key, answer.question, quiz.id))
        lost.remove(answer)
    store.set_orphans(library, key, {answer.question: answer.prompt for answer in lost})
    return moves


def _pairs(lost: Iterable[AnswerRecord], fresh: Iterable[Quiz]) -> list[tuple[AnswerRecord, Quiz]]:
    """The most alike first; each answer and each quiz once."""
    alike = [
        (SequenceMatcher(None, _normal(answer.prompt), _normal(quiz.prompt.text), autojunk=False).ratio(), answer, quiz)
        for answer in lost
        for quiz in fresh
    ]
    pairs: list[tuple[AnswerRecord, Quiz]] = []
    for ratio, answer, quiz in sorted(alike, key=lambda item: -item[0]):
        taken = any(answer is one or quiz is other for one, other in pairs)
        if ratio > ALIKE and answer.prompt and not taken:
            pairs.append((answer, quiz))
    return pairs


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())[:KEPT]
