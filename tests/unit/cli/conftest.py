"""What the tests of the command line share: a small library, and a way to call the program on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sgtui import i18n, paths
from sgtui.cli.main import run
from tests.unit.library.trees import article, plant

QUIZ = """<!-- quiz id=q -->
何か。

- [x] 正しい方
  > 理由。
- [ ] 違う方
  > 理由。

> 解説: こう。
<!-- /quiz -->"""
BODY = f"前書き。\n\n## 侵入の道\n\nここから入る。\n\n### 細部\n\n細かい話。\n\n## 備え\n\n{QUIZ}"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return plant(
        tmp_path / "lib",
        {
            "library.toml": '[title]\nja = "試し"\n[[categories]]\nid = "threat"\nja = "脅威"\nen = "Threats"\n',
            "threat/ransom.md": article(
                "ランサムウェア", BODY,
                difficulty="beginner", tags="[復旧, 暗号]", id="ransom",
            ),
            "threat/phish.md": article("フィッシング", "# 偽の便り\n\n騙す。"),
            "threat/draft.md": article("下書き", draft="true"),
        },
    )  # fmt: skip


@pytest.fixture
def sgtui(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs a command line on the library in the test's own folders; gives exit code, output and messages."""
    monkeypatch.setenv("SGTUI_STATE", str(tmp_path / "study.json"))
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.toml")
    monkeypatch.setattr(paths, "bundled_library", lambda: library)
    monkeypatch.setenv("SGTUI_LANG", "en")

    def call(*words: str | Path) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        out, err = capfd.readouterr()
        return code, out, err

    yield call
    i18n.use("en")
