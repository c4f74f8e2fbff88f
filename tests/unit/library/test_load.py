"""Opening libraries: from files, from the cache, and in spite of the cache."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgtui.articles.parser import read_article
from sgtui.errors import SgtuiError
from sgtui.library import index, worker
from sgtui.library.cache import Cache, open_cache
from sgtui.library.index import index_file, index_files
from sgtui.library.load import Opening, enclosing_library, open_library
from sgtui.library.model import Library
from sgtui.library.rows import StoredInfo, natural
from sgtui.library.scan import scan
from sgtui.paths import bundled_library
from tests.unit.library.trees import article, plant


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return plant(
        tmp_path / "lib",
        {
            "basics/a.md": article("暗号", "# 鍵\n\n共通鍵の話。", order=2, tags="[暗号, 鍵]"),
            "basics/b.md": article("認証", order=1),
            "threat/c.md": article("攻撃", difficulty="beginner"),
            "threat/draft.md": article("下書き", draft="true"),
        },
    )


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def age(root: Path) -> None:
    """Make every file look older than what may still be changing."""
    for file in root.rglob("*.md"):
        os.utime(file, ns=(file.stat().st_atime_ns, 1_700_000_000_000_000_000))


def keys(library: Library) -> list[str]:
    return [info.key for info in library.infos]


class TestWhatIsListed:
    def test_order_categories_drafts(self, root: Path) -> None:
        library = open_library(root, cache_dir=None)
        assert keys(library) == ["basics/b", "basics/a", "threat/c"]
        assert [(c.id, c.count) for c in library.categories] == [("basics", 2), ("threat", 1)]
        assert [info.key for info in library.drafts] == ["threat/draft"]
        assert keys(open_library(root, cache_dir=None, drafts=True))[-1] == "threat/draft"
        assert (library.title, library.id, library.pending) == ("lib", "lib", 0)

    def test_an_index_says_the_same_as_the_article(self, root: Path) -> None:
        library = open_library(root, cache_dir=None)
        for info in library.infos:
            whole = read_article(root, info.path).info
            assert info.sections == whole.sections
            assert (info.digest, info.minutes, info.title, info.tags) == (
                whole.digest,
                whole.minutes,
                whole.title,
                whole.tags,
            )

    def test_the_manifest_orders(self, root: Path) -> None:
        plant(root, {"library.toml": 'id = "x"\narticles = ["threat/c"]\n[[categories]]\nid = "threat"\nja = "脅威"\n'})
        library = open_library(root, cache_dir=None)
        assert keys(library) == ["threat/c", "basics/b", "basics/a"]
        assert [c.name for c in library.categories] == ["脅威", "basics"]
        assert library.category_id("脅威") == "threat"

    def test_a_category_by_its_name(self, root: Path) -> None:
        plant(
            root,
            {"library.toml": '[[categories]]\nid = "threat"\nja = "脅威"\n', "x.md": article("x", category="脅威")},
        )
        info = open_library(root, cache_dir=None).get("x")
        assert info is not None
        assert info.category == "threat"

    def test_an_article_read_has_the_category_it_is_listed_under(self, root: Path) -> None:
        opened = open_library(root, cache_dir=None)
        found = next(info for info in opened.infos if info.path == "threat/c.md")
        assert opened.read(found.key).info.category == found.category == "threat"

    def test_folders_that_all_share_are_no_category(self, tmp_path: Path) -> None:
        plant(tmp_path, {f"src/data/post/{name}.md": "本文" for name in ("a/x", "a/y", "b/z", "top")})
        assert [c.id for c in open_library(tmp_path, cache_dir=None).categories] == ["a", "b", ""]
        plant(tmp_path / "flat", {"docs/x.md": "本文", "docs/y.md": "本文"})
        assert [c.id for c in open_library(tmp_path / "flat", cache_dir=None).categories] == ["docs"]

    def test_numbers_in_names_sort_by_value(self, tmp_path: Path) -> None:
        plant(tmp_path, dict.fromkeys(["c/10.md", "c/9.md", "c/index.md", "c/B.md", "c/a.md"], "本文"))
        assert [info.path for info in open_library(tmp_path, cache_dir=None).infos] == [
            "c/index.md", "c/9.md", "c/10.md", "c/a.md", "c/B.md",
        ]  # fmt: skip
        assert natural("a2/b.md") < natural("a10/b.md")

    def test_one_id_twice(self, tmp_path: Path) -> None:
        plant(tmp_path, {f"{name}.md": article(name, id="same") for name in "ab"})
        library = open_library(tmp_path, cache_dir=None)
        assert keys(library) == ["same", "b"]
        [wrong] = library.problems
        assert (wrong.path, wrong.code) == ("b.md", "duplicate-id")
        assert "a.md" in wrong.message

    def test_one_key_twice(self, tmp_path: Path) -> None:
        plant(tmp_path, dict.fromkeys(["a.md", "a/index.md", "a.mdx"], "本文"))
        assert sorted(keys(open_library(tmp_path, cache_dir=None))) == ["a", "a.mdx", "a/index.md"]

    def test_one_file(self, root: Path) -> None:
        library = open_library(root / "threat/draft.md", cache_dir=None)
        assert (keys(library), library.file, library.root.name) == (["draft"], "draft.md", "threat")
        assert library.read("draft").info.title == "下書き"

    def test_bad_files_do_not_hide_their_neighbours(self, root: Path) -> None:
        plant(root, {"bad.md": "---\ntitle: 一: 二\n---\n本文", "empty.md": ""})
        (root / "bytes.md").write_bytes("# 漢字".encode("shift_jis"))
        library = open_library(root, cache_dir=None)
        assert len(library.infos) == 6
        assert [(wrong.path, wrong.line, wrong.code) for wrong in library.problems] == [
            ("bad.md", 2, "header-invalid"),
            ("bytes.md", 1, "not-utf8"),
            ("empty.md", 0, "file-empty"),
        ]

    def test_nothing_to_open(self, tmp_path: Path) -> None:
        with pytest.raises(SgtuiError, match="no folder or file"):
            open_library(tmp_path / "none", cache_dir=None)
        with pytest.raises(SgtuiError, match="not Markdown"):
            open_library(plant(tmp_path, {"a.txt": ""}) / "a.txt", cache_dir=None)
        library = open_library(plant(tmp_path / "e", {"x/y.txt": ""}), cache_dir=None)
        assert (library.infos, library.problems, library.categories) == ((), (), ())

    def test_a_root_that_cannot_be_listed(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_path: object) -> Iterator[object]:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "scandir", refuse)
        with pytest.raises(SgtuiError, match="Permission denied"):
            open_library(root, cache_dir=None)

    def test_neighbours_and_what_builds_on(self, root: Path) -> None:
        plant(root, {"threat/d.md": article("次", prerequisites="[basics/a]")})
        library = open_library(root, cache_dir=None)
        after, before = library.after("basics/a"), library.before("basics/a")
        assert after is not None
        assert before is not None
        assert (before.key, after.key) == ("basics/b", "threat/c")
        assert library.before("basics/b") is None
        assert library.after("threat/d") is None
        assert [info.key for info in library.following("basics/a")] == ["threat/d"]

    def test_the_library_around_a_file(self, root: Path) -> None:
        assert enclosing_library(root / "basics/a.md") is None
        plant(root, {"library.toml": ""})
        assert enclosing_library(root / "basics/a.md") == root
        assert enclosing_library(root) == root


class TestCache:
    def test_an_unchanged_library_is_not_read(self, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        age(root)
        first = open_library(root, cache_dir=cache)
        monkeypatch.setattr(index, "index_files", None)
        second = open_library(root, cache_dir=cache)
        assert second.infos == first.infos
        assert second.problems == first.problems
        assert isinstance(second.infos[1], StoredInfo)
        assert second.infos[1].sections[0].title == "鍵"

    def test_a_warm_start_imports_no_parser(self, root: Path, cache: Path) -> None:
        age(root)
        open_library(root, cache_dir=cache)
        code = (
            "import sys; from pathlib import Path; from sgtui.library.load import open_library; "
            "from sgtui.library.query import apply, Filter; "
            f"library = open_library(Path({str(root)!r}), cache_dir=Path({str(cache)!r})); "
            "assert apply(library.infos, Filter(category=('basics',)), sort='title'); "
            "print(*(m for m in ('markdown_it', 'frontmatter', 'yaml', 'pathspec', 'jaconv', 'watchfiles', 'tinydb') "
            "if m in sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == ""

    def test_changed_new_and_removed_files(self, root: Path, cache: Path) -> None:
        age(root)
        open_library(root, cache_dir=cache)
        plant(root, {"basics/a.md": article("新しい題"), "new.md": article("新")})
        (root / "threat/c.md").unlink()
        library = open_library(root, cache_dir=cache)
        assert sorted(info.title for info in library.infos) == ["新", "新しい題", "認証"]
        assert "threat/c.md" not in dict(open_cache(cache, root).folded())

    def test_a_file_just_written_is_not_trusted(self, root: Path, cache: Path) -> None:
        file = root / "basics/a.md"
        open_library(root, cache_dir=cache)
        status = file.stat()
        file.write_text(file.read_text("utf-8").replace("暗号", "署名"), "utf-8")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert "署名" in [info.title for info in open_library(root, cache_dir=cache).infos]

    def test_what_is_read_depends_on_dialects(self, root: Path, cache: Path) -> None:
        age(root)
        open_library(root, cache_dir=cache)
        plant(root, {"library.toml": 'dialects = ["quizdown"]'})
        assert Opening(root, cache_dir=cache).pending == 4

    @pytest.mark.parametrize("damage", ["garbage", "truncated", "other tables", "future"])
    def test_a_damaged_cache_is_made_anew(self, root: Path, cache: Path, damage: str) -> None:
        age(root)
        whole = open_library(root, cache_dir=cache)
        [file] = cache.glob("*.sqlite3")
        if damage == "garbage":
            file.write_bytes(os.urandom(5000))
        elif damage == "truncated":
            file.write_bytes(file.read_bytes()[:3000])
        else:
            with sqlite3.connect(file) as connection:
                connection.executescript(
                    {
                        "other tables": "DROP TABLE files; CREATE TABLE files (x); DROP TABLE texts",
                        "future": "UPDATE meta SET value = '99'; DROP TABLE files; CREATE TABLE files (path, new)",
                    }[damage]
                )
            connection.close()
        assert open_library(root, cache_dir=cache).infos == whole.infos
        assert open_library(root, cache_dir=cache).infos == whole.infos

    @pytest.mark.parametrize("column", ["difficulty = 'x'", "published = 'いつか'", "tags = 3"])
    def test_edited_values_become_the_file_s_name(self, root: Path, cache: Path, column: str) -> None:
        age(root)
        open_library(root, cache_dir=cache)
        [file] = cache.glob("*.sqlite3")
        with sqlite3.connect(file) as connection:
            connection.execute(f"UPDATE files SET {column}, sections = '[3', problems = 7")
        connection.close()
        assert [info.title for info in open_library(root, cache_dir=cache).infos] == ["a", "b", "c"]

    def test_no_folder_can_be_made(self, root: Path, tmp_path: Path) -> None:
        plant(tmp_path, {"file": ""})
        assert len(open_library(root, cache_dir=tmp_path / "file/cache").infos) == 3

    @pytest.mark.parametrize("failing", ["put", "drop"])
    def test_a_full_disk(self, root: Path, cache: Path, failing: str) -> None:
        store = open_cache(cache, root)
        rows = [index_file(root, file) for file in scan(root).files]
        store.put(rows[:2])
        before = store.on_disk
        disk = store._disk
        assert disk is not None
        disk.execute("PRAGMA max_page_count = 1")
        disk.execute("PRAGMA query_only = ON")
        if failing == "put":
            store.put(rows[2:])
            assert sorted(row.path for row in store.rows()) == sorted(row.path for row, _ in rows)
            assert len(dict(store.folded())) == 4
        else:
            store.drop([rows[0][0].path])
        assert (before, store.on_disk) == (True, False)
        store.close()

    def test_two_programs_at_once(self, root: Path, cache: Path) -> None:
        one, two = open_cache(cache, root), open_cache(cache, root)
        rows = [index_file(root, file) for file in scan(root).files]
        one.put(rows[:3])
        two.put(rows[1:])
        assert sorted(row.path for row in one.rows()) == sorted(row.path for row, _ in rows)
        assert one.on_disk
        assert two.on_disk
        one.close()
        two.close()

    def test_a_name_that_is_not_utf8(self, tmp_path: Path) -> None:
        name = "\udcfaa.md"
        try:
            plant(tmp_path / "lib", {name: article("題")})
        except OSError:
            pytest.skip("names are Unicode here")
        age(tmp_path / "lib")
        for _ in range(2):
            library = open_library(tmp_path / "lib", cache_dir=tmp_path / "cache")
            assert library.infos[0].path == name
            assert library.read(library.infos[0].key).info.title == "題"

    def test_closing_twice(self) -> None:
        cache = Cache(None, "x")
        cache.close()
        cache.close()


class TestStages:
    def test_usable_before_anything_is_read(self, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(index, "BATCH", 1)
        opening = Opening(root, cache_dir=cache)
        assert sorted(info.title for info in opening.library.infos) == ["a", "b", "c", "draft"]
        assert (opening.library.pending, opening.pending) == (4, 4)
        seen: list[tuple[int, int]] = []
        stages = list(opening.batches(progress=lambda done, total: seen.append((done, total)), seconds=0))
        assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
        assert [library.pending for library in stages] == [3, 2, 1, 0]
        assert sorted(info.title for info in stages[-1].infos) == ["攻撃", "暗号", "認証"]
        assert list(opening.batches()) == []

    def test_refresh_sees_what_changed(self, root: Path) -> None:
        opening = Opening(root, cache_dir=None)
        list(opening.batches())
        assert not opening.refresh()
        plant(root, {"basics/a.md": article("変わった題")})
        assert opening.refresh()
        list(opening.batches())
        assert "変わった題" in [info.title for info in opening.library.infos]
        (root / "basics/b.md").unlink()
        assert opening.refresh()
        assert "basics/b" not in keys(opening.library)

    def test_a_file_that_vanishes_before_it_is_read(self, root: Path) -> None:
        opening = Opening(root, cache_dir=None)
        (root / "threat/c.md").unlink()
        [library] = opening.batches()
        info = library.get("threat/c")
        assert info is not None
        assert [wrong.code for wrong in info.problems] == ["file-unreadable"]


class TestWorkers:
    def test_they_give_what_one_process_gives(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(index, "MANY", 1)
        monkeypatch.setattr(index, "BATCH", 3)
        root = bundled_library()
        files = scan(root).files
        together = [found for batch in index_files(root, files, workers=2) for found in batch]
        alone = [found for batch in index_files(root, files, workers=1) for found in batch]
        assert together == alone

    @pytest.mark.parametrize("start", ["raise SystemExit(3)", "print('nonsense')"])
    def test_without_them_the_work_is_done_all_the_same(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, start: str
    ) -> None:
        monkeypatch.setattr(index, "MANY", 1)
        monkeypatch.setattr(index, "BATCH", 1)
        monkeypatch.setattr(worker, "_START", start)
        files = scan(root).files
        assert len([found for batch in index_files(root, files, workers=2) for found in batch]) == 4

    def test_no_interpreter(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(index, "MANY", 1)
        monkeypatch.setattr(sys, "executable", "/nonexistent/python")
        assert len(next(index_files(root, scan(root).files, workers=2))) == 4
