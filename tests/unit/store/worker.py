"""A program that saves answers until it is killed; started by the tests, never imported by them.

``worker.py PATH NAME COUNT COMPACT``: prints the number of each answer once the store says that it is safe.
``COMPACT`` writes the state file anew after so many answers (0: never).
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from sgtui.store import engine
from sgtui.store.store import Store


def main() -> None:
    path, name, count, compact = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    engine.GROWN = 20_000  # type: ignore[misc]  # so that the background compaction takes part
    store = Store.open(path, now=lambda: datetime.now(UTC), device=name)
    print("ready", flush=True)
    waiting: list[int] = []
    for number in range(count):
        store.add_review("sg", name, str(number), response={"choices": [number % 4]}, correct=True, prompt="問" * 40)
        waiting.append(number)
        if not store.unsaved:  # else the other program held the file for too long: next time
            print(*waiting, sep="\n", flush=True)
            waiting.clear()
        if compact and number % compact == compact - 1:
            store.compact()
    store.close()


if __name__ == "__main__":
    main()
