"""Real programs, really killed.

``SGTUI_CRASHES`` sets the number of kills (default 12; 300 is what a release is tried with).
"""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from sgtui.store.store import Store

from .conftest import Clock

WORKER = Path(__file__).with_name("worker.py")
CRASHES = int(os.environ.get("SGTUI_CRASHES", "12"))


def start(path: Path, name: str, count: int, compact: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(WORKER), str(path), name, str(count), str(compact)]
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def answers(path: Path, clock: Clock) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    with Store.open(path, now=clock) as store:
        assert {notice.code for notice in store.notices} <= {"state-torn"}
        for review in store.reviews():
            found.setdefault(review.article, set()).add(int(review.question))
    return found


def acknowledged(process: "subprocess.Popen[str]") -> set[int]:
    """What the program said before it was killed; a number cut off by the kill was not said."""
    assert process.stdout is not None
    lines = process.stdout.read().splitlines(keepends=True)
    return {int(line) for line in lines if line.endswith("\n") and line.strip().isdigit()}


def test_every_acknowledged_answer_survives_sigkill(path: Path, clock: Clock) -> None:
    random.seed(20261123)
    known: dict[str, set[int]] = {}
    done = 0
    while done < CRASHES:
        sides = {f"{done}-左": 7, f"{done}-右": 0}
        pair = {name: start(path, name, 1_000_000, compact) for name, compact in sides.items()}
        for process in pair.values():
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for name, process in pair.items():
            assert process.stdout is not None
            for _ in range(random.randrange(60)):
                known.setdefault(name, set()).add(int(process.stdout.readline()))
            process.kill()
            known.setdefault(name, set()).update(acknowledged(process))
            process.wait()
            process.stdout.close()
            done += 1
        found = answers(path, clock)
        lost = {name: numbers - found.get(name, set()) for name, numbers in known.items()}
        assert {name: numbers for name, numbers in lost.items() if numbers} == {}
    assert sum(len(numbers) for numbers in known.values()) > CRASHES


@pytest.mark.parametrize("count", [int(os.environ.get("SGTUI_WRITERS", "400"))])
def test_two_programs_write_at_once(path: Path, clock: Clock, count: int) -> None:
    pair = [start(path, "左", count, 50), start(path, "右", count, 0)]
    for process in pair:
        output, _ = process.communicate(timeout=120)
        assert (process.returncode, len(output.splitlines())) == (0, count + 1)
    assert answers(path, clock) == {"左": set(range(count)), "右": set(range(count))}
