"""Finding many questions at once, each article read once; for threads, since reading articles takes its time."""

from collections.abc import Callable, Iterable

from sgtui.articles.model import Article
from sgtui.library.model import Library
from sgtui.quiz.model import Quiz

Place = tuple[str, str]
"""An article's key and a question's id."""
Found = dict[Place, tuple[Article, Quiz]]


class Questions:
    """The questions of a library; an article is read when one of its questions is first asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, Article | None] = {}

    def get(self, place: Place) -> tuple[Article, Quiz] | None:
        """The question at ``place`` and its article; ``None`` where it is gone."""
        key, question = place
        if key not in self._known:
            self._known[key] = self._library.read(key) if self._library.has(key) else None
        article = self._known[key]
        quiz = next((quiz for quiz in article.quizzes if quiz.id == question), None) if article is not None else None
        return (article, quiz) if article is not None and quiz is not None else None

    def known(self, place: Place) -> tuple[Article, Quiz] | None:
        """The same, but only where the article was read before."""
        return self.get(place) if place[0] in self._known else None

    def read_ahead(self, places: Iterable[Place], stop: Callable[[], bool]) -> None:
        """Read what will be asked for, one article after the other until ``stop`` says so; for a thread."""
        for place in places:
            if stop():
                return
            self.get(place)


def find_all(library: Library, places: Iterable[Place]) -> Found:
    """The questions at ``places`` that are still there, with their articles."""
    questions = Questions(library)
    return {place: found for place in places if (found := questions.get(place)) is not None}
