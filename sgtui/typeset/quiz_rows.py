"""Parts of a quiz as it is drawn: the gaps in its prompt, the rows of keys beneath it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sgtui.i18n import N_, _
from sgtui.quiz.answering import Answering
from sgtui.quiz.gaps import GAP, split_code
from sgtui.quiz.model import Fragment, Quiz, QuizKind
from sgtui.typeset.cells import width as cells
from sgtui.typeset.compose import compose
from sgtui.typeset.model import Span, TypesetOptions

if TYPE_CHECKING:
    from markdown_it.token import Token

KIND_NOTES: Final[dict[QuizKind, str]] = {
    "single": "",
    "multiple": N_("choose all that are right"),
    "true-false": N_("true or false"),
    "fill": N_("fill in the gaps"),
    "order": N_("put in order"),
    "match": N_("match"),
    "recall": N_("say it, then look"),
}

_ROOM: Final = "\xa0" * 6  # not to be broken, nor dropped at a line's end
_NARROWEST_SIDE: Final = 8  # cells that a left side needs beside its arrow
ARROW_GAP: Final = 3
"""Cells between a choice or a left side and what is said after it."""
_CARET: Final = "▏"


def header(kind: QuizKind, number: int | None) -> list[Span]:
    """What stands above the prompt: the question's number, and what is to be done."""
    spans = [Span(_("Question {number}").format(number=number), "quiz.number")] if number is not None else []
    if KIND_NOTES[kind]:
        spans.append(Span(("  " if spans else "") + _(KIND_NOTES[kind]), "quiz.key"))
    return spans


def with_gaps(quiz: Quiz, answering: Answering, at: str, *, feedback: bool) -> "tuple[Token, ...]":
    """The prompt's tokens with its gaps drawn.

    ``at`` is the target of a gap without its number; empty where nothing can be clicked.  With
    ``feedback`` each gap says whether it is right.
    """
    boxes = [_box(answering, number, feedback) for number in range(len(quiz.gaps))]
    found = []
    for token in quiz.prompt.tokens:
        if token.type == "inline" and GAP in "".join(child.content for child in token.children or ()):
            found.append(token.copy(children=_drawn(token.children or [], boxes, at)))
        elif "gaps" in token.meta:
            found.append(token.copy(content=_in_code(token.content, token.meta["gaps"], boxes)))
        else:
            found.append(token)
    return tuple(found)


def key_rows(entries: Sequence[tuple[Span, Span]], room: int, ambiguous: int) -> list[list[Span]]:
    """Keys with what they do, as many in a row as fit into ``room`` cells."""
    rows: list[list[Span]] = [[]]
    used = 0
    for entry in entries:
        wide = sum(cells(span.text, ambiguous) for span in entry)
        if rows[-1] and used + 3 + wide > room:
            rows.append([])
            used = 0
        if rows[-1]:
            rows[-1].append(Span("   "))
            used += 3
        rows[-1].extend(entry)
        used += wide
    return rows


def _box(answering: Answering, number: int, feedback: bool) -> str:
    typed = answering.texts[number].replace(" ", "\xa0") if number < len(answering.texts) else ""
    if answering.submitted:
        mark = ""
        if feedback and answering.grade is not None:
            mark = "✓" if answering.grade.parts[number] else "✗"
        return f"［{typed or _ROOM}］{mark}"
    caret = _CARET if answering.editing and answering.cursor == number else ""
    return f"［{typed}{caret}{_ROOM[len(typed) :]}］"


def _drawn(children: "Sequence[Token]", boxes: Sequence[str], at: str) -> "list[Token]":
    found: list[Token] = []
    for child in children:
        number = child.meta.get("gap")
        if "gaps" in child.meta:
            found.append(child.copy(content=_in_code(child.content, child.meta["gaps"], boxes)))
        elif number is None or number >= len(boxes):
            found.append(child)
        elif not at:
            found.append(child.copy(content=boxes[number]))
        else:
            kind = type(child)
            found.append(kind("link_open", "a", 1, attrs={"href": f"{at}:{number}"}))
            found.append(child.copy(content=boxes[number]))
            found.append(kind("link_close", "a", -1))
    return found


def _in_code(code: str, first: int, boxes: Sequence[str]) -> str:
    pieces = split_code(code)
    drawn = pieces[0]
    for number, piece in enumerate(pieces[1:], first):
        drawn += (boxes[number] if number < len(boxes) else GAP) + piece
    return drawn


def match_tag(name: str, right: str) -> str:
    """What stands after a left side: an empty box, or what was chosen (``name``), and what would have been right."""
    said = f"→ {name}" if name else "→ ［\xa0\xa0］"
    return said + "  " + _("right: {answer}").format(answer=right) if right else said


def arrow_column(sides: Sequence[Fragment], tags: Sequence[str], room: int, options: TypesetOptions) -> int:
    """The column in which the arrows after all left sides stand, counted from where the sides begin.

    ``tags`` begin with the arrows, ``room`` is in cells.  0 where an arrow has no room beside a side.
    """
    room -= ARROW_GAP + max((cells(tag, options.ambiguous) for tag in tags), default=0)
    if room < _NARROWEST_SIDE:
        return 0
    return max((line.width for side in sides for line in compose(side.tokens, room, options)), default=room)


def pad(text: str, width: int, ambiguous: int) -> str:
    """``text`` filled with blanks to ``width`` cells; nothing stays nothing but the blanks."""
    return text + " " * max(width - cells(text, ambiguous), 0 if text else width)


def label_style(style: str) -> str:
    """The style of a label whose choice is of ``style``."""
    return style.replace("quiz.choice", "quiz.label")


def styled(spans: Sequence[Span], style: str, at: str) -> tuple[Span, ...]:
    """Spans that are of ``style`` too; with ``at`` the whole is one place to click.  A gap looks like one."""
    return tuple(
        span._replace(style=f"{style} quiz.input")
        if span.target.startswith("quiz:")
        else Span(span.text, f"{style} {span.style}".strip(), at or span.target)
        for span in spans
    )


def labelled(label: str, part: Fragment) -> "tuple[Token, ...]":
    """A fragment that begins with ``label`` in bold, on a line of its own where no paragraph begins it."""
    tokens = part.tokens
    if len(tokens) < 2 or tokens[1].type != "inline":
        return tokens
    inline = tokens[1]
    kind = type(inline)
    head = [
        kind("strong_open", "strong", 1, markup="**"),
        kind("text", "", 0, content=label.rstrip()),
        kind("strong_close", "strong", -1, markup="**"),
        kind("text", "", 0, content=label[len(label.rstrip()) :]),
    ]
    return (tokens[0], inline.copy(children=[*head, *(inline.children or [])]), *tokens[2:])
