import threading
from collections.abc import Callable

import pytest

from sgtui.store import engine
from sgtui.store.store import Store

from .conftest import Opener


def test_threads_read_and_write_one_store(store: Store, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "GROWN", 3000)
    for number in range(30):
        store.add_review("sg", "前", str(number), response=number, correct=True)
    store.close()
    shared = opened()
    failures: list[BaseException] = []
    done = threading.Event()

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                failures.append(error)
                raise

        return run

    def write(name: str) -> Callable[[], None]:
        def work() -> None:
            for number in range(40):
                shared.add_review("sg", name, str(number), response=number, correct=True)
                shared.mark_section("sg", name, str(number))

        return guarded(work)

    def read() -> None:
        while not done.wait(0.001):  # lets the writers have the processor, or they take ten seconds
            shared.answers("sg", "甲")
            shared.article_states("sg")
            assert all(document["library"] == "sg" for document in shared.review_documents().values())
            shared.bookmarks()

    writers = [threading.Thread(target=write(name)) for name in ("甲", "乙", "丙")]
    reader = threading.Thread(target=guarded(read))
    for thread in (*writers, reader):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert failures == []
    assert len(shared.reviews()) == 150
    assert len(shared.article_state("sg", "乙").sections_read) == 40
    shared.close()
    assert len(opened().reviews()) == 150
