"""Bookmarks, notes and highlights as Markdown and JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sgtui import i18n
from sgtui.library.load import open_library
from sgtui.library.model import Library
from sgtui.markup.factory import parse
from sgtui.markup.text import plain_text
from sgtui.store.records import Anchor
from sgtui.store.store import Store
from sgtui.study.notes_export import Marked, collect, to_json, to_markdown
from tests.unit.library.trees import article, plant

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
JAPAN = timezone(timedelta(hours=9))
SHELF = "教材"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    plant(
        tmp_path,
        {
            "a b/one.md": article("一つ目", "# 一つ目\n\n前書き。\n\n## 道\n\n### 細い道\n\n本文。", order=1),
            "c/two.md": article("二つ目", "## 橋\n\n渡る。", order=2),
        },
    )
    return open_library(tmp_path, cache_dir=None)


@pytest.fixture
def store() -> Store:
    return Store.open(None, now=lambda: NOW)


def anchor(*path: str, block: int = 0, excerpt: str = "") -> Anchor:
    return Anchor(path=path, block=block, excerpt=excerpt)


def fill(store: Store) -> None:
    narrow = anchor("道", block=2, excerpt="本文。")
    store.add_highlight(
        SHELF, "c/two", kind=1, start=anchor("橋"), end=anchor("橋"), quote="渡る*。*\n- 次", section="橋", note="大切"
    )
    store.add_note(SHELF, "a b/one", text="問い:\n\n- なぜ", anchor=narrow, section="細い道")
    store.add_bookmark(SHELF, "a b/one", section="道", title="道", anchor=anchor("道", block=1))
    store.add_bookmark(SHELF, "gone", section="x", path=("消えた節",), title="消えた節", note="覚え")
    store.add_note(SHELF, "c/two", text="消えた見出しの下", anchor=anchor("昔の節"), section="昔の節")
    store.add_bookmark("別の教材", "two", section="橋")


def test_marks_in_the_order_of_the_text(store: Store, library: Library) -> None:
    fill(store)
    found = collect(store, SHELF, library)
    assert [(mark.kind, mark.article, mark.section, mark.link) for mark in found] == [
        ("bookmark", "a b/one", ("一つ目", "道"), "a b/one.md#道"),
        ("note", "a b/one", ("一つ目", "道", "細い道"), "a b/one.md#細い道"),
        ("highlight", "c/two", ("橋",), "c/two.md#橋"),
        ("note", "c/two", ("昔の節",), "c/two.md"),
        ("bookmark", "gone", ("消えた節",), ""),
    ]
    assert [mark.article for mark in collect(store, SHELF, library, {"c/two"})] == ["c/two", "c/two"]
    assert collect(store, "無い", library) == []


def test_markdown(store: Store, library: Library) -> None:
    fill(store)
    i18n.use("en")
    text = to_markdown(collect(store, SHELF, library), "教材", JAPAN)
    assert (
        text
        == """\
# Bookmarks, notes and highlights: 教材

## [一つ目](<a b/one.md>)

### [一つ目 › 道](<a b/one.md#道>)

- **Bookmark** 2026-11-24

### [一つ目 › 道 › 細い道](<a b/one.md#細い道>)

- **Note** 2026-11-24

  > 本文。

  問い:

  - なぜ

## [二つ目](c/two.md)

### [橋](c/two.md#橋)

- **Highlight (Important)** 2026-11-24

  > 渡る\\*。\\*
  > \\- 次

  大切

### [昔の節](c/two.md)

- **Note** 2026-11-24

  消えた見出しの下

## gone

### 消えた節

- **Bookmark** 2026-11-24

  覚え
"""
    )


def test_what_is_quoted_reads_as_it_stood(store: Store, library: Library) -> None:
    quote = "# 1. `a` [b](c) <i>|$x$~~ ~\n> \\ ***\n1) 一"
    store.add_highlight(SHELF, "c/two", kind=4, start=anchor(), end=anchor(), quote=quote, section="橋")
    text = to_markdown(collect(store, SHELF, library), "題 <b>", UTC)
    tokens = parse(text).tokens
    assert not {"html_block", "fence", "hr", "ordered_list_open", "html_inline"} & {token.type for token in tokens}
    start = next(index for index, token in enumerate(tokens) if token.type == "blockquote_open")
    end = next(index for index, token in enumerate(tokens) if token.type == "blockquote_close")
    assert "".join(plain_text(tokens[start:end]).split()) == "".join(quote.split())


def test_json(store: Store, library: Library) -> None:
    fill(store)
    found = json.loads(to_json(collect(store, SHELF, library, {"c/two"})))
    assert found[0] == {
        "kind": "highlight",
        "highlight": 1,
        "article": "c/two",
        "title": "二つ目",
        "section": ["橋"],
        "link": "c/two.md#橋",
        "quote": "渡る*。*\n- 次",
        "note": "大切",
        "created": "2026-11-23T20:00:00+00:00",
    }
    assert found[1]["highlight"] is None


def test_nothing_marked() -> None:
    empty: list[Marked] = []
    assert to_json(empty) == "[]\n"
    assert to_markdown(empty, "教材").count("\n") == 1


def test_highlights_are_called_as_on_the_screen() -> None:
    from sgtui.study.notes_export import HIGHLIGHTS
    from sgtui.ui.marks import KINDS

    assert HIGHLIGHTS == KINDS
