"""The walk over a folder, however untidy."""

import os
import sys
from pathlib import Path

import pytest

from sgtui.library import ignore
from sgtui.library.ignore import Memory
from sgtui.library.scan import scan
from tests.unit.library.trees import plant


def paths(root: Path, hidden: tuple[str, ...] = ()) -> list[str]:
    return sorted(found.path for found in scan(root, hidden=hidden).files)


def codes(root: Path) -> list[tuple[str, str]]:
    return sorted((wrong.path, wrong.code) for wrong in scan(root).problems)


def link(place: Path, target: Path | str) -> None:
    try:
        place.symlink_to(target)
    except OSError:
        pytest.skip("links cannot be made here")


def test_markdown_and_nothing_else(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "", "b/c.markdown": "", "b/d.MDX": "", "e.txt": "", "md": "", "f.md.bak": ""})
    assert paths(tmp_path) == ["a.md", "b/c.markdown", "b/d.MDX"]


def test_what_is_passed_over(tmp_path: Path) -> None:
    names = [".git/a.md", ".hidden.md", "node_modules/x/a.md", "x/__pycache__/a.md", "_site/a.md", "x/venv/a.md"]
    plant(tmp_path, dict.fromkeys([*names, "build/a.md", "x/dist/a.md"], ""))
    assert paths(tmp_path) == ["build/a.md", "x/dist/a.md"]


def test_build_outputs_lie_beside_a_project(tmp_path: Path) -> None:
    plant(tmp_path, dict.fromkeys(["package.json", "dist/a.md", "docs/dist/b.md"], ""))
    assert paths(tmp_path) == ["docs/dist/b.md"]


def test_hidden_by_the_manifest(tmp_path: Path) -> None:
    plant(tmp_path, dict.fromkeys(["a.md", "draft/b.md", "x/draft/c.md", "x/note-1.md"], ""))
    assert paths(tmp_path, ("draft", "x/note-*")) == ["a.md", "x/draft/c.md"]
    assert paths(tmp_path, ("/draft/",)) == ["a.md", "x/draft/c.md", "x/note-1.md"]


class TestIgnoreFiles:
    def test_git_s_rules(self, tmp_path: Path) -> None:
        plant(
            tmp_path,
            {
                ".gitignore": "out/\n*.tmp.md\n/top.md\n!keep.tmp.md\n",
                "x/.sgtuiignore": "secret*\n",
                **dict.fromkeys(["a.md", "out/b.md", "x/out/c.md", "d.tmp.md", "keep.tmp.md", "top.md"], ""),
                **dict.fromkeys(["x/top.md", "x/secret.md", "secret.md", "x/y/secrets/e.md"], ""),
            },
        )
        assert paths(tmp_path) == ["a.md", "keep.tmp.md", "secret.md", "x/top.md"]

    def test_a_bad_pattern_costs_no_other(self, tmp_path: Path) -> None:
        plant(tmp_path, {".gitignore": "!\na.md\n", "a.md": "", "b.md": ""})
        assert paths(tmp_path) == ["b.md"]

    def test_an_unchanged_tree_needs_no_pathspec(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        plant(
            tmp_path, {".gitignore": "no/\n", "no/a.md": "", "yes/b.md": "", "yes/.sgtuiignore": "c.md", "yes/c.md": ""}
        )
        first = scan(tmp_path)
        compiled: list[object] = []
        monkeypatch.setattr(ignore, "_compile", compiled.append)
        second = scan(tmp_path, memory=first.memory)
        assert sorted(second.files) == sorted(first.files)
        assert second.memory == first.memory
        assert compiled == []

    @pytest.mark.parametrize("change", ["edit", "remove", "add"])
    def test_a_changed_ignore_file_is_read_again(self, tmp_path: Path, change: str) -> None:
        plant(tmp_path, {".gitignore": "a.md\n", "a.md": "", "b.md": "", "x/c.md": ""})
        before = scan(tmp_path).memory
        if change == "edit":
            (tmp_path / ".gitignore").write_text("b.md\nx/\n", "utf-8")
        elif change == "remove":
            (tmp_path / ".gitignore").unlink()
        else:
            (tmp_path / "x/.gitignore").write_text("c.md", "utf-8")
        now = sorted(found.path for found in scan(tmp_path, memory=before).files)
        assert now == {"edit": ["a.md"], "remove": ["a.md", "b.md", "x/c.md"], "add": ["b.md"]}[change]

    def test_new_files_are_decided(self, tmp_path: Path) -> None:
        plant(tmp_path, {".gitignore": "a*\n", "a1.md": ""})
        before: Memory = scan(tmp_path).memory
        plant(tmp_path, {"a2.md": "", "b.md": ""})
        assert [found.path for found in scan(tmp_path, memory=before).files] == ["b.md"]


class TestLinks:
    def test_inside_the_root_only_and_nothing_twice(self, tmp_path: Path) -> None:
        root = plant(tmp_path / "lib", {"a/x.md": "", ".store/y.md": ""})
        plant(tmp_path / "outside", {"z.md": ""})
        link(root / "again", root / "a")
        link(root / "x2.md", root / "a/x.md")
        link(root / "stored", root / ".store")
        link(root / "away", tmp_path / "outside")
        link(root / "z.md", tmp_path / "outside/z.md")
        assert paths(root) == ["a/x.md", "stored/y.md"]
        assert codes(root) == [("away", "link-outside"), ("z.md", "link-outside")]

    def test_loops_end(self, tmp_path: Path) -> None:
        plant(tmp_path, {"a/b/x.md": ""})
        link(tmp_path / "a/b/up", tmp_path)
        link(tmp_path / "a/self", "self")
        link(tmp_path / "one", "two")
        link(tmp_path / "two", "one")
        assert paths(tmp_path) == ["a/b/x.md"]

    def test_broken(self, tmp_path: Path) -> None:
        link(tmp_path / "gone.md", "nowhere.md")
        link(tmp_path / "gone", "nowhere")
        assert (paths(tmp_path), codes(tmp_path)) == ([], [("gone.md", "link-broken")])

    def test_a_root_that_is_a_link(self, tmp_path: Path) -> None:
        plant(tmp_path / "real", {"a.md": ""})
        link(tmp_path / "root", tmp_path / "real")
        assert paths(tmp_path / "root") == ["a.md"]


class TestHostileTrees:
    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
    def test_a_fifo(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.md")
        plant(tmp_path, {"b.md": ""})
        assert (paths(tmp_path), codes(tmp_path)) == (["b.md"], [("a.md", "file-not-regular")])

    def test_an_unreadable_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        plant(tmp_path, {"shut/a.md": "", "open/b.md": ""})
        real = os.scandir

        def guarded(path: str) -> object:
            if str(path).endswith("shut"):
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr(os, "scandir", guarded)
        assert (paths(tmp_path), codes(tmp_path)) == (["open/b.md"], [("shut", "folder-unreadable")])

    def test_a_missing_root(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            scan(tmp_path / "none")

    @pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not allow")
    def test_strange_names(self, tmp_path: Path) -> None:
        names = ["x" * 252 + ".md", "#タイトル?.md", "改\n行.md", "\u202eltr.md", "空 白 .md", "あ" * 84 + ".md"]
        plant(tmp_path, dict.fromkeys(names, ""))
        assert paths(tmp_path) == sorted(names)

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
    def test_a_name_that_is_not_utf8(self, tmp_path: Path) -> None:
        (tmp_path / os.fsdecode("漢字.md".encode("shift_jis"))).touch()
        [found] = scan(tmp_path).files
        assert (tmp_path / found.path).exists()

    def test_a_very_deep_tree(self, tmp_path: Path) -> None:
        here = tmp_path
        for _ in range(120):
            here = here / "d"
        here.mkdir(parents=True)
        (here / "a.md").touch()
        assert len(paths(tmp_path)) == 1

    def test_files_that_vanish_on_the_way(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        plant(tmp_path, {"a.md": "", "b.md": ""})
        real = os.scandir

        def vanishing(path: str) -> object:
            entries = real(path)
            (tmp_path / "a.md").unlink(missing_ok=True)
            return entries

        monkeypatch.setattr(os, "scandir", vanishing)
        assert "b.md" in paths(tmp_path)
        assert codes(tmp_path) == []
