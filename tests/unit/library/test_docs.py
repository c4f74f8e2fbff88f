"""The manual says what the program does."""

import re
import tomllib
from pathlib import Path

from sgtui.articles import fields, front_matter, handlers, source
from sgtui.articles.front_matter import read_header
from sgtui.cli.list import FIELDS
from sgtui.library import scan
from sgtui.library.glossary import parse_glossary
from sgtui.library.manifest import parse_manifest
from sgtui.library.schema import load_schema, mismatches

DOCS = Path(__file__).parents[3] / "docs"
FRONT_MATTER = (DOCS / "front-matter.md").read_text("utf-8")
LIBRARY = (DOCS / "library.md").read_text("utf-8")


def examples(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_table_of_header_keys() -> None:
    table = FRONT_MATTER[FRONT_MATTER.index("| field |") : FRONT_MATTER.index("Besides these")]
    rows = dict(re.findall(r"^\| ([a-z ]+) \| (`.*`) \|$", table, re.MULTILINE))
    written = {name: tuple(re.findall(r"`([^`]+)`", keys)) for name, keys in rows.items()}
    names = [
        "title",
        "summary",
        "category",
        "tags",
        "difficulty",
        "exam",
        "type",
        "syllabus",
        "updated",
        "published",
        "order",
        "as_of",
    ]
    assert {name.replace("_", " "): getattr(fields, name.upper()) for name in names} == written


def test_every_key_that_is_read_is_in_the_schema() -> None:
    known = load_schema("front-matter")["properties"]
    names = [
        "TITLE",
        "SUMMARY",
        "CATEGORY",
        "TAGS",
        "DIFFICULTY",
        "EXAM",
        "TYPE",
        "SYLLABUS",
        "UPDATED",
        "PUBLISHED",
        "ORDER",
    ]
    keys = {key.partition(".")[0] for name in names for key in getattr(fields, name)}
    assert keys - set(known) == {"taxonomies"}


def test_the_header_s_example() -> None:
    [example] = examples(FRONT_MATTER, "yaml")
    raw = read_header(example, "password-attacks.md")
    found, problems = fields.front_matter(raw, "password-attacks.md")
    assert (raw.problems, problems, list(mismatches(raw.values, load_schema("front-matter")))) == ((), (), [])
    assert (found.id, found.difficulty, found.order) == ("password-attacks", "beginner", 110)


def test_the_limits() -> None:
    limits = re.search(r"## Limits\n(.*?)\n## ", FRONT_MATTER + "\n## ", re.DOTALL)
    assert limits is not None
    numbers = {int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", limits[1])}
    assert numbers == {
        front_matter.MAX_CHARACTERS // 1024,
        front_matter.MAX_NODES,
        handlers.MAX_DEPTH,
        handlers.MAX_ALIASES,
        source.LIMIT_MB,
    }


def test_the_manifest_s_and_the_glossary_s_examples() -> None:
    manifest, glossary = examples(LIBRARY, "toml")
    found, problems = parse_manifest(manifest)
    assert problems == ()
    assert set(tomllib.loads(manifest)) | {"exams"} == set(load_schema("library")["properties"])
    assert [name.id for name in found.categories] == ["basics"]
    assert parse_glossary(glossary)[1] == ()


def test_what_is_passed_over() -> None:
    for name in (*scan.NEVER, *scan.OUTPUTS, *scan.PROJECT_FILES):
        assert f"`{name}`" in LIBRARY


def test_the_fields_of_a_list() -> None:
    listed = LIBRARY[LIBRARY.index("`sgtui list --json`") :]
    assert [name for name in re.findall(r"`(\w+)`", listed) if name in FIELDS] == list(FIELDS)
