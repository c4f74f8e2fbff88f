"""Keep the message catalogues true: ``update`` them from the source, ``check`` that nothing is missing.

English sentences in the source are the identifiers; ``sgtui/locale/ja/LC_MESSAGES/sgtui.po`` holds
the Japanese ones and the ``.mo`` beside it is what the program reads.
"""

import ast
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sgtui"
PO = PACKAGE / "locale" / "ja" / "LC_MESSAGES" / "sgtui.po"


def extracted() -> Catalog:
    """Every sentence that the package's source marks for translation, those inside f-strings as well."""
    catalogue = Catalog(locale="ja", project="sgtui", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            message = _marked(call)
            if message:
                catalogue.add(message, locations=[(where, 0)])
    return catalogue


def _marked(node: ast.AST) -> str | tuple[str, str] | None:
    """What a call of ``_``, ``N_`` or ``ngettext`` marks, or None for anything else."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return None
    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if node.func.id in ("_", "N_") and texts:
        return texts[0]
    if node.func.id == "ngettext" and len(texts) >= 2:
        return texts[0], texts[1]
    return None


def merged() -> Catalog:
    """The catalogue on disk with the source's sentences: old ones gone, new ones untranslated."""
    source = extracted()
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="ja")
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """The sentences that have no Japanese yet."""
    return [str(m.id) for m in catalogue if m.id and not (all(m.string) if m.pluralizable else m.string)]


def compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update() -> int:
    catalogue = merged()
    with PO.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
    PO.with_suffix(".mo").write_bytes(compiled(catalogue))
    for message in missing(catalogue):
        print(f"no Japanese for: {message}")
    return 0


def check() -> int:
    catalogue = merged()
    lacking = missing(catalogue)
    for message in lacking:
        print(f"no Japanese for: {message}")
    with PO.open("rb") as file:
        on_disk = read_po(file, locale="ja")
    if PO.with_suffix(".mo").read_bytes() != compiled(on_disk):
        print("sgtui.mo is not made from sgtui.po: run `make locale`")
        return 1
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
