"""``sgtui`` and ``python -m sgtui``."""

import sys


def main() -> int:
    """Run the program; returns its exit code."""
    from sgtui.cli.main import run  # noqa: PLC0415 - so that a process pool's child imports none of it

    return run()


if __name__ == "__main__":
    sys.exit(main())
