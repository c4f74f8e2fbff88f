"""``python -m benchmarks [NAME…]``: run the measurements named (all of them without a name)."""

import importlib
import sys

from benchmarks.report import show

NAMES = ("startup", "page", "typeset", "quiz", "library", "store")


def main() -> None:
    names = sys.argv[1:] or NAMES
    for name in names:
        show(importlib.import_module(f"benchmarks.{name}").measure())


if __name__ == "__main__":
    main()
