"""docs/settings.md and docs/state-file.md say what the program does."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from sgtui.settings import _KEYS, Settings, load
from sgtui.store.records import TABLES

DOCS = Path(__file__).parents[2] / "docs"


def test_every_setting_is_in_the_table() -> None:
    text = (DOCS / "settings.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([a-z_.]+)` \|", text, re.MULTILINE))
    assert named == {f"{key.table}.{key.key}" if key.table else key.key for key in _KEYS.values()}
    assert {field.name for field in fields(Settings)} == set(_KEYS)


def test_the_example_is_valid(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", (DOCS / "settings.md").read_text("utf-8"), re.DOTALL)
    assert tomllib.loads(block)
    (tmp_path / "settings.toml").write_text(block, "utf-8")
    settings, problems = load(tmp_path / "settings.toml")
    assert problems == ()
    assert (settings.page_width, settings.new_per_day, settings.dialects) == (72, 10, ("quizdown",))


def test_every_table_and_field_is_described() -> None:
    text = (DOCS / "state-file.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z]+)` \| [^|]*\| (.*) \|$", text, re.MULTILINE))
    assert set(rows) - {"sgtui"} == set(TABLES)
    common = {"uid", "device", "at", "library", "article", "section", "question", "case"}
    for name, cls in TABLES.items():
        own = {field.name for field in fields(cls)} - common - ({"seconds"} if name == "articles" else set())
        missing = {field for field in own if f"`{field}`" not in rows[name]}
        assert missing == set(), name
