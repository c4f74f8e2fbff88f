"""Finding many questions at once, each article read once; for threads, since reading articles takes its time."""

from collections.abc import Iterable

from sgtui.articles.model import Article
from sgtui.library.model import Library
from sgtui.quiz.model import Quiz

Place = tuple[str, str]
"""An article's key and a question's id."""
Found = dict[Place, tuple[Article, Quiz]]


def find_all(library: Library, places: Iterable[Place]) -> Found:
    """The questions at ``places`` that are still there, with their articles."""
    articles: dict[str, Article | None] = {}
    found: Found = {}
    for key, question in places:
        if key not in articles:
            articles[key] = library.read(key) if library.has(key) else None
        article = articles[key]
        quiz = next((quiz for quiz in article.quizzes if quiz.id == question), None) if article is not None else None
        if article is not None and quiz is not None:
            found[key, question] = (article, quiz)
    return found
