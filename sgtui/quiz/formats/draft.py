"""A quiz as Markdown text, between files: what importers make, exporters take and ``to_markdown`` writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sgtui.quiz.blocks import blocks, inside
from sgtui.quiz.model import Fragment, Quiz, QuizKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLOCK: Final = re.compile(r"> |:::|<details|```|~~~| {4}|\||\$\$\s*$|[-*+] |\d+[.)] |#{1,6} ")
_ID: Final = re.compile(r"[^\s\"'=<>]+")


@dataclass(frozen=True, slots=True)
class DraftChoice:
    """A choice with its mark and its reason, as Markdown."""

    text: str
    right: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DraftGap:
    """What a gap accepts, as plain text."""

    answers: tuple[str, ...]
    tolerance: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One quiz; every text is Markdown.  ``line`` is where it begins in the file it came from (from 1)."""

    kind: QuizKind
    prompt: str
    choices: tuple[DraftChoice, ...] = ()
    gaps: tuple[DraftGap, ...] = ()
    items: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    answer: str = ""
    hint: str = ""
    explanation: str = ""
    id: str = ""
    level: str = ""
    ref: str = ""
    shuffle: bool = True
    scenario: str = ""
    line: int = 0


def draft_of(quiz: Quiz) -> Draft:
    """A quiz as Markdown text again."""
    return Draft(
        kind=quiz.kind,
        prompt=_source(quiz.prompt),
        choices=tuple(
            DraftChoice(_source(choice.content), choice.correct, _source(choice.reason)) for choice in quiz.choices
        ),
        gaps=tuple(DraftGap(gap.answers, gap.tolerance, _source(gap.reason)) for gap in quiz.gaps),
        items=tuple(_source(item) for item in quiz.items),
        pairs=tuple((_source(pair.left), _source(pair.right)) for pair in quiz.pairs),
        answer=_source(quiz.answer),
        hint=_source(quiz.hint),
        explanation=_source(quiz.explanation),
        id=quiz.id if quiz.explicit_id else "",
        level=quiz.level,
        ref=quiz.ref,
        shuffle=quiz.shuffle or quiz.kind == "true-false",
        line=quiz.line,
    )


def to_markdown(quiz: Quiz | Draft) -> str:
    """A quiz in the home grammar, ready to be put into an article."""
    draft = draft_of(quiz) if isinstance(quiz, Quiz) else quiz
    parts = [_opener(draft) + "\n" + draft.prompt.strip()]
    if draft.hint:
        parts.append(_quoted(f"ヒント: {draft.hint}" if _is_japanese(draft) else f"Hint: {draft.hint}"))
    body = _body(draft)
    if body:
        parts.append(body)
    if draft.explanation:
        label = "解説" if _is_japanese(draft) else "Explanation"
        parts.append(_quoted(draft.explanation if _BLOCK.match(draft.explanation) else f"{label}: {draft.explanation}"))
    return "\n\n".join(parts) + "\n<!-- /quiz -->\n"


def _opener(draft: Draft) -> str:
    words = ["quiz"]
    for name, value in (("id", draft.id), ("level", draft.level), ("ref", draft.ref)):
        if value:
            words.append(f"{name}={_attribute(value)}")
    if draft.kind in {"fill", "order", "match", "recall"} or _must_say_kind(draft):
        words.insert(2 if draft.id else 1, f"type={draft.kind}")
    if not draft.shuffle:
        words.append("shuffle=off")
    return f"<!-- {' '.join(words)} -->"


def _must_say_kind(draft: Draft) -> bool:
    """Whether the kind would be taken for another one from the choices alone."""
    right = sum(choice.right for choice in draft.choices)
    return draft.kind == "true-false" or (draft.kind == "multiple") != (right > 1)


def _attribute(value: str) -> str:
    if _ID.fullmatch(value) and "--" not in value:
        return value
    return '"' + re.sub(r"-{2,}|[\"<>\n]", "-", value) + '"'


def _body(draft: Draft) -> str:
    lines: list[str] = []
    for choice in draft.choices:
        lines.append(_item(f"- [{'x' if choice.right else ' '}] ", choice.text, choice.reason))
    for gap in draft.gaps:
        about = f" ± {gap.tolerance:g}" if gap.tolerance is not None else ""
        answers = " | ".join(f"`{answer}`" if "|" in answer else answer for answer in gap.answers)
        lines.append(_item("- [x] ", answers + about, gap.reason))
    for number, item in enumerate(draft.items, 1):
        lines.append(_item(f"{number}. ", item, ""))
    for left, right in draft.pairs:
        lines.append(f"- {_one_line(left)} -> {_one_line(right)}")
    if draft.answer:
        lines.append(_quoted(draft.answer))
    return "\n".join(lines)


def _item(mark: str, text: str, reason: str) -> str:
    indent = " " * (2 if mark.startswith("-") else len(mark))
    lines = text.strip("\n").split("\n")
    if mark.startswith("- [") and _BLOCK.match(text):
        lines = ["", "", *lines]
    out = [(mark + lines[0]).rstrip(), *[(indent + line).rstrip() for line in lines[1:]]]
    if reason.strip():
        out += [indent + line for line in _quoted(reason).split("\n")]
    return "\n".join(out)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))


def _is_japanese(draft: Draft) -> bool:
    return re.search(r"[\u3041-\u30ff\u3400-\u9fff]", draft.prompt) is not None


# tokens to Markdown


def _source(part: Fragment | None) -> str:
    return markdown_of(part.tokens).strip("\n") if part else ""


def markdown_of(tokens: "Sequence[Token]") -> str:
    """Block tokens as Markdown source; inline text as its author wrote it."""
    return "\n\n".join(filter(None, (_block(block.kind, block.tokens) for block in blocks(tokens))))


def _block(kind: str, tokens: "Sequence[Token]") -> str:
    if kind in {"paragraph", "inline"}:
        return _inline(tokens)
    if kind == "heading":
        return f"{'#' * int(tokens[0].tag[1:])} {_inline(tokens)}"
    if kind == "fence":
        fence = tokens[0].markup or "```"
        return f"{fence}{tokens[0].info}\n{tokens[0].content.rstrip(chr(10))}\n{fence}"
    if kind == "code_block":
        return "\n".join("    " + line for line in tokens[0].content.rstrip("\n").split("\n"))
    if kind in {"bullet_list", "ordered_list"}:
        return _list(kind, tokens)
    if kind == "table":
        return _table(tokens)
    return _other(kind, tokens)


def _other(kind: str, tokens: "Sequence[Token]") -> str:
    if kind == "hr":
        return "---"
    if kind == "math_block":
        return f"$$\n{tokens[0].content.strip()}\n$$"
    if kind == "blockquote":
        return _quoted(markdown_of(tokens[1:-1]))
    if kind == "callout":
        title, body = _titled(tokens)
        name, fold = tokens[0].meta.get("name") or "note", tokens[0].meta.get("fold") or ""
        return _quoted(f"[!{name}]{fold} {title}\n{body}")
    if kind == "details" and tokens[0].type == "details_open":
        title, body = _titled(tokens)
        return f":::details {title}\n{body}\n:::"
    if len(tokens) > 1:
        return markdown_of(tokens[1:-1])
    return tokens[0].content.rstrip("\n")


def _titled(tokens: "Sequence[Token]") -> tuple[str, str]:
    """The title and the rest of a callout or a folded block."""
    parts = blocks(tokens[1:-1])
    titles = [part for part in parts if part.kind.endswith("_title")]
    rest = [token for part in parts if part not in titles for token in part.tokens]
    return " ".join(_inline(part.tokens) for part in titles), markdown_of(rest)


def _inline(tokens: "Sequence[Token]") -> str:
    return "\n".join(token.content for token in tokens if token.type == "inline")


def _list(kind: str, tokens: "Sequence[Token]") -> str:
    lines = []
    for number, entry in enumerate(blocks(tokens[1:-1]), 1):
        mark = "- " if kind == "bullet_list" else f"{number}. "
        text = markdown_of(inside(entry)).split("\n")
        lines.append(mark + text[0])
        lines += [(" " * len(mark) + line).rstrip() for line in text[1:]]
    return "\n".join(lines)


def _table(tokens: "Sequence[Token]") -> str:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content.replace("|", "\\|"))
    aligns = [str(token.attrs.get("style", "")) for token in tokens if token.type == "th_open"]
    marks = {"text-align:left": ":---", "text-align:right": "---:", "text-align:center": ":---:"}
    rule = [marks.get(align, "---") for align in aligns]
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:])) if rows else ""
