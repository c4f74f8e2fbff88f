"""The command line, as a person or a script uses it."""

import json
import sys
from pathlib import Path

import pytest

from sgtui import __version__, i18n
from sgtui.cli.main import COMMANDS, click_sentences
from sgtui.cli.read import wants_colour
from sgtui.cli.speech import chosen_language
from tests.unit.cli.conftest import QUIZ, Run
from tests.unit.library.trees import article, plant


class TestList:
    def test_the_fields_of_json(self, sgtui: Run) -> None:
        code, out, err = sgtui("list", "--json")
        assert (code, err) == (0, "")
        found = json.loads(out)
        assert [record["key"] for record in found] == ["threat/phish", "ransom"]
        assert found[1] == {
            "key": "ransom",
            "path": "threat/ransom.md",
            "title": "ランサムウェア",
            "category": "threat",
            "difficulty": "beginner",
            "tags": ["復旧", "暗号"],
            "exam": "",
            "type": "",
            "syllabus": [],
            "published": None,
            "updated": None,
            "minutes": 1,
            "characters": found[1]["characters"],
            "quizzes": 1,
            "status": "unread",
            "progress": 0.0,
            "problems": [],
        }

    @pytest.mark.parametrize(
        ("options", "keys"),
        [
            (["--difficulty", "beginner"], ["ransom"]),
            (["--tag", "暗号"], ["ransom"]),
            (["--category", "脅威"], ["threat/phish", "ransom"]),
            (["--category", "threats"], ["threat/phish", "ransom"]),
            (["--category", "none"], []),
            (["--status", "done"], []),
            (["--words", "ふぃっしんぐ"], ["threat/phish"]),
            (["--tag", "ない", "--tag", "復旧"], ["ransom"]),
            (["--status", "unread", "--status", "done"], ["threat/phish", "ransom"]),
            (["--quizzes"], ["ransom"]),
            (["--no-quizzes"], ["threat/phish"]),
            (["--since", "2026-01-01"], []),
            (["--type", "term"], []),
            (["--syllabus", "1"], []),
            (["--drafts", "--sort", "title"], ["threat/phish", "ransom", "threat/draft"]),
        ],
    )
    def test_conditions(self, sgtui: Run, options: list[str], keys: list[str]) -> None:
        _, out, _ = sgtui("list", "--format", "json", *options)
        assert [record["key"] for record in json.loads(out)] == keys

    def test_a_filter_kept_under_a_name(self, sgtui: Run, tmp_path: Path) -> None:
        plant(tmp_path, {"settings.toml": '[filters]\n"易しい" = "difficulty:beginner difficulty:advanced tag:暗号"\n'})
        _, out, _ = sgtui("list", "--json", "--filter", "易しい")
        assert [record["key"] for record in json.loads(out)] == ["ransom"]
        assert json.loads(sgtui("list", "--json", "--filter", "易しい", "--tag", "ない")[1]) == []
        code, _, err = sgtui("list", "--filter", "難しい")
        assert (code, "“難しい”" in err, "易しい" in err) == (1, True, True)

    def test_tsv(self, sgtui: Run) -> None:
        _, out, _ = sgtui("list", "--format", "tsv")
        lines = [line.split("\t") for line in out.splitlines()]
        assert {len(line) for line in lines} == {17}
        assert lines[2][5] == "復旧,暗号"

    def test_table(self, sgtui: Run) -> None:
        _, out, _ = sgtui("list")
        assert "ランサムウェア  Threats   beginner" in out

    def test_nothing_to_list(self, sgtui: Run, tmp_path: Path) -> None:
        assert sgtui("list", "--status", "done") == (0, "", "No article fits.\n")
        assert sgtui("list", plant(tmp_path / "e", {"x.txt": ""})) == (0, "", "There is no article in this folder.\n")

    def test_harmful_titles_reach_no_terminal(self, sgtui: Run, library: Path) -> None:
        plant(library, {"threat/e.md": '---\ntitle: "\\e]0;x\\a\\u202E"\n---\n'})
        _, out, _ = sgtui("list")
        assert "\x1b" not in out
        assert "\u202e" not in out

    def test_a_name_with_a_line_end_is_one_line(self, sgtui: Run, library: Path) -> None:
        plant(library, {"threat/a\nb.md": "# 改行\n\n[無](x.md) 鍵"})
        assert any("改行" in line and "threat/a␊b" in line for line in sgtui("list")[1].splitlines())
        assert "改行  [threat/a␊b]" in sgtui("search", "鍵")[1].splitlines()
        assert "threat/a␊b.md:3: warning:" in sgtui("check")[1]

    def test_a_missing_folder(self, sgtui: Run) -> None:
        code, out, err = sgtui("list", "/nonexistent")
        assert (code, out) == (1, "")
        assert "There is no folder or file" in err

    def test_status_and_progress_come_from_the_learner_s_file(self, sgtui: Run, library: Path, tmp_path: Path) -> None:
        from sgtui.store.store import Store

        with Store.open(tmp_path / "study.json") as store:
            shelf = store.open_library(title="試し", path=library).key
            store.set_done(shelf, "ransom", True)
        _, out, _ = sgtui("list", "--json", "--status", "done")
        [found] = json.loads(out)
        assert (found["key"], found["progress"]) == ("ransom", 1.0)


def test_a_long_reading_is_told_on_a_terminal_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from sgtui.cli import opening

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(opening, "PATIENCE", -1)
    monkeypatch.setattr(sys, "stderr", Terminal())
    telling = opening._Telling()
    telling(1, 20)
    telling.end()
    assert isinstance(sys.stderr, Terminal)
    said = sys.stderr.getvalue()
    assert "1 of 20" in said
    assert said.endswith("\r")


class TestCheck:
    def test_clean(self, sgtui: Run) -> None:
        code, out, err = sgtui("check", "--strict")
        assert (code, out, err) == (0, "", "3 articles · 1 quiz · 0 errors · 0 warnings\n")

    def test_json(self, sgtui: Run, library: Path) -> None:
        plant(library, {"threat/bad.md": "---\ntitle: 一: 二\n---\n"})
        code, out, _ = sgtui("check", library, "--json")
        found = json.loads(out)
        assert (code, found["articles"], found["quizzes"]) == (1, 4, 1)
        [wrong] = found["problems"]
        assert set(wrong) == {"path", "line", "code", "severity", "message"}
        assert (wrong["path"], wrong["line"], wrong["severity"]) == ("threat/bad.md", 2, "error")

    def test_warnings_count_only_when_strict(self, sgtui: Run, library: Path) -> None:
        plant(library, {"threat/bad.md": article("一", "[無い](x.md)")})
        assert sgtui("check")[0] == 0
        code, out, _ = sgtui("check", "--strict")
        assert code == 1
        assert out.startswith("threat/bad.md:5: warning: The link “x.md” leads to nothing.")

    def test_one_file_and_statistics(self, sgtui: Run, library: Path) -> None:
        code, out, _ = sgtui("check", library / "threat/ransom.md", "--stats")
        assert code == 0
        assert "one right choice" in out

    def test_statistics(self, sgtui: Run, library: Path) -> None:
        quiz = QUIZ.replace("id=q", "id=r").replace("何か。", "どれか。").replace("> 解説: こう。\n", "")
        plant(library, {"threat/more.md": article("最後の話", quiz)})
        _, out, _ = sgtui("check", "--stats")
        table = out[out.index("Quizzes by article:") :].splitlines()
        assert [line.split() for line in table[2:]] == [
            ["threat/more.md", "1", "1", "0", "1/1", "–", "1"],
            ["threat/ransom.md", "1", "1", "0", "1/1", "–", "–"],
        ]
        assert "Where the right one of 2 choices stands (2 quizzes):\n  1  2  100%\n  2  0    0%\n" in out
        assert "Without an explanation: 1 of 2 (50%)" in out

    def test_statistics_in_json(self, sgtui: Run) -> None:
        found = json.loads(sgtui("check", "--stats", "--json")[1])
        assert "stats" not in json.loads(sgtui("check", "--json")[1])
        stats = found["stats"]
        assert (stats["quizzes"], stats["kinds"], stats["positions"]) == (1, {"single": 1}, {"2": [1, 0]})
        [article] = stats["articles"]
        assert (article["path"], article["quizzes"]) == ("threat/ransom.md", 1)

    def test_terms_that_no_quiz_tests(self, sgtui: Run, library: Path) -> None:
        plant(library, {"glossary.toml": '[[terms]]\nterm = "暗号"\nmeaning = "鍵で隠す。"\nquiz = true\n'})
        code, out, _ = sgtui("--lang", "ja", "check", "--strict")
        assert code == 1
        assert out.startswith("glossary.toml:1: 警告: ")
        assert "暗号" in out

    def test_in_japanese(self, sgtui: Run, library: Path) -> None:
        plant(library, {"threat/empty.md": ""})
        _, out, _ = sgtui("--lang", "ja", "check")
        assert out.startswith("threat/empty.md: ")


class TestRead:
    def test_by_key_path_and_title(self, sgtui: Run, library: Path) -> None:
        pages = {sgtui("read", name)[1] for name in ("ransom", "threat/ransom.md", "ランサム", "ransamu")}
        pages.add(sgtui("read", library / "threat/ransom.md")[1])
        [page] = pages
        assert page.startswith("ランサムウェア\n")
        assert "侵入の道" in page

    def test_no_answer_is_printed(self, sgtui: Run) -> None:
        page = sgtui("read", "ransom")[1]
        assert "何か。" in page
        assert not {"✓", "理由", "解説", "こう。"} & set(page.replace("\n", " ").split())

    def test_width(self, sgtui: Run) -> None:
        from sgtui.typeset.cells import width

        for wide in (20, 33):
            assert max(map(width, sgtui("read", "ransom", "--width", str(wide))[1].splitlines())) <= wide
        assert sgtui("read", "ransom", "--width", "3")[0] == 2

    def test_a_title_that_the_text_has_is_not_printed_twice(self, sgtui: Run) -> None:
        assert sgtui("read", "phish")[1].count("フィッシング") == 0

    def test_colours(self, sgtui: Run) -> None:
        assert "\x1b" not in sgtui("read", "ransom")[1]
        assert "\x1b[" in sgtui("read", "ransom", "--color", "always")[1]

    def test_outline_and_sections(self, sgtui: Run) -> None:
        assert sgtui("read", "ransom", "--toc")[1] == ("  侵入の道  #侵入の道\n    細部  #細部\n  備え  #備え\n")
        page = sgtui("read", "ransom", "--section", "侵入の道")[1]
        assert "細かい話" in page
        assert "備え" not in page
        code, _, err = sgtui("read", "ransom", "--section", "無い")
        assert code == 1
        assert "--toc" in err

    def test_plain_has_no_boxes(self, sgtui: Run) -> None:
        assert not set("━│┃▍■") & set(sgtui("read", "ransom", "--plain")[1])

    def test_ambiguous_and_unknown_names(self, sgtui: Run) -> None:
        code, out, err = sgtui("read", "ン")
        assert (code, out) == (1, "")
        assert "ransom" in err
        assert "threat/phish" in err
        assert sgtui("read", "無い")[0] == 1

    def test_a_file_outside_the_library(self, sgtui: Run, tmp_path: Path) -> None:
        plant(tmp_path, {"note.md": "覚え書き"})
        assert sgtui("read", tmp_path / "note.md")[1] == "note\n" + sgtui("read", tmp_path / "note.md")[1][5:]
        header_only = plant(tmp_path, {"header.md": "---\ntitle: 題だけ\n---\n"}) / "header.md"
        assert sgtui("read", header_only)[2] == "header.md: this article has no text yet.\n"
        code, _, err = sgtui("read", plant(tmp_path, {"empty.md": ""}) / "empty.md")
        assert (code, "empty" in err) == (0, True)

    def test_an_unreadable_file(self, sgtui: Run, tmp_path: Path) -> None:
        (tmp_path / "dir.md").mkdir()
        code, out, err = sgtui("read", tmp_path / "dir.md")
        assert (code, out) == (1, "")
        assert "dir.md" in err

    @pytest.mark.parametrize(
        ("color", "environ", "terminal", "wanted"),
        [
            ("auto", {}, True, True),
            ("auto", {}, False, False),
            ("auto", {"NO_COLOR": "1"}, True, False),
            ("auto", {"NO_COLOR": ""}, True, True),
            ("auto", {"TERM": "dumb"}, True, False),
            ("always", {"NO_COLOR": "1"}, False, True),
            ("never", {}, True, False),
        ],
    )
    def test_when_there_is_colour(self, color: str, environ: dict[str, str], terminal: bool, wanted: bool) -> None:
        assert wants_colour(color, environ, is_terminal=terminal) is wanted


class TestSearch:
    def test_json(self, sgtui: Run) -> None:
        code, out, _ = sgtui("search", "細かい", "--json")
        [found] = json.loads(out)
        assert code == 0
        assert (found["key"], found["section"], found["slug"]) == ("ransom", "細部", "細部")
        [[start, end]] = found["marks"]
        assert found["snippet"][start:end] == "細かい"

    def test_text(self, sgtui: Run) -> None:
        assert sgtui("search", "細かい", "話")[1] == "ランサムウェア  [ransom]\n  細部: 細かい話。\n"

    def test_nothing(self, sgtui: Run) -> None:
        assert sgtui("search", "存在しない語") == (1, "", "Nothing found.\n")
        assert sgtui("search")[0] == 2


class TestNew:
    def test_a_skeleton_that_is_valid(self, sgtui: Run, library: Path) -> None:
        code, out, _ = sgtui("--library", library, "new", "threat/zero", "--title", 'ゼロ: "信頼"', "--tag", "暗号")
        assert (code, out.strip()) == (0, str(library / "threat/zero.md"))
        assert sgtui("check", library, "--strict")[0] == 0
        [found] = json.loads(sgtui("list", "--words", "ゼロ", "--json")[1])
        assert (found["title"], found["tags"], found["quizzes"]) == ('ゼロ: "信頼"', ["暗号"], 1)

    def test_nothing_is_overwritten_or_written_outside(self, sgtui: Run, library: Path) -> None:
        before = (library / "threat/ransom.md").read_bytes()
        assert sgtui("new", "threat/ransom.md")[0] == 1
        assert (library / "threat/ransom.md").read_bytes() == before
        for name in ("../x", "/tmp/x", "a/../../x", "..\\x"):
            assert sgtui("new", name)[0] == 1
        plant(library, {"file": ""})
        assert sgtui("new", "file/x")[0] == 1


class TestOptions:
    def test_before_and_after_the_command(self, sgtui: Run, library: Path, tmp_path: Path) -> None:
        other = plant(tmp_path / "other", {"a.md": article("別の教材")})
        outs = {
            sgtui("--library", other, "list")[1],
            sgtui("list", "--library", other)[1],
            sgtui("list", f"--library={other}")[1],
            sgtui("list", other)[1],
        }
        [out] = outs
        assert "別の教材" in out

    def test_version_and_help(self, sgtui: Run) -> None:
        assert sgtui("--version") == (0, f"sgtui {__version__}\n", "")
        assert sgtui("list", "--version") == (0, f"sgtui {__version__}\n", "")
        for words in (["--help"], ["-h"], *([name, "--help"] for name, _, _ in COMMANDS if name != "state")):
            code, out, err = sgtui(*words)
            assert (code, err) == (0, "")
            assert "--library" in out
            assert "Examples:" in out

    @pytest.mark.parametrize(
        "words",
        ["list --nonsense", "list --lang fr", "read", "list --status x", "list a b"],
    )
    def test_usage_errors(self, sgtui: Run, words: str) -> None:
        code, out, err = sgtui(*words.split())
        assert (code, out) == (2, "")
        assert "Error" in err

    def test_language(self, sgtui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        sgtui("list", "--lang", "ja")
        assert i18n.language() == "ja"
        sgtui("list")
        assert i18n.language() == "en"
        monkeypatch.delenv("SGTUI_LANG")
        plant(tmp_path, {"settings.toml": 'lang = "ja"\n'})
        sgtui("list")
        assert i18n.language() == "ja"
        lines: tuple[list[str], ...] = (["--lang=ja"], ["x", "--lang", "en"], ["--", "--lang", "ja"], [])
        assert [chosen_language(words) for words in lines] == ["ja", "en", "", ""]

    def test_click_s_own_words_are_in_the_catalogue(self) -> None:
        assert all(click_sentences())
