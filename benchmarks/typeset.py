"""Parsing and setting long articles, beside markdown-it-py's own parse of the same text."""

import re
import time
from collections.abc import Callable

from markdown_it import MarkdownIt

from benchmarks.report import Row
from sgtui import paths
from sgtui.articles.parser import parse_article
from sgtui.markup.factory import parse
from sgtui.typeset.document import build
from sgtui.typeset.find import find
from sgtui.typeset.linebreak import break_text
from sgtui.typeset.model import Place, TypesetOptions
from sgtui.typeset.page import Page

ROUNDS = 5
SCREEN = 50
PEER = "markdown-it-py's parse"


def text(kilobytes: int) -> str:
    """The bundled course's text again and again; ids of quizzes are left out, so that none repeats."""
    found = [path.read_text("utf-8").split("---", 2)[-1] for path in sorted(paths.bundled_library().rglob("*.md"))]
    course = re.sub(r" id=[\w-]+", "", "\n\n".join(found)).encode()
    size = kilobytes * 1000
    return (course * (size // len(course) + 1))[:size].decode("utf-8", "ignore")


def best(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def first_screen(page: Page, row: int = 0) -> None:
    row = page.ensure(row, SCREEN)
    for index in range(SCREEN):
        page.line(row + index)


def measure() -> list[Row]:
    options = TypesetOptions()
    plain = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    rows: list[Row] = []
    downs: dict[int, float] = {}
    for size in (5, 250, 866):
        source = text(size)
        peer = best(lambda source=source: plain.parse(source))
        article = parse_article(source, "a.md")
        blocks = build(article, options)

        def set_first(article=article) -> None:
            first_screen(Page(build(article, options), 72, options))

        def open_it(source=source) -> None:
            first_screen(Page(build(parse_article(source, "a.md"), options), 72, options))

        rows.append(Row(f"{size} KB: Markdown parsed", best(lambda source=source: parse(source)), peer, PEER, 1.25))
        rows.append(Row(f"{size} KB: blocks and first screen", best(set_first), peer, PEER, 0.3 if size > 5 else None))
        rows.append(Row(f"{size} KB: opened, quizzes and all", best(open_it), peer, PEER, 2.0 if size == 250 else None))
        page = Page(blocks, 72, options)
        page.settle(60)
        downs[size] = best(lambda page=page: [first_screen(page, page.height // 2) for _ in range(100)])
        if size == 250:
            rows.append(Row("250 KB: a word found", best(lambda blocks=blocks: find(blocks, "パスワード")), peer, PEER))
    rows.append(Row("a screen of 866 KB drawn 100 times", downs[866], 0.8, "8 ms each", 1.0))

    page = Page(build(parse_article(text(216), "a.md"), options), 72, options)
    place = Place(len(page.blocks) // 2, 0)
    widths = iter(range(40, 40 + ROUNDS))

    def resize() -> None:
        page.resize(next(widths))
        first_screen(page, page.row_of(place))

    rows.append(Row("216 KB: another width, same place", best(resize), 0.3, "0.3 s", 1.0))
    prose = re.sub(r"[^\u3000-\u9fff]", "", text(250))
    rows.append(
        Row("lines broken, 250 KB of Japanese", best(lambda: break_text(prose, 72, options)), peer, "866 KB parsed")
    )
    return rows
