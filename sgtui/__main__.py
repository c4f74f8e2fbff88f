"""``sgtui`` and ``python -m sgtui``."""

import sys


def main() -> int:
    """Run the program; returns its exit code."""
    from sgtui.cli import straight  # noqa: PLC0415 - so that a process pool's child imports none of it

    code = straight.run(sys.argv[1:])
    if code is not None:
        return code
    from sgtui.cli.main import run  # noqa: PLC0415 - what only opens a library needs no click

    return run()


if __name__ == "__main__":
    sys.exit(main())
