import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sgtui.library.load import Opening, open_library
from sgtui.library.model import Library
from sgtui.quiz.grading import Response
from sgtui.store.store import Store
from sgtui.study.answer import record_answer
from sgtui.study.belonging import begin_article, find_shelf, has_strays, open_shelf, settle
from sgtui.study.scheduler import Scheduler

KEYS = """# 鍵の管理

鍵は金庫に置く。

<!-- quiz -->
退職した社員の鍵はどうするか。

- [ ] 捨てる
- [x] 返してもらう

<!-- /quiz -->
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "棚"
    (folder / "基礎").mkdir(parents=True)
    (folder / "基礎" / "鍵.md").write_text(KEYS, "utf-8")
    (folder / "扉.md").write_text("# 扉\n\n扉は閉める。\n", "utf-8")
    return folder


def look(folder: Path) -> Library:
    return open_library(folder, cache_dir=None)


@pytest.fixture
def shelf(store: Store, scheduler: Scheduler, folder: Path) -> str:
    """The key of a library of which one article was read and its question answered."""
    library = look(folder)
    key = open_shelf(store, library).key
    read = library.read("基礎/鍵")
    begin_article(store, key, read)
    response = Response(choices=frozenset({1}))
    record_answer(store, scheduler, library=key, article=read.info, quiz=read.quizzes[0], response=response)
    return key


def test_a_renamed_article_keeps_its_history(store: Store, shelf: str, folder: Path) -> None:
    (folder / "基礎" / "鍵.md").rename(folder / "金庫.md")
    library = look(folder)
    assert has_strays(store, shelf, library)
    assert [(move.article, move.new_article) for move in settle(store, shelf, library)] == [("基礎/鍵", "金庫")]
    assert not has_strays(store, shelf, library)
    (quiz,) = library.read("金庫").quizzes
    assert store.answers(shelf, "金庫")[quiz.id].correct
    assert settle(store, shelf, library) == []


def test_a_deleted_article_waits(store: Store, shelf: str, folder: Path) -> None:
    kept = (folder / "基礎" / "鍵.md").read_bytes()
    (folder / "基礎" / "鍵.md").unlink()
    assert settle(store, shelf, look(folder)) == []
    (folder / "あとで.md").write_bytes(kept)
    assert settle(store, shelf, look(folder))
    assert len(store.answers(shelf, "あとで")) == 1


def test_nothing_strays_while_files_are_still_read(store: Store, shelf: str, folder: Path) -> None:
    (folder / "基礎" / "鍵.md").rename(folder / "金庫.md")
    opening = Opening(folder, cache_dir=None)
    assert settle(store, shelf, opening.library) == []
    for _library in opening.batches():
        pass
    assert settle(store, shelf, opening.library)


def test_one_file_says_nothing_of_the_others(store: Store, shelf: str, folder: Path) -> None:
    shutil.copy(folder / "基礎" / "鍵.md", folder / "写し.md")
    assert settle(store, shelf, look(folder / "写し.md")) == []
    assert len(store.answers(shelf, "基礎/鍵")) == 1


@pytest.mark.parametrize("read_first", [True, False], ids=["read", "not read yet"])
def test_a_renamed_folder_is_the_same_library(
    store: Store, shelf: str, folder: Path, tmp_path: Path, read_first: bool
) -> None:
    moved = folder.rename(tmp_path / "本棚")
    library = look(moved) if read_first else Opening(moved, cache_dir=None).library
    found = find_shelf(store, library)
    assert found is not None
    assert open_shelf(store, library).key == found.key == shelf


def test_a_small_folder_is_known_again_though_its_files_are_renamed_too(
    store: Store, shelf: str, folder: Path, tmp_path: Path
) -> None:
    moved = folder.rename(tmp_path / "本棚")
    (moved / "基礎" / "鍵.md").rename(moved / "金庫.md")
    assert open_shelf(store, Opening(moved, cache_dir=None).library).key == shelf


def test_another_folder_is_another_library(store: Store, shelf: str, tmp_path: Path) -> None:
    (tmp_path / "別" / "基礎").mkdir(parents=True)
    (tmp_path / "別" / "基礎" / "鍵.md").write_text("# 同じ名前の別の話\n", "utf-8")
    library = Opening(tmp_path / "別", cache_dir=None).library
    assert find_shelf(store, library) is None
    assert open_shelf(store, library).key != shelf


@pytest.mark.parametrize(
    ("edit", "orphans"),
    [
        (lambda text: text.replace("鍵はどうするか", "鍵は、どうしますか"), 0),
        (lambda text: text.partition("<!--")[0], 1),
    ],
    ids=["edited", "gone"],
)
def test_opening_an_article_finds_its_questions_again(
    store: Store, shelf: str, folder: Path, edit: Callable[[str], str], orphans: int
) -> None:
    (folder / "基礎" / "鍵.md").write_text(edit(KEYS), "utf-8")
    read = look(folder).read("基礎/鍵")
    moves = begin_article(store, shelf, read)
    assert (len(moves), len(store.orphans(shelf))) == (1 - orphans, orphans)
    assert all(quiz.id in store.answers(shelf, "基礎/鍵") for quiz in read.quizzes)
