"""``sgtui search``: find words in a whole library."""

import json
import os
import sys
from typing import Any, Final

import click

from sgtui.cli.base import EXIT_PROBLEM, command, complain, examples, option
from sgtui.i18n import N_, _
from sgtui.library.search import Hit, Search, Snippet

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui search ランサムウェア\n"
        "  sgtui search ransamu                  romaji finds kana words\n"
        "  sgtui search '\"公開鍵 暗号\" -RSA'       a phrase, without a word\n"
        "  sgtui search 鍵 tag:暗号 difficulty:初級\n"
        "  sgtui search 攻撃 in:title --json"
    )
)


@command("search", help=N_("Find words in the titles, headings and texts of a library.\n\nAll words must be there; "
         "case, width and kana do not matter. Exits with 1 if nothing is found."), epilog=EXAMPLES)  # fmt: skip
@click.argument("query", nargs=-1, required=True)
@option("--limit", default=20, type=click.IntRange(1, 10_000), help=N_("Articles at most."))
@option("--json", "as_json", is_flag=True, help=N_("Print a JSON array."))
def search(query: tuple[str, ...], *, limit: int, as_json: bool) -> int:
    """Search the library."""
    from sgtui.cli.opening import opened

    library = opened()
    engine = Search(library)
    hits = engine.find(" ".join(query), limit=limit)
    if as_json:
        click.echo(json.dumps([_record(hit, engine.snippet(hit)) for hit in hits], ensure_ascii=False, indent=2))
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        last = ""
        for hit in hits:
            if hit.info.key != last:
                click.echo(_heading(hit, colour=colour), color=colour)
            last = hit.info.key
            click.echo(_line(hit, engine.snippet(hit), colour=colour), color=colour)
        if not hits:
            complain(_("Nothing found."))
    return 0 if hits else EXIT_PROBLEM


def _record(hit: Hit, found: Snippet) -> dict[str, Any]:
    place = hit.place
    return {
        "key": hit.info.key,
        "title": hit.info.title,
        "section": place.title if place else None,
        "slug": place.slug if place else None,
        "snippet": found.text,
        "marks": [list(mark) for mark in found.marks],
        "score": hit.score,
    }


def _heading(hit: Hit, *, colour: bool) -> str:
    from sgtui.cli.table import one_line

    title = one_line(hit.info.title)
    return (click.style(title, bold=True) if colour else title) + f"  [{one_line(hit.info.key)}]"


def _line(hit: Hit, found: Snippet, *, colour: bool) -> str:
    from sgtui.typeset.cells import sanitize

    parts: list[str] = []
    at = 0
    for start, end in found.marks:
        parts += (sanitize(found.text[at:start]), _marked(sanitize(found.text[start:end]), colour=colour))
        at = end
    parts.append(sanitize(found.text[at:]))
    place = hit.place
    where = f"{sanitize(place.title)}: " if place and place.title else ""
    return f"  {where}{''.join(parts)}"


def _marked(text: str, *, colour: bool) -> str:
    return click.style(text, reverse=True) if colour else text
