"""An article's tokens split into text and quizzes.

:func:`split` is all that an article's parser needs.  It never raises for any Markdown: what
cannot be asked is shown as text without its answer, and reported.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from sgtui.errors import Problem
from sgtui.quiz.blocks import Block, blocks, fragment
from sgtui.quiz.build import Context, build
from sgtui.quiz.concealed import conceal, without_answers
from sgtui.quiz.directives import CASE_ATTRIBUTES, QUIZ_ATTRIBUTES, Directive, directives, may_hold_directive
from sgtui.quiz.gaps import GAP
from sgtui.quiz.model import Case, Quiz
from sgtui.quiz.parts import sort_parts

if TYPE_CHECKING:
    from markdown_it.token import Token


_LEAVES: Final = frozenset({"paragraph", "heading", "table"})


@dataclass(frozen=True, slots=True)
class Split:
    """An article's body in reading order: runs of top-level tokens, and the quizzes between them.

    A run may hold several headings; the marks themselves are in none.  ``problems`` are in the
    order of their lines.
    """

    pieces: "tuple[tuple[Token, ...] | Quiz, ...]"
    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]

    @property
    def quizzes(self) -> tuple[Quiz, ...]:
        """The quizzes alone, in reading order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Quiz))


def split(
    tokens: "Sequence[Token]",
    *,
    path: str,
    key: str,
    body_line: int = 1,
    env: Mapping[str, Any] | None = None,
    dialects: Collection[str] = (),
) -> Split:
    """Split an article's block tokens (as :func:`sgtui.markup.factory.parse` gives them).

    ``path`` and ``body_line`` (the file's line, from 1, of the body's first) name places in
    problems; ``key`` begins the ids of quizzes that have none of their own.  ``dialects`` are
    names of :data:`sgtui.quiz.formats.DIALECTS` whose quizzes are read too.
    """
    if not dialects and not any(token.type == "html_block" and may_hold_directive(token.content) for token in tokens):
        return Split((tuple(tokens),) if tokens else (), (), ())
    walker = _Walker(Context(path, key, body_line, env or {}))
    return walker.walk(_with_dialects(tokens, dialects, walker.context))


def in_section(quiz: Quiz, index: int, slugs: Mapping[str, int] | None = None) -> Quiz:
    """``quiz`` in the section it stands in (``index``), or in the one its ``section=`` names, if there is one.

    ``slugs`` maps the slugs of an article's sections to their indexes.
    """
    named = (slugs or {}).get(quiz.about.removeprefix("#")) if quiz.about else None
    return replace(quiz, section=index if named is None else named)


def _with_dialects(tokens: "Sequence[Token]", dialects: Collection[str], context: Context) -> "list[Block | Quiz]":
    found: list[Block | Quiz] = list(blocks(tokens))
    if not dialects:
        return found
    from sgtui.quiz.formats import read_dialects  # noqa: PLC0415 - most libraries need none

    return read_dialects(found, dialects, context)


@dataclass(slots=True)
class _OpenQuiz:
    line: int
    directive: Directive
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _OpenCase:
    line: int
    attributes: Mapping[str, str]
    first: int  # where its quizzes begin among the pieces
    scenario: "list[Token]" = field(default_factory=list)
    asked: int = 0  # quizzes in it so far, those that could not be read among them


@dataclass(slots=True)
class _Walker:
    """Goes over an article's blocks once, opening and closing quizzes and cases."""

    context: Context
    pieces: "list[tuple[Token, ...] | Quiz]" = field(default_factory=list)
    run: "list[Token]" = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    quiz: _OpenQuiz | None = None
    case: _OpenCase | None = None

    def walk(self, found: "Sequence[Block | Quiz]") -> Split:
        for block in found:
            if isinstance(block, Quiz):
                self._end_quiz(closed=False)
                self._add_quiz(block)
            elif block.kind == "html_block" and (marks := directives(block.tokens[0].content)):
                for directive in marks:
                    self._obey(directive, block.line)
            else:
                self._take(block)
        self._end_quiz(closed=False)
        if self.case is not None:
            self.context.report(self.case.line, "case-unclosed")
            self._end_case()
        self._flush()
        problems = sorted(self.context.problems, key=lambda problem: problem.line)
        return Split(tuple(self.pieces), tuple(self.cases), tuple(problems))

    def _take(self, block: Block) -> None:
        if self.quiz is None:
            self._add_text(self._checked(block))
            return
        is_gap = block.kind == "hr" and block.tokens[0].markup.startswith("_")
        if is_gap and self.quiz.directive.attributes.get("type") == "fill":
            self.quiz.blocks.append(_gap_paragraph(block))
        elif block.kind == "heading" and block.tokens[0].markup in {"-", "="}:
            self.context.report(block.line, "quiz-underlined")
            self.quiz.blocks.append(_plain_paragraph(block))
        elif block.kind in {"hr", "heading"}:
            self._end_quiz(closed=False)
            self._add_text(block.tokens)
        else:
            self.quiz.blocks.append(block)

    def _checked(self, block: Block) -> "tuple[Token, ...]":
        """A block of ordinary text; a quiz inside a quote, a list or a box is reported and its answer hidden."""
        if len(block.tokens) < 3:
            return block.tokens
        if block.kind in _LEAVES:
            return block.tokens
        for token in block.tokens[1:]:
            if token.type == "html_block" and may_hold_directive(token.content):
                line = token.map[0] if token.map else block.line
                self.context.report(line, "quiz-nested")
                return conceal(block.tokens)
        return block.tokens

    def _obey(self, directive: Directive, line: int) -> None:
        self._check(directive, line)
        if directive.closes and directive.name == "quiz":
            if self.quiz is None:
                self.context.report(line, "quiz-stray-closer")
            self._end_quiz(closed=True)
            return
        self._end_quiz(closed=directive.name == "case" and directive.closes)
        if directive.name == "quiz":
            self.quiz = _OpenQuiz(line, directive)
        elif directive.closes:
            if self.case is None:
                self.context.report(line, "case-stray-closer")
            self._end_case()
        else:
            if self.case is not None:
                self.context.report(self.case.line, "case-unclosed")
            self._end_case()
            self._flush()
            self.case = _OpenCase(line, directive.attributes, len(self.pieces))

    def _check(self, directive: Directive, line: int) -> None:
        if directive.malformed:
            self.context.report(line, "quiz-bad-opener", name=directive.name)
        known = QUIZ_ATTRIBUTES if directive.name == "quiz" else CASE_ATTRIBUTES
        for name in directive.strange:
            self.context.report(line, "quiz-unknown-attribute", name=name, known=", ".join(known))

    def _end_quiz(self, *, closed: bool) -> None:
        if self.quiz is None:
            return
        opened, self.quiz = self.quiz, None
        parts = sort_parts(opened.line, opened.directive.attributes, opened.blocks, closed=closed)
        quiz = build(parts, self.context)
        if quiz is None:
            if self.case is not None:
                self.case.asked += 1
            self._add_text(without_answers(parts))
        else:
            self._add_quiz(quiz)
        if parts.tail:
            self.context.report(parts.tail[0].line, "quiz-text-after")
            for block in parts.tail:
                self._add_text(block.tokens)

    def _end_case(self) -> None:
        if self.case is None:
            return
        case, self.case = self.case, None
        scenario = fragment(case.scenario)
        if not scenario.text:
            self.context.report(case.line, "case-no-scenario")
        if not case.asked:
            self.context.report(case.line, "case-no-quizzes")
        name = self._case_id(case, scenario.text)
        quizzes = []
        for index, piece in enumerate(self.pieces[case.first :], case.first):
            if isinstance(piece, Quiz):
                self.pieces[index] = replace(piece, case=name)
                quizzes.append(piece.id)
        self.cases.append(Case(name, self.context.line(case.line), scenario, tuple(quizzes)))

    def _case_id(self, case: _OpenCase, scenario: str) -> str:
        """The author's id; without one, or where another case has it, one made from where the case stands."""
        taken = {found.id for found in self.cases}
        wanted = case.attributes.get("id", "")
        if wanted in taken:
            self.context.report(case.line, "case-duplicate-id", id=wanted)
        if wanted and wanted not in taken:
            return wanted
        digest = blake2b("".join(scenario.split()).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        made = f"{self.context.key}#case-{digest}"
        return made if made not in taken else f"{made}-{len(taken) + 1}"

    def _add_quiz(self, quiz: Quiz) -> None:
        self._flush()
        if self.case is not None:
            self.case.asked += 1
        self.pieces.append(quiz)

    def _add_text(self, tokens: "Sequence[Token]") -> None:
        self.run.extend(tokens)
        if self.case is not None and not self.case.asked:
            self.case.scenario.extend(tokens)

    def _flush(self) -> None:
        if self.run:
            self.pieces.append(tuple(self.run))
            self.run = []


def _gap_paragraph(rule: Block) -> Block:
    """A line of nothing but ``____`` is a rule in Markdown; in a fill quiz it is a gap."""
    token = rule.tokens[0]
    opening = token.copy(type="paragraph_open", tag="p", nesting=1, markup="")
    text = token.copy(type="text", tag="", nesting=0, markup="", content=GAP, map=None, block=False, level=0)
    inline = token.copy(type="inline", tag="", nesting=0, markup="", content=GAP, children=[text], level=1)
    closing = token.copy(type="paragraph_close", tag="p", nesting=-1, markup="", map=None)
    return Block("paragraph", (opening, inline, closing), rule.line)


def _plain_paragraph(heading: Block) -> Block:
    """Text that ``---`` right beneath made a heading of, as the paragraph it was meant to be."""
    opening, inline, closing = heading.tokens
    changed = {"tag": "p", "markup": ""}
    tokens = (opening.copy(type="paragraph_open", **changed), inline, closing.copy(type="paragraph_close", **changed))
    return Block("paragraph", tokens, heading.line)
