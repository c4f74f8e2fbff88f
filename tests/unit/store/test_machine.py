"""Any sequence of what learners do, in two windows, with crashes: the file always holds what was acknowledged."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sgtui.store.store import Store

from .conftest import Clock

articles = st.sampled_from(["一", "二"])
windows = st.integers(0, 1)


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
