"""Questions in Obsidian's callouts.

``> [!question] …`` with a task list in it is a quiz; folded (``[!question]-``) or followed by a
folded answer (``[!success]- …``) it is a flash card.
"""

import re
from typing import TYPE_CHECKING, Final

from sgtui.quiz.blocks import Block, blocks, inside, is_task_list, joined, without_prefix
from sgtui.quiz.build import Context
from sgtui.quiz.formats.reading import ASKING, Found, choices_between, is_quiz_like, outside_quizzes, put
from sgtui.quiz.model import Quiz
from sgtui.quiz.parts import ANSWER, Parts, sort_parts

if TYPE_CHECKING:
    from markdown_it.token import Token

_QUESTION: Final = frozenset({"question", "quiz", "faq", "help", "mcq", "card", "flashcard", "問題", "クイズ"})
_ANSWER: Final = frozenset({"success", "check", "done", "answer", "正解", "答え", "解答"})
_ANSWER_TITLE: Final = re.compile(r"[\W_]*(?:[Aa]nswer|[Ss]olution|答え|解答|正解|回答)[\W_]*")


def read(found: Found, context: Context) -> list[Block | Quiz]:
    """The blocks with question callouts made quizzes and flash cards."""
    pairs = list(outside_quizzes(found))
    result: list[Block | Quiz] = []
    skip = False
    for index, (block, free) in enumerate(pairs):
        if skip:
            skip = False
            continue
        if not free or not isinstance(block, Block) or _name(block) not in _QUESTION:
            result.append(block)
            continue
        following = pairs[index + 1][0] if index + 1 < len(pairs) else None
        answer = following if isinstance(following, Block) and _is_answer(following) else None
        parts = _question(block, answer)
        if parts is None:
            result.append(block)
            continue
        result.extend(put(parts, context))
        skip = answer is not None and not parts.items
    return result


def _name(block: Block) -> str:
    return str(block.tokens[0].meta.get("name", "")).lower() if block.kind == "callout" else ""


def _is_answer(block: Block) -> bool:
    """Whether a callout is the hidden answer of the question before it."""
    if _name(block) in _ANSWER:
        return _is_folded(block) or _ANSWER_TITLE.fullmatch(_title(block)) is not None
    return block.kind == "callout" and _is_folded(block) and _ANSWER_TITLE.fullmatch(_title(block)) is not None


def _is_folded(block: Block) -> bool:
    return block.tokens[0].meta.get("fold") == "-"


def _title(block: Block) -> str:
    parts = blocks(inside(block))
    return parts[0].tokens[1].content if parts and parts[0].kind == "callout_title" else ""


def _question(block: Block, following: Block | None) -> Parts | None:
    parts = blocks(inside(block))
    title = [_paragraph(part) for part in parts if part.kind == "callout_title"]
    body = [part for part in parts if part.kind != "callout_title"]
    taken = choices_between(body)[2]
    if is_quiz_like(taken):
        made = sort_parts(block.line, {}, [*title, *[_opened(part) for part in body]], closed=True)
        return made if made.prompt else None
    if any(is_task_list(part) for part in body):
        return None
    return _card(block, title, body, following)


def _card(block: Block, title: list[Block], body: list[Block], following: Block | None) -> Parts | None:
    card = Parts(block.line, kind="recall")
    nested = [part for part in body if _is_answer(part)]
    if nested:
        card.prompt = joined([*title, *body[: body.index(nested[0])]])
        card.answer = _answer(nested[0])
    elif following is not None:
        card.prompt = joined([*title, *body])
        card.answer = _answer(following)
    elif _is_folded(block) and ASKING.search(_title(block)) and body:
        card.prompt = joined(title)
        card.answer = joined(body)
    return card if card.prompt and card.answer else None


def _answer(block: Block) -> "tuple[Token, ...]":
    body = joined([part for part in blocks(inside(block)) if part.kind != "callout_title"])
    title = [_paragraph(part) for part in blocks(inside(block)) if part.kind == "callout_title"]
    if not body:
        return joined(title)
    return without_prefix(body, ANSWER) or body


def _opened(part: Block) -> Block:
    """An answer callout among the choices' reasons is read as a quote."""
    if not _is_answer(part):
        return part
    tokens = (
        part.tokens[0].copy(type="blockquote_open"),
        *_answer(part),
        part.tokens[-1].copy(type="blockquote_close"),
    )
    return Block("blockquote", tokens, part.line)


def _paragraph(title: Block) -> Block:
    opening, *middle, closing = title.tokens
    tokens = (opening.copy(type="paragraph_open", tag="p"), *middle, closing.copy(type="paragraph_close", tag="p"))
    return Block("paragraph", tokens, title.line)
