"""What may import what, and what a first screen must not wait for."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "markdown_it",
    "frontmatter",
    "yaml",
    "pygments",
    "fsrs",
    "pylatexenc",
    "jaconv",
    "watchfiles",
    "pathspec",
    "tomlkit",
    "click",
    "tinydb",
    "filelock",
    "hashlib",
    "json",
    "wcwidth",
    "textual.widgets._text_area",
    "sgtui.articles.model",
    "sgtui.library.schema",
    "sgtui.library.text",
    "sgtui.settings",
    "sgtui.store",
    "sgtui.study",
    "sgtui.typeset.model",
)


def imported_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after ``code``."""
    program = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(result.stdout.split())


def test_imports_point_down_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_first_screen_waits_for_nothing_heavy() -> None:
    loaded = imported_by("import sgtui.cli.straight, sgtui.ui.app, sgtui.ui.screens.library")
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize(
    "module", ["sgtui.typeset.page", "sgtui.library.load", "sgtui.study.progress", "sgtui.cli.main"]
)
def test_nothing_below_the_screens_needs_textual(module: str) -> None:
    assert "textual" not in imported_by(f"import {module}")


def test_there_is_one_place_that_makes_a_markdown_parser() -> None:
    makers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "sgtui").rglob("*.py")
        if "MarkdownIt(" in path.read_text(encoding="utf-8")
    ]
    assert makers == ["sgtui/markup/factory.py"]
