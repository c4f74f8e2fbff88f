"""``sgtui new ARTICLE``: a valid beginning of an article."""

import json
from datetime import date
from pathlib import PurePosixPath
from typing import Final

import click

from sgtui.articles.model import DIFFICULTIES
from sgtui.cli.base import command, examples, option, places
from sgtui.errors import SgtuiError
from sgtui.i18n import N_, _

EXAMPLES: Final = examples(
    N_(
        "Examples:\n"
        "  sgtui --library ~/notes new threat/zero-trust\n"
        "  sgtui --library ~/notes new threat/zero-trust --title ゼロトラスト --difficulty advanced\n"
        "  sgtui new drafts/tls.md --tag TLS --tag 暗号"
    )
)


@command("new", help=N_("Begin an article: a header, two sections and a quiz to replace.\n\nARTICLE is a path below "
         "the library (.md is added). A file that is there is never touched."), epilog=EXAMPLES)  # fmt: skip
@click.argument("article")
@option("--title", default="", help=N_("The title; the file's name if not given."))
@option("--difficulty", default="beginner", type=click.Choice(DIFFICULTIES), help=N_("How difficult it is."))
@option("--tag", "tags", multiple=True, help=N_("A tag; can be given several times."))
def new(article: str, *, title: str, difficulty: str, tags: tuple[str, ...]) -> None:
    """Write a new article."""
    from sgtui.articles.names import is_article

    name = article if is_article(article) else f"{article}.md"
    root = places().library
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.stem:
        raise SgtuiError(_("{path} leads out of the library {folder}.").format(path=name, folder=root))
    file = root / path
    text = skeleton(
        key=path.with_suffix("").name,
        title=title or path.stem,
        category=path.parts[0] if len(path.parts) > 1 else "",
        difficulty=difficulty,
        tags=tags,
        today=date.today(),
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise SgtuiError(_("{path} is there already; it was not touched.").format(path=file)) from None
    except OSError as error:
        raise SgtuiError(
            _("{path} cannot be written: {reason}.").format(path=file, reason=error.strerror or error)
        ) from error
    click.echo(str(file))


def skeleton(*, key: str, title: str, category: str, difficulty: str, tags: tuple[str, ...], today: date) -> str:
    """The text of a new article that ``sgtui check`` has nothing against."""
    head = [f"id: {_quoted(key)}", f"title: {_quoted(title)}", f"excerpt: {_quoted(_('What this article is about.'))}"]
    head += [f"publishDate: {today.isoformat()}", f"lastmod: {today.isoformat()}"]
    head += [f"category: {_quoted(category)}"] if category else []
    head += ["tags:", *(f"  - {_quoted(tag)}" for tag in tags)] if tags else ["tags: []"]
    head += ["knowledge:", "  type: term", f"  difficulty: {difficulty}"]
    body = _(
        "A question or a scene from work, in two or three lines.\n"
        "\n"
        "## The first idea\n"
        "\n"
        "The point first, then an example. Put **new words** in bold once.\n"
        "\n"
        "<!-- quiz id={key}-01 -->\n"
        "What is asked here?\n"
        "\n"
        "- [x] The right choice\n"
        "  > Why it is right.\n"
        "- [ ] The wrong choice\n"
        "  > Why it is wrong.\n"
        "\n"
        "> Explanation: The rule behind it.\n"
        "<!-- /quiz -->\n"
        "\n"
        "## What to remember\n"
        "\n"
        "- The first idea in one line.\n"
    ).format(key=key)
    return "\n".join(("---", *head, "---", "", body))


def _quoted(text: str) -> str:
    """``text`` as YAML: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)
