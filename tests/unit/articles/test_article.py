"""Files become articles, whatever they are."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.articles import source
from sgtui.articles.measure import characters, reading_minutes
from sgtui.articles.model import Article, Passage, Pieces
from sgtui.articles.names import path_key, path_title
from sgtui.articles.parser import body_digest, digest_article, parse_article, read_article
from sgtui.quiz.model import Quiz

QUIZ = """<!-- quiz id=q-1 -->
どれか。

- [ ] 甲
  > 違う。
- [x] 乙
  > 正しい。

> 解説: こう。
<!-- /quiz -->
"""


def article(text: str, path: str = "a.md") -> Article:
    return parse_article(text, path, root_name="教材")


def codes(found: Article) -> list[tuple[int, str]]:
    return [(wrong.line, wrong.code) for wrong in found.problems]


class TestFiles:
    def read(self, folder: Path, data: bytes) -> Article:
        (folder / "a.md").write_bytes(data)
        found = read_article(folder, "a.md")
        assert all(str(wrong).startswith("a.md:") for wrong in found.problems)
        return found

    def test_line_ends_and_bom(self, tmp_path: Path) -> None:
        found = self.read(tmp_path, "\ufeff---\r\ntitle: 題\r\n---\r\n# 一\r本文\n".encode())
        assert (found.info.title, found.front_matter.body_line, found.source[:3]) == ("題", 4, "---")
        assert "\r" not in found.source
        assert codes(found) == []

    def test_utf16(self, tmp_path: Path) -> None:
        found = self.read(tmp_path, "# 暗号\n\n本文".encode("utf-16"))
        assert (found.info.title, codes(found)) == ("暗号", [(0, "not-utf8")])

    def test_other_bytes_are_shown_as_replaced(self, tmp_path: Path) -> None:
        found = self.read(tmp_path, "# 題\n\n".encode() + "漢字".encode("shift_jis"))
        assert codes(found) == [(3, "not-utf8")]
        assert "�" in found.source

    def test_nul(self, tmp_path: Path) -> None:
        found = self.read(tmp_path, "# 題\n\na\0b".encode())
        assert codes(found) == [(3, "file-has-nul")]
        assert "\0" not in found.source

    @pytest.mark.parametrize("data", [b"", b"  \n\n", b"\xef\xbb\xbf"])
    def test_empty(self, tmp_path: Path, data: bytes) -> None:
        found = self.read(tmp_path, data)
        assert (codes(found), found.info.title, found.sections) == ([(0, "file-empty")], "a", ())

    def test_header_only(self, tmp_path: Path) -> None:
        found = self.read(tmp_path, "---\ntitle: 題\n---".encode())
        assert (found.info.title, found.sections, found.info.characters, found.info.minutes) == ("題", (), 0, 1)

    def test_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(source, "LIMIT_MB", 1)
        found = self.read(tmp_path, b"x" * ((1 << 20) + 1))
        assert codes(found) == [(0, "file-too-large")]

    def test_missing(self, tmp_path: Path) -> None:
        assert codes(read_article(tmp_path, "none.md")) == [(0, "file-unreadable")]

    def test_a_name_with_a_nul(self, tmp_path: Path) -> None:
        assert codes(read_article(tmp_path, "a\0.md")) == [(0, "file-unreadable")]

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").mkdir()
        assert codes(read_article(tmp_path, "a.md"))[0][1] in ("file-not-regular", "file-unreadable")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
    def test_a_fifo(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.md")
        assert codes(read_article(tmp_path, "a.md")) == [(0, "file-not-regular")]

    def test_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "a.md").write_text("# 題", "utf-8")
        monkeypatch.setattr(os, "open", refuse)
        found = read_article(tmp_path, "a.md")
        assert "Permission denied" in found.problems[0].message
        assert found.info.title == "a"

    def test_a_read_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> bytes:
            raise OSError(5, "Input/output error")

        (tmp_path / "a.md").write_text("# 題", "utf-8")
        monkeypatch.setattr(os, "read", fail)
        assert codes(read_article(tmp_path, "a.md")) == [(0, "file-unreadable")]


class TestSections:
    def test_paths_slugs_and_lines(self) -> None:
        found = article("---\ntitle: 題\n---\n前書き\n\n# 一\n\n## 暗号 と鍵\n本文\n\n## 暗号 と鍵\n\n# 二\n")
        shown = [(s.level, s.title, s.slug, s.path, s.line) for s in found.sections]
        assert shown == [
            (0, "", "", (), 4),
            (1, "一", "一", ("一",), 6),
            (2, "暗号 と鍵", "暗号-と鍵", ("一", "暗号 と鍵"), 8),
            (2, "暗号 と鍵", "暗号-と鍵-1", ("一", "暗号 と鍵"), 11),
            (1, "二", "二", ("二",), 13),
        ]

    def test_characters_count_what_is_read(self) -> None:
        found = article("## **太い** 題\n\n本 文[リンク](x)\n\n```\na b\n```\n")
        assert found.sections[0].characters == len("太い題本文リンクab")
        assert found.info.characters == found.sections[0].characters

    def test_headings_in_quotes_are_no_sections(self) -> None:
        assert [s.title for s in article("> # 引用\n\n- # 項目\n\n# 本物\n").sections] == ["", "本物"]

    def test_comments_above_the_first_heading_are_no_section(self) -> None:
        assert [s.title for s in article("<!-- 注 -->\n\n# 題\n").sections] == ["題"]

    def test_pieces_are_in_reading_order_each_in_its_section(self) -> None:
        found = article(f"前\n\n# 一\n本文\n\n{QUIZ}\n後\n\n# 二\n本文\n")
        kinds = [(type(piece).__name__, piece.section) for piece in found.pieces]
        assert kinds == [("Passage", 0), ("Passage", 1), ("Quiz", 1), ("Passage", 1), ("Passage", 2)]
        assert found.sections[1].quizzes == ("q-1",)

    def test_forgotten_pieces_are_made_again(self) -> None:
        found, kept = (article(f"前\n\n# 甲\n\n**本文**\n\n{QUIZ}\n# 乙\n後\n") for _ in range(2))
        assert isinstance(found.pieces, Pieces)
        passage = found.pieces[0]
        found.pieces.forget()
        assert found.pieces[0] is not passage
        assert found == kept
        assert found.pieces != kept.pieces[:2]
        assert next(piece for piece in found.pieces if isinstance(piece, Quiz)) is found.quizzes[0]

    def test_quiz_lines_are_the_file_s(self) -> None:
        found = article(f"---\ntitle: 題\n---\n\n# 一\n\n{QUIZ}")
        assert (found.quizzes[0].line, found.info.quizzes) == (7, ("q-1",))

    def test_answers_are_not_in_the_text_of_an_index(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text(f"# 一\n\n{QUIZ}", "utf-8")
        texts = digest_article(tmp_path, "a.md").sections
        assert texts == (("一", "どれか。\n甲\n乙"),)


class TestNames:
    @pytest.mark.parametrize(
        ("path", "key", "title"),
        [
            ("a/b.md", "a/b", "b"),
            ("a/b/index.md", "a/b", "b"),
            ("index.mdx", "index", "教材"),
            ("a/2026-01-02-題.markdown", "a/2026-01-02-題", "題"),
            ("a/B.MD", "a/B", "B"),
            ("a/改\n行.md", "a/改\n行", "改 行"),
            ("a/\udce3x.md", "a/\udce3x", "�x"),
            (".md", "", "?"),
        ],
    )
    def test_names_from_paths(self, path: str, key: str, title: str) -> None:
        assert (path_key(path), path_title(path, "教材")) == (key, title)

    def test_the_title_comes_from_header_then_heading_then_name(self) -> None:
        assert article("---\ntitle: 頭\n---\n# 見出し").info.title == "頭"
        assert article("## 二\n\n# 見出し").info.title == "見出し"
        assert article("本文").info.title == "a"

    def test_the_key_is_the_id(self) -> None:
        assert article("---\nid: 鍵\n---\n").info.key == "鍵"
        assert parse_article("---\nid: 鍵\n---\n", "a.md", key="other").info.key == "other"

    def test_the_digest_does_not_see_spaces_or_the_header(self) -> None:
        one = article("---\ntitle: 一\n---\n本文 です\n").info.digest
        assert one == article("本文\n\nです").info.digest == body_digest("本文です")
        assert one != article("本文でした").info.digest
        assert body_digest(" \n") == ""


def test_minutes() -> None:
    assert reading_minutes("あ" * 1000) == 2
    assert reading_minutes("word " * 400) == 2
    assert reading_minutes("あ" * 500 + " word" * 200) == 2
    assert characters("あ い\n\u3000う") == 3
    assert article("あ" * 1300).info.minutes == 3


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=120).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    text, problems = source.decode(data, "a.md")
    found = parse_article(text, "a.md", source_problems=problems)
    assert found.info.title
    assert found.info.minutes >= 1
    for piece in found.pieces:
        assert isinstance(piece, Passage | Quiz)
        assert 0 <= piece.section < len(found.sections)
    assert found.info.characters == sum(section.characters for section in found.sections)


class TestKnown:
    TEXT = f"---\ntitle: 題\n---\n# 一\n\n本文です。\n\n{QUIZ}\n## 二\n\n- 項目\n"

    def test_what_an_index_counted_is_taken_over(self) -> None:
        first = article(self.TEXT).info
        again = parse_article(self.TEXT, "a.md", root_name="教材", known=first)
        assert again.info == first
        counted = replace(first, minutes=99, sections=tuple(replace(s, characters=7) for s in first.sections))
        told = parse_article(self.TEXT, "a.md", known=counted).info
        assert (told.minutes, {section.characters for section in told.sections}) == (99, {7})

    def test_but_not_for_another_text(self) -> None:
        old = replace(article(self.TEXT).info, minutes=99)
        edited = self.TEXT.replace("本文です。", "本文でした。")
        assert parse_article(edited, "a.md", root_name="教材", known=old).info == article(edited).info
