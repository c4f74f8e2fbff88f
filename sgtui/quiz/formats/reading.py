"""What the readers of dialects share: sections, sub-texts with their lines, and quizzes put in place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sgtui.markup.factory import parse
from sgtui.quiz.blocks import Block, Item, altered, blocks, first_inline, is_mark, is_task_list, items, with_content
from sgtui.quiz.build import Context, build
from sgtui.quiz.concealed import without_answers
from sgtui.quiz.model import Quiz
from sgtui.quiz.parts import Parts

if TYPE_CHECKING:
    from markdown_it.token import Token

Found = Sequence[Block | Quiz]

_WORDS: Final = (
    "問題|設問|質問|問|[Qq]uestion|QUESTION|[Qq]uiz|Pregunta|Domanda|Pergunta|Frage|Вопрос|Питання|Câu(?: hỏi)?"
)
NUMBERED: Final = re.compile(
    rf"[*_\s]*(?:(?:{_WORDS})\.?\s*[#＃]?\s*[0-9０-９]{{1,4}}(?:-[0-9]+)?[*_]*(?:\s*[.．:：)）、。]+|\s+(?![0-9])|$)"
    r"|[QqDdPpCВП]\.?\s?[0-9]{1,4}[*_]*\s*[.．:：)）、。]+)[*_]*\s*"
)
ASKING: Final = re.compile(r"(?:[?？؟]|(?:か|どれか|何か)[。.]?)[*_”\"」)）\s]*$")


@dataclass(frozen=True, slots=True)
class Under:
    """A heading and the blocks beneath it, up to the next heading; before the first there is none."""

    heading: Block | None
    body: list[Block | Quiz]

    @property
    def title(self) -> str:
        """The heading as its author wrote it."""
        return self.heading.tokens[1].content if self.heading else ""

    @property
    def ours(self) -> bool:
        """Whether the home grammar or another dialect has been here, so that nothing may be touched."""
        return any(isinstance(block, Quiz) or is_mark(block) for block in self.body)

    def blocks(self) -> list[Block]:
        """The body where no quiz was found in it yet."""
        return [block for block in self.body if isinstance(block, Block)]

    def whole(self) -> list[Block | Quiz]:
        """The heading and the body as they were."""
        return [self.heading, *self.body] if self.heading else list(self.body)


def by_heading(found: Found) -> list[Under]:
    """An article's blocks by the headings they stand under."""
    result = [Under(None, [])]
    for block in found:
        if isinstance(block, Block) and block.kind == "heading":
            result.append(Under(block, []))
        else:
            result[-1].body.append(block)
    return result


def put(parts: Parts, context: Context) -> list[Block | Quiz]:
    """The quiz that ``parts`` make; else, after it was reported why not, its text without the answer."""
    quiz = build(parts, context)
    return [quiz] if quiz is not None else list(blocks(without_answers(parts)))


def as_paragraph(heading: Block, content: str) -> "tuple[Token, ...]":
    """A heading's text, or what is left of it, as a paragraph; nothing for nothing."""
    if not content.strip():
        return ()
    opening, inline, closing = heading.tokens
    return (
        opening.copy(type="paragraph_open", tag="p", markup=""),
        inline if content == inline.content else with_content(inline, content),
        closing.copy(type="paragraph_close", tag="p", markup=""),
    )


def parse_at(text: str, line: int) -> "list[Token]":
    """The block tokens of a text that stands at ``line`` (from 0) of the body."""
    tokens = parse(text).tokens
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + line, token.map[1] + line]
    return tokens


def choices_between(found: Sequence[Block]) -> tuple[int, int, list[Item]]:
    """The task lists among some blocks: where they begin and end, and their items.

    What stands between two lists (an unindented code block, a picture) belongs to the choice
    before it; so does the one after the last list where the choices are of that kind.
    """
    lists = [index for index, block in enumerate(found) if is_task_list(block)]
    if not lists:
        return len(found), len(found), []
    start, end = lists[0], lists[-1] + 1
    between = {found[index].kind for index in range(start, end) if index not in lists} - {"paragraph"}
    if between and end < len(found) and found[end].kind in between:
        end += 1
    taken: list[Item] = []
    for block in found[start:end]:
        if is_task_list(block):
            taken.extend(items(block))
        elif block.kind == "blockquote":
            last = taken[-1]
            taken[-1] = Item(last.tokens, (*last.reason, *block.tokens[1:-1]), last.mark, last.line)
        else:
            last = taken[-1]
            taken[-1] = Item((*last.tokens, *block.tokens), last.reason, last.mark, last.line)
    return start, end, taken


def is_quiz_like(taken: Sequence[Item]) -> bool:
    """Whether a list has what every quiz has: right ones and wrong ones, and nothing unmarked."""
    marks = {item.mark for item in taken}
    return len(taken) > 1 and marks == {True, False}


def with_inline(tokens: "Sequence[Token]", change: "re.Pattern[str]", by: str) -> "tuple[Token, ...]":
    """Tokens whose running text has ``change`` replaced, its markup read anew."""
    return tuple(
        with_content(token, change.sub(by, token.content))
        if token.type == "inline" and change.search(token.content)
        else token
        for token in tokens
    )


def bare(tokens: "Sequence[Token]", text: str) -> "tuple[Token, ...]":
    """The first paragraph's tokens with other text."""
    inline = first_inline(tokens)
    return () if inline is None else (tokens[0], altered(inline, text, with_content(inline, text).children), tokens[2])


def outside_quizzes(found: Found) -> Iterator[tuple[Block | Quiz, bool]]:
    """Each block, and whether it stands outside every quiz of the home grammar."""
    inside_ours = False
    for block in found:
        if isinstance(block, Quiz):
            yield block, False
        elif is_mark(block):
            text = block.tokens[0].content
            inside_ours = "/quiz" not in text and "/case" not in text and "case" not in text.split("quiz")[0]
            yield block, False
        else:
            if block.kind == "heading" or (block.kind == "hr" and not block.tokens[0].markup.startswith("_")):
                inside_ours = False
            yield block, not inside_ours
