"""From an article to a flat list of blocks, in one cheap pass over its tokens."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sgtui.articles.model import Pieces
from sgtui.i18n import _
from sgtui.quiz.model import Quiz
from sgtui.typeset.block import Block, BlockKind, Content
from sgtui.typeset.cells import sanitize, width
from sgtui.typeset.code import CodeContent, named
from sgtui.typeset.contents import (
    InlineContent,
    LabelledContent,
    MathContent,
    QuizContent,
    RuleContent,
    RunContent,
    TitleContent,
)
from sgtui.typeset.frames import Frame, align_numbers, callout_title, item_space, only_image, prefixes, sign
from sgtui.typeset.html import Fold, Html, html_pieces
from sgtui.typeset.inline import image_caption
from sgtui.typeset.marks import marks
from sgtui.typeset.model import Span, TypesetOptions
from sgtui.typeset.tables import table_blocks

if TYPE_CHECKING:
    from markdown_it.token import Token

    from sgtui.articles.model import Article

_DIAGRAMS: Final = frozenset(("mermaid", "plantuml", "puml", "dot", "graphviz", "d2", "ditaa", "svgbob"))
_DEEPEST: Final = 40
"""Raw HTML that opens folds within folds opens no more than so many."""
_MATH: Final = frozenset(("math", "latex-math", "katex"))


class Builder:
    """Walks block tokens and gathers blocks; containers may span several walks."""

    def __init__(self, options: TypesetOptions, env: Mapping[str, Any], body_line: int = 1) -> None:
        from sgtui.markup.late import source_of  # noqa: PLC0415 - whoever has tokens has it already

        self.blocks: list[Block] = []
        self.section = 0
        self._source_of = source_of
        self._options = options
        self._marks = marks(options)
        self._env = env
        self._body_line = body_line
        self._frames: list[Frame] = []
        self._line = body_line
        self._space = 0
        self._group = 0
        self._endless: set[int] = set()
        self._sunk = 0

    # What is there

    def walk(self, tokens: "Iterable[Token]") -> None:
        """Add the blocks that ``tokens`` (top-level block tokens with all they hold) make."""
        held = tokens if isinstance(tokens, Sequence) else list(tokens)
        index, last = 0, len(held)
        while index < last:
            token = held[index]
            if token.map is not None:
                self._line = self._body_line + token.map[0]
            kind = token.type
            if kind == "paragraph_open":
                self._paragraph(held[index + 1], hidden=token.hidden)
                index += 3
            elif kind == "heading_open":
                self._heading(token, held[index + 1])
                index += 3
            elif kind == "table_open":
                index = self._table(held, index)
            elif kind in ("callout_open", "details_open"):
                titled = index + 2 < last and held[index + 1].type == kind.replace("_open", "_title_open")
                opener = self._callout_open if kind == "callout_open" else self._details_open
                opener(token, held[index + 2] if titled else None)
                index += 4 if titled else 1
            else:
                handler = _HANDLERS.get(kind)
                if handler is not None:
                    handler(self, token)
                elif kind == "inline":
                    self._leaf("paragraph", self._inline(token))
                index += 1

    def quiz(self, quiz: Quiz) -> None:
        """Add a quiz."""
        self._line = quiz.line
        self._leaf("quiz", QuizContent(quiz), before=1)

    def notes(self) -> None:
        """Add the footnotes that the text refers to, after a short rule."""
        found = self._env.get("footnotes", {}).get("list", {})
        started = False
        for number, note in sorted(found.items()):
            tokens = note.get("blocks") or ()
            if not tokens:
                continue
            if not started:
                self._frames.clear()
                self._leaf("rule", RuleContent(left=True), before=2)
                started = True
            label = f"[{number + 1}] "
            first = (Span(label, "footnote", f"footref:{number + 1}"),)
            cells = width(label, self._options.ambiguous)
            self._frames.append(Frame("footnote", first, (Span(" " * cells),), style="footnote.text"))
            self._space = 0 if number else 1
            self.walk(tokens)
            self._frames.pop()

    def finish(self) -> list[Block]:
        """The blocks; a ``<details>`` that never ends hides nothing."""
        endless = self._endless | {frame.fold for frame in self._frames if frame.fold >= 0}
        if endless:
            for block in self.blocks:
                block.folds = tuple(fold for fold in block.folds if fold not in endless)
            for fold in endless:
                self.blocks[fold].open = True
        return self.blocks

    # Leaves

    def _leaf(self, kind: BlockKind, content: Content, *, before: int | None = None) -> Block:
        """Add a block inside the containers that are open."""
        first, rest, gap, folds = prefixes(self._frames)
        space = self._space if before is None else max(before, self._space)
        block = Block(kind, self.section, self._line, content, first, rest)
        block.before = space if self.blocks else 0
        block.gap = gap
        block.folds = folds
        self.blocks.append(block)
        self._space = 1
        return block

    def _inline(self, token: "Token", base: str = "", *, item: bool = False) -> InlineContent:
        return InlineContent(self._source_of(token), token.content, self._options, self._style(base), item=item)

    def _style(self, base: str) -> str:
        return " ".join(filter(None, (*(frame.style for frame in self._frames), base))) if self._frames else base

    def _paragraph(self, inline: "Token", *, hidden: bool) -> None:
        frame = self._frames[-1] if self._frames else None
        first_in_item = frame is not None and frame.kind == "item" and not frame.used
        if not first_in_item and (image := only_image(inline)) is not None:
            caption = Span(image_caption(image, self._options), "image", f"image:{image.attrGet('src') or ''}")
            self._leaf("image", RunContent(caption)).info = str(image.attrGet("src") or "")
            return
        if frame is not None and first_in_item:
            self._tasks(frame, inline.content)
            content = self._inline(inline, item=bool(frame.marked))
            self._item(content, tight=hidden)
            return
        self._leaf("paragraph", self._inline(inline), before=0 if hidden and frame is not None else None)

    def _item(self, content: Content, *, tight: bool) -> None:
        space = item_space(self._frames, self.blocks, tight=tight)
        self._space = min(self._space, space)
        self._leaf("item", content, before=space)

    def _tasks(self, frame: Frame, content: str) -> None:
        """Show the box of a task instead of the bullet."""
        if content[:1] == "[" and content[2:3] == "]" and content[1] in " xX" and content[3:4] in (" ", "\u3000", "\t"):
            mark = self._marks.todo if content[1] == " " else self._marks.done
            frame.first = sign(mark, "list.marker")
            frame.rest = sign(" " * width(mark, self._options.ambiguous))
            frame.marked = mark

    def _heading(self, token: "Token", inline: "Token") -> None:
        level = int(token.tag[1])
        style = f"heading.{level}"
        inner = self._inline(inline, style)
        mark = self._marks.headings[level]
        content = TitleContent(inner, style, ruled=level == 1)
        after_heading = bool(self.blocks) and self.blocks[-1].kind == "heading"
        block = self._leaf("heading", content, before=2 if level <= 2 and not after_heading else 1)
        if mark:
            block.first += sign(mark, f"{style} heading.mark")
            block.rest += sign(" " * width(mark, self._options.ambiguous))
        block.level = level
        self._space = 1 if level <= 2 else 0

    def _table(self, tokens: "Sequence[Token]", index: int) -> int:
        end = index + 1
        depth = 1
        while end < len(tokens) and depth:
            depth += (tokens[end].type == "table_open") - (tokens[end].type == "table_close")
            end += 1
        self._group += 1
        for row, line in table_blocks(tokens[index:end], self._options):
            self._line = self._body_line + line if line >= 0 else self._line
            block = self._leaf("table", row)
            block.group = self._group
            self._space = 0
        self._space = 1
        return end

    def _code(self, source: str, language: str) -> None:
        kind: BlockKind = "code"
        if language in _DIAGRAMS:
            kind = "diagram"
            label = Span(_("[Diagram: {language}]").format(language=language), "diagram")
            self._leaf("diagram", RunContent(label)).info = language
            self._space = 0
        block = self._leaf(kind, CodeContent(source, language if kind == "code" else ""))
        bar = sign(self._marks.code, "code.bar")
        block.first, block.rest = block.first + bar, block.rest + bar
        block.info = language

    # Handlers of tokens

    def _fence(self, token: "Token") -> None:
        language, name = named(token.info)
        if language in _MATH:
            self._leaf("math", MathContent(token.content.strip("\n")))
            return
        if name:
            self._leaf("paragraph", RunContent(Span(name, "dim")))
            self._space = 0
        self._code(token.content, language)

    def _math(self, token: "Token") -> None:
        self._leaf("math", MathContent(token.content.strip("\n")))

    def _rule(self, _token: "Token") -> None:
        self._leaf("rule", RuleContent(), before=1)

    def _quote_open(self, _token: "Token") -> None:
        bar = sign(self._marks.quote, "quote.bar")
        self._frames.append(Frame("quote", bar, bar, style="quote"))

    def _list_open(self, token: "Token") -> None:
        frame = Frame("list")
        if token.type == "ordered_list_open":
            frame.number = int(token.attrGet("start") or 1) if token.attrGet("start") != 0 else 0
            frame.kind = "ordered"
        self._frames.append(frame)

    def _item_open(self, token: "Token") -> None:
        outer = self._frames[-1] if self._frames else Frame("list")
        outer.items += 1
        outer.started.append(len(self.blocks))
        if outer.kind == "ordered":
            mark = f"{outer.number + outer.items - 1}. "
        else:
            depth = sum(frame.kind in ("list", "ordered") for frame in self._frames)
            bullets = self._marks.bullets
            mark = bullets[min(max(depth, 1), len(bullets)) - 1]
        room = sign(" " * width(mark, self._options.ambiguous))
        self._frames.append(Frame("item", sign(mark, "list.marker"), room))

    def _item_close(self, token: "Token") -> None:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.kind == "item" and not frame.used:
            self._item(RunContent(Span("")), tight=True)
        self._close(token)

    def _close(self, _token: "Token") -> None:
        while self._frames and self._frames[-1].loose:  # a <details> left open inside what ends here
            self._endless.add(self._frames.pop().fold)
        if self._frames:
            self._frames.pop()

    def _list_close(self, token: "Token") -> None:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.kind == "ordered" and frame.started:
            align_numbers(frame, sum(len(outer.rest) for outer in self._frames[:-1]), self.blocks)
        self._close(token)

    def _term_open(self, _token: "Token") -> None:
        self._frames.append(Frame("term", style="strong"))

    def _definition_open(self, _token: "Token") -> None:
        inset = sign(self._marks.inset)
        self._frames.append(Frame("definition", inset, inset))
        self._space = 0

    def _callout_open(self, token: "Token", title: "Token | None") -> None:
        name = str(token.meta["kind"])
        style = f"callout.{name}"
        base = f"{style} strong"
        label = callout_title(name)
        content: Content = RunContent(Span(label, base))
        if title and (name == "note" or title.content.casefold().startswith((label.casefold(), name))):
            content = self._inline(title, base)
        elif title:  # its colour alone would not say what kind it is
            label = _("{kind}: ").format(kind=label)
            content = LabelledContent(label, self._source_of(title), title.content, self._options, self._style(base))
        bar = (Span(self._marks.callout, style),)
        self._frames.append(Frame("callout", bar, bar, folded=bool(token.meta["fold"])))
        if token.meta["fold"]:
            self._fold(content, opened=token.meta["fold"] == "+")
        else:
            self._leaf("callout", content).info = name
        self._space = 0

    def _callout_close(self, token: "Token") -> None:
        self._close(token)
        if self._frames and self._frames[-1].kind == "callout" and self._frames[-1].folded:
            self._frames.pop()

    def _details_open(self, token: "Token", title: "Token | None") -> None:
        self._fold(self._inline(title, "summary") if title else None, opened=token.meta["fold"] == "+")

    def _fold(self, content: Content | None, *, opened: bool) -> None:
        index = len(self.blocks)
        target = f"fold:{index}"
        block = self._leaf("summary", content or RunContent(Span(_("Details"), "summary")))
        block.first = (*block.first, Span(self._marks.unfolded, "summary", target))
        room = Span(" " * width(self._marks.unfolded, self._options.ambiguous))
        block.rest = (*block.rest, room)
        block.open = opened
        self._frames.append(Frame("details", (room,), (room,), fold=index, used=True))
        self._space = 0

    def _html(self, token: "Token") -> None:
        for piece in html_pieces(token.content):
            if isinstance(piece, Fold):
                if piece.opens and len(self._frames) >= _DEEPEST:
                    self._sunk += 1
                    if piece.title:
                        self._paragraph(piece.title, hidden=False)
                elif not piece.opens and self._sunk:
                    self._sunk -= 1
                elif piece.opens:
                    title = piece.title
                    self._fold(self._inline(title, "summary") if title else None, opened=piece.shown)
                    self._frames[-1].loose = True
                elif self._frames and self._frames[-1].loose:
                    self._frames.pop()
                    self._space = 1
            elif isinstance(piece, Html):
                self._page_code(piece.name)
            else:
                self._paragraph(piece, hidden=False)

    def _component(self, token: "Token") -> None:
        if not token.content.lstrip().startswith("</"):
            self._page_code(str(token.meta.get("name", "")))

    def _page_code(self, name: str) -> None:
        """Page code that a terminal cannot run: one quiet line, also for several in a row."""
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.kind == "component" and last.section == self.section:
            names = last.info.split(", ")
            if name not in names:
                last.info = ", ".join((*names, name))
        else:
            last = self._leaf("component", RunContent())
            last.info = name
        last.content = RunContent(Span(_("[page code: {name}]").format(name=sanitize(last.info)), "dim"))


_HANDLERS: Final = {
    "fence": Builder._fence,
    "code_block": Builder._fence,
    "math_block": Builder._math,
    "hr": Builder._rule,
    "blockquote_open": Builder._quote_open,
    "blockquote_close": Builder._close,
    "bullet_list_open": Builder._list_open,
    "bullet_list_close": Builder._list_close,
    "ordered_list_open": Builder._list_open,
    "ordered_list_close": Builder._list_close,
    "list_item_open": Builder._item_open,
    "list_item_close": Builder._item_close,
    "dt_open": Builder._term_open,
    "dt_close": Builder._close,
    "dd_open": Builder._definition_open,
    "dd_close": Builder._close,
    "callout_close": Builder._callout_close,
    "details_close": Builder._close,
    "html_block": Builder._html,
    "mdx_block": Builder._component,
}


def build(article: "Article", options: TypesetOptions) -> list[Block]:
    """The blocks of an article, in reading order; footnotes stand at the end.

    One pass over the tokens; text is made into runs only when a block is set or searched.  The article forgets the
    tokens, and makes them again for whoever asks.
    """
    builder = Builder(options, article.env, article.front_matter.body_line)
    for piece in article.pieces:
        if isinstance(piece, Quiz):
            builder.quiz(piece)
        else:
            builder.section = piece.section
            builder.walk(piece.tokens)
    if isinstance(article.pieces, Pieces):
        article.pieces.forget()
    builder.notes()
    return builder.finish()


def build_tokens(
    tokens: "Sequence[Token]", options: TypesetOptions, env: Mapping[str, Any] | None = None
) -> list[Block]:
    """The blocks of any block tokens (a quiz's prompt, a scenario)."""
    builder = Builder(options, env or {})
    builder.walk(tokens)
    return builder.finish()
