"""A large library is on the screen as it was left, before anybody has looked into its folder."""

import os
from pathlib import Path

import pytest

from sgtui.articles.info import ArticleInfo
from sgtui.library import front
from sgtui.library.cache import open_cache
from sgtui.library.front import Later
from sgtui.library.load import Opening, open_library
from tests.unit.library.trees import article, plant

MANIFEST = '[title]\nja = "試し"\n[[categories]]\nid = "threat"\nja = "脅威"\n'


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MANY", 4)
    monkeypatch.setattr(front, "PAGE", 2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Five articles and a draft, indexed, none of them changed so lately that it has to be read again."""
    files = {f"threat/{n}.md": article(f"脅威その{n}", "本文。") for n in range(3)}
    files |= {f"law/{n}.md": article(f"法律その{n}", "本文。") for n in range(2)}
    made = plant(tmp_path / "lib", {"library.toml": MANIFEST, **files, "law/d.md": article("下書き", draft="true")})
    for file in made.rglob("*.md"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    open_library(made, cache_dir=tmp_path / "cache")
    return made


def opening(root: Path) -> Opening:
    return Opening(root, cache_dir=root.parent / "cache", at_once=True)


def is_made(infos: object) -> bool:
    assert isinstance(infos, Later)
    return infos._all is not None


def test_the_first_page_needs_nothing_else(root: Path) -> None:
    library, whole = opening(root).library, open_library(root, cache_dir=None)
    assert [library.infos[0], library.infos[1]] == list(whole.infos[:2])
    assert len(library.infos) == 5
    assert len(library.drafts) == 1
    assert library.categories == whole.categories
    assert library.title == "試し"
    assert not is_made(library.infos)


def test_everything_is_there_when_it_is_asked_for(root: Path) -> None:
    library, whole = opening(root).library, open_library(root, cache_dir=None)
    assert list(library.infos) == list(whole.infos)
    assert list(library.drafts) == list(whole.drafts)
    assert library.get("law/1") == whole.get("law/1")
    assert library.problems == whole.problems


def test_a_folder_as_it_was_left_gives_no_other_library(root: Path) -> None:
    opened = opening(root)
    before = opened.library
    assert list(opened.batches()) == []
    assert opened.library is before
    assert not opened.refresh()


@pytest.mark.parametrize("change", ["new", "changed", "gone", "unreadable"])
def test_what_has_changed_since_is_found(root: Path, change: str) -> None:
    if change == "new":
        plant(root, {"law/9.md": article("新しい法律", "本文。")})
    elif change == "changed":
        plant(root, {"law/1.md": article("改めた法律", "本文。")})
    elif change == "gone":
        (root / "law" / "1.md").unlink()
    else:
        (root / "law" / "link.md").symlink_to("nowhere.md")
    opened = opening(root)
    assert isinstance(opened.library.infos, Later)
    assert list(opened.batches())
    whole = open_library(root, cache_dir=None)
    assert [info.title for info in opened.library.infos] == [info.title for info in whole.infos]
    assert opened.library.problems == whole.problems
    assert [info.title for info in opening(root).library.infos] == [info.title for info in whole.infos]


def test_another_manifest_is_another_order(root: Path) -> None:
    plant(root, {"library.toml": MANIFEST + '[[categories]]\nid = "law"\n'})
    assert not isinstance(opening(root).library.infos, Later)


def test_a_library_that_has_become_small_is_walked(root: Path) -> None:
    for number in range(2):
        (root / "threat" / f"{number}.md").unlink()
    list(opening(root).batches())
    assert not isinstance(opening(root).library.infos, Later)


@pytest.mark.parametrize("note", ["", "{", "[1]", '[0, 5, 0, {}, [["no.md", "no", ""]]]', "[0, 5, 0, {}, []]"])
def test_a_note_nobody_can_read_is_passed_over(root: Path, note: str) -> None:
    cache = open_cache(root.parent / "cache", root, ())
    assert cache.note("front")
    cache.put_note("front", note)
    cache.close()
    assert [info.key for info in opening(root).library.infos] == [
        info.key for info in open_library(root, cache_dir=None).infos
    ]


def test_a_page_whose_rows_are_gone_is_passed_over(root: Path) -> None:
    cache = open_cache(root.parent / "cache", root, ())
    cache.drop([opening(root).library.infos[0].path.encode()])
    cache.close()
    opened = opening(root)
    assert not isinstance(opened.library.infos, Later)
    assert opened.pending == 1


def test_articles_that_come_later_are_a_sequence() -> None:
    infos = [ArticleInfo(key=str(n), path=f"{n}.md", title=str(n)) for n in range(4)]
    made: list[int] = []

    def make() -> list[ArticleInfo]:
        made.append(1)
        return infos

    later = Later(infos[:2], 4, make)
    assert (later[1], len(later), bool(later), made) == (infos[1], 4, True, [])
    assert (later[-1], later[2:], list(later), infos[3] in later, made) == (infos[3], infos[2:], infos, True, [1])
    assert list(Later((), 0, make)) == []
    assert made == [1]
