"""Any sequence of what learners do, in two windows with crashes, and on three machines: nothing is lost."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sgtui.store.merge import contents_of, merge_into
from sgtui.store.records import Anchor
from sgtui.store.store import Store

from .conftest import Clock

articles = st.sampled_from(["一", "二"])
windows = st.integers(0, 1)
machines = st.integers(0, 2)


class TwoWindows(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.windows: list[Store] = [self.opened(), self.opened()]
        self.notes: dict[int, str] = {}
        self.removed: dict[int, str] = {}
        self.ticks: set[tuple[str, str]] = set()
        self.answers: dict[str, list[bool]] = {}

    def opened(self) -> Store:
        return Store.open(self.folder / "study.json", now=self.clock, device="机")

    @rule(window=windows, article=articles, note=st.sampled_from(["赤", "青"]))
    def bookmark(self, window: int, article: str, note: str) -> None:
        mark = self.windows[window].add_bookmark("sg", article, note=note)
        self.notes[mark.uid] = note

    @precondition(lambda self: self.notes)
    @rule(window=windows, data=st.data())
    def edit(self, window: int, data: st.DataObject) -> None:
        uid = data.draw(st.sampled_from(sorted(self.notes)))
        self.windows[window].refresh()
        assert self.windows[window].edit_bookmark(uid, "緑") is not None
        self.notes[uid] = "緑"

    @precondition(lambda self: self.notes)
    @rule(window=windows, data=st.data())
    def remove(self, window: int, data: st.DataObject) -> None:
        uid = data.draw(st.sampled_from(sorted(self.notes)))
        self.windows[window].refresh()
        assert self.windows[window].remove_bookmark(uid) is not None
        self.removed[uid] = self.notes.pop(uid)

    @rule(window=windows, article=articles, section=st.sampled_from(["章", "要点"]), read=st.booleans())
    def tick(self, window: int, article: str, section: str, read: bool) -> None:
        self.windows[window].mark_section("sg", article, section, read)
        (self.ticks.add if read else self.ticks.discard)((article, section))

    @rule(window=windows, article=articles, correct=st.booleans())
    def answer(self, window: int, article: str, correct: bool) -> None:
        self.windows[window].add_review("sg", article, "q", response=1, correct=correct)
        self.answers.setdefault(article, []).append(correct)

    @rule(window=windows, days=st.integers(-2, 2))
    def time_passes(self, window: int, days: int) -> None:
        self.clock.forward(days=days)

    @rule(window=windows)
    def compact(self, window: int) -> None:
        self.windows[window].compact()

    @rule(window=windows)
    def close_and_open(self, window: int) -> None:
        self.windows[window].close()
        self.windows[window] = self.opened()

    @rule(window=windows, torn=st.binary(max_size=9))
    def crash(self, window: int, torn: bytes) -> None:
        """The window is gone without closing, perhaps in the middle of a line."""
        with (self.folder / "study.json.journal").open("ab") as journal:
            journal.write(torn.replace(b"\n", b""))
        self.windows[window] = self.opened()

    @invariant()
    def both_windows_know_everything(self) -> None:
        for store in self.windows:
            store.refresh()
            assert {mark.uid: mark.note for mark in store.bookmarks()} == self.notes
            ticks = {(article, slug) for article in "一二" for slug in store.article_state("sg", article).sections_read}
            assert ticks == self.ticks
            for article, given in self.answers.items():
                answer = store.answers("sg", article)["q"]
                assert (answer.answers, answer.right, answer.correct) == (len(given), sum(given), given[-1])
            assert len(store.review_documents()) == sum(map(len, self.answers.values()))

    def teardown(self) -> None:
        for store in self.windows:
            store.close()
        with Store.open(self.folder / "study.json", now=self.clock) as last:
            assert {mark.uid: mark.note for mark in last.bookmarks()} == self.notes
        shutil.rmtree(self.folder)


TestTwoWindows = TwoWindows.TestCase
TestTwoWindows.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)


class ThreeMachines(RuleBasedStateMachine):
    """Machines that exchange their files now and then, in any order: nothing is lost, and in the end all are alike."""

    def __init__(self) -> None:
        super().__init__()
        self.clocks = [Clock() for _ in range(3)]
        self.stores = [Store.open(None, now=clock, device=f"机{number}") for number, clock in enumerate(self.clocks)]
        self.answers = 0
        self.marks: set[int] = set()
        self.removed: set[int] = set()

    @rule(machine=machines, seconds=st.integers(-90_000, 90_000))
    def time_passes(self, machine: int, seconds: int) -> None:
        self.clocks[machine].forward(seconds=seconds)

    @rule(machine=machines, article=articles, correct=st.booleans())
    def answer(self, machine: int, article: str, correct: bool) -> None:
        self.stores[machine].add_review("sg", article, "q", response=1, correct=correct)
        self.answers += 1

    @rule(machine=machines, article=articles, note=st.sampled_from(["赤", "青"]))
    def bookmark(self, machine: int, article: str, note: str) -> None:
        self.marks.add(self.stores[machine].add_bookmark("sg", article, note=note).uid)

    @rule(machine=machines, note=st.sampled_from(["緑", "黒"]))
    def edit(self, machine: int, note: str) -> None:
        for mark in self.stores[machine].bookmarks()[:1]:
            assert self.stores[machine].edit_bookmark(mark.uid, note) is not None

    @rule(machine=machines)
    def remove(self, machine: int) -> None:
        for mark in self.stores[machine].bookmarks()[:1]:
            assert self.stores[machine].remove_bookmark(mark.uid) is not None
            self.removed.add(mark.uid)

    @rule(machine=machines, article=articles, section=st.sampled_from(["章", "要点"]), read=st.booleans())
    def tick(self, machine: int, article: str, section: str, read: bool) -> None:
        self.stores[machine].mark_section("sg", article, section, read)
        assert (section in self.stores[machine].article_state("sg", article).sections_read) == read

    @rule(machine=machines, article=articles, fraction=st.floats(0, 1), done=st.sampled_from([None, True, False]))
    def read(self, machine: int, article: str, fraction: float, done: bool | None) -> None:
        store = self.stores[machine]
        store.save_position("sg", article, Anchor(excerpt=str(fraction)), fraction)
        store.set_done("sg", article, done)
        store.add_seconds("sg", article, 60)

    @rule(machine=machines, kind=st.sampled_from(["section", "done"]))
    def undo(self, machine: int, kind: str) -> None:
        self.stores[machine].undo(kind)

    @rule(machine=machines, other=machines)
    def take_over(self, machine: int, other: int) -> None:
        merge_into(self.stores[machine].engine, contents_of(self.stores[other].engine))
        again = merge_into(self.stores[machine].engine, contents_of(self.stores[other].engine))
        assert not again  # what was taken over once is nothing new

    def teardown(self) -> None:
        for _round in range(2):
            for machine in range(3):
                for other in range(3):
                    self.take_over(machine, other)
        one, *others = (contents_of(store.engine) for store in self.stores)
        assert all(contents == one for contents in others)
        assert len(one.get("reviews", {})) == self.answers
        assert set(one.get("bookmarks", {})) | self.removed >= self.marks


TestThreeMachines = ThreeMachines.TestCase
TestThreeMachines.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
