"""An answer, from the learner's key to the disk: grade, rating, schedule, log, in one change."""

from dataclasses import dataclass, replace

from sgtui.articles.model import ArticleInfo
from sgtui.quiz.grading import Response, grade
from sgtui.quiz.model import Quiz
from sgtui.store.records import CardRecord, Mode, ReviewLog
from sgtui.store.store import Store
from sgtui.study.rating import hesitated, rate
from sgtui.study.scheduler import Scheduler


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer that is safe: its line in the log and its card, ``None`` where it has none."""

    review: ReviewLog
    card: CardRecord | None


def record_answer(
    store: Store,
    scheduler: Scheduler,
    *,
    library: str,
    article: ArticleInfo,
    quiz: Quiz,
    response: Response,
    ms: int = 0,
    hint: bool = False,
    guess: bool = False,
    mode: Mode = "article",
    attempt: str = "",
    schedule: bool = True,
) -> Recorded:
    """Grade, rate, schedule and save an answer given now; on the disk when this returns.

    ``ms`` is the time to answer in milliseconds (0: not known).  Only the first attempt of a study day moves the card;
    retries are logged.  ``schedule=False`` (cramming) logs only.  ``attempt`` is the uid of an exam or quick quiz.
    """
    now = store.now()
    correct = grade(quiz, response).correct
    rating = rate(correct, guess=guess, hint=hint, hesitated=hesitated(ms, _characters(quiz), speed=_speed(scheduler)))
    card = store.card(library, article.key, quiz.id)
    moves = schedule and not (card is not None and card.suspended) and not scheduler.scheduled_today(card, now)
    section = section_slug(article, quiz)
    if moves:
        fresh = card or store.new_card(library, article.key, quiz.id)
        card = replace(scheduler.review(fresh, rating, now), at=now, section=section, case=quiz.case)
    review = store.add_review(
        library,
        article.key,
        quiz.id,
        response=response.to_record(),
        choice=tuple(sorted(response.choices)),
        correct=correct,
        section=section,
        case=quiz.case,
        ms=ms,
        hint=hint,
        guess=guess,
        mode=mode,
        scheduled=moves,
        rating=int(rating),
        attempt=attempt,
        prompt=quiz.prompt.text,
        card=card if moves else None,
        at=now,
    )
    return Recorded(review, store.card(library, article.key, quiz.id))


def mark_guess(
    store: Store, scheduler: Scheduler, *, library: str, article: ArticleInfo, quiz: Quiz, guess: bool
) -> Recorded | None:
    """Say of the latest answer to ``quiz`` that it was a guess (or was none), and move its card accordingly.

    ``None`` where it was never answered.
    """
    place = (library, article.key, quiz.id)
    recent = store.recent_answer(*place)
    reviews = store.reviews(*place) if recent is None else []
    if recent is None and not reviews:
        return None
    last = recent[0] if recent is not None else reviews[-1]
    slow = hesitated(last.ms, _characters(quiz), speed=_speed(scheduler))
    rating = int(rate(last.correct, guess=guess, hint=last.hint, hesitated=slow))
    changed = replace(last, guess=guess, rating=rating, answered=last.time)
    card = store.card(*place)
    if not last.scheduled or card is None:
        card = None
    elif recent is not None:
        before = recent[1] or store.new_card(*place)
        card = replace(scheduler.review(before, rating, last.time), section=last.section, case=last.case)
    else:
        card = scheduler.replay(card, [*reviews[:-1], changed])
    review = store.amend_review(changed, card)
    return Recorded(review, store.card(*place))


def section_slug(article: ArticleInfo, quiz: Quiz) -> str:
    """The slug of the section a quiz stands in; nothing where the article has no such section."""
    return article.sections[quiz.section].slug if quiz.section < len(article.sections) else ""


def _speed(scheduler: Scheduler) -> int:
    return scheduler.settings.reading_speed


def _characters(quiz: Quiz) -> int:
    choices = [choice.content.text for choice in quiz.choices] + [item.text for item in quiz.items]
    pairs = [text for pair in quiz.pairs for text in (pair.left.text, pair.right.text)]
    return len(quiz.prompt.text) + sum(len(text) for text in (*choices, *pairs))
