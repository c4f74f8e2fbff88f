"""A quiz as lines: a bar at the left, the prompt, what can be chosen, and after the answer why.

The answer is in no line before it is given.  A click on a span tells by its target what was meant (:mod:`quiz_targets
<sgtui.typeset.quiz_targets>`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sgtui.i18n import _
from sgtui.quiz.answering import Answering
from sgtui.quiz.labels import labels
from sgtui.quiz.model import Choice, Fragment, Quiz, QuizKind
from sgtui.typeset import quiz_spots as spots
from sgtui.typeset.cells import sanitize
from sgtui.typeset.cells import width as cells
from sgtui.typeset.compose import compose
from sgtui.typeset.linebreak import set_runs
from sgtui.typeset.model import Line, Span, TypesetOptions
from sgtui.typeset.quiz_rows import (
    ARROW_GAP,
    arrow_column,
    header,
    key_rows,
    label_style,
    labelled,
    match_tag,
    pad,
    styled,
    with_gaps,
)
from sgtui.typeset.quiz_targets import target

if TYPE_CHECKING:
    from markdown_it.token import Token

_CLICKS: Final = {"h": "hint", "r": "reasons", "t": "retry", "u": "guess", "Enter": "submit"}
_MARK: Final = 2  # cells of the column in which the cursor, ✓ and ✗ stand


def quiz_lines(
    quiz: Quiz,
    answering: Answering | None,
    width: int,
    options: TypesetOptions,
    number: int | None = None,
    *,
    feedback: bool = True,
    more_keys: Sequence[tuple[str, str, str]] = (),
    hidden_keys: Collection[str] = (),
) -> list[Line]:
    """Set a quiz in lines of at most ``width`` cells.

    Without an ``answering`` (on paper, in a pipe) there is neither a cursor nor a key, and never
    an answer.  ``number`` heads the quiz.  Without ``feedback`` (in a mock exam) an answer is
    shown as given, not as right or wrong.  ``more_keys`` are the screen's own, shown after the quiz's (key as
    shown, English msgid, target); ``hidden_keys`` those of the quiz that mean nothing there.
    """
    state, keys = answering or Answering.start(quiz), tuple(more_keys)
    setter = _Setter(quiz, state, answering is not None, width, options, feedback, keys, frozenset(hidden_keys))
    setter.set(number)
    return setter.lines


@dataclass(slots=True)
class _Setter:
    quiz: Quiz
    state: Answering
    live: bool
    width: int
    options: TypesetOptions
    feedback: bool
    more_keys: tuple[tuple[str, str, str], ...] = ()
    hidden_keys: frozenset[str] = frozenset()
    lines: list[Line] = field(default_factory=list)
    bar: str = "▍"
    places: spots.Spots = field(init=False)

    def __post_init__(self) -> None:
        self.places = spots.Spots(self.quiz)

    def set(self, number: int | None) -> None:
        if self.options.plain:
            self.bar = ""
        self._header(number)
        self._prompt()
        getattr(self, _SETTERS[self.quiz.kind])()
        if self.state.hint_shown and self.quiz.hint is not None:
            self._gap()
            self._text(labelled(_("Hint: "), self.quiz.hint), 2, "quiz.reason", self.places.part(spots.HINT))
        if self._graded and self.quiz.explanation is not None:
            self._gap()
            spot = self.places.part(spots.EXPLANATION)
            self._text(labelled(_("Explanation: "), self.quiz.explanation), 2, "quiz.explanation", spot)
        if self.live:
            self._keys()
        elif not self._has_text():
            self.lines.pop()

    def _has_text(self) -> bool:
        """Whether the last line says something beside the bar."""
        return bool(self.lines) and any(span.text.strip() for span in self.lines[-1].spans if span.style != "quiz.bar")

    @property
    def _graded(self) -> bool:
        return self.live and self.feedback and self.state.submitted

    @property
    def _room(self) -> int:
        """Cells right of the bar."""
        return max(self.width - self._bar_width, 4)

    @property
    def _bar_width(self) -> int:
        return cells(self.bar, self.options.ambiguous)

    def _at(self, action: str, index: int | None = None) -> str:
        return target(self.quiz.id, action, index) if self.live else ""

    # lines

    def _add(
        self, spans: Sequence[Span], like: Line | None = None, spot: int | None = None, lead: int | None = None
    ) -> None:
        """One line after the bar.

        ``like`` is the line of a text whose offsets are kept, counted from ``spot``; it begins after ``lead``
        characters of ``spans``.  Without it the whole line stands at ``spot``, else where the line above it ends.
        """
        first = [Span(self.bar, "quiz.bar")] if self.bar else []
        whole = (*first, *(span for span in spans if span.text))
        used = sum(cells(span.text, self.options.ambiguous) for span in whole)
        if like is None:
            at = spot if spot is not None else self.lines[-1].end if self.lines else 0
            self.lines.append(Line(whole, used, at, at))
            return
        base, shift = spot or 0, len(self.bar) + (lead or 0)
        if base <= self.places.beyond:
            pieces = tuple((start + shift, begin + base, end + base) for start, begin, end in like.pieces)
            self.lines.append(Line(whole, used, base + like.start, base + like.end, pieces))
        else:
            most = base + spots.PART - 1
            self.lines.append(Line(whole, used, min(base + like.start, most), min(base + like.end, most)))

    def _gap(self) -> None:
        """An empty line, but never two."""
        if self._has_text():
            self._add(())

    def _text(self, part: "Fragment | Sequence[Token]", indent: int, style: str, spot: int) -> None:
        tokens = part.tokens if isinstance(part, Fragment) else part
        for line in compose(tokens, max(self._room - indent, 4), self.options):
            self._add((Span(" " * indent), *styled(line.spans, style, "")), line, spot, indent)

    def _note(self, spans: Sequence[Span], indent: int, spot: int | None = None) -> None:
        """A sentence of the program's own, broken if need be; what it quotes is made harmless."""
        safe = [span._replace(text=sanitize(span.text)) for span in spans]
        for line in set_runs(safe, max(self._room - indent, 4), self.options):
            self._add((Span(" " * indent), *line.spans), spot=spot)

    def _row(
        self,
        head: tuple[Span, Span],
        part: Fragment,
        style: str,
        spot: int,
        *,
        at: str = "",
        tag: Span | None = None,
        tag_at: int = 0,
    ) -> int:
        """A choice or an item: mark, label, content; gives the column the content stands in.

        ``tag`` is said after the content; with ``tag_at`` it stands so many cells right of where the
        content begins, else where the content ends.
        """
        (mark, label), ambiguous = head, self.options.ambiguous
        column = 1 + _MARK + (cells(label.text, ambiguous) + 2 if label.text else 0)
        column = min(column, max(self._room - 6, 1))
        content = compose(part.tokens, tag_at or max(self._room - column, 4), self.options) or [Line((), 0)]
        for index, line in enumerate(content):
            spans = list(styled(line.spans, style, at))
            end = max(line.width, tag_at) + ARROW_GAP
            if index == len(content) - 1 and tag and column + end + cells(tag.text, ambiguous) <= self._room:
                spans += [Span(" " * (end - line.width)), tag]
                tag = None
            if index == 0:
                sign = Span(pad(mark.text, _MARK, ambiguous), mark.style, at)
                name = Span(label.text + "  " if label.text else "", label.style, at)
                self._add((Span(" "), sign, name, *spans), line, spot, 1 + len(sign.text) + len(name.text))
            else:
                self._add((Span(" " * column), *spans), line, spot, column)
        if tag is not None:
            self._add((Span(" " * column), tag))
        return column

    # above the answers

    def _header(self, number: int | None) -> None:
        spans = header(self.quiz.kind, number)
        if spans:
            self._note(spans, 1 if self.bar else 0)

    def _prompt(self) -> None:
        tokens = self.quiz.prompt.tokens
        if self.quiz.kind == "fill":
            tokens = with_gaps(self.quiz, self.state, self._at("gap"), feedback=self._graded)
        indent = 1 if self.bar else 0
        for line in compose(tokens, self._room - indent, self.options):
            self._add((Span(" " * indent), *styled(line.spans, "quiz.prompt", "")), line, 0, indent)
        self._gap()

    # the kinds

    def _set_choices(self) -> None:
        names = self.state.labels()
        for place, index in enumerate(self.state.order):
            choice = self.quiz.choices[index]
            at = "" if self.state.submitted else self._at("choice", place)
            mark, style, tag = self._choice_look(place, index, choice)
            spot = self.places.choices[index]
            column = self._row(
                (mark, Span(names[place], label_style(style))), choice.content, style, spot, at=at, tag=tag
            )
            shown = choice.correct or index in self.state.ticked or self.state.show_reasons
            if self._graded and shown and choice.reason is not None:
                self._text(choice.reason, column, "quiz.reason", self.places.part(spots.REASONS + index))
        if self._graded:
            self._verdict(self._right_labels(names))

    def _choice_look(self, place: int, index: int, choice: Choice) -> tuple[Span, str, Span | None]:
        """The mark before a choice, its style, and what is said after it."""
        ticked = index in self.state.ticked
        if self._graded:
            taken = _("your answer")
            if choice.correct:
                said = _("right, not chosen") if self.quiz.kind == "multiple" and not ticked else _("right")
                return Span("✓", "quiz.right"), "quiz.choice quiz.right", Span(said, "quiz.right")
            if ticked:
                return Span("✗", "quiz.wrong"), "quiz.choice quiz.wrong", Span(taken, "quiz.wrong")
            return Span(" "), "quiz.choice", None
        here = self.live and place == self.state.cursor and not self.state.submitted
        style = "quiz.choice quiz.cursor" if here else "quiz.choice"
        if self.quiz.kind == "multiple":
            return Span("☑" if ticked else "□", "quiz.cursor" if here else "quiz.choice"), style, None
        if self.state.ticked and ticked:
            return Span("●", "quiz.cursor"), style, Span(_("your answer"), "quiz.key")
        return Span("▸", "quiz.cursor") if here else Span(" "), style, None

    def _right_labels(self, names: Sequence[str]) -> str:
        right = [names[place] for place, index in enumerate(self.state.order) if self.quiz.choices[index].correct]
        return "・".join(right)

    def _verdict(self, right: str = "") -> None:
        self._gap()
        if self.state.correct:
            text = _("Right, by luck") if self.state.guess else _("Right")
            self._note([Span("✓ " + text, "quiz.verdict quiz.right")], 1, self.places.part(spots.VERDICT))
            return
        spans = [Span("✗ " + _("Wrong"), "quiz.verdict quiz.wrong")]
        if right:
            spans.append(Span("  " + _("The answer is {answer}").format(answer=right), "quiz.verdict"))
        self._note(spans, 1, self.places.part(spots.VERDICT))

    def _set_fill(self) -> None:
        if not self._graded or self.state.grade is None:
            return
        for number, (gap, good) in enumerate(zip(self.quiz.gaps, self.state.grade.parts, strict=True)):
            label = str(number + 1) if len(self.quiz.gaps) > 1 else ""
            look = "quiz.right" if good else "quiz.wrong"
            head = f"{'✓' if good else '✗'} {label}{'  ' if label else ''}"
            typed = self.state.texts[number].strip()
            spans = [Span(head, look), Span(" / ".join(gap.answers), "quiz.choice quiz.right")]
            if not good:
                said = _("you wrote “{text}”").format(text=typed) if typed else _("you left it blank")
                spans.append(Span("   " + said, "quiz.wrong"))
            self._note(spans, 1, self.places.part(spots.ITEMS + number))
            if gap.reason is not None:
                column = 1 + _MARK + (3 if label else 0)
                self._text(gap.reason, column, "quiz.reason", self.places.part(spots.REASONS + number))
        self._verdict()

    def _set_order(self) -> None:
        grades = self.state.grade.parts if self._graded and self.state.grade else ()
        letters = labels(len(self.state.arranged), self.state.label_style)  # on paper numbers would look like the order
        for place, index in enumerate(self.state.arranged):
            at = "" if self.state.submitted else self._at("item", place)
            if grades:
                look = "quiz.right" if grades[place] else "quiz.wrong"
                mark, style = Span("✓" if grades[place] else "✗", look), f"quiz.choice {look}"
            else:
                here = self.live and place == self.state.cursor
                sign = "↕" if self.state.held == place else "▸" if here else " "
                mark = Span(sign, "quiz.cursor" if sign.strip() else "")
                style = "quiz.choice quiz.cursor" if here else "quiz.choice"
            spot = self.places.part(spots.ITEMS + place)
            name = Span(str(place + 1) if self.live else letters[place], label_style(style))
            self._row((mark, name), self.quiz.items[index], style, spot, at=at)
        if grades:
            self._verdict()
            if not self.state.correct:
                self._note([Span(_("In the right order:"), "quiz.label")], 1)
                for place, item in enumerate(self.quiz.items):
                    spot = self.places.part(spots.RIGHT_ITEMS + place)
                    self._row((Span(" "), Span(str(place + 1), "quiz.label")), item, "quiz.choice quiz.right", spot)

    def _set_match(self) -> None:
        names = dict(zip(self.state.order, self.state.labels(), strict=True))
        grades = self.state.grade.parts if self._graded and self.state.grade else ()
        said = [
            match_tag(names.get(taken, ""), names[left] if grades and not grades[left] else "")
            for left, taken in enumerate(self.state.paired)
        ]
        tag_at = arrow_column([pair.left for pair in self.quiz.pairs], said, self._room - 1 - _MARK, self.options)
        for left, pair in enumerate(self.quiz.pairs):
            at = "" if self.state.submitted else self._at("left", left)
            mark, style = Span(" "), "quiz.choice"
            if grades:
                look = "quiz.right" if grades[left] else "quiz.wrong"
                mark, style = Span("✓" if grades[left] else "✗", look), f"quiz.choice {look}"
            elif self.live and left == self.state.cursor and not self.state.submitted:
                mark, style = Span("▸", "quiz.cursor"), "quiz.choice quiz.cursor"
            tag, spot = Span(said[left], "quiz.input"), self.places.part(spots.ITEMS + left)
            self._row((mark, Span("")), pair.left, style, spot, at=at, tag=tag, tag_at=tag_at)
        self._gap()
        for place, index in enumerate(self.state.order):
            at = "" if self.state.submitted else self._at("right", place)
            style = "quiz.choice dim" if index in self.state.paired and not grades else "quiz.choice"
            label = Span(names[index], label_style(style))
            spot = self.places.part(spots.RIGHT_ITEMS + place)
            self._row((Span(" "), label), self.quiz.pairs[index].right, style, spot, at=at)
        if grades:
            self._verdict()

    def _set_recall(self) -> None:
        if not self.live or not self.state.revealed or self.quiz.answer is None:
            return
        self._text(labelled(_("Answer: "), self.quiz.answer), 1, "quiz.choice", self.places.part(spots.ANSWER))
        if self._graded:
            self._gap()
            known = bool(self.state.correct)
            said = _("You knew it") if known else _("You had forgotten it")
            look = "quiz.right" if known else "quiz.wrong"
            text = ("✓ " if known else "✗ ") + said
            self._note([Span(text, f"quiz.verdict {look}")], 1, self.places.part(spots.VERDICT))

    # beneath

    def _keys(self) -> None:
        """What works now, at the right before the answer and at the left after it; each a place to click."""
        entries = [
            (Span(key, "quiz.key", at), Span(" " + _(description), "quiz.key", at))
            for key, description, at in (*self._own_keys(), *self.more_keys)
        ]
        if not entries:
            return
        self._gap()
        for row in key_rows(entries, self._room - 2, self.options.ambiguous):
            used = sum(cells(span.text, self.options.ambiguous) for span in row)
            to_left = self.state.submitted or self.options.plain
            self._note(row, 2 if to_left else max(self._room - used - 1, 0), self.places.part(spots.KEYS))

    def _own_keys(self) -> list[tuple[str, str, str]]:
        if self.state.submitted and not self.feedback:
            return []
        found = []
        own = self.state.keys()
        for key, description in own:
            if key in self.hidden_keys:
                continue
            at = self._at(_CLICKS[key]) if key in _CLICKS else ""
            if self.quiz.kind == "recall" and key in {"1", "2"}:
                at = self._at("choice", int(key) - 1)
            found.append((key, description, at))
        return found


_SETTERS: Final[dict[QuizKind, str]] = {
    "single": "_set_choices",
    "multiple": "_set_choices",
    "true-false": "_set_choices",
    "fill": "_set_fill",
    "order": "_set_order",
    "match": "_set_match",
    "recall": "_set_recall",
}
