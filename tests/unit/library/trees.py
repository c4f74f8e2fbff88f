"""Libraries built on the fly."""

from collections.abc import Mapping
from pathlib import Path


def plant(root: Path, files: Mapping[str, str]) -> Path:
    """Write ``files`` (path: text) below ``root``; gives ``root``."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


def article(title: str, body: str = "本文です。", **header: object) -> str:
    """An article's text with a header of simple values."""
    lines = [f"{key}: {value}" for key, value in {"title": title, **header}.items()]
    return "\n".join(("---", *lines, "---", "", body, ""))
