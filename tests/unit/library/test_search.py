"""Searching finds what a look at every page would find."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgtui.articles.model import ArticleInfo, Passage
from sgtui.articles.parser import parse_article
from sgtui.library.load import open_library
from sgtui.library.model import Library
from sgtui.library.search import Search, beginning, snippet
from sgtui.library.search_query import Term, parse_query
from sgtui.library.text import fold_quickly
from sgtui.library.words import romaji
from sgtui.markup.fold import fold
from sgtui.markup.text import plain_text
from tests.unit.library.trees import article, plant

QUIZ = (
    "<!-- quiz id=q -->\n何か。\n\n- [x] 秘密の正解\n  > 理由はこれ。\n- [ ] 誤り\n\n> 解説: 種明かし。\n<!-- /quiz -->"
)
FILL = "<!-- quiz id=f type=fill -->\n____を使う。\n\n- [x] 伏字\n<!-- /quiz -->"
FILES = {
    "x/a.md": article(
        "ランサムウェアと備え", "## 侵入\n\nサーバーとサーバから入る。**バック**アップ。", tags="[暗号, 鍵]"
    ),
    "x/b.md": article(
        "鍵の管理", "## 暗号鍵\n\n鍵、鍵、鍵。\n\n## 別の話\n\nランサムの\n被害。", difficulty="beginner"
    ),
    "y/c.md": article("小問", f"前置き。\n\n{QUIZ}\n\n{FILL}\n\n| 表 | 値 |\n|---|---|\n| TLS | 1.3 |", tags="[鍵]"),
    "y/d.md": article("Latin text", "The Quick brown fox, tls and ＴＬＳ."),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = plant(tmp_path_factory.mktemp("search"), FILES)
    plant(root, {"library.toml": '[[categories]]\nid = "x"\nja = "脅威"\n[[categories]]\nid = "y"\n'})
    return open_library(root, cache_dir=None)


@pytest.fixture(scope="module")
def search(library: Library) -> Search:
    found = Search(library)
    found.load()
    return found


def names(search: Search, query: str) -> str:
    return "".join(sorted(info.path[2] for info in search.matching(query)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ランサム", "ab"),
        ("らんさむ", "ab"),
        ("ﾗﾝｻﾑ", "ab"),
        ("ransamu", "ab"),
        ("ransam", ""),
        ("rans", ""),
        ("ran", "ab"),
        ("サーバ", "a"),
        ("サーバー", "a"),
        ("鍵", "b"),
        ("鍵 被害", "b"),
        ("ランサム -鍵", "a"),
        ("ランサム －鍵", "a"),
        ("tls", "cd"),
        ("ＴＬＳ　１.３", "c"),
        ("バックアップ", "a"),
        ("ランサムの被害", "b"),
        ('"quick brown"', "d"),
        ('"brown quick"', ""),
        ("brown quick", "d"),
        ('quick -"brown fox"', ""),
        ("「鍵、鍵」", "b"),
        ("tag:鍵", "ac"),
        ("tag:鍵 tag:暗号", "a"),
        ("ＴＡＧ：鍵 小問", ""),
        ("tag：鍵 小問", "c"),
        ("category:脅威", "ab"),
        ("category:y tls", "cd"),
        ("difficulty:初級", "b"),
        ("difficulty:上級", ""),
        ("in:title 鍵", "b"),
        ("in:title 被害", ""),
        ("in:title", ""),
        ("誤り", "c"),
        ("秘密の正解", "c"),
        ("理由はこれ", ""),
        ("種明かし", ""),
        ("伏字", ""),
        ("", ""),
        ("   ", ""),
        ('""', ""),
        ("-", ""),
        ("\x1e", ""),
    ],
)
def test_queries(search: Search, query: str, found: str) -> None:
    assert names(search, query) == found


def rendered(path: str) -> str:
    """All that a page shows before a quiz is answered, by the whole parser."""
    whole = parse_article(FILES[path], path)
    parts = [whole.info.title]
    for piece in whole.pieces:
        if isinstance(piece, Passage):
            parts.append(plain_text(piece.tokens))
        else:
            parts += [piece.prompt.text, *(choice.content.text for choice in piece.choices)]
    return fold("\n".join(parts))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_it_finds_exactly_what_a_full_scan_finds(search: Search, data: st.DataObject) -> None:
    texts = {path: rendered(path) for path in FILES}
    letters = st.sampled_from(
        sorted({c for text in texts.values() for c in text if not c.isspace() and c not in '"-ー:'})
    )
    pieces = st.one_of(
        st.text(letters, min_size=1, max_size=3),
        st.sampled_from(sorted(texts)).flatmap(
            lambda path: st.integers(0, len(texts[path]) - 1).map(lambda start: texts[path][start : start + 4])
        ),
    ).map(lambda word: re.sub(r'[\s":ー-]|^in|^tag', "", word))
    words = [word for word in data.draw(st.lists(pieces, min_size=1, max_size=2)) if word]
    spelt = [(word, romaji(word) if word.isascii() and len(word) > 1 else "") for word in words]
    wanted = {
        path
        for path, text in texts.items()
        if spelt and all(word in text or (kana and kana in text) for word, kana in spelt)
    }
    assert {info.path for info in search.matching(" ".join(words))} == wanted


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "ら",
                "らん",
                "ランサム",
                "ransa",
                "鍵",
                "暗号鍵",
                "-鍵",
                "-被害",
                "tag:鍵",
                "category:x",
                "t",
                "tl",
                "tls",
            ]
        )
        | st.text(st.sampled_from('鍵暗号らんさむtlsー"- '), min_size=1, max_size=4),
        min_size=1,
        max_size=3,
    ).map(" ".join)
)
def test_what_was_typed_before_changes_no_answer(library: Library, search: Search, typed: str) -> None:
    fresh = Search(library)
    for length in range(1, len(typed) + 1):
        found = search.find(typed[:length])
    assert found == fresh.find(typed)
    assert search.matching(typed) == fresh.matching(typed)


def test_titles_go_before_headings_before_text_then_the_count(search: Search) -> None:
    hits = search.find("ランサム")
    assert [hit.info.path for hit in hits] == ["x/a.md", "x/b.md"]
    assert hits[0].score > hits[1].score
    best = search.find("鍵")[0]
    assert (best.info.path, best.place.title if best.place else None) == ("x/b.md", "暗号鍵")


def test_the_place_of_a_hit(search: Search) -> None:
    [hit] = search.find("被害")
    assert hit.place is not None
    assert (hit.place.title, hit.place.slug) == ("別の話", "別の話")
    [title] = search.find("in:title 管理")
    assert title.place is None


def test_words_in_several_sections_give_the_best_of_them(search: Search) -> None:
    hits = search.find("鍵 ランサム")
    assert [(hit.info.path, hit.place.title if hit.place else "") for hit in hits] == [
        ("x/b.md", "暗号鍵"),
        ("x/b.md", "別の話"),
    ]


def test_titles_come_first_without_the_texts(library: Library) -> None:
    fresh = Search(library)
    stages = list(fresh.stages("鍵"))
    assert not fresh.loaded
    assert [[hit.info.path for hit in stage] for stage in stages] == [["x/b.md"]]
    fresh.load()
    first, second = fresh.stages("tls")
    assert first == []
    assert {hit.info.path for hit in second} == {"y/c.md", "y/d.md"}


def test_a_search_nobody_waits_for_ends(search: Search) -> None:
    assert list(search.stages("鍵", wanted=lambda: False)) == []


def test_limit_counts_articles(search: Search) -> None:
    assert len({hit.info.key for hit in search.find("tls", limit=1)}) == 1


class TestSnippets:
    def test_marks_are_on_the_words_as_written(self, search: Search) -> None:
        [hit] = search.find("サーバ")
        found = search.snippet(hit)
        assert [found.text[start:end] for start, end in found.marks] == ["サーバ", "サーバ"]

    def test_of_a_long_text(self) -> None:
        terms = parse_query("ﾊﾞｯｸ").wanted
        found = snippet("あ" * 300 + "バックアップ" + "い" * 300, terms, 40)
        [(start, end)] = found.marks
        assert found.text[start:end] == "バック"
        assert (found.text[0], found.text[-1], len(found.text)) == ("…", "…", 42)

    def test_ranges_that_touch_are_one(self) -> None:
        assert snippet("暗号鍵", (Term("暗号", ("暗号",)), Term("号鍵", ("号鍵",)))).marks == ((0, 3),)

    def test_nothing_to_mark(self) -> None:
        assert snippet("  本文\n です ", ()) == snippet("本文 です", ())

    def test_a_title_s_snippet_is_how_the_article_begins(self, search: Search) -> None:
        [hit] = search.find("in:title latin")
        assert search.snippet(hit).text == "The Quick brown fox, tls and ＴＬＳ."

    def test_without_a_summary_it_is_the_first_text(self) -> None:
        info = ArticleInfo("k", "k.md", "題")
        assert beginning(info, [("題", " \n"), ("節", "本文。")]) == "本文。"
        assert beginning(replace(info, summary="要約"), [("題", "本文")]) == "要約"
        assert beginning(info, []) == "題"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12) | st.text(st.sampled_from("かハﾊﾞﾟ゙゛ｶ각ᆨÅA\u0301ﬁ①Ⅳ㍻（ー・🔑🇯🇵ΣςİßΆ"), max_size=12))
def test_folding_quickly_is_folding(text: str) -> None:
    assert fold_quickly(text) == fold(text)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('あa -:"“”「」－：　tagincategorydifficulty'), max_size=25))
def test_any_query_is_read(search: Search, text: str) -> None:
    search.find(text)
