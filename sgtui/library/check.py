"""Everything wrong with a library, found by reading all of it anew (no cache)."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from sgtui.articles.front_matter import RawHeader, split_header
from sgtui.articles.model import Article, ArticleInfo, Passage
from sgtui.articles.parser import read_article
from sgtui.errors import Problem, problem
from sgtui.library.assemble import assemble
from sgtui.library.glossary import Glossary, read_glossary
from sgtui.library.links import resolve
from sgtui.library.load import find_files
from sgtui.library.manifest import NAME
from sgtui.library.model import Library
from sgtui.library.rows import pack
from sgtui.library.schema import load_schema, mismatches
from sgtui.library.terms import Wanted, wanted_terms
from sgtui.markup.slug import match_anchor
from sgtui.quiz import quality
from sgtui.quiz.model import Quiz
from sgtui.quiz.quality import Stats

if TYPE_CHECKING:
    from markdown_it.token import Token

SITE_LINKS: Final = 10
"""Links from the root (``/ja/…``) that lead nowhere here: more of them are a web site's addresses, not mistakes."""
_SOFT: Final = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: counts, all problems by path and line, and statistics of the quizzes.

    ``by_article``: the statistics of each article that has quizzes, by its path, in course order.
    """

    library: Library
    articles: int
    quizzes: int
    problems: tuple[Problem, ...]
    stats: Stats
    by_article: tuple[tuple[str, Stats], ...] = ()


@dataclass(frozen=True, slots=True)
class _Link:
    path: str
    line: int
    href: str


def check_library(path: Path) -> Report:
    """Read everything at ``path`` (a folder, or one article's file) and report what is wrong.

    Raises SgtuiError if there is nothing at ``path``.
    """
    root, file, manifest, manifest_problems, found = find_files(path)
    rows = []
    problems = [*manifest_problems, *found.problems]
    links: list[_Link] = []
    quizzes: list[tuple[str, Quiz]] = []
    for each in found.files:
        article = read_article(root, each.path, dialects=manifest.dialects)
        problems += header_problems(article)
        links += _links(article)
        quizzes += [(each.path, quiz) for quiz in article.quizzes]
        rows.append(pack(article.info, article.front_matter.id, each.size, each.mtime_ns))
    library = assemble(root, manifest, rows, drafts=True, file=file)
    problems += [wrong for info in library.infos for wrong in info.problems]
    glossary, wanted = Glossary(), tuple[Wanted, ...]()
    if not file:
        glossary, glossary_problems = read_glossary(library)
        wanted, term_problems = wanted_terms(library, glossary)
        problems += (*glossary_problems, *term_problems, *_untested(wanted, quizzes))
        problems += _manifest_problems(library)
        problems += _prerequisite_problems(library)
        problems += _link_problems(library, links)
    terms = {names[0]: names for names in (*(term.names for term in glossary.terms), *(term.names for term in wanted))}
    stats, warnings = quality.check(_asked(library, quizzes), terms.values())
    problems += warnings
    groups = {path: [quiz for _path, quiz in group] for path, group in groupby(quizzes, key=itemgetter(0))}
    by_article = tuple((info.path, quality.measure(groups[info.path])) for info in library.infos if info.path in groups)
    return Report(library, len(library.infos), len(quizzes), tuple(sorted(set(problems))), stats, by_article)


def _untested(wanted: Iterable[Wanted], quizzes: Iterable[tuple[str, Quiz]]) -> Iterator[Problem]:
    """The terms that a library says its quizzes must test, and that none does."""
    terms = tuple(wanted)
    missing = set(quality.untested([quiz for _path, quiz in quizzes], [term.names for term in terms]))
    for term in terms:
        if term.names in missing:
            yield problem(term.path, term.line, "quality-untested", term=term.names[0])


def _asked(library: Library, quizzes: Iterable[tuple[str, Quiz]]) -> list[quality.Asked]:
    """The quizzes with the lines of the sections they test."""
    infos = {info.path: info for info in library.infos}
    found = []
    for path, quiz in quizzes:
        sections = infos[path].sections
        line = sections[quiz.section].line if quiz.section < len(sections) else 0
        found.append(quality.Asked(path, quiz, line))
    return found


def header_problems(article: Article) -> Iterator[Problem]:
    """What in an article's header is not as the published schema says (warnings)."""
    extra = article.front_matter.extra
    if not extra:
        return
    raw = RawHeader(header=split_header(article.source))
    for wrong in mismatches(dict(extra), load_schema("front-matter")):
        keys = [part for part in reversed(wrong.where.split(".")) if not part.isdigit()]
        line = raw.line_of(*keys)
        yield problem(article.info.path, line, "header-value", field=wrong.where, expected=wrong.expected)


def _manifest_problems(library: Library) -> Iterator[Problem]:
    manifest = library.manifest
    for key in manifest.articles:
        if not library.has(key):
            yield problem(NAME, _line_of(library.root, key), "manifest-unknown-article", key=key)
    if manifest.categories:
        known = {name.id for name in manifest.categories}
        for info in library.infos:
            if info.category not in known:
                yield problem(info.path, 1, "category-unknown", category=info.category or "-")


def _line_of(root: Path, word: str) -> int:
    from sgtui.articles.source import read_source  # noqa: PLC0415

    for number, line in enumerate(read_source(root / NAME, NAME).text.split("\n"), 1):
        if f'"{word}"' in line or f"'{word}'" in line:
            return number
    return 0


def _prerequisite_problems(library: Library) -> Iterator[Problem]:
    for info in library.infos:
        for key in info.prerequisites:
            if library.called(key) is None:
                yield problem(info.path, _header_line(library, info), "prerequisite-unknown", key=key)
    for loop in loops({info.key: [one.key for one in library.beforehand(info)] for info in library.infos}):
        first = library.info(loop[0])
        chain = " → ".join((*loop, loop[0]))
        yield problem(first.path, _header_line(library, first), "prerequisite-loop", chain=chain)


def _header_line(library: Library, info: ArticleInfo) -> int:
    from sgtui.articles.source import read_source  # noqa: PLC0415

    text = read_source(library.root / info.path, info.path).text
    return RawHeader(header=split_header(text)).line_of("prerequisites")


def loops(after: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Every circle in ``after`` (key to the keys of its prerequisites), once, beginning with its smallest key."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in after:
        path: list[str] = []
        walk: list[Iterator[str]] = [iter((start,))]
        while walk:
            key = next(walk[-1], None)
            if key is None:
                walk.pop()
                if path:
                    done.add(path.pop())
            elif key in path:
                circle = path[path.index(key) :]
                least = circle.index(min(circle))
                found.add((*circle[least:], *circle[:least]))
            elif key in after and key not in done:
                path.append(key)
                walk.append(iter(after[key]))
    return sorted(found)


def _links(article: Article) -> Iterator[_Link]:
    base, path = article.front_matter.body_line, article.info.path
    lines = article.source.split("\n")
    for piece in article.pieces:
        if isinstance(piece, Passage):
            yield from _links_in(piece.tokens, base, path)
            continue
        for fragment in piece.fragments():
            for link in _links_in(fragment.tokens, 0, path):
                yield replace(link, line=_line_in_quiz(link.href, lines, piece.line))


def _line_in_quiz(href: str, lines: Sequence[str], first: int) -> int:
    """The line (from 1) of an address in a quiz that begins at ``first``: a quiz keeps no lines of its parts."""
    written = (href, unquote(href))
    found = (n for n in range(first, len(lines) + 1) if any(each in lines[n - 1] for each in written))
    return next(found, first)


def _links_in(tokens: "Iterable[Token]", base: int, path: str) -> Iterator[_Link]:
    for token in tokens:
        line = base + (token.map[0] if token.map else 0)
        for child in token.children or ():
            if child.type in _SOFT:
                line += 1
            elif child.type == "link_open":
                yield _Link(path, line, str(child.attrs.get("href", "")))


def _link_problems(library: Library, links: Iterable[_Link]) -> Iterator[Problem]:
    """Links that lead nowhere; of the addresses of a web site, where there are many, only how many there are."""
    broken: list[_Link] = []
    for link in links:
        info = library.at(link.path)
        if info is None or not link.href:
            continue
        found = resolve(library, info, link.href)
        if found.kind == "broken":
            if not _is_file(library.root, link):
                broken.append(link)
        elif found.fragment and found.kind in ("place", "article"):
            target = library.info(found.article)
            slugs = [section.slug for section in target.sections]
            if match_anchor(found.fragment, slugs) is None and not _is_marked(library, target, found.fragment):
                yield problem(link.path, link.line, "link-no-heading", fragment=found.fragment, article=target.path)
    site = [link for link in broken if link.href.startswith("/")]
    told = library.manifest.site or len(site) > SITE_LINKS
    for link in broken:
        if not (told and link.href.startswith("/")):
            yield problem(link.path, link.line, "link-missing", href=link.href)
    if site and told and not library.manifest.site:
        first = min(site, key=lambda link: (link.path, link.line))
        yield problem(first.path, first.line, "link-site", count=len(site), href=first.href)


def _is_marked(library: Library, info: ArticleInfo, fragment: str) -> bool:
    """Whether an article names a place by HTML (``id``, ``name``) or by an attribute of a heading (``{#name}``)."""
    from sgtui.articles.source import read_source  # noqa: PLC0415

    name = re.escape(fragment)
    mark = rf"""<[^>]*\b(?:id|name)\s*=\s*["']?{name}["'\s>]|\{{:?[^}}\n]*#{name}[\s}}]"""
    return re.search(mark, read_source(library.root / info.path, info.path).text) is not None


def _is_file(root: Path, link: _Link) -> bool:
    """Whether a link leads to something else that is there: a picture, a PDF, a folder."""
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415

    try:
        parts = urlsplit(link.href)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return True  # ftp:, tel: … are not opened, but are no mistake of the author's
    target = unquote(parts.path)
    base = PurePosixPath("/") if target.startswith("/") else PurePosixPath(link.path).parent
    place = os.path.normpath(root / str(base).lstrip("/") / target.lstrip("/"))
    return place.startswith(str(root)) and os.path.exists(place)  # noqa: PTH110
