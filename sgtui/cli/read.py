"""``sgtui read``: an article on paper, or as good as a terminal or a pipe has it."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sgtui import paths
from sgtui.articles.model import Article, Section
from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option, places
from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _
from sgtui.typeset.model import Line, TypesetOptions

if TYPE_CHECKING:
    from sgtui.typeset.block import Block

WIDEST: Final = 80
"""Cells of a page where ``--width`` says nothing: longer lines are hard to follow."""

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui read password-attacks\n"
        "  sgtui read 暗号の基礎 --width 60\n"
        "  sgtui read notes/tls.md --color always | less -R\n"
        "  sgtui read password-attacks --toc\n"
        "  sgtui read password-attacks --section この記事の要点"
    )
)


@command("read", help=N_("Print an article, typeset as on the screen.\n\nARTICLE is a key, a path or a part of a title "
         "that fits one article only. Quizzes are printed without their answers."), epilog=EXAMPLES)  # fmt: skip
@click.argument("article")
@option("--width", type=click.IntRange(10, 1000), help=N_("Cells across the page; the terminal's, at most 80."))
@option("--color", default="auto", type=click.Choice(("auto", "always", "never")), help=N_("Colours in the output."))
@option("--toc", is_flag=True, help=N_("Print the outline only."))
@option("--section", default="", metavar="SLUG", help=N_("Print this section only, with those under it."))
@option("--plain", is_flag=True, help=N_("For screen readers: no boxes, tables line by line."))
def read(article: str, *, width: int | None, color: str, toc: bool, section: str, plain: bool) -> int:
    """Print one article."""
    from sgtui.cli.table import terminal_width
    from sgtui.typeset.ansi import to_text

    found = find_article(article)
    for wrong in found.problems:
        complain(str(wrong))
    if not found.pieces and any(wrong.severity == "error" for wrong in found.problems):
        return EXIT_PROBLEM
    sections = _chosen(found, section)
    if toc:
        for one in sections:
            if one.level:
                click.echo(f"{'  ' * (one.level - 1)}{_tame(one.title)}  #{_tame(one.slug)}")
        return 0
    options = typeset_options(plain=plain)
    in_colour = wants_colour(color, os.environ, is_terminal=sys.stdout.isatty())
    wide = width or terminal_width(WIDEST)
    numbers = {one.index for one in sections}
    if not found.pieces:
        complain(_("{name}: this article has no text yet.").format(name=found.info.path))
    for line in page(found, wide, options, numbers if section else None):
        click.echo(to_text(line, color=in_colour), color=in_colour)
    return 0


def find_article(name: str) -> Article:
    """The article that ``name`` means: in the library, else a file anywhere; raises SgtuiError."""
    from sgtui.articles.names import is_article
    from sgtui.articles.parser import read_article
    from sgtui.cli.opening import opened
    from sgtui.library.identify import identify
    from sgtui.library.load import enclosing_library
    from sgtui.library.manifest import read_manifest

    where = places()
    path = Path(name).expanduser()
    if is_article(path.name) and os.path.lexists(path) and where.library_given is None:
        path = Path(os.path.abspath(path))  # noqa: PTH100 - links in the path are kept
        root = enclosing_library(path) or path.parent
        dialects = read_manifest(root)[0].dialects
        return read_article(root, path.relative_to(root).as_posix(), dialects=dialects)
    library = opened()
    return library.read(identify(library, name, Path.cwd()).key)


def page(article: Article, width: int, options: TypesetOptions, sections: set[int] | None = None) -> Iterator[Line]:
    """The lines of an article ``width`` cells wide, its title first; only of ``sections`` (indexes) if given."""
    from sgtui.quiz.model import Quiz
    from sgtui.typeset.document import build
    from sgtui.typeset.excerpt import excerpt
    from sgtui.typeset.quiz import quiz_lines

    numbers = {quiz.id: number for number, quiz in enumerate(article.quizzes, 1)}

    def set_quiz(quiz: Quiz, room: int) -> list[Line]:
        return quiz_lines(quiz, None, room, options, numbers.get(quiz.id))

    blocks = build(article, options)
    if sections is not None:
        blocks = excerpt(blocks, sections, options)
    if sections is None and not any(block.kind == "heading" and block.level == 1 for block in blocks):
        yield from _title(article.info.title, width, options)
    first = True
    for block in blocks:
        lines = block.lines(width, options, quiz_lines=set_quiz)
        yield from lines[block.before :] if first and sections is not None else lines
        first = False


def _title(title: str, width: int, options: TypesetOptions) -> Iterator[Line]:
    from markdown_it.token import Token

    from sgtui.typeset.document import build_tokens

    text = Token("text", "", 0, content=title)
    heading = [
        Token("heading_open", "h1", 1, block=True, map=[0, 1]),
        Token("inline", "", 0, content=title, children=[text], block=True, map=[0, 1], level=1),
        Token("heading_close", "h1", -1, block=True),
    ]
    blocks: list[Block] = build_tokens(heading, options)
    for block in blocks:
        yield from block.lines(width, options)
    yield Line((), 0)


def typeset_options(*, plain: bool = False) -> TypesetOptions:
    """How the learner's settings want a page set."""
    from sgtui import settings

    chosen, _problems = settings.load(paths.settings_file())
    return TypesetOptions(
        ambiguous=2 if chosen.ambiguous == "wide" else 1,
        hanging=chosen.hanging,
        tighten_cjk_emphasis=chosen.tighten,
        wrap_code=True,
        plain=plain,
    )


def wants_colour(color: str, environ: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Whether to print colours: as ``--color`` says; for ``auto`` on a terminal that has them (no-color.org)."""
    if color != "auto":
        return color == "always"
    return is_terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def _chosen(article: Article, slug: str) -> list[Section]:
    """The section called ``slug`` and those under it; all without a slug.  Raises SgtuiError for an unknown one."""
    from sgtui.markup.slug import match_anchor

    if not slug:
        return list(article.sections)
    name = match_anchor(slug, [section.slug for section in article.sections])
    if name is None:
        titles = [section for section in article.sections if section.title == slug]
        if not titles:
            raise SgtuiError(
                _("There is no section “{name}” in this article. See its sections with --toc.").format(name=slug)
            )
        name = titles[0].slug
    start = next(section for section in article.sections if section.slug == name)
    found = [start]
    for section in article.sections[start.index + 1 :]:
        if section.level <= start.level:
            break
        found.append(section)
    return found


def _tame(text: str) -> str:
    from sgtui.typeset.cells import sanitize

    return sanitize(text)
