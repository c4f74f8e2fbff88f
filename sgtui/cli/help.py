"""Help texts measured in cells, so that Japanese is set as it should be there too."""

from collections.abc import Iterable

import click

_GAP = 2
_WIDEST_TERM = 30
_NARROWEST = 10


class Formatter(click.HelpFormatter):
    """click's formatter with widths in cells and line breaks by the rules of Japanese."""

    def write_text(self, text: str) -> None:
        """Paragraphs, filled; those that begin with ``\\b`` are left as they are."""
        indent = " " * self.current_indent
        room = max(_NARROWEST, self.width - self.current_indent)
        for number, paragraph in enumerate(text.strip("\n").split("\n\n")):
            if number:
                self.write("\n")
            if paragraph.lstrip().startswith("\b"):
                lines = paragraph.lstrip().removeprefix("\b").strip("\n").split("\n")
            else:
                lines = wrap(" ".join(part.strip() for part in paragraph.split("\n")), room)
            for line in lines:
                self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = _GAP) -> None:
        """Terms and their explanations, side by side where the term is short enough."""
        from sgtui.typeset.cells import width

        rows = list(rows)
        column = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        room = max(_NARROWEST, self.width - self.current_indent - column)
        indent = " " * self.current_indent
        for term, meaning in rows:
            lines = wrap(meaning, room) if meaning else [""]
            if width(term) > column - col_spacing:
                self.write(f"{indent}{term}\n")
            else:
                first = lines.pop(0)
                self.write(f"{indent}{term}{' ' * (column - width(term))}{first}".rstrip() + "\n")
            for line in lines:
                self.write(f"{indent}{' ' * column}{line}".rstrip() + "\n")


class Context(click.Context):
    """A context whose help is made by :class:`Formatter`."""

    formatter_class = Formatter


def wrap(text: str, cells: int) -> list[str]:
    """``text`` in lines of at most ``cells`` cells."""
    from sgtui.typeset.linebreak import set_runs
    from sgtui.typeset.model import Span, TypesetOptions

    return [line.text.rstrip() for line in set_runs((Span(text),), cells, TypesetOptions())]
