"""Filters, sorts, counts, and which article a name means."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sgtui.articles.model import ArticleInfo
from sgtui.errors import SgtuiError
from sgtui.library.identify import identify
from sgtui.library.load import open_library
from sgtui.library.model import Library
from sgtui.library.query import SORTS, Filter, Status, apply, sorted_by
from sgtui.library.words import spellings
from tests.unit.library.trees import article, plant


def info(key: str, **values: Any) -> ArticleInfo:
    return ArticleInfo(**{"key": key, "path": f"{key}.md", "title": key, **values})


INFOS = (
    info("a", title="ランサムウェア", category="x", difficulty="advanced", tags=("暗号", "復旧"), quizzes=("q",)),
    info(
        "b",
        title="パスワード10",
        category="y",
        difficulty="beginner",
        published=date(2026, 1, 1),
        syllabus=("s1", "s2"),
    ),
    info(
        "c", title="パスワード9", category="x", updated=date(2026, 3, 1), summary="ＴＬＳの話", exam="sg", type="term"
    ),
)


class Learner:
    def status_of(self, info: ArticleInfo) -> Status:
        return "done" if info.key == "b" else "unread"

    def progress_of(self, info: ArticleInfo) -> float:
        return 0.5


def found(**conditions: Any) -> str:
    return "".join(info.key for info in apply(INFOS, Filter(**conditions), Learner()))


@pytest.mark.parametrize(
    ("conditions", "keys"),
    [
        ({}, "abc"),
        ({"category": ("x",)}, "ac"),
        ({"difficulty": ("beginner",)}, "b"),
        ({"status": ("done",)}, "b"),
        ({"status": ("unread",), "category": ("x",)}, "ac"),
        ({"tag": ("暗号",)}, "a"),
        ({"exam": ("sg",), "type": ("term",)}, "c"),
        ({"syllabus": ("s2",)}, "b"),
        ({"category": ("x", "y")}, "abc"),
        ({"difficulty": ("beginner", "advanced")}, "ab"),
        ({"tag": ("復旧", "ない")}, "a"),
        ({"status": ("done", "reading")}, "b"),
        ({"syllabus": ("s1", "s3")}, "b"),
        ({"has_quizzes": True}, "a"),
        ({"has_quizzes": False}, "bc"),
        ({"updated_since": date(2026, 1, 1)}, "bc"),
        ({"updated_since": date(2026, 1, 2)}, "c"),
        ({"words": "らんさむ"}, "a"),
        ({"words": "ransamu"}, "a"),
        ({"words": "ﾊﾟｽﾜｰﾄﾞ"}, "bc"),
        ({"words": "tls 話"}, "c"),
        ({"words": "復旧"}, "a"),
        ({"words": "パスワード ない"}, ""),
        ({"words": "  "}, "abc"),
    ],
)
def test_conditions(conditions: dict[str, Any], keys: str) -> None:
    assert found(**conditions) == keys


def test_sorts() -> None:
    order = {name: "".join(i.key for i in sorted_by(INFOS, name)) for name in SORTS}
    assert order == {"order": "abc", "title": "cba", "date": "cba", "difficulty": "bac"}
    assert "".join(i.key for i in sorted_by(INFOS, key=lambda i: -ord(i.key))) == "cba"
    assert "".join(i.key for i in apply(INFOS, Filter(category=("x",)), sort="date")) == "ca"


def test_a_filter_knows_whether_it_asks_anything() -> None:
    assert not Filter()
    assert Filter(has_quizzes=False)
    assert Filter(words="x")


def test_spellings() -> None:
    assert spellings("サーバー") == ("さーば",)
    assert spellings("キー") == ("きー",)
    assert spellings("Ransamu") == ("ransamu", "らんさむ")
    assert spellings("ＴＬＳ１") == ("tls1",)
    assert spellings("x") == ("x",)
    assert spellings(" ") == ()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    files = {
        "basics/crypto.md": article("暗号の基礎"),
        "basics/keys/index.md": article("暗号鍵の管理"),
        "threat/c.md": article("攻撃", id="attack"),
        "threat/d.md": article("攻撃の記録"),
    }
    return open_library(plant(tmp_path / "lib", files), cache_dir=None)


class TestIdentify:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("attack", "attack"),
            ("basics/crypto", "basics/crypto"),
            ("basics/crypto.md", "basics/crypto"),
            ("./threat/c.md", "attack"),
            ("threat/c", "attack"),
            ("basics/keys/index.md", "basics/keys"),
            ("基礎", "basics/crypto"),
            ("攻撃", "attack"),
            ("ｱﾝｺﾞｳ", ""),
            ("記録", "threat/d"),
            ("鍵 管理", "basics/keys"),
            ("crypt", "basics/crypto"),
        ],
    )
    def test_one(self, library: Library, name: str, key: str) -> None:
        if key:
            assert identify(library, name).key == key
        else:
            with pytest.raises(SgtuiError):
                identify(library, name)

    def test_a_path_from_a_folder(self, library: Library) -> None:
        assert identify(library, "crypto.md", library.root / "basics").key == "basics/crypto"
        assert identify(library, str(library.root / "threat/d.md")).key == "threat/d"

    def test_ambiguous_names_list_what_they_fit(self, library: Library) -> None:
        with pytest.raises(SgtuiError, match=r"fits 2 articles(.|\n)*basics/crypto(.|\n)*basics/keys"):
            identify(library, "暗号")

    def test_unknown(self, library: Library) -> None:
        with pytest.raises(SgtuiError, match="No article is called “ない”"):
            identify(library, "ない")
        with pytest.raises(SgtuiError):
            identify(library, "")
