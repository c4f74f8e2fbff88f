from pathlib import Path

from sgtui.store.records import Anchor
from sgtui.store.store import Store

from .conftest import Clock

HOME, ELSEWHERE = Path("/home/a/notes"), Path("/mnt/b/notes")


def test_manifest_id_is_the_key_wherever_the_folder_is(store: Store) -> None:
    first = store.open_library(id="sg-course", title="SG試験コース", path=HOME)
    again = store.open_library(id="sg-course", title="SG試験コース", path=ELSEWHERE)
    assert (first.key, again.key, again.uid) == ("sg-course", "sg-course", first.uid)
    assert (again.path, set(again.paths)) == (str(ELSEWHERE), {str(HOME), str(ELSEWHERE)})
    assert [library.key for library in store.libraries()] == ["sg-course"]


def test_without_an_id_the_path_tells(store: Store) -> None:
    assert store.open_library(path=HOME).key == "notes"
    assert store.open_library(path=ELSEWHERE).key == "notes-2"
    assert store.open_library(path=HOME).key == "notes"


def test_id_given_later_keeps_the_history(store: Store) -> None:
    assert store.open_library(path=HOME).key == "notes"
    named = store.open_library(id="mine", path=HOME)
    assert (named.key, named.id) == ("notes", "mine")
    assert store.open_library(id="mine", path=ELSEWHERE).key == "notes"


def test_moved_folder_is_known_by_its_articles(store: Store) -> None:
    key = store.open_library(path=HOME).key
    for article in ("一", "二", "三"):
        store.open_article(key, article, fingerprint=f"digest-{article}")
    asked = []

    def digests() -> dict[str, str]:
        asked.append(1)
        return {"一": "digest-一", "x": "digest-二", "y": "other"}

    assert store.open_library(path=HOME, digests=digests).key == "notes"
    assert asked == []
    assert store.open_library(path=ELSEWHERE, digests=digests).key == "notes"
    assert store.open_library(path=Path("/c/別"), digests=lambda: {"z": "?"}).key == "別"


def test_renamed_article_keeps_everything(store: Store, clock: Clock) -> None:
    store.open_article("sg", "旧", fingerprint="d1")
    store.mark_section("sg", "旧", "要点")
    store.add_seconds("sg", "旧", 30)
    mark = store.add_bookmark("sg", "旧", section="要点")
    store.add_review("sg", "旧", "旧#abc", response=1, correct=True, card=store.new_card("sg", "旧", "旧#abc"))
    (move,) = store.settle_articles("sg", {"新": "d1", "別": "d2"})
    assert (move.article, move.new_article) == ("旧", "新")
    state = store.article_state("sg", "新")
    assert (state.sections_read, state.seconds, state.fingerprint) == (frozenset({"要点"}), 30, "d1")
    assert [found.uid for found in store.bookmarks("sg", "新")] == [mark.uid]
    assert set(store.answers("sg", "新")) == {"新#abc"}
    assert [(card.article, card.question) for card in store.cards()] == [("新", "新#abc")]
    assert [(found.article, found.question) for found in store.reviews("sg", "新")] == [("新", "新#abc")]
    assert set(store.article_states("sg")) == {"新"}
    assert store.settle_articles("sg", {"新": "d1", "別": "d2"}) == []


def test_a_copy_is_no_renaming(store: Store) -> None:
    store.open_article("sg", "旧", fingerprint="d1")
    assert store.settle_articles("sg", {"旧": "d1", "写し": "d1"}) == []
    assert store.settle_articles("sg", {"写し": "d1", "写し2": "d1"}) == []
    assert set(store.article_states("sg")) == {"旧"}


def test_what_another_device_wrote_under_the_old_key_follows(store: Store) -> None:
    store.save_position("sg", "旧", Anchor(), 0.2)
    store.move_article("sg", "旧", "新")
    store.save_position("sg", "旧", Anchor(), 0.9)
    store.settle_articles("sg", {"新": ""})
    assert store.article_state("sg", "新").furthest == 0.9
    assert set(store.article_states("sg")) == {"新"}


def test_moving_back_and_forth_ends(store: Store) -> None:
    store.add_review("sg", "一", "一#q", response=1, correct=True)
    store.move_article("sg", "一", "二")
    store.move_article("sg", "二", "一")
    assert store.reviews()[0].article in {"一", "二"}
    assert len(store.reviews()) == 1


def test_a_copy_of_a_folder_is_another_library_while_the_first_is_there(store: Store, tmp_path: Path) -> None:
    def digests() -> dict[str, str]:
        return {"a": "one", "b": "two"}

    first, copy = tmp_path / "notes", tmp_path / "copy"
    first.mkdir()
    copy.mkdir()
    store.open_library(path=first, digests=digests)
    for article, digest in digests().items():
        store.open_article("notes", article, fingerprint=digest)
    assert store.open_library(path=copy, digests=digests).key == "copy"
    first.rmdir()
    assert store.open_library(path=tmp_path / "moved", digests=digests).key == "notes"
