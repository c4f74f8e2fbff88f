"""Old names and new ones: what a renamed article or an edited question was called when the log was written."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sgtui.store.records import Move


class Place(NamedTuple):
    """A question of an article of a library."""

    library: str
    article: str
    question: str


class Names:
    """Where the log's names lead to today, over any number of renamings."""

    def __init__(self, moves: Iterable[Move]) -> None:
        """Know ``moves``; of several away from one name the newest counts."""
        self._articles: dict[tuple[str, str], str] = {}
        self._questions: dict[Place, tuple[str, str]] = {}
        for move in sorted(moves, key=lambda item: (item.at, item.uid)):
            if move.question:
                new = (move.new_article or move.article, move.new_question or move.question)
                self._questions[Place(move.library, move.article, move.question)] = new
            else:
                self._articles[move.library, move.article] = move.new_article

        self._any = bool(self._articles or self._questions)

    def __bool__(self) -> bool:
        return self._any

    def article(self, library: str, article: str) -> str:
        """What ``article`` is called today."""
        seen = {article}
        while (new := self._articles.get((library, article))) is not None and new not in seen:
            seen.add(new)
            article = new
        return article

    def place(self, library: str, article: str, question: str) -> Place:
        """Where a question is today."""
        place = Place(library, article, question)
        seen = {place}
        while True:
            moved = self._questions.get(place)
            if moved is not None:
                place = Place(library, *moved)
            elif (new := self._articles.get((library, place.article))) is not None:
                place = Place(library, new, renamed(place.question, place.article, new))
            else:
                return place
            if place in seen:
                return place
            seen.add(place)

    def of(self, document: Mapping[str, Any]) -> Place:
        """Where the question of a document of the log is today."""
        place = Place(document.get("library", ""), document.get("article", ""), document.get("question", ""))
        return self.place(*place) if self._any else place


def renamed(question: str, article: str, new: str) -> str:
    """A question's id in a renamed article: ids made from the prompt begin with the article's key and ``#``."""
    return f"{new}#{question[len(article) + 1 :]}" if question.startswith(f"{article}#") else question
