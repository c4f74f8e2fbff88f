import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sgtui.cli.main import run
from sgtui.store.store import Store

ARTICLE = """---
title: 情報セキュリティの7要素
category: basics
level: beginner
---
## 七要素

本文。

<!-- quiz id=c1 -->
損なわれたのはどれか。

- [x] 機密性
- [ ] 可用性
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "cia.md").write_text(ARTICLE, "utf-8")
    (folder / "library.toml").write_text('id = "sg"\n', "utf-8")
    monkeypatch.setattr("sgtui.paths.settings_file", lambda: tmp_path / "settings.toml")
    monkeypatch.setattr("sgtui.paths.cache_dir", lambda: tmp_path / "cache")
    return folder


@pytest.fixture
def state(path: Path, library: Path) -> Path:
    """A file of a learner who answered a year ago, so that the question is due whatever the day is."""
    long_ago = datetime.now(UTC) - timedelta(days=365)
    with Store.open(path, now=lambda: long_ago, device="机") as store:
        key = store.open_library(id="sg", path=library).key
        card = store.new_card(key, "cia", "c1")
        due = {"state": 2, "stability": 2.0, "difficulty": 5.0, "due": long_ago, "last": long_ago, "reps": 1}
        from dataclasses import replace

        store.add_review(key, "cia", "c1", response=1, correct=True, card=replace(card, **due), scheduled=True)  # type: ignore[arg-type]
    return path


def sgtui(state: Path, library: Path, *words: str) -> int:
    return run(["--lang", "en", "--state", str(state), "--library", str(library), *words])


def test_due(state: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(state, library, "due") == 0
    assert capsys.readouterr().out == "1 question, about 1 min.\n   1  情報セキュリティの7要素\n"
    assert sgtui(state, library, "due", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["due"], found["items"]) == (1, [{"article": "cia", "question": "c1"}])


def test_nothing_due(tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(tmp_path / "none.json", library, "due") == 0
    assert capsys.readouterr().out == "Nothing is due today.\n"
    assert not (tmp_path / "none.json").exists()


def test_stats(state: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sgtui(state, library, "stats") == 0
    assert "1 answer, 1 right" in capsys.readouterr().out
    assert sgtui(state, library, "stats", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["answers"], found["forecast"][0], found["accuracy"]) == (1, 1, {"basics": [1, 1]})


@pytest.mark.parametrize(
    ("by", "said"),
    [("category", "1/1"), ("difficulty", "1/1"), ("article", "1/1"), ("section", "100 %"), ("syllabus", "")],
)
def test_a_table_of_whatever_one_asks_for(
    state: Path, library: Path, by: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "--state", str(state), "stats", str(library), "--by", by]) == 0
    assert said in capsys.readouterr().out


def test_json_has_every_article_and_section(state: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "--state", str(state), "stats", str(library), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    ((key, article),) = found["articles"].items()
    assert (article["answered"], article["right"], article["weak"]) == (1, 1, False)
    sections = [section for section in found["sections"][key].values() if section["answered"]]
    assert [(section["right"], section["retention"] < 0.8, section["weak"]) for section in sections] == [
        (1, True, False)
    ]
