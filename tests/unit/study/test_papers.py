"""Papers made of a library: no article is read for one; flash cards are left out, cases stay together."""

from pathlib import Path

import pytest

from sgtui.articles.model import Article
from sgtui.library.load import open_library
from sgtui.library.model import Library
from sgtui.store.store import Store
from sgtui.study.blueprint import read_blueprint
from sgtui.study.finding import Questions
from sgtui.study.papers import make_paper

KINDS = Path(__file__).parents[2] / "data" / "kinds"
PLAN = read_blueprint("x", {"parts": [{"title": "A", "count": 9}]})


def test_no_article_is_read_for_a_paper(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_library(KINDS, cache_dir=tmp_path)
    for cache in (tmp_path, None):  # from the cache, and freshly indexed
        library = open_library(KINDS, cache_dir=cache)
        with monkeypatch.context() as patched:
            patched.setattr(Library, "read", lambda *_: pytest.fail("an article was read"))
            paper = make_paper(store, "kinds", library, PLAN, 1)
        asked = [item.question for item in paper.items]
        assert len(asked) == 8
        assert "recall" not in asked
        assert asked.index("case-2") == asked.index("case-1") + 1
        assert paper.short == {"A": (9, 8)}


def test_an_article_is_read_once_and_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    library = open_library(KINDS, cache_dir=None)
    read: list[str] = []
    whole = Library.read

    def counted(self: Library, key: str) -> Article:
        read.append(key)
        return whole(self, key)

    monkeypatch.setattr(Library, "read", counted)
    questions = Questions(library)
    assert questions.known(("kinds", "single")) is None
    assert questions.get(("gone", "single")) is None
    questions.read_ahead([("kinds", "single"), ("kinds", "fill")], lambda: False)
    found = questions.known(("kinds", "single"))
    assert found is not None
    assert found[1].id == "single"
    assert questions.get(("kinds", "no such")) is None
    assert read == ["kinds"]
    Questions(library).read_ahead([("kinds", "single")], lambda: True)
    assert read == ["kinds"]
