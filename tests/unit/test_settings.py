import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sgtui.errors import SgtuiError
from sgtui.settings import Settings, load, save

SOME = Settings(
    lang="ja",
    theme="textual-light",
    page_width=64,
    ambiguous="wide",
    rollover_hour=3,
    desired_retention=0.92,
    exam_date=date(2027, 2, 14),
    fsrs_parameters=DEFAULT_PARAMETERS,
    dialects=("quizdown",),
    keymap={"reader.next": "space,f"},
    filters={"弱いところ": "category:threat 弱点"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_no_file_means_defaults(path: Path) -> None:
    assert load(path) == (Settings(), ())


def test_what_is_saved_is_loaded(path: Path) -> None:
    save(path, SOME)
    assert load(path) == (SOME, ())
    save(path, Settings())
    assert load(path) == (Settings(), ())


def test_defaults_leave_the_file_empty(path: Path) -> None:
    save(path, Settings())
    assert path.read_text("utf-8") == ""


def test_saving_keeps_comments_and_what_is_unknown(path: Path) -> None:
    write(path, '# 自分の設定\n[page]\nwidth = 60  # 狭め\nmood = "良い"\n\n[other]\nx = 1\n')
    save(path, replace(load(path)[0], page_width=66, new_per_day=5))
    assert path.read_text("utf-8") == (
        '# 自分の設定\n[page]\nwidth = 66  # 狭め\nmood = "良い"\n\n[other]\nx = 1\n\n[study]\nnew_per_day = 5\n'
    )


def test_bad_values_are_reported_and_defaults_hold(path: Path) -> None:
    write(
        path,
        'lang = "fr"\nfoo = 1\n[page]\nwidth = 10\nhanging = "yes"\n[study]\nexam_date = "来年"\n'
        "desired_retention = 1\nfsrs_parameters = [1, 2]\nnew_per_day = true\n",
    )
    settings, problems = load(path)
    assert settings == Settings()
    assert [(item.line, item.code, dict(item.details)["name"]) for item in problems] == [
        (1, "settings-value", "lang"),
        (4, "settings-value", "page.width"),
        (5, "settings-value", "page.hanging"),
        (8, "settings-value", "study.desired_retention"),
        (10, "settings-value", "study.new_per_day"),
        (7, "settings-value", "study.exam_date"),
        (9, "settings-value", "study.fsrs_parameters"),
        (2, "settings-unknown", "foo"),
    ]
    assert all(str(item) for item in problems)


@pytest.mark.parametrize("text", ["[page", "width = = 3", "\x00", "a = 1\na = 2", "[" * 100_000])
def test_broken_file_is_one_problem_and_is_never_replaced(path: Path, text: str) -> None:
    write(path, text)
    settings, problems = load(path)
    assert (settings, [item.code for item in problems]) == (Settings(), ["settings-invalid"])
    if len(text) < 1000:
        with pytest.raises(SgtuiError):
            save(path, SOME)
        assert path.read_text("utf-8") == text


def test_a_table_that_is_a_value(path: Path) -> None:
    write(path, "page = 3\nkeys = 4\n")
    settings, problems = load(path)
    assert settings == Settings()
    assert [item.code for item in problems] == ["settings-value", "settings-unknown"]


def test_byte_order_mark_and_windows_line_ends(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf[page]\r\nwidth = 50\r\n")
    assert load(path)[0].page_width == 50


def test_failing_disk_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(path, SOME)
    before = path.read_bytes()

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(SgtuiError, match="No space left"):
        save(path, Settings())
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == ["settings.toml"]


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_gives_settings(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    assert isinstance(load(path)[0], Settings)


def test_weights_are_checked_against_the_bounds_of_fsrs(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for bounds, step in ((LOWER_BOUNDS_PARAMETERS, -0.01), (UPPER_BOUNDS_PARAMETERS, 0.01)):
        path.write_text(f"[study]\nfsrs_parameters = {list(bounds)}\n", "utf-8")
        assert load(path) == (Settings(fsrs_parameters=tuple(bounds)), ())
        for place in range(len(bounds)):
            wrong = [bound + step * (number == place) for number, bound in enumerate(bounds)]
            path.write_text(f"[study]\nfsrs_parameters = {wrong}\n", "utf-8")
            settings, (problem,) = load(path)
            assert (settings, problem.code) == (Settings(), "settings-value")
