"""Start to first paint: sgtui on the bundled course beside a bare Textual app, both in a real terminal."""

import tempfile
from pathlib import Path

from benchmarks.report import Row
from benchmarks.terminal import median, terminal

BARE = """from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static('painted')

Bare().run()
"""
ROUNDS = 7


def first_paint(command: list[str], marker: str) -> float:
    with terminal(command) as screen:
        return screen.wait_for(marker) - screen.started


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        ours = ["-m", "sgtui", "--lang", "ja", "--state", str(Path(folder) / "study.json")]
        first_paint(ours, "SG試験コース")
        pairs = [(first_paint([str(bare)], "painted"), first_paint(ours, "SG試験コース")) for _ in range(ROUNDS)]
    peer, own = median([p for p, _ in pairs]), median([o for _, o in pairs])
    return [Row("start to first paint, warm", own, peer, "bare Textual app", 1.25)]
