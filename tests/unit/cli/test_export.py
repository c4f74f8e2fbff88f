"""``sgtui export``: quizzes for other programs, and what the learner marked."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sgtui.quiz.formats.importing import import_text
from sgtui.store.records import Anchor
from sgtui.store.store import Store
from tests.unit.cli.conftest import QUIZ, Run
from tests.unit.library.trees import article, plant

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CASE = "<!-- case id=c -->\nA社に便りが届いた。\n\n" + QUIZ.replace("id=q", "id=c1") + "\n<!-- /case -->\n"


class TestQuizzes:
    @pytest.mark.parametrize("form", ["gift", "json"])
    def test_what_is_exported_can_be_imported(self, sgtui: Run, form: str) -> None:
        code, out, err = sgtui("export", "quizzes", "--to", form)
        assert (code, err) == (0, "1 quiz\n")
        found = import_text(out, f"a.{form}", form)
        assert ([draft.prompt for draft in found.drafts], found.problems) == (["何か。"], ())

    def test_the_articles_named_and_the_conditions(self, sgtui: Run, library: Path) -> None:
        plant(library, {"other/more.md": article("別の話", QUIZ.replace("id=q", "id=r"), difficulty="advanced")})

        def ids(*words: str) -> list[str]:
            out = sgtui("export", "quizzes", "--to", "json", *words)[1]
            return [question["id"] for question in json.loads(out or '{"questions": []}')["questions"]]

        assert ids() == ["q", "r"]
        assert ids("別の") == ["r"]
        assert ids("ransom", "other/more") == ["q", "r"]
        assert ids("--category", "脅威") == ["q"]
        assert ids("--difficulty", "advanced") == ["r"]
        assert ids("--tag", "復旧") == ["q"]
        assert ids("別の", "--category", "threat") == []

    def test_nothing_to_export(self, sgtui: Run) -> None:
        assert sgtui("export", "quizzes", "phish", "--to", "gift") == (1, "", "There is no quiz to export.\n")
        assert sgtui("export", "quizzes")[0] == 2
        assert sgtui("export", "quizzes", "--to", "json", "無い")[0] == 1

    def test_a_case_takes_its_scenario_along(self, sgtui: Run, tmp_path: Path) -> None:
        file = plant(tmp_path, {"case.md": CASE}) / "case.md"
        for form in ("gift", "anki-tsv", "json"):
            assert "A社に便りが届いた。" in sgtui("export", "quizzes", file, "--to", form)[1]
        found = import_text(sgtui("export", "quizzes", file, "--to", "json")[1], "a.json", "json")
        assert [draft.scenario for draft in found.drafts] == ["A社に便りが届いた。"]

    def test_into_a_file(self, sgtui: Run, tmp_path: Path) -> None:
        into = tmp_path / "deck.txt"
        for _again in range(2):
            assert sgtui("export", "quizzes", "--to", "anki-tsv", "--into", into)[:2] == (0, "")
            assert into.read_text("utf-8").startswith("#separator:tab\n")


class TestNotes:
    @pytest.fixture
    def marked(self, library: Path, tmp_path: Path) -> None:
        with Store.open(tmp_path / "study.json", now=lambda: NOW) as store:
            shelf = store.open_library(title="試し", path=library).key
            place = Anchor(path=("備え",), excerpt="何か。", block=5)
            store.add_note(shelf, "ransom", text="覚え書き", anchor=place, section="備え")
            store.add_bookmark(shelf, "threat/phish", section="偽の便り", title="偽の便り", note="後で")

    @pytest.mark.usefixtures("marked")
    def test_markdown(self, sgtui: Run, tmp_path: Path) -> None:
        code, out, err = sgtui("export", "notes")
        assert (code, err) == (0, "")
        assert "### [備え](threat/ransom.md#備え)\n" in out
        assert "> 何か。\n\n  覚え書き\n" in out
        into = tmp_path / "notes.md"
        assert sgtui("export", "notes", "--into", into) == (0, "", "")
        assert into.read_text("utf-8") == out

    @pytest.mark.usefixtures("marked")
    def test_json_of_one_article(self, sgtui: Run) -> None:
        found = json.loads(sgtui("export", "notes", "ransom", "--to", "json")[1])
        assert [(mark["kind"], mark["note"], mark["link"]) for mark in found] == [
            ("note", "覚え書き", "threat/ransom.md#備え")
        ]

    def test_nothing_is_marked(self, sgtui: Run, tmp_path: Path) -> None:
        assert sgtui("export", "notes") == (0, "", "Nothing is marked yet.\n")
        assert json.loads(sgtui("export", "notes", "--to", "json")[1]) == []
        assert not (tmp_path / "study.json").exists()
