"""Study notes whose headings say what each part is: ``## 問題``, ``## 選択肢``, ``## 正解``, ``## 解説``."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sgtui.quiz.blocks import LISTS, Block, Item, cut, first_inline, items, joined, source
from sgtui.quiz.build import Context
from sgtui.quiz.formats.reading import Found, Under, by_heading, put
from sgtui.quiz.labels import authored
from sgtui.quiz.model import Quiz
from sgtui.quiz.parts import Parts

_QUESTION: Final = re.compile(r"[\W_]*(?:問題|設問|問|[Qq]uestion|Q)\s*[0-9０-９]*[\W_]*")
_CHOICES: Final = re.compile(r"[\W_]*(?:選択肢|[Cc]hoices|[Oo]ptions)[\W_]*")
_ANSWER: Final = re.compile(r"[\W_]*(?:正解|正答|解答|答え|[Cc]orrect answer|[Aa]nswer)[\W_]*")
_EXPLANATION: Final = re.compile(r"[\W_]*(?:解説|説明|[Ee]xplanation)[\W_]*")


def read(found: Found, context: Context) -> list[Block | Quiz]:
    """The blocks with each run of such headings made one quiz."""
    sections = by_heading(found)
    result: list[Block | Quiz] = []
    index = 0
    while index < len(sections):
        run = _run(sections[index:])
        if run:
            result.extend(put(_question(run), context))
            index += len(run)
        else:
            result.extend(sections[index].whole())
            index += 1
    return result


def _run(sections: Sequence[Under]) -> dict[str, Under]:
    """The parts of one question by name, where sections begin with one."""
    run: dict[str, Under] = {}
    wanted = (("question", _QUESTION), ("choices", _CHOICES), ("answer", _ANSWER), ("explanation", _EXPLANATION))
    place = 0
    for name, pattern in wanted:
        one = sections[place] if place < len(sections) else None
        if one is not None and one.heading is not None and not one.ours and pattern.fullmatch(one.title):
            run[name] = one
            place += 1
        elif name in {"question", "answer"}:
            return {}
    return run


def _question(run: dict[str, Under]) -> Parts:
    question, answer = run["question"], run["answer"]
    parts = Parts(question.heading.line if question.heading else 0)
    parts.prompt = joined(question.blocks())
    if "explanation" in run:
        parts.explanation = joined(run["explanation"].blocks())
    if "choices" not in run:
        parts.kind = "recall"
        parts.answer = joined(answer.blocks())
        return parts
    lists = [block for block in run["choices"].blocks() if block.kind in LISTS]
    taken = [item for block in lists for item in items(block)]
    if lists:
        parts.list_open = lists[0].tokens[0]
    parts.items = _marked(taken, source(joined(answer.blocks())))
    return parts


def _marked(taken: list[Item], answer: str) -> list[Item]:
    """The choices, right where their label, or their very text, stands in the answer."""
    texts = [source(item.tokens) for item in taken]
    labels = authored(texts)
    said = unicodedata.normalize("NFKC", answer)
    if labels is None:
        return [replace(item, mark=_plain(text) in _plain(said)) for item, text in zip(taken, texts, strict=True)]
    named = _named(said, [label for label, _ in labels])
    marked = []
    for item, (label, length) in zip(taken, labels, strict=True):
        inline = first_inline(item.tokens)
        tokens = item.tokens if inline is None else (item.tokens[0], cut(inline, length), *item.tokens[2:])
        marked.append(replace(item, tokens=tokens, mark=label in named))
    return marked


def _named(said: str, labels: Sequence[str]) -> set[str]:
    letters = "|".join(re.escape(label) for label in labels)
    around = r"[^\W_ー]"
    return set(re.findall(rf"(?<!{around})(?:{letters})(?!{around})", said.split("\n", maxsplit=1)[0]))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
