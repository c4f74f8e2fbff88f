"""Put the pinned packages and this project into the environment whose Python runs this file.

``install.py run`` takes what the program needs, ``install.py dev`` the tools for tests and checks as
well.  Every download is checked against the hashes in the constraints files.
"""

import compileall
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def pip(*arguments: str) -> None:
    """Run pip of this environment; stop the build with pip's own message where it fails."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    pins = "constraints-dev.txt" if kind == "dev" else "constraints.txt"
    print(f"Setting up ({kind}): installing the pinned packages …", file=sys.stderr)
    pip("--require-hashes", "--requirement", pins)
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    # pip compiles what it copies, and an editable project is not copied: the first start should not be the slow one.
    compileall.compile_dir(ROOT / "sgtui", quiet=1)


if __name__ == "__main__":
    main()
