"""Fixtures as markdown-it-py writes them (title, ``.``, input, ``.``, expected, ``.``), and a split in words."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sgtui.markup.factory import parse
from sgtui.markup.text import plain_text
from sgtui.quiz.model import Fragment, Quiz
from sgtui.quiz.parser import Split, split

if TYPE_CHECKING:
    from markdown_it.token import Token

DATA = Path(__file__).parents[2] / "data" / "quiz"


class Fixture(NamedTuple):
    title: str
    source: str
    expected: str


def fixtures(name: str) -> list[Fixture]:
    lines = iter((DATA / name).read_text("utf-8").splitlines())
    found = []
    title = ""
    for line in lines:
        if line == ".":
            found.append(Fixture(title, _until_dot(lines), _until_dot(lines)))
        elif line.strip():
            title = line.strip()
    return found


def _until_dot(lines: Iterator[str]) -> str:
    taken = []
    for line in lines:
        if line == ".":
            break
        taken.append(line)
    return "\n".join(taken) + "\n"


def read(text: str, *, body_line: int = 1, dialects: Sequence[str] = ()) -> Split:
    parsed = parse(text)
    return split(parsed.tokens, path="記事.md", key="記事", body_line=body_line, env=parsed.env, dialects=dialects)


def only_quiz(text: str, *, dialects: Sequence[str] = ()) -> Quiz:
    found = read(text, dialects=dialects)
    assert not found.problems, [str(problem) for problem in found.problems]
    (quiz,) = found.quizzes
    return quiz


def in_words(found: Split) -> str:
    lines: list[str] = []
    for piece in found.pieces:
        if isinstance(piece, Quiz):
            lines.extend(_quiz(piece))
        else:
            lines.append("text: " + _flat(piece))
    for case in found.cases:
        lines.append(f"case {case.id} @{case.line}: {case.scenario.text!r} {' '.join(case.quizzes)}".rstrip())
    lines.extend(f"{problem.severity} @{problem.line}: {problem.code}" for problem in found.problems)
    return "\n".join(lines) + "\n"


def _quiz(quiz: Quiz) -> Iterator[str]:
    more = [] if quiz.shuffle else ["fixed"]
    more += [
        f"{name}={value}"
        for name, value in (("case", quiz.case), ("level", quiz.level), ("ref", quiz.ref), ("about", quiz.about))
        if value
    ]
    yield " ".join([f"{quiz.kind} {quiz.id} @{quiz.line}", *more])
    yield "  ? " + _text(quiz.prompt)
    for choice in quiz.choices:
        label = f"({choice.label}) " if choice.label else ""
        yield f"  [{'x' if choice.correct else ' '}] {label}{_text(choice.content)}{_why(choice.reason)}"
    for gap in quiz.gaps:
        about = f" ±{gap.tolerance:g}" if gap.tolerance is not None else ""
        yield f"  = {' | '.join(gap.answers)}{about}{_why(gap.reason)}"
    for number, item in enumerate(quiz.items, 1):
        yield f"  {number}. {_text(item)}"
    for pair in quiz.pairs:
        yield f"  {_text(pair.left)} -> {_text(pair.right)}"
    for sign, part in (("=", quiz.answer), ("hint:", quiz.hint), ("why:", quiz.explanation)):
        if part is not None:
            yield f"  {sign} {_text(part)}"


def _why(reason: Fragment | None) -> str:
    return f" ({_text(reason)})" if reason else ""


def _text(part: Fragment) -> str:
    return part.text.replace("\n", " / ")


def _flat(tokens: "Sequence[Token]") -> str:
    return plain_text(tokens).strip().replace("\n", " / ")
