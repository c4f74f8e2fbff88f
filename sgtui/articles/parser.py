"""From a file to an :class:`Article`: header, sections, quizzes, counts and problems."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sgtui.articles.fields import front_matter
from sgtui.articles.front_matter import read_header
from sgtui.articles.measure import characters, reading_minutes
from sgtui.articles.model import Article, ArticleInfo, FrontMatter, Passage, Piece, Section
from sgtui.articles.names import path_key, path_title
from sgtui.articles.source import read_source
from sgtui.errors import Problem
from sgtui.quiz.model import Quiz

if TYPE_CHECKING:
    from markdown_it.token import Token


def read_article(root: Path, path: str, *, dialects: Collection[str] = (), key: str = "") -> Article:
    """Read the article at ``path`` (relative, POSIX slashes) below ``root``.

    Never raises for any file: what cannot be read is an article without text, whose problems say
    why.  ``key`` overrides the key the file asks for (two files may ask for the same one).
    """
    source = read_source(root / path, path)
    return parse_article(
        source.text, path, root_name=root.name, dialects=dialects, key=key, source_problems=source.problems
    )


def parse_article(
    text: str,
    path: str,
    *,
    root_name: str = "",
    dialects: Collection[str] = (),
    key: str = "",
    source_problems: tuple[Problem, ...] = (),
) -> Article:
    """Make an article of a file's ``text`` (line ends ``\\n``, no BOM); never raises.

    ``path`` is relative to the library and names the article where its header does not;
    ``root_name`` is a title for an ``index.md`` at the library's root.  ``dialects`` are the quiz
    dialects to read beside the program's own (:data:`sgtui.quiz.formats.DIALECTS`).
    """
    # Late: a warm start reads no article.
    from sgtui.markup.factory import parse  # noqa: PLC0415
    from sgtui.quiz.parser import split  # noqa: PLC0415

    raw = read_header(text, path)
    header, field_problems = front_matter(raw, path)
    name = key or header.id or path_key(path)
    parsed = parse(raw.header.body)
    parts = split(parsed.tokens, path=path, key=name, body_line=header.body_line, env=parsed.env, dialects=dialects)
    body = _Body(header.body_line)
    for piece in parts.pieces:
        body.add(piece)
    sections = body.finish()
    quizzes = tuple(piece for piece in body.pieces if isinstance(piece, Quiz))
    info = ArticleInfo(
        key=name,
        path=path,
        title=header.title or body.first_title or path_title(path, root_name),
        category=header.category,
        difficulty=header.difficulty,
        tags=header.tags,
        exam=header.exam,
        type=header.type,
        syllabus=header.syllabus,
        summary=header.summary,
        published=header.published,
        updated=header.updated,
        order=header.order,
        draft=header.draft,
        prerequisites=header.prerequisites,
        characters=sum(section.characters for section in sections),
        minutes=max(1, round(body.minutes)),
        sections=sections,
        quizzes=tuple(quiz.id for quiz in quizzes),
        problems=(*source_problems, *raw.problems, *field_problems, *parts.problems),
        digest=body_digest(raw.header.body),
    )
    return Article(info, header, tuple(body.pieces), quizzes, parts.cases, parsed.env, text)


def body_digest(body: str) -> str:
    """A name for a text (16 hexadecimal digits) that white space does not change; empty for an empty text."""
    squeezed = "".join(body.split())
    return blake2b(squeezed.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() if squeezed else ""


def empty_article(path: str, problems: tuple[Problem, ...], *, root_name: str = "") -> Article:
    """An article of which nothing could be read, to be listed with its problems."""
    info = ArticleInfo(key=path_key(path), path=path, title=path_title(path, root_name), problems=problems)
    none: Mapping[str, Any] = {}
    return Article(info, FrontMatter(), (), (), (), none, "")


@dataclass(slots=True)
class _Open:
    """A section that is being filled."""

    level: int
    title: str
    slug: str
    path: tuple[str, ...]
    line: int
    texts: list[str] = field(default_factory=list)


class _Body:
    """Gathers pieces in reading order and the sections they stand in."""

    def __init__(self, body_line: int) -> None:
        from sgtui.markup.slug import Slugger  # noqa: PLC0415
        from sgtui.markup.text import plain_text  # noqa: PLC0415

        self.pieces: list[Piece] = []
        self.first_title = ""
        self.minutes = 0.0
        self._body_line = body_line
        self._plain_text = plain_text
        self._slug = Slugger().slug
        self._sections: list[_Open] = []
        self._outer: list[tuple[int, str]] = []

    def add(self, piece: "tuple[Token, ...] | Quiz") -> None:
        if isinstance(piece, Quiz):
            self._here(piece.line).texts.append(quiz_text(piece))
            self.pieces.append(replace(piece, section=len(self._sections) - 1))
            return
        start = 0
        for index, token in enumerate(piece):
            if token.type == "heading_open" and token.level == 0:
                self._passage(piece[start:index])
                self._open(piece, index)
                start = index
        self._passage(piece[start:])

    def finish(self) -> tuple[Section, ...]:
        """The sections, now that all pieces are there; quizzes are put into the sections they test."""
        from sgtui.quiz.parser import in_section  # noqa: PLC0415

        slugs = {section.slug: index for index, section in enumerate(self._sections)}
        quizzes: list[list[str]] = [[] for _ in self._sections]
        for index, piece in enumerate(self.pieces):
            if isinstance(piece, Quiz):
                quiz = in_section(piece, piece.section, slugs)
                self.pieces[index] = quiz
                quizzes[quiz.section].append(quiz.id)
        texts = ["\n".join(section.texts) for section in self._sections]
        self.minutes = sum(map(reading_minutes, texts))
        return tuple(
            Section(i, s.level, s.title, s.slug, s.path, s.line, characters(texts[i]), tuple(quizzes[i]))
            for i, s in enumerate(self._sections)
        )

    def _here(self, line: int) -> _Open:
        if not self._sections:
            self._sections.append(_Open(0, "", "", (), line))
        return self._sections[-1]

    def _open(self, tokens: "tuple[Token, ...]", index: int) -> None:
        opening = tokens[index]
        level = int(opening.tag[1])
        title = " ".join(self._plain_text(tokens[index : index + 3]).split())
        if level == 1 and title and not self.first_title:
            self.first_title = title
        while self._outer and self._outer[-1][0] >= level:
            self._outer.pop()
        self._outer.append((level, title))
        line = self._body_line + (opening.map[0] if opening.map else 0)
        path = tuple(name for _, name in self._outer)
        self._sections.append(_Open(level, title, self._slug(title), path, line))

    def _passage(self, tokens: "tuple[Token, ...]") -> None:
        if not tokens:
            return
        text = self._plain_text(tokens)
        if not text and not self._sections and all(token.type == "html_block" for token in tokens):
            return  # comments above the first heading are no section
        line = self._body_line + (tokens[0].map[0] if tokens[0].map else 0)
        self._here(line).texts.append(text)
        self.pieces.append(Passage(tokens, len(self._sections) - 1))


def quiz_text(quiz: Quiz) -> str:
    """What a quiz shows before it is answered, without anything that tells the answer."""
    shown = [quiz.prompt.text, *(choice.content.text for choice in quiz.choices)]
    return "\n".join(shown)
