"""The bundled course as its tests look at it: articles with their text in plain parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from sgtui.articles.model import Article
from sgtui.library.check import Report, check_library
from sgtui.library.glossary import Glossary, read_glossary
from sgtui.quiz.model import Fragment, Quiz

PROJECT: Final = Path(__file__).parents[2]
CONTENT: Final = PROJECT / "content"
TERMS: Final = PROJECT / "tests/data/course-terms.tsv"
CLOSING: Final = "この記事の要点"

_QUIZ: Final = re.compile(r"<!-- quiz.*?<!-- /quiz -->", re.DOTALL)
_CASE: Final = re.compile(r"<!-- /?case.*?-->")
_FENCE: Final = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_TABLE: Final = re.compile(r"^\|.*$", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKER: Final = re.compile(r"^ *(?:- |\d+\. |#+ )", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One article: ``body`` is its Markdown below the front matter."""

    article: Article

    @property
    def id(self) -> str:
        return self.article.info.key

    @cached_property
    def body(self) -> str:
        lines = self.article.source.split("\n")
        return "\n".join(lines[self.article.front_matter.body_line - 1 :])

    @cached_property
    def lesson(self) -> str:
        """What is read, as Markdown: everything but quizzes."""
        return _CASE.sub("", _QUIZ.sub("", self.body))

    @cached_property
    def prose(self) -> str:
        """What is read without tables, code, link targets and other markup."""
        text = _TABLE.sub("", _FENCE.sub("", self.lesson))
        return _MARKER.sub("", _LINK.sub(r"\1", text)).replace("**", "").replace("`", "")

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the prose; lists, tables and code are none."""
        text = _LINK.sub(r"\1", _TABLE.sub("", _FENCE.sub("", self.lesson)))
        blocks = (block.strip() for block in text.split("\n\n"))
        return [block for block in blocks if block and not _MARKER.match(block)]

    @property
    def characters(self) -> int:
        """How much there is to read, tables included, code and white space not."""
        text = _LINK.sub(r"\1", _FENCE.sub("", self.lesson))
        return len(re.sub(r"\|[-| :]*\||[\s*#|`>-]", "", text))

    @cached_property
    def opening(self) -> str:
        return self.lesson.split("\n## ", 1)[0].strip()

    @cached_property
    def closing(self) -> list[str]:
        """The lines under the last heading that are not blank."""
        return [line for line in self.body.split(f"## {CLOSING}\n", 1)[-1].split("\n") if line.strip()]

    @property
    def summary(self) -> list[str]:
        """The list one can recite, without its marks."""
        return [line[2:] for line in self.closing if line.startswith("- ")]

    @property
    def bold(self) -> list[str]:
        return re.findall(r"\*\*(.+?)\*\*", self.lesson)

    @property
    def code_lines(self) -> list[str]:
        return [line for fence in _FENCE.findall(self.lesson) for line in fence.split("\n")[1:-1]]


@dataclass(frozen=True)
class Course:
    """All of it, read once."""

    report: Report
    glossary: Glossary
    pages: tuple[Page, ...]

    @property
    def quizzes(self) -> Iterator[tuple[Page, Quiz]]:
        for page in self.pages:
            for quiz in page.article.quizzes:
                yield page, quiz

    def page(self, key: str) -> Page:
        return next(page for page in self.pages if page.id == key)


def read_course() -> Course:
    """Read the articles in course order."""
    report = check_library(CONTENT)
    library = report.library
    glossary, _problems = read_glossary(library)
    return Course(report, glossary, tuple(Page(library.read(info.key)) for info in library.infos))


def remarks(quiz: Quiz) -> list[str]:
    """What is said about answers: reasons, explanation, hint, the back of a card."""
    parts: list[Fragment | None] = [quiz.explanation, quiz.hint, quiz.answer]
    parts += [choice.reason for choice in quiz.choices] + [gap.reason for gap in quiz.gaps]
    return [part.text for part in parts if part is not None]


def offers(quiz: Quiz) -> list[list[str]]:
    """What a learner chooses from, put in order or pairs: lists whose members ought to look alike."""
    lists = [
        [choice.content.text for choice in quiz.choices],
        [item.text for item in quiz.items],
        [pair.left.text for pair in quiz.pairs],
        [pair.right.text for pair in quiz.pairs],
    ]
    return [[text.strip() for text in texts] for texts in lists if texts]


def words(quiz: Quiz) -> list[str]:
    """Every text of a quiz."""
    offered = [text for texts in offers(quiz) for text in texts]
    return [quiz.prompt.text, *remarks(quiz), *offered, *(answer for gap in quiz.gaps for answer in gap.answers)]


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space removed."""
    lines = ("".join(line.split()) for line in text.split("\n"))
    return [sentence for line in lines for sentence in line.split("。") if sentence]
