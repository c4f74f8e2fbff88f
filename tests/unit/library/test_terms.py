"""Terms that a library's quizzes must test."""

from pathlib import Path

from sgtui.library.check import check_library
from tests.unit.library.trees import article, plant

QUIZ = """<!-- quiz id={id} -->
{prompt}

- [x] 正しい方
  > 理由。
- [ ] 違う方
  > 理由。

> 解説: こう。
<!-- /quiz -->
"""


def untested(root: Path) -> list[tuple[str, int, str]]:
    return [
        (found.path, found.line, dict(found.details).get("term", found.code))
        for found in check_library(root).problems
        if found.code in {"quality-untested", "terms-missing"}
    ]


def library(root: Path, **files: str) -> Path:
    body = QUIZ.format(id="a", prompt="サイバー攻撃とは何か。")
    return plant(root, {"a.md": article("一", body), **{name.replace("_", "."): text for name, text in files.items()}})


def test_a_list_of_terms(tmp_path: Path) -> None:
    terms = "# 項目の表\nサイバー攻撃\n機密性\tconfidentiality\n\n暗号\tｻｲﾊﾞｰ攻撃\n"
    root = library(tmp_path, library_toml='terms = "terms.tsv"', terms_tsv=terms)
    assert untested(root) == [("terms.tsv", 3, "機密性")]
    assert check_library(root).stats.untested == ("機密性",)


def test_terms_of_the_glossary_only_where_they_ask_for_it(tmp_path: Path) -> None:
    term = '[[terms]]\nterm = "{}"\nmeaning = "意味。"\n'
    glossary = term.format("可用性") + "\n" + term.format("機密性") + "quiz = true\n"
    root = library(tmp_path, glossary_toml=glossary)
    assert untested(root) == [("glossary.toml", 5, "機密性")]
    assert check_library(root).stats.untested == ("可用性", "機密性")


def test_a_list_that_is_not_there_or_not_in_the_library(tmp_path: Path) -> None:
    plant(tmp_path, {"outside.tsv": "機密性\n"})
    for name in ("none.tsv", "../outside.tsv", ".", "a\\u0000b"):
        root = library(tmp_path / "lib", library_toml=f'terms = "{name}"')
        assert [found[2] for found in untested(root)] == ["terms-missing"]


def test_a_list_with_harmful_bytes(tmp_path: Path) -> None:
    root = library(tmp_path, library_toml='terms = "terms.txt"')
    (root / "terms.txt").write_bytes(b"\xef\xbb\xbf\xe6\xa9\x9f\xe5\xaf\x86\xe6\x80\xa7\r\n\xff\t\r\n")
    assert ("terms.txt", 1, "機密性") in untested(root)


def test_the_quizzes_of_each_article_are_counted(tmp_path: Path) -> None:
    root = library(tmp_path, library_toml='articles = ["b", "a"]')
    plant(root, {"b.md": article("二", QUIZ.format(id="b", prompt="何か。") + QUIZ.format(id="c", prompt="どれか。"))})
    found = check_library(root).by_article
    assert [(path, stats.quizzes, stats.positions) for path, stats in found] == [
        ("b.md", 2, {2: (2, 0)}),
        ("a.md", 1, {2: (1, 0)}),
    ]
