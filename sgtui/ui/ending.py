"""What stands below the last line of an article: how it went, what to look at again, where to go on."""

from sgtui.articles.model import ArticleInfo
from sgtui.i18n import _, ngettext
from sgtui.typeset.model import Line, Span
from sgtui.ui.sitting import Sitting
from sgtui.ui.text import shorten, wrapped
from sgtui.ui.words import minutes


def end_lines(
    sitting: Sitting, previous: ArticleInfo | None, following: ArticleInfo | None, width: int, *, empty: bool = False
) -> list[Line]:
    """The lines of the end, at most ``width`` cells wide; targets are ``section:SLUG`` and ``article:KEY``.

    ``empty`` says that there is no text above them.
    """
    lines = [] if empty else [_line(), _line(Span("─" * min(width, 12), "rule")), _line()]
    told = _("This article has no text yet. Press e to write it in your editor.") if empty else _how_it_went(sitting)
    for text in wrapped(told, width):
        lines.append(_line(Span(text)))
    for title, slug in _to_look_at_again(sitting):
        lines.append(_line(Span("  ↺ ", "warn"), Span(shorten(title, width - 4), "link", f"section:{slug}")))
    if following is not None:
        name = _("Next: {title}").format(title=following.title)
        lines += [_line(), _line(Span(shorten(name, width - 12), "link", f"article:{following.key}"))]
        lines.append(_line(Span(f"{minutes(following.minutes)}   ", "faint"), Span(">", "key")))
    if previous is not None:
        name = _("Previous: {title}").format(title=previous.title)
        back = Span(shorten(name, width - 4), "faint", f"article:{previous.key}")
        lines += [_line(), _line(back, Span("   <", "key"))]
    return [*lines, _line()]


def footer_lines(footer: str, width: int) -> list[Line]:
    """What the library says of itself, below everything."""
    return [*(_line(Span(text, "faint")) for text in wrapped(footer, width)), _line()]


def _line(*spans: Span) -> Line:
    return Line(spans, 0)


def _how_it_went(sitting: Sitting) -> str:
    score = sitting.score
    if not score.total:
        return _("That is the end of the article.")
    if score.answered < score.total:
        left = score.total - score.answered
        return ngettext(
            "{n} question of this article is still open.", "{n} questions of this article are still open.", left
        ).format(n=left)
    if score.right == score.total:
        return ngettext("{n} question, and it was right.", "{n} questions, all right.", score.total).format(
            n=score.total
        )
    return _("{right} of {total} questions right. Look again at:").format(right=score.right, total=score.total)


def _to_look_at_again(sitting: Sitting) -> list[tuple[str, str]]:
    """Sections of open or wrong quizzes, each once."""
    score = sitting.score
    if score.answered < score.total:
        quizzes = [a.quiz for a in sitting.answerings.values() if not a.submitted]
    else:
        quizzes = sitting.wrong()
    sections = sitting.article.sections
    found = {sections[q.section].slug: sections[q.section].title or sitting.article.info.title for q in quizzes}
    return [(title, slug) for slug, title in found.items()]
