"""``sgtui import``: what is printed or written, and what is said of the rest."""

import io
import sys
from pathlib import Path

import pytest

from sgtui.articles.parser import parse_article
from tests.unit.cli.conftest import QUIZ, Run
from tests.unit.library.trees import plant

GIFT = """\
::一:: 損なわれたのはどれか。 {
=機密性#見られた
~可用性
}

::二:: 論じよ。 {}
"""
JSON = """\
{"questions": [
  {"id": "q", "question": "どれか。", "options": ["甲", "乙"], "answer": 1},
  {"id": "r", "question": "どれでもない。", "options": ["丙", "丁"]}
]}
"""


def kinds(text: str) -> list[str]:
    return [quiz.kind for quiz in parse_article(text, "a.md").quizzes]


def test_what_was_taken_is_printed_and_the_rest_reported_by_line(sgtui: Run, tmp_path: Path) -> None:
    file = plant(tmp_path, {"a.gift": GIFT}) / "a.gift"
    code, out, err = sgtui("import", file)
    assert code == 1
    assert kinds(out) == ["single"]
    assert f"{file}:6: An essay cannot be graded" in err
    assert "1 quiz taken (one right choice 1) · 1 not taken" in err


def test_nothing_left_is_success(sgtui: Run, tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "Q: 問い\nA: 答え\n", "b.tsv": "表\t裏\n"})
    code, out, err = sgtui("import", tmp_path / "a.md", tmp_path / "b.tsv")
    assert (code, kinds(out)) == (0, ["recall", "recall"])
    assert err == "2 quizzes taken (flash card 2) · 0 not taken\n"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("gift", "地球は丸い。{T}"),
        ("mdbook", '[[questions]]\ntype = "ShortAnswer"\nprompt.prompt = "首都は"\nanswer.answer = "東京"\n'),
        ("json", '[{"question": "首都は", "answer": "東京"}]'),
        ("hashcards", "C: 首都は[東京]。"),
        ("anki", "首都は{{c1::東京}}。\t補足\n"),
    ],
)
def test_every_format_can_be_named(sgtui: Run, tmp_path: Path, form: str, text: str) -> None:
    file = plant(tmp_path, {"bank": text}) / "bank"
    code, out, _ = sgtui("import", "--from", form, file)
    assert (code, len(kinds(out))) == (0, 1)
    code, out, err = sgtui("import", file)
    assert (code, out) == (1, "")
    assert "--from" in err


def test_standard_input(sgtui: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(JSON.encode("utf-8-sig")), "ascii")
    monkeypatch.setattr(sys, "stdin", stream)
    code, out, err = sgtui("import", "-", "--from", "json")
    assert (code, kinds(out)) == (1, ["single"])
    assert "-:3: " in err


def test_files_that_cannot_be_read(sgtui: Run, tmp_path: Path) -> None:
    plant(tmp_path, {"empty.gift": "", "broken.json": "{", "a.gift": "丸い。{T}"})
    (tmp_path / "odd.gift").write_bytes(b"\xff\xfe\xff{T}")
    for name in ("none.gift", "empty.gift", "broken.json", "."):
        code, out, err = sgtui("import", tmp_path / name, "--from", "gift" if name == "." else "json")
        assert (code, out) == (1, "")
        assert "0 quizzes taken" in err
    code, out, err = sgtui("import", tmp_path / "none.gift", tmp_path / "a.gift")
    assert (code, kinds(out)) == (1, ["true-false"])


def test_messages_are_harmless(sgtui: Run, tmp_path: Path) -> None:
    file = plant(tmp_path, {"a\x1b[2J.gift": "\x1b]0;題\x07{}"}) / "a\x1b[2J.gift"
    assert "\x1b" not in sgtui("import", file)[2]


class TestInto:
    def test_a_new_article(self, sgtui: Run, tmp_path: Path) -> None:
        into = tmp_path / "new.md"
        code, out, _ = sgtui("import", plant(tmp_path, {"a.gift": GIFT}) / "a.gift", "--into", into)
        assert (code, out) == (1, "")
        assert kinds(into.read_text("utf-8")) == ["single"]

    def test_the_end_of_one_that_is_there(self, sgtui: Run, tmp_path: Path) -> None:
        plant(tmp_path, {"a.json": JSON, "b.json": JSON})
        into = tmp_path / "old.md"
        old = f"---\ntitle: 題\n---\n\n本文。\n\n{QUIZ.replace('id=q', 'id=p')}"
        into.write_bytes(old.replace("\n", "\r\n").encode())
        into.chmod(0o640)
        sgtui("import", tmp_path / "a.json", tmp_path / "b.json", "--into", into)
        data = into.read_bytes()
        assert data.startswith(old.replace("\n", "\r\n").encode())
        assert data.count(b"\n") == data.count(b"\r\n")
        ids = [quiz.id for quiz in parse_article(data.decode().replace("\r\n", "\n"), "old.md").quizzes]
        assert ids[:2] == ["p", "q"]
        assert ids[2].startswith("old#")  # q was taken
        assert into.stat().st_mode & 0o777 == 0o640

    def test_an_article_that_would_swallow_them_is_left_alone(self, sgtui: Run, tmp_path: Path) -> None:
        plant(tmp_path, {"a.json": JSON, "open.md": "```\ncode", "odd.md": ""})
        (tmp_path / "odd.md").write_bytes(b"\xff\n")
        for name in ("open.md", "odd.md"):
            before = (tmp_path / name).read_bytes()
            code, _, err = sgtui("import", tmp_path / "a.json", "--into", tmp_path / name)
            assert code == 1
            assert name in err
            assert (tmp_path / name).read_bytes() == before

    def test_a_folder_that_is_not_there(self, sgtui: Run, tmp_path: Path) -> None:
        file = plant(tmp_path, {"a.json": JSON}) / "a.json"
        code, _, err = sgtui("import", file, "--into", tmp_path / "none" / "a.md")
        assert code == 1
        assert "cannot be written" in err
