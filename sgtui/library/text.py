"""An article's text as a search sees it: title and sections, folded, with the way back to the page."""

from dataclasses import dataclass
from typing import Final

from sgtui.articles.model import Article, Passage

PART: Final = "\x1e"
"""Parts sections (and a heading from its text); no article's text holds it."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one article.

    ``plain`` is heading, U+001E, text, U+001E for each section in turn: what the page shows
    before any quiz is answered.  ``folded`` is the same, folded
    (:func:`sgtui.markup.fold.fold`); both have the same number of parts.
    """

    plain: str
    folded: str


def text_of(article: Article) -> Text:
    """The searchable text of ``article``; answers, reasons and explanations of quizzes are not in it."""
    from sgtui.articles.parser import quiz_text  # noqa: PLC0415
    from sgtui.markup.fold import fold  # noqa: PLC0415
    from sgtui.markup.text import plain_text  # noqa: PLC0415

    bodies: list[list[str]] = [[] for _ in article.sections]
    place = 0
    for piece in article.pieces:
        if isinstance(piece, Passage):
            place = piece.section
            tokens = piece.tokens
            if tokens and tokens[0].type == "heading_open" and tokens[0].level == 0:
                tokens = tokens[3:]
            bodies[place].append(plain_text(tokens))
        else:
            bodies[place if article.sections else 0].append(quiz_text(piece))
    parts: list[str] = []
    for section, texts in zip(article.sections, bodies, strict=True):
        parts += [section.title.replace(PART, " "), "\n".join(filter(None, texts)).replace(PART, " ")]
    plain = PART.join(parts)
    return Text(plain, fold(plain))
