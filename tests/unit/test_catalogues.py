"""Every sentence of the program has its Japanese, and the compiled catalogue is that of the source."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def catalogues() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def merged(catalogues: ModuleType) -> Catalog:
    found: Catalog = catalogues.merged()  # reads every module of the package
    return found


def test_nothing_is_left_in_english(catalogues: ModuleType, merged: Catalog) -> None:
    assert catalogues.missing(merged) == []


def test_the_compiled_catalogue_is_up_to_date(catalogues: ModuleType) -> None:
    from babel.messages.pofile import read_po

    with catalogues.PO.open("rb") as file:
        assert catalogues.PO.with_suffix(".mo").read_bytes() == catalogues.compiled(read_po(file, locale="ja"))


def test_placeholders_survive_translation(merged: Catalog) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"{\w+}", text))

    for message in merged:
        if not message.id or message.pluralizable:
            continue
        assert names(str(message.string)) == names(str(message.id)), message.id
