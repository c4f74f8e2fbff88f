import json
import stat
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from sgtui.store.records import Anchor
from sgtui.store.store import Store

from .conftest import Clock, Opener

HERE = Anchor(("脅威", "リバース型とスプレー"), "ロックアウトは、同じIDで", 0.4)


def test_position_survives_closing(store: Store, opened: Opener) -> None:
    store.save_position("sg", "password-attacks", HERE, 0.41)
    store.close()
    state = opened().article_state("sg", "password-attacks")
    assert state.position is not None
    assert (state.position.anchor, state.position.fraction, state.furthest) == (HERE, 0.41, 0.41)


def test_furthest_never_goes_back(store: Store) -> None:
    for fraction in (0.2, 0.9, 0.1, float("nan"), 7.0):
        store.save_position("sg", "記事", HERE, fraction)
    assert store.article_state("sg", "記事").furthest == 1.0


def test_what_is_saved_needs_no_closing(store: Store, opened: Opener) -> None:
    store.mark_section("sg", "記事", "この記事の要点")
    assert opened().article_state("sg", "記事").sections_read == {"この記事の要点"}


def test_untouched_article_has_an_empty_state(store: Store) -> None:
    state = store.article_state("sg", "まだ")
    assert (state.position, state.furthest, state.sections_read, state.done, state.seconds) == (
        None,
        0.0,
        frozenset(),
        None,
        0.0,
    )
    assert store.article_states("sg") == {}


def test_section_ticks_come_and_go(store: Store) -> None:
    store.mark_section("sg", "記事", "要点")
    store.mark_section("sg", "記事", "要点", read=False)
    assert store.article_state("sg", "記事").sections_read == frozenset()
    assert store.undo("section")
    assert store.article_state("sg", "記事").sections_read == {"要点"}


def test_clock_set_back_does_not_hide_a_newer_tick(store: Store, clock: Clock) -> None:
    store.mark_section("sg", "記事", "要点")
    clock.forward(days=-400)
    store.mark_section("sg", "記事", "要点", read=False)
    assert store.article_state("sg", "記事").sections_read == frozenset()


def test_done_by_hand_and_undone(store: Store) -> None:
    store.set_done("sg", "記事", True)
    assert store.article_state("sg", "記事").done is True
    assert store.undo("done")
    assert store.article_state("sg", "記事").done is None
    assert not store.undo("done")


def test_seconds_make_sessions(store: Store, clock: Clock) -> None:
    store.add_seconds("sg", "記事", 40)
    clock.forward(minutes=5)
    store.add_seconds("sg", "記事", 20.5)
    clock.forward(hours=2)
    store.add_seconds("sg", "記事", 10)
    store.add_seconds("sg", "記事", -3)
    store.add_seconds("sg", "記事", float("nan"))
    assert [item.seconds for item in store.reading_sessions()] == [60.5, 10]
    assert store.article_state("sg", "記事").seconds == 70.5


def test_latest_article(store: Store) -> None:
    assert store.latest_article("sg") is None
    for article in ("一", "二", "一"):
        store.open_article("sg", article)
    store.open_article("別", "三")
    latest = store.latest_article("sg")
    assert latest is not None
    assert latest.article == "一"


def test_bookmark_life(store: Store, opened: Opener) -> None:
    mark = store.add_bookmark("sg", "記事", section="要点", path=("章", "要点"), title="要点", anchor=HERE, note="後で")
    assert store.bookmark_at("sg", "記事", "要点") == mark
    edited = store.edit_bookmark(mark.uid, "もう一度")
    assert edited is not None
    assert edited.at > mark.at
    assert store.undo("bookmark")
    assert [found.note for found in store.bookmarks("sg")] == ["後で"]
    removed = store.remove_bookmark(mark.uid)
    assert removed is not None
    assert store.bookmarks() == []
    assert store.remove_bookmark(mark.uid) is None
    restored = store.restore(removed)
    assert restored.note == "後で"
    assert [found.uid for found in opened().bookmarks("sg", "記事")] == [mark.uid]


def test_undo_of_a_removal(store: Store) -> None:
    mark = store.add_bookmark("sg", "記事", section="要点")
    store.remove_bookmark(mark.uid)
    assert store.undo("bookmark")
    assert [found.section for found in store.bookmarks("sg", "記事")] == ["要点"]
    assert store.undo("bookmark")
    assert store.bookmarks() == []


def test_undo_leaves_what_another_window_changed(store: Store, opened: Opener) -> None:
    mark = store.add_bookmark("sg", "記事", note="一")
    other = opened()
    other.edit_bookmark(mark.uid, "二")
    assert not store.undo("bookmark")
    assert [found.note for found in store.bookmarks()] == ["二"]


def test_answers_show_the_latest(store: Store, opened: Opener) -> None:
    store.add_review(
        "sg", "記事", "cia-01", response={"choices": [0]}, correct=False, choice=(0,), ms=5120, prompt="退職"
    )
    store.add_review("sg", "記事", "cia-01", response={"choices": [1]}, correct=True, choice=(1,), guess=True)
    answer = opened().answers("sg", "記事")["cia-01"]
    assert (answer.correct, answer.answers, answer.right, answer.guess, answer.prompt) == (True, 2, 1, True, "退職")
    assert answer.response == {"choices": [1]}
    assert [review.correct for review in store.reviews("sg", "記事", "cia-01")] == [False, True]
    store.try_again("sg", "記事", "cia-01")
    assert opened().answers("sg", "記事")["cia-01"].again
    assert len(store.reviews()) == 2


def test_undo_of_an_answer_restores_exactly(store: Store) -> None:
    store.add_review("sg", "記事", "q", response=1, correct=True, card=store.new_card("sg", "記事", "q"))
    before = (store.answers("sg", "記事"), store.cards(), store.reviews())
    card = store.new_card("sg", "記事", "q")
    store.add_review("sg", "記事", "q", response=2, correct=False, card=card)
    assert store.undo("answer")
    assert (store.answers("sg", "記事"), store.cards(), store.reviews()) == before
    assert store.undo("answer")
    assert (store.answers("sg", "記事"), store.cards(), store.reviews()) == ({}, [], [])


def test_plain_tinydb_opens_the_file(store: Store, path: Path) -> None:
    store.add_bookmark("sg", "記事", note="後で読む")
    store.add_review("sg", "記事", "q", response=None, correct=True)
    store.close()
    with TinyDB(path, encoding="utf-8") as plain:
        assert [item["note"] for item in plain.table("bookmarks").all()] == ["後で読む"]
        assert plain.table("reviews").all()[0]["correct"] is True
    assert "後で読む" in path.read_text("utf-8")


def test_file_written_by_plain_tinydb_is_read(store: Store, path: Path, opened: Opener) -> None:
    store.add_bookmark("sg", "記事", note="一")
    store.close()
    with TinyDB(path, encoding="utf-8") as plain:
        document = dict(plain.table("bookmarks").all()[0], note="手で書いた")
        plain.table("bookmarks").insert(document)
    again = opened()
    assert {mark.note for mark in again.bookmarks()} == {"一", "手で書いた"}
    assert again.notices == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions elsewhere")
def test_files_are_private(store: Store, path: Path) -> None:
    store.add_bookmark("sg", "記事")
    store.close()
    kinds = {item.name: stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir() if item.name != "device"}
    assert {name: mode for name, mode in kinds.items() if mode & 0o077} == {}


def test_two_windows_see_each_other(store: Store, opened: Opener) -> None:
    other = opened()
    first = store.add_bookmark("sg", "記事", note="こちら")
    second = other.add_bookmark("sg", "記事", note="あちら")
    store.refresh()
    assert (
        {mark.uid for mark in store.bookmarks()} == {mark.uid for mark in other.bookmarks()} == {first.uid, second.uid}
    )


def test_a_window_follows_the_other_over_a_compaction(store: Store, opened: Opener) -> None:
    other = opened()
    for number in range(5):
        other.add_bookmark("sg", "記事", note=str(number))
    other.close()
    store.add_bookmark("sg", "記事", note="後")
    assert [mark.note for mark in store.bookmarks()] == ["後", "4", "3", "2", "1", "0"]
    store.close()
    assert len(opened().bookmarks()) == 6


def test_lone_surrogates_and_odd_text_are_kept(store: Store, opened: Opener) -> None:
    odd = '\ud800 \u2028 \x00 }}\n"}\n'
    store.add_bookmark("sg", odd, note=odd)
    store.close()
    again = opened()
    assert [mark.note for mark in again.bookmarks("sg", odd)] == [odd]
    again.add_bookmark("sg", "記事")
    again.close()
    assert len(opened().bookmarks()) == 2


def test_fields_of_a_newer_program_are_kept(store: Store, path: Path, opened: Opener) -> None:
    store.open_article("sg", "記事")
    store.close()
    contents = json.loads(path.read_text("utf-8"))
    (uid,) = contents["articles"]
    contents["articles"][uid]["mood"] = "良い"
    path.write_text(json.dumps(contents), "utf-8")
    again = opened()
    again.set_done("sg", "記事", True)
    again.close()
    assert json.loads(path.read_text("utf-8"))["articles"][uid]["mood"] == "良い"


def test_store_in_memory(clock: Clock) -> None:
    with Store.open(None, now=clock) as store:
        store.add_bookmark("sg", "記事")
        assert (len(store.bookmarks()), store.read_only, store.notices) == (1, True, [])


def test_runs_and_attempts(store: Store) -> None:
    run = store.save_run("sg", "exam", {"at": 3}, title="模試")
    store.save_run("sg", "exam", {"at": 4}, title="模試", uid=run.uid)
    assert [item.data for item in store.runs("sg", "exam")] == [{"at": 4}]
    store.remove_run(run.uid)
    assert store.runs() == []
