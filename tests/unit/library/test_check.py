"""The author's check, the glossary, and news of changed files."""

import threading
from pathlib import Path
from typing import Any

import pytest

from sgtui.library.check import SITE_LINKS, check_library, loops
from sgtui.library.glossary import Glossary, parse_glossary, read_glossary, terms_met
from sgtui.library.load import open_library
from sgtui.library.watch import changes
from tests.unit.library.trees import article, plant

GLOSSARY = """
[[terms]]
term = "暗号鍵"
reading = "あんごうかぎ"
english = "cryptographic key"
meaning = "暗号化に使う値。"
article = "a"

[[terms]]
term = "暗号"
meaning = "読めなくする方法。"
aliases = ["サイファー", "CIA"]
article = "b"
"""


def report(root: Path) -> list[tuple[str, int, str]]:
    found = check_library(root).problems
    assert all(wrong.message and "{" not in wrong.message for wrong in found)
    return [(wrong.path, wrong.line, wrong.code) for wrong in found]


class TestCheck:
    def test_a_good_library(self, tmp_path: Path) -> None:
        plant(
            tmp_path,
            {"a.md": article("一", "# 一\n\n[次](b.md#二) [上](#一) [絵](x.png)"), "b.md": "# 二\n", "x.png": ""},
        )
        assert report(tmp_path) == []

    def test_links(self, tmp_path: Path) -> None:
        body = "# 一\n\n[無い](c.md)\n[章](#二)\n[章](b.md#三)\n[外](https://example.com/x)\n[外へ](../../etc/passwd)"
        plant(tmp_path, {"a.md": body, "b.md": "# 二"})
        assert report(tmp_path) == [
            ("a.md", 3, "link-missing"),
            ("a.md", 4, "link-no-heading"),
            ("a.md", 5, "link-no-heading"),
            ("a.md", 7, "link-missing"),
        ]

    def test_links_in_any_part_of_a_quiz(self, tmp_path: Path) -> None:
        quiz = (
            "<!-- quiz id=q -->\nどれか。\n\n- [x] [一](c.md)\n  > 理由は[こちら](d.md)にある。\n- [ ] 二\n"
            "  > 違う。\n\n> 解説: [書いた](e.md)。\n<!-- /quiz -->\n"
        )
        plant(tmp_path, {"a.md": f"# 一\n\n本文。\n\n{quiz}"})
        assert report(tmp_path) == [("a.md", line, "link-missing") for line in (8, 9, 13)]

    def test_places_in_an_article_that_are_no_headings(self, tmp_path: Path) -> None:
        body = (
            '# 一\n\n[名](#tool) [印](#kram) [章](#own) [別](b.md#far) [無](#too)\n\n<a name="tool"></a>語\n\n'
            "## 二\n{: .x #kram}\n\n## 三 {#own}\n"
        )
        plant(tmp_path, {"a.md": body, "b.md": "# 二\n\n<div id='far'></div>\n"})
        assert report(tmp_path) == [("a.md", 3, "link-no-heading")]

    def test_links_written_for_a_web_site_are_told_once(self, tmp_path: Path) -> None:
        links = "".join(f"[{n}](/ja/none-{n}/)\n" for n in range(SITE_LINKS + 1))
        plant(tmp_path, {"a.md": f"# 一\n\n[無](c.md)\n{links}", "b.md": "# 二\n\n[一](/x/a/) [無](/y/)"})
        found = [one for one in check_library(tmp_path).problems if one.code != "link-missing"]
        assert [(one.path, one.line, one.code, one.severity) for one in found] == [("a.md", 4, "link-site", "warning")]
        assert str(SITE_LINKS + 2) in found[0].message
        assert [one for one in report(tmp_path) if one[2] == "link-missing"] == [("a.md", 3, "link-missing")]

    def test_a_few_links_from_the_root_are_told_each(self, tmp_path: Path) -> None:
        plant(tmp_path, {"a.md": "# 一\n\n[無](/x/)\n[無](/y.md)"})
        assert report(tmp_path) == [("a.md", 3, "link-missing"), ("a.md", 4, "link-missing")]

    def test_a_library_can_say_that_it_is_a_web_site(self, tmp_path: Path) -> None:
        plant(
            tmp_path,
            {"library.toml": "site = true", "a.md": "# 一\n\n[無](/x/)\n[無](c.md) [有](/b/#三)", "b.md": "# 二"},
        )
        assert report(tmp_path) == [("a.md", 4, "link-missing"), ("a.md", 4, "link-no-heading")]

    def test_headers_against_the_schema(self, tmp_path: Path) -> None:
        plant(tmp_path, {"a.md": "---\ntitle: {a: b}\nknowledge: text\ndraft: [1]\n---\n本文"})
        assert report(tmp_path) == [("a.md", line, "header-value") for line in (2, 3, 4)]

    def test_prerequisites(self, tmp_path: Path) -> None:
        plant(
            tmp_path,
            {
                "a.md": article("一", prerequisites="[b, none]"),
                "b.md": article("二", prerequisites="[c]"),
                "c.md": article("三", prerequisites="[b]"),
            },
        )
        assert report(tmp_path) == [("a.md", 3, "prerequisite-unknown"), ("b.md", 3, "prerequisite-loop")]

    def test_a_prerequisite_may_be_named_by_its_file(self, tmp_path: Path) -> None:
        plant(
            tmp_path,
            {
                "x/a.md": article("一", prerequisites="[b, twice]"),
                "y/b.md": article("二"),
                "y/twice.md": article("三"),
                "z/twice.md": article("四"),
            },
        )
        assert report(tmp_path) == [("x/a.md", 3, "prerequisite-unknown")]
        library = open_library(tmp_path, cache_dir=None)
        assert [info.key for info in library.following("y/b")] == ["x/a"]
        assert [info.key for info in library.beforehand(library.info("x/a"))] == ["y/b"]

    def test_the_manifest_against_the_articles(self, tmp_path: Path) -> None:
        plant(tmp_path, {"x/a.md": "# 一", "library.toml": 'articles = [\n"x/a",\n"x/b"]\n[[categories]]\nid = "y"\n'})
        assert report(tmp_path) == [("library.toml", 3, "manifest-unknown-article"), ("x/a.md", 1, "category-unknown")]

    def test_quizzes_and_drafts_count(self, tmp_path: Path) -> None:
        quiz = "<!-- quiz id=q -->\nどれか。\n\n- [x] 一\n- [x] 二\n<!-- /quiz -->\n"
        plant(tmp_path, {"a.md": article("一", quiz, draft="true")})
        found = check_library(tmp_path)
        assert (found.articles, {wrong.line for wrong in found.problems} >= {6}) == (1, True)

    def test_one_file_alone(self, tmp_path: Path) -> None:
        plant(tmp_path, {"a.md": article("一", "[隣](b.md)", prerequisites="[x]"), "b.md": "---\nx: [\n---\n"})
        assert report(tmp_path / "a.md") == []
        assert [code for _, _, code in report(tmp_path / "b.md")] == ["header-invalid"]

    @pytest.mark.parametrize(
        ("before", "wanted"),
        [
            ({"a": "", "b": "a"}, []),
            ({"a": "a"}, [("a",)]),
            ({"a": "b", "b": "c", "c": "a", "d": "a"}, [("a", "b", "c")]),
            ({"a": "b", "b": "a", "c": "d", "d": "c"}, [("a", "b"), ("c", "d")]),
            ({str(n): str(n + 1) for n in range(5000)}, []),
        ],
    )
    def test_circles(self, before: dict[str, str], wanted: list[Any]) -> None:
        assert loops({key: keys.split() for key, keys in before.items()}) == wanted


class TestGlossary:
    @pytest.fixture
    def glossary(self) -> Glossary:
        found, problems = parse_glossary(GLOSSARY)
        assert problems == ()
        return found

    @pytest.mark.parametrize("name", ["暗号鍵", "アンゴウカギ", "Cryptographic KEY", "あんごうかぎ "])
    def test_by_every_name(self, glossary: Glossary, name: str) -> None:
        term = glossary.find(name)
        assert term is not None
        assert term.term == "暗号鍵"

    @pytest.mark.parametrize(
        ("text", "offset", "found"),
        [
            ("この暗号鍵を渡す", 2, "暗号鍵"),
            ("この暗号鍵を渡す", 4, "暗号鍵"),
            ("この暗号鍵を渡す", 5, None),
            ("暗号化", 0, "暗号"),
            ("暗号化", 2, None),
            ("ｻｲﾌｧｰの話", 3, "ｻｲﾌｧｰ"),
            ("SOCIAL", 3, None),
            ("情報のCIAとは", 4, "CIA"),
            ("", 0, None),
        ],
    )
    def test_the_longest_at_a_place(self, glossary: Glossary, text: str, offset: int, found: str | None) -> None:
        at = glossary.at(text, offset)
        assert (text[at[1] : at[2]] if at else None) == found

    def test_filter_and_met(self, glossary: Glossary) -> None:
        assert [term.term for term in glossary.matching("アンゴウ")] == ["暗号鍵"]
        assert [term.term for term in glossary.matching("読め 方法")] == ["暗号"]
        assert len(glossary.matching("")) == 2
        assert [term.term for term in terms_met(glossary, ["b"])] == ["暗号"]

    def test_mistakes(self) -> None:
        text = GLOSSARY + '\n[[terms]]\nterm = "暗号"\nmeaning = 3\n[[terms]]\nmeaning = "x"\n'
        found, problems = parse_glossary(text)
        assert len(found.terms) == 3
        assert [(wrong.line, wrong.code) for wrong in problems] == [
            (15, "manifest-value"),
            (18, "manifest-value"),
            (15, "glossary-duplicate"),
        ]
        assert parse_glossary('[[terms]]\nterm = "')[1][0].code == "manifest-invalid"

    def test_of_a_library(self, tmp_path: Path) -> None:
        plant(tmp_path, {"a.md": "# 一", "library.toml": 'glossary = "用語.toml"'})
        library = open_library(tmp_path, cache_dir=None)
        assert [wrong.code for wrong in read_glossary(library)[1]] == ["glossary-missing"]
        plant(tmp_path, {"用語.toml": GLOSSARY})
        glossary, problems = read_glossary(library)
        assert len(glossary.terms) == 2
        assert [(wrong.line, wrong.code) for wrong in problems] == [(9, "glossary-article-unknown")]

    def test_term_articles_are_one_where_there_is_no_file(self, tmp_path: Path) -> None:
        plant(
            tmp_path,
            {
                "a.md": article("ゼロトラストとは", type="term", excerpt="何も信じない考え方。"),
                "b.md": article("公開鍵", type="term"),
                "c.md": article("ほかの話", type="news", excerpt="用語ではない。"),
            },
        )
        library = open_library(tmp_path, cache_dir=None)
        glossary, problems = read_glossary(library)
        assert problems == ()
        assert [(term.term, term.meaning, term.article) for term in glossary.terms] == [
            ("ゼロトラスト", "何も信じない考え方。", "a"),
            ("公開鍵", "", "b"),
        ]
        assert glossary.find("ぜろとらすととは") == glossary.terms[0]
        plant(tmp_path, {"glossary.toml": '[[terms]]\nterm = "鍵"\nmeaning = "開ける物。"\n'})
        assert [term.term for term in read_glossary(library)[0].terms] == ["鍵"]

    def test_without_one(self, tmp_path: Path) -> None:
        plant(tmp_path, {"a.md": "# 一"})
        glossary, problems = read_glossary(open_library(tmp_path, cache_dir=None))
        assert (glossary.terms, problems, glossary.find("x"), glossary.at("x", 0)) == ((), (), None, None)


class TestWatch:
    def test_changed_articles_are_told(self, tmp_path: Path) -> None:
        root = plant(tmp_path / "lib", {"a.md": "", "x/b.md": ""}).resolve()
        stop = threading.Event()
        lots: list[frozenset[str]] = []
        ready = threading.Event()

        def follow() -> None:
            ready.set()
            for lot in changes(root, stop, calm_ms=50):
                lots.append(lot)
                stop.set()

        thread = threading.Thread(target=follow)
        thread.start()
        ready.wait()
        for number in range(400):  # until the watch is up and has seen one
            plant(root, {"x/b.md": str(number), "x/c.txt": str(number)})
            thread.join(0.02)
            if not thread.is_alive():
                break
        stop.set()
        thread.join()
        assert lots == [frozenset({"x/b.md"})]

    def test_a_folder_that_is_gone(self, tmp_path: Path) -> None:
        assert list(changes(tmp_path / "none", threading.Event())) == []
