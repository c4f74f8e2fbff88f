"""Flash cards: hashcards (``Q: … A: …``, ``C: … [gap] …``) and Anki's text export."""

import csv
import re
from collections.abc import Iterator
from typing import Final

from sgtui.errors import Problem, problem
from sgtui.quiz.formats import html_text
from sgtui.quiz.formats.draft import Draft, DraftGap
from sgtui.quiz.gaps import GAP

_SIDE: Final = re.compile(r"(Q|A|C):\s?(.*)", re.DOTALL)
_GAP: Final = re.compile(r"(?<![!\\\]])\[((?:\\.|[^\[\]\\])+)\](?![(\[:])")
_CLOZE: Final = re.compile(r"\{\{c\d+::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
_OPTION: Final = re.compile(r"#([a-z ]+):\s*(.*)", re.IGNORECASE)
_SEPARATORS: Final = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}


def read_hashcards(text: str, path: str) -> tuple[list[Draft], list[Problem]]:
    """The cards of a hashcards file, and by line what was not taken."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    question: tuple[int, str] | None = None
    for line, side, body in _sides(text):
        if side == "A" and question is not None:
            drafts.append(Draft("recall", question[1], answer=body, line=question[0]))
            question = None
            continue
        if question is not None:
            problems.append(problem(path, question[0], "import-no-answer"))
            question = None
        if side == "Q":
            question = (line, body)
        elif side == "A":
            problems.append(problem(path, line, "import-no-question"))
        else:
            gaps = tuple(DraftGap((_unescaped(answer),)) for answer in _GAP.findall(body))
            if gaps:
                drafts.append(Draft("fill", _unescaped(_GAP.sub(GAP, body)), gaps=gaps, line=line))
            else:
                problems.append(problem(path, line, "import-no-answer"))
    if question is not None:
        problems.append(problem(path, question[0], "import-no-answer"))
    return drafts, problems


def _sides(text: str) -> Iterator[tuple[int, str, str]]:
    """Each side of a card: its line, its letter, its text up to the next side or rule."""
    start, letter, taken = 0, "", list[str]()
    for number, line in enumerate([*text.splitlines(), "---"], 1):
        match = _SIDE.match(line)
        if match is None and line.strip() != "---":
            taken.append(line)
            continue
        if letter:
            yield start, letter, "\n".join(taken).strip()
        start, letter, taken = (number, match[1], [match[2]]) if match else (0, "", [])


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\[\]])", r"\1", text)


def read_anki(text: str, path: str) -> tuple[list[Draft], list[Problem]]:
    """The notes of an Anki text export (TSV or CSV with its ``#`` header), and by line what was not taken."""
    lines = text.splitlines(keepends=True)
    options: dict[str, str] = {}
    header = 0
    while header < len(lines) and (match := _OPTION.match(lines[header])):
        options[match[1].strip().lower()] = match[2].strip()
        header += 1
    separator = _SEPARATORS.get(options.get("separator", "tab").lower(), options.get("separator", "\t")[:1] or "\t")
    skipped = {int(value) for name, value in options.items() if name.endswith(" column") and value.isdigit()}
    as_html = options.get("html", "true").lower() != "false"
    rows = csv.reader(lines[header:], delimiter=separator)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    line = header + 1
    try:
        for row in rows:
            fields = [_field(one, as_html) for place, one in enumerate(row, 1) if place not in skipped]
            if any(fields):
                draft = _note(fields, line)
                if draft:
                    drafts.append(draft)
                else:
                    problems.append(problem(path, line, "import-no-answer"))
            line = header + rows.line_num + 1
    except csv.Error as error:
        problems.append(problem(path, line, "import-syntax", format="Anki", reason=error))
    return drafts, problems


def _field(text: str, as_html: bool) -> str:
    return html_text.to_markdown(text) if as_html else text.strip()


def _note(fields: list[str], line: int) -> Draft | None:
    front, *others = fields
    gaps = tuple(DraftGap((match[1].strip(),)) for match in _CLOZE.finditer(front))
    back = next((field for field in others if field), "")
    if gaps:
        return Draft("fill", _CLOZE.sub(GAP, front), gaps=gaps, explanation=back, line=line)
    return Draft("recall", front, answer=back, line=line) if front and back else None
