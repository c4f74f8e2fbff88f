"""The result of a run as a Markdown page or as JSON, for a learner's own records."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sgtui.articles.model import ArticleInfo
from sgtui.i18n import _, ngettext
from sgtui.library.model import Library
from sgtui.quiz.model import Quiz
from sgtui.store.records import Attempt
from sgtui.study.result import ItemResult, Result


@dataclass(frozen=True, slots=True)
class Naming:
    """What is called how: a library, and the questions of a result as far as they were found in it."""

    library: Library
    quizzes: dict[tuple[str, str], Quiz]

    def article(self, key: str) -> str:
        """The title of an article; its key where it is gone."""
        info = self.library.get(key)
        return info.title if info is not None else key

    def section(self, key: str, slug: str) -> str:
        """``article › section``."""
        info = self.library.get(key)
        title = _section_title(info, slug) if info is not None else slug
        return f"{self.article(key)} › {title}" if title else self.article(key)

    def area(self, result: Result, name: str) -> str:
        """An area of an exam, or a category, as the learner knows it."""
        return (name if result.kind == "exam" else self.library.category_name(name)) or _("Other")

    def prompt(self, item: ItemResult) -> str:
        """The question's text on one line; its id where it is gone."""
        quiz = self.quizzes.get((item.article, item.question))
        return " ".join(quiz.prompt.text.split()) if quiz is not None else item.question


def to_markdown(result: Result, naming: Naming) -> str:
    """The result as a page of its own."""
    lines = [f"# {_cell(result.title or result.kind)}", "", *facts(result), ""]
    lines += [f"| {_('Area')} | {_('Right')} | % |", "|---|---:|---:|"]
    for name, (right, asked) in result.areas.items():
        lines.append(f"| {_cell(naming.area(result, name))} | {right}/{asked} | {round(100 * right / asked)} |")
    if result.sections:
        lines += ["", f"## {_('Study these sections')}", ""]
        lines += [f"- {_cell(naming.section(*place))} ({count})" for place, count in result.sections.items()]
    lines += ["", f"## {_('Questions')}", "", f"| | {_('Question')} | {_('Article')} | {_('Seconds')} |"]
    lines += ["|---:|---|---|---:|", *_rows(result.items, naming)]
    return "\n".join(lines) + "\n"


def to_json(result: Result, naming: Naming) -> str:
    """The result as JSON, with a line a question."""
    head: dict[str, Any] = {
        "kind": result.kind,
        "title": result.title,
        "library": naming.library.id,
        "blueprint": result.blueprint,
        "started": result.started.isoformat() if result.started else None,
        "finished": result.finished.isoformat() if result.finished else None,
        "seconds": round(result.seconds),
        "pauses": result.pauses,
        "right": result.right,
        "total": result.total,
        "areas": {
            naming.area(result, name): {"right": right, "total": asked} for name, (right, asked) in result.areas.items()
        },
    }
    lines = ",\n".join("    " + json.dumps(record, ensure_ascii=False) for record in result.records())
    return json.dumps(head, ensure_ascii=False, indent=2)[:-2] + f',\n  "items": [\n{lines}\n  ]\n}}\n'


def facts(result: Result) -> list[str]:
    """When, how long, how many, paused or not; for an exam also what its percentage is not."""
    minutes = max(1, round(result.seconds / 60))
    lines = [
        _("{right} of {total} right ({percent} %).").format(
            right=result.right, total=result.total, percent=round(100 * result.share)
        )
    ]
    if result.finished is not None:
        day = f"{result.finished.astimezone():%Y-%m-%d %H:%M}"
        took = ngettext("{day}, {n} minute.", "{day}, {n} minutes.", minutes)
        lines.append(took.format(day=day, n=minutes))
    if result.pauses:
        lines.append(paused(result))
    if result.kind == "exam":
        lines.append(irt_note())
    return lines


def paused(result: Result) -> str:
    """That the run was put aside, and how often."""
    return ngettext("Paused {n} time.", "Paused {n} times.", result.pauses).format(n=result.pauses)


def compared(result: Result, earlier: Attempt) -> str:
    """The share of right answers beside that of an earlier attempt."""
    change = round(100 * result.share) - round(100 * Result.from_attempt(earlier).share)
    if not change:
        return _("The same share as the last time.")
    said = _("{n} points more than the last time.") if change > 0 else _("{n} points less than the last time.")
    return said.format(n=abs(change))


def irt_note() -> str:
    """What a percentage is not: the real score comes from item response theory, and no question here is calibrated."""
    return _(
        "The real exam is scored with item response theory, where questions weigh differently; "
        "this is only the share of right answers, not a score out of 1000."
    )


def _rows(items: Sequence[ItemResult], naming: Naming) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = mark_of(item) + ("⚑" if item.flagged else "")
        prompt, title = _cell(naming.prompt(item)), _cell(naming.article(item.article))
        yield f"| {number} {mark} | {prompt} | {title} | {round(item.seconds)} |"


def mark_of(item: ItemResult) -> str:
    """✓ right, ✗ wrong, – not answered."""
    return "–" if item.correct is None else "✓" if item.correct else "✗"


def _section_title(info: ArticleInfo, slug: str) -> str:
    return next((section.title for section in info.sections if section.slug == slug), slug)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
