"""From a file to an :class:`Article`: header, sections, quizzes, counts and problems."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sgtui.articles.fields import front_matter
from sgtui.articles.front_matter import RawHeader, read_header
from sgtui.articles.measure import characters, reading_minutes
from sgtui.articles.model import Article, ArticleInfo, FrontMatter, Passage, Piece, Pieces, Section
from sgtui.articles.names import path_key, path_title
from sgtui.articles.source import read_source
from sgtui.errors import Problem
from sgtui.quiz.model import Quiz

if TYPE_CHECKING:
    from markdown_it.token import Token

    from sgtui.markup.factory import Parsed
    from sgtui.quiz.parser import Split


def read_article(root: Path, path: str, *, dialects: Collection[str] = (), known: ArticleInfo | None = None) -> Article:
    """Read the article at ``path`` (relative, POSIX slashes) below ``root``.

    Never raises for any file: what cannot be read is an article without text, whose problems say
    why.  ``known`` is what an index holds of the file: the article has its key, which need not be the one the file
    asks for (two files may ask for the same).
    """
    source = read_source(root / path, path)
    return parse_article(
        source.text,
        path,
        root_name=root.name,
        dialects=dialects,
        key=known.key if known else "",
        known=known,
        source_problems=source.problems,
    )


def parse_article(
    text: str,
    path: str,
    *,
    root_name: str = "",
    dialects: Collection[str] = (),
    key: str = "",
    known: ArticleInfo | None = None,
    source_problems: tuple[Problem, ...] = (),
) -> Article:
    """Make an article of a file's ``text`` (line ends ``\\n``, no BOM); never raises.

    ``path`` is relative to the library and names the article where its header does not;
    ``root_name`` is a title for an ``index.md`` at the library's root.  ``dialects`` are the quiz
    dialects to read beside the program's own (:data:`sgtui.quiz.formats.DIALECTS`).  ``known`` is what an index holds
    of the same file: what was counted in the same text is not counted again.
    """
    # Late: a warm start reads no article.
    from sgtui.markup.factory import parse, uncollected  # noqa: PLC0415

    with uncollected():
        raw = read_header(text, path)
        parsed = parse(raw.header.body)
        made = _make(
            raw,
            parsed,
            path,
            key=key,
            known=known,
            dialects=dialects,
            source_problems=source_problems,
            root_name=root_name,
        )
    quizzes = made.body.quizzes
    again = partial(_pieces_again, text, path, made.info.key, tuple(dialects), quizzes)
    pieces = Pieces(tuple(made.body.pieces), again)
    return Article(made.info, made.header, pieces, quizzes, made.split.cases, parsed.env, text)


def _pieces_again(
    text: str, path: str, key: str, dialects: tuple[str, ...], quizzes: tuple[Quiz, ...]
) -> tuple[Piece, ...]:
    """The pieces of a text that was parsed before, with its quizzes as they are held elsewhere."""
    asked = iter(quizzes)
    again = parse_article(text, path, key=key, dialects=dialects)
    return tuple(next(asked) if isinstance(piece, Quiz) else piece for piece in again.pieces)


_AT_ONCE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Digest:
    """What an index keeps of an article: its info, the id its header asks for, and its text.

    ``sections`` holds heading and text (before any quiz is answered) of each section in turn.
    """

    info: ArticleInfo
    id: str
    sections: tuple[tuple[str, str], ...]


def digest_article(root: Path, path: str, *, dialects: Collection[str] = ()) -> Digest:
    """As :func:`read_article`, for an index: the same info several times faster, and no page."""
    from sgtui.articles.skim import skim  # noqa: PLC0415
    from sgtui.markup.factory import parse  # noqa: PLC0415

    source = read_source(os.path.join(root, path), path)  # noqa: PTH118 - many thousand times
    raw = read_header(source.text, path)
    parsed = parse(raw.header.body) if dialects else skim(raw.header.body)
    made = _make(raw, parsed, path, dialects=dialects, source_problems=source.problems, root_name=root.name)
    return Digest(made.info, made.header.id, made.body.texts)


@dataclass(frozen=True, slots=True)
class _Made:
    info: ArticleInfo
    header: FrontMatter
    body: "_Body"
    split: "Split"


def _make(
    raw: RawHeader,
    parsed: "Parsed",
    path: str,
    *,
    key: str = "",
    known: ArticleInfo | None = None,
    dialects: Collection[str],
    source_problems: tuple[Problem, ...],
    root_name: str,
) -> _Made:
    from sgtui.quiz.parser import split  # noqa: PLC0415

    header, field_problems = front_matter(raw, path)
    name = key or header.id or path_key(path)
    parts = split(parsed.tokens, path=path, key=name, body_line=header.body_line, env=parsed.env, dialects=dialects)
    body = _Body(header.body_line)
    for piece in parts.pieces:
        body.add(piece)
    digest = body_digest(raw.header.body)
    same = known if known is not None and known.digest == digest else None
    sections = body.finish([section.characters for section in same.sections] if same else ())
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
        minutes=same.minutes if same else body.minutes,
        sections=sections,
        quizzes=tuple(quiz.id for quiz in body.quizzes),
        problems=(*source_problems, *raw.problems, *field_problems, *parts.problems),
        digest=digest,
        cards=tuple(quiz.id for quiz in body.quizzes if quiz.kind == "recall"),
        cases=tuple(case.quizzes for case in parts.cases),
    )
    return _Made(info, header, body, parts)


def body_digest(body: str) -> str:
    """A name for a text (16 hexadecimal digits) that white space does not change; empty for an empty text."""
    squeezed = blake2b(digest_size=8)
    empty = True
    for start in range(0, len(body), _AT_ONCE):  # a long text need not be there three times
        part = "".join(body[start : start + _AT_ONCE].split())
        empty = empty and not part
        squeezed.update(part.encode("utf-8", "surrogatepass"))
    return "" if empty else squeezed.hexdigest()


def empty_article(path: str, problems: tuple[Problem, ...], *, root_name: str = "") -> Article:
    """An article of which nothing could be read, to be listed with its problems."""
    info = ArticleInfo(key=path_key(path), path=path, title=path_title(path, root_name), problems=problems)
    none: Mapping[str, Any] = {}
    return Article(info, FrontMatter(), (), (), (), none, "")


@dataclass(slots=True)
class _Open:
    """A section that is being filled; ``parts`` are its tokens, without its heading, and its quizzes."""

    level: int
    title: str
    slug: str
    path: tuple[str, ...]
    line: int
    parts: "list[tuple[Token, ...] | Quiz | str]" = field(default_factory=list)


class _Body:
    """Gathers pieces in reading order and the sections they stand in."""

    def __init__(self, body_line: int) -> None:
        from sgtui.articles.skim import HEADING, TEXT  # noqa: PLC0415
        from sgtui.markup.slug import Slugger  # noqa: PLC0415
        from sgtui.markup.text import plain_text  # noqa: PLC0415

        self.pieces: list[Piece] = []
        self._stands_in: list[int] = []  # the section of each quiz in turn
        self.first_title = ""
        self._body_line = body_line
        self._plain_text = plain_text
        self._heading, self._skimmed = HEADING, TEXT
        self._slug = Slugger().slug
        self._sections: list[_Open] = []
        self._outer: list[tuple[int, str]] = []

    @property
    def quizzes(self) -> tuple[Quiz, ...]:
        """The quizzes, in reading order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Quiz))

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Heading and text of each section."""
        return tuple((section.title, self._text(section)) for section in self._sections)

    @property
    def minutes(self) -> int:
        """Minutes to read it all, at least 1."""
        return max(1, round(reading_minutes("\n".join(part for section in self.texts for part in section))))

    def add(self, piece: "tuple[Token, ...] | Quiz") -> None:
        if isinstance(piece, Quiz):
            self._here(piece.line).parts.append(piece)
            self.pieces.append(piece)
            self._stands_in.append(len(self._sections) - 1)
            return
        start = head = 0
        for index, token in enumerate(piece):
            if token.type == "heading_open" and token.level == 0:
                self._passage(piece[start:index], head)
                self._open(token, self._plain_text(piece[index : index + 3]))
                start, head = index, 3
            elif token.type == self._heading:
                self._passage(piece[start:index], head)
                self._open(token, token.content)
                start, head = index, 1
        self._passage(piece[start:], head)

    def finish(self, counted: Sequence[int] = ()) -> tuple[Section, ...]:
        """The sections, now that all pieces are there; quizzes are put into the sections they test.

        ``counted`` are the characters of each, where somebody has counted them before.
        """
        quizzes: list[list[str]] = [[] for _ in self._sections]
        if any(isinstance(piece, Quiz) for piece in self.pieces):
            self._place_quizzes(quizzes)
        if len(counted) != len(self._sections):
            counted = [characters(title) + characters(text) for title, text in self.texts]
        return tuple(
            Section(
                i,
                s.level,
                s.title,
                s.slug,
                s.path,
                s.line,
                counted[i],
                tuple(quizzes[i]),
            )
            for i, s in enumerate(self._sections)
        )

    def _place_quizzes(self, quizzes: list[list[str]]) -> None:
        from sgtui.quiz.parser import in_section  # noqa: PLC0415

        slugs = {section.slug: index for index, section in enumerate(self._sections)}
        stands_in = iter(self._stands_in)
        for index, piece in enumerate(self.pieces):
            if isinstance(piece, Quiz):
                quiz = in_section(piece, next(stands_in), slugs)
                self.pieces[index] = quiz
                quizzes[quiz.section].append(quiz.id)

    def _here(self, line: int) -> _Open:
        if not self._sections:
            self._sections.append(_Open(0, "", "", (), line))
        return self._sections[-1]

    def _open(self, opening: "Token", text: str) -> None:
        level = int(opening.tag[1])
        title = " ".join(text.split())
        if level == 1 and title and not self.first_title:
            self.first_title = title
        while self._outer and self._outer[-1][0] >= level:
            self._outer.pop()
        self._outer.append((level, title))
        line = self._body_line + (opening.map[0] if opening.map else 0)
        path = tuple(name for _, name in self._outer)
        self._sections.append(_Open(level, title, self._slug(title), path, line))

    def _passage(self, tokens: "tuple[Token, ...]", head: int) -> None:
        """Take a run of one section's tokens, of which the first ``head`` are its heading."""
        if not tokens:
            return
        if not self._sections and all(token.type == "html_block" for token in tokens) and not self._read(tokens):
            return  # comments above the first heading are no section
        line = self._body_line + (tokens[0].map[0] if tokens[0].map else 0)
        self._here(line).parts.append(tokens[head:])
        self.pieces.append(Passage(tokens, len(self._sections) - 1))

    def _text(self, section: _Open) -> str:
        """The text of a section, read when it is first asked for."""
        if len(section.parts) != 1 or not isinstance(section.parts[0], str):
            section.parts = ["\n".join(filter(None, map(self._read, section.parts)))]
        return str(section.parts[0])

    def _read(self, tokens: "tuple[Token, ...] | Quiz | str") -> str:
        if isinstance(tokens, str):
            return tokens
        if isinstance(tokens, Quiz):
            return quiz_text(tokens)
        parts: list[str] = []
        start = 0
        for index, token in enumerate(tokens):
            if token.type == self._skimmed:
                if start < index:
                    parts.append(self._plain_text(tokens[start:index]))
                parts.append(token.content)
                start = index + 1
        if start < len(tokens):
            parts.append(self._plain_text(tokens[start:]))
        return "\n".join(filter(None, parts))


def quiz_text(quiz: Quiz) -> str:
    """What a quiz shows before it is answered, without anything that tells the answer."""
    shown = [quiz.prompt.text, *(choice.content.text for choice in quiz.choices)]
    return "\n".join(shown)
