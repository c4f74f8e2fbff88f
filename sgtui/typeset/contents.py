"""What blocks hold: running text, titles, rules, formulas and quizzes, each with its own way to become lines."""

from sgtui.quiz.model import Quiz
from sgtui.typeset.balance import balanced
from sgtui.typeset.cells import sanitize
from sgtui.typeset.inline import Reader, children_of, runs, without_task_mark
from sgtui.typeset.linebreak import set_runs
from sgtui.typeset.marks import marks
from sgtui.typeset.model import Line, Span, TypesetOptions


def cells_of_source(source: str) -> int:
    """About how many cells a text takes, without looking at its characters one by one.

    UTF-8 gives Japanese three bytes a character and two cells.
    """
    count = len(source)
    return count if source.isascii() else (count + len(source.encode("utf-8", "surrogatepass"))) // 2


class InlineContent:
    """Running text, kept as tokens until it is needed."""

    __slots__ = ("_base", "_item", "_options", "_reader", "_source")

    def __init__(
        self, reader: Reader, source: str, options: TypesetOptions, base: str = "", *, item: bool = False
    ) -> None:
        self._reader = reader
        self._source = source
        self._base = base
        self._options = options
        self._item = item

    def runs(self) -> list[Span]:
        """The styled text."""
        made = runs(children_of(self._reader, self._source), self._options, self._base)
        return without_task_mark(made) if self._item else made

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs())

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        return set_runs(self.runs() or [Span("")], limit, options)

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        return max(1, -(-cells_of_source(self._source) // limit))


class LabelledContent(InlineContent):
    """Running text after a label that its author did not write."""

    __slots__ = ("_label",)

    def __init__(self, label: str, reader: Reader, source: str, options: TypesetOptions, base: str) -> None:
        super().__init__(reader, source, options, base)
        self._label = Span(label, base)

    def runs(self) -> list[Span]:
        """The styled text, label included."""
        return [self._label, *super().runs()]


class RunContent:
    """Running text that is there already as runs."""

    __slots__ = ("runs",)

    def __init__(self, *found: Span) -> None:
        self.runs = found

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        return set_runs(self.runs or (Span(""),), limit, options)

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        return max(1, -(-cells_of_source(self.text) // limit))


class TitleContent:
    """A heading: lines of about the same length, and with ``ruled`` a rule beneath."""

    __slots__ = ("_inner", "_ruled", "_style")

    def __init__(self, inner: InlineContent, style: str, *, ruled: bool) -> None:
        self._inner = inner
        self._style = style
        self._ruled = ruled

    @property
    def text(self) -> str:
        """The plain text."""
        return self._inner.text

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        found = balanced(self._inner.runs() or [Span("")], limit, options)
        mark = marks(options).title_rule
        if not mark or not self._ruled:
            return found
        end = len(self.text)
        return [*found, Line((Span(mark * limit, f"{self._style} rule"),), limit, end, end)]

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        return self._inner.estimate(limit) + self._ruled


class RuleContent:
    """A thematic break: a short rule in the middle, or at the left above footnotes."""

    __slots__ = ("_left",)

    def __init__(self, *, left: bool = False) -> None:
        self._left = left

    @property
    def text(self) -> str:
        """The plain text."""
        return ""

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        mark = marks(options).rule
        if not mark:
            return []
        length = max(1, min(limit, limit // 3))
        left = 0 if self._left else (limit - length) // 2
        indent = (Span(" " * left),) if left else ()
        return [Line((*indent, Span(mark * length, "rule")), left + length)]

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        return 1


class QuizContent:
    """A quiz as the text that can be searched, and as lines where nobody said how to set it."""

    __slots__ = ("_text", "quiz")

    def __init__(self, quiz: Quiz) -> None:
        self.quiz = quiz
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The plain text."""
        if self._text is None:
            shown = [self.quiz.prompt.text, *(choice.content.text for choice in self.quiz.choices)]
            self._text = sanitize("\n".join(shown))
        return self._text

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        from sgtui.typeset.quiz import quiz_lines  # noqa: PLC0415 - it composes with this module

        return quiz_lines(self.quiz, None, limit, options)

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        quiz = self.quiz
        parts = [quiz.prompt.text, *(choice.content.text for choice in quiz.choices)]
        return 4 + sum(1 + cells_of_source(part) // max(1, limit - 6) for part in parts)


class MathContent:
    """A formula on lines of its own, in Unicode, set in from the left."""

    __slots__ = ("_source", "_text")

    def __init__(self, source: str) -> None:
        self._source = source
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The plain text."""
        if self._text is None:
            from sgtui.typeset.math import to_unicode  # noqa: PLC0415 - a first screen has no formula

            self._text = to_unicode(self._source)
        return self._text

    def lines(self, limit: int, options: TypesetOptions) -> list[Line]:
        """Set in at most ``limit`` cells."""
        inset = 0 if options.plain else min(4, max(0, limit - 20))
        found = set_runs((Span(self.text, "math"),), limit - inset, options)
        return [_indented(line, inset) for line in found]

    def estimate(self, limit: int) -> int:
        """About how many lines."""
        return self._source.count("\n") + 1


def _indented(line: Line, inset: int) -> Line:
    if not inset or not line.spans:
        return line
    pieces = tuple((index + inset, start, end) for index, start, end in line.pieces)
    return Line((Span(" " * inset), *line.spans), line.width + inset, line.start, line.end, pieces)
