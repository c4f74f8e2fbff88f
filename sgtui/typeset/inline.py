"""Inline tokens to runs of styled text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, cast

from sgtui.i18n import _
from sgtui.markup.cjk import joins
from sgtui.markup.text import EMPHASIS, RUBY, task_mark, tighten
from sgtui.typeset.cells import sanitize
from sgtui.typeset.model import Span, TypesetOptions

if TYPE_CHECKING:
    from markdown_it.token import Token


class Reads(Protocol):
    """Reads the markup of a paragraph when it is needed (:class:`sgtui.markup.late.Late`)."""

    def children(self, content: str) -> "list[Token]":
        """The inline tokens of a paragraph's source."""


Reader: TypeAlias = "Reads | Sequence[Token]"
"""What gives the inline tokens of a paragraph: they themselves, or who reads them."""


def children_of(reader: Reader, source: str) -> "Sequence[Token]":
    """The inline tokens of a paragraph, of which ``source`` is what its author wrote."""
    return reader if isinstance(reader, list | tuple) else cast("Reads", reader).children(source)


_STYLES: Final = {
    "strong": "strong",
    "em": "em",
    "s": "strike",
    "u": "em",
    "kbd": "kbd",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "code": "code",
    "small": "dim",
}
_SUPERSCRIPT: Final = str.maketrans("0123456789+-=()in−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ⁻")
_SUBSCRIPT: Final = str.maketrans("0123456789+-=()aehijklmnoprstuvx−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₋")


def raised(text: str) -> str:
    """``text`` in superscript characters where Unicode has all of them, else as ``^(text)`` or ``^x``."""
    return _shifted(text, _SUPERSCRIPT, "^")


def lowered(text: str) -> str:
    """``text`` in subscript characters where Unicode has all of them, else as ``_(text)`` or ``_x``."""
    return _shifted(text, _SUBSCRIPT, "_")


def _shifted(text: str, table: dict[int, int], sign: str) -> str:
    if all(ord(c) in table for c in text):
        return text.translate(table)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


class _Runs:
    """Runs being made: joins lines, closes up emphasis, keeps the stack of open styles and links."""

    def __init__(self, base: str, options: TypesetOptions) -> None:
        self.spans: list[Span] = []
        self.styles = [base]
        self.targets = [""]
        self.options = options
        self.soft = False
        self.edge = False

    def open(self, style: str) -> None:
        outer = self.styles[-1]
        if style in outer.split():
            self.styles.append(outer)
        else:
            self.styles.append(f"{outer} {style}" if outer else style)

    def close(self) -> None:
        if len(self.styles) > 1:
            self.styles.pop()

    def add(self, text: str, style: str = "", target: str = "") -> None:
        if not text:
            return
        last = self.spans[-1].text[-1] if self.spans else ""
        if self.soft:
            self.soft = False
            if last and last != "\n" and text != "\n" and not joins(last, text[0]):
                self.spans.append(Span(" ", self.styles[0] if self.edge else self.styles[-1], self.targets[-1]))
                last = " "
        if self.edge:
            self.edge = False
            if self.options.tighten_cjk_emphasis:
                text = self._close_up(text)
        base = self.styles[-1]
        full = f"{base} {style}" if base and style else base or style
        self.spans.append(Span(text, full, target or self.targets[-1]))

    def _close_up(self, text: str) -> str:
        """Drop the one space that an author needed to make emphasis work between Japanese characters."""
        if not self.spans:
            return text
        left = self.spans[-1]
        if left.text[-1] == " " and len(left.text) > 1 and tighten(left.text[-2], text[0]):
            self.spans[-1] = left._replace(text=left.text[:-1])
        elif text[0] == " " and len(text) > 1 and tighten(left.text[-1], text[1]):
            return text[1:]
        return text


def runs(children: "Sequence[Token]", options: TypesetOptions, base: str = "") -> list[Span]:
    """The styled text of inline tokens.

    ``base`` is a style that all of it has.  A link's spans carry its href as target; a footnote's
    mark carries ``footnote:N`` (N from 1), an image ``image:SRC``, a wiki link ``wiki:NAME``.  Hard breaks are line
    feeds.  Text is sanitised.
    """
    made = _Runs(base, options)
    for token in children:
        kind = token.type
        if kind == "text":
            if token.content:
                made.add(sanitize(token.content).replace("\t", " "))
        elif kind == "softbreak":
            made.soft = True
        elif kind == "hardbreak":
            made.soft = False
            made.add("\n")
        elif kind == "code_inline":
            made.add(sanitize(token.content).replace("\t", " "), "code")
        elif kind in _HANDLERS:
            _HANDLERS[kind](made, token)
        elif kind.endswith("_open") and kind[:-5] in _STYLES:
            made.edge = made.edge or kind in EMPHASIS
            made.open(_STYLES[kind[:-5]])
        elif kind.endswith("_close") and kind[:-6] in _STYLES:
            made.edge = made.edge or kind in EMPHASIS
            made.close()
        elif token.content:
            made.add(sanitize(token.content).replace("\t", " "))
    return _shift(made.spans)


def _shift(spans: list[Span]) -> list[Span]:
    """Set raised and lowered text in Unicode's own characters."""
    if not any("su" in span.style for span in spans):
        return spans
    done = []
    for span in spans:
        names = span.style.split()
        if "sup" in names:
            done.append(span._replace(text=raised(span.text) if _is_formula(span.text) else span.text))
        elif "sub" in names:
            done.append(span._replace(text=lowered(span.text) if _is_formula(span.text) else span.text))
        else:
            done.append(span)
    return done


def _is_formula(text: str) -> bool:
    return text.isascii() and " " not in text


def _link_open(made: _Runs, token: "Token") -> None:
    href = str(token.attrGet("href") or "")
    made.open("link")
    made.targets.append(("wiki:" if token.markup == "wikilink" else "") + sanitize(href))


def _link_close(made: _Runs, token: "Token") -> None:
    target = made.targets.pop() if len(made.targets) > 1 else ""
    made.close()
    shown = made.spans[-1].text if made.spans else ""
    if made.options.plain and target.startswith(("http://", "https://", "mailto:")) and shown not in target:
        made.add(f" ({target})")


def _image(made: _Runs, token: "Token") -> None:
    made.add(image_caption(token, made.options), "image", "image:" + sanitize(str(token.attrGet("src") or "")))


def image_caption(token: "Token", options: TypesetOptions) -> str:
    """What stands for a picture: its caption, or its file's name where the author wrote none."""
    caption = "".join(span.text for span in runs(token.children or (), options)).strip() or sanitize(token.content)
    if not caption:
        caption = sanitize(str(token.attrGet("src") or "")).rsplit("/", 1)[-1]
    return _("[Figure: {caption}]").format(caption=caption)


def _footnote_ref(made: _Runs, token: "Token") -> None:
    number = int(token.meta.get("id", 0)) + 1
    made.add(f"[{number}]", "footnote", f"footnote:{number}")


def _math(made: _Runs, token: "Token") -> None:
    from sgtui.typeset.math import to_unicode  # noqa: PLC0415 - most pages have no formula

    made.add(to_unicode(token.content), "math")


def _ruby(made: _Runs, token: "Token") -> None:
    made.add(RUBY[token.type])


def _nothing(made: _Runs, token: "Token") -> None:
    """Tags that only group others leave no mark."""


_HANDLERS: Final = {
    "link_open": _link_open,
    "link_close": _link_close,
    "image": _image,
    "footnote_ref": _footnote_ref,
    "footnote_anchor": _nothing,
    "math_inline": _math,
    "math_inline_double": _math,
    "rt_open": _ruby,
    "rt_close": _ruby,
    "ruby_open": _nothing,
    "ruby_close": _nothing,
    "html_comment": _nothing,
}


def without_task_mark(spans: list[Span]) -> list[Span]:
    """``spans`` of a list item without the ``[ ]`` or ``[x]`` they begin with."""
    if not spans:
        return spans
    mark = task_mark(spans[0].text)
    return [spans[0]._replace(text=spans[0].text[len(mark) :]), *spans[1:]] if mark else spans
