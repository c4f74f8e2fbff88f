"""library.toml, and the schemas that are published."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui import i18n, paths
from sgtui.articles.front_matter import read_header
from sgtui.library.manifest import Manifest, parse_manifest, read_manifest
from sgtui.library.schema import load_schema, mismatches

DOCS = Path(__file__).parents[3] / "docs/schemas"
SCHEMAS = ("front-matter", "library", "glossary")


def test_the_bundled_course() -> None:
    manifest, problems = read_manifest(paths.bundled_library())
    assert problems == ()
    assert manifest.id == "sg-course"
    assert [name.id for name in manifest.categories][:2] == ["career", "basics"]
    assert str(manifest.title) == "SG Exam Course"
    try:
        i18n.use("ja")
        assert str(manifest.title) == "SG試験コース"
        assert str(manifest.categories[2].name) == "脅威"
    finally:
        i18n.use("en")


def test_every_key() -> None:
    manifest, problems = parse_manifest(
        'id = "x"\ntitle = "題"\nlanguage = "ja"\nfooter = {ja = "脚", en = "foot"}\n'
        'articles = ["a", "b"]\nhidden = ["draft"]\nglossary = "用語.toml"\ndialects = ["quizdown"]\n'
        'categories = ["c", {id = "d", ja = "丁"}, {id = "e", name = {en = "E"}}, {id = "c"}]\n'
        "[exams.sg]\nminutes = 120\nparts = []\n"
    )
    assert problems == ()
    assert [(name.id, str(name.name)) for name in manifest.categories] == [("c", ""), ("d", "丁"), ("e", "E")]
    assert (manifest.articles, manifest.hidden, manifest.glossary) == (("a", "b"), ("draft",), "用語.toml")
    assert (str(manifest.footer), manifest.dialects, manifest.exams["sg"]["minutes"]) == ("foot", ("quizdown",), 120)


def test_without_one(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == (Manifest(), ())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('id = "x"\ntitle = \n', [(2, "manifest-invalid")]),
        ('title = "題', [(1, "manifest-invalid")]),
        ("\nlanguage = 3\n", [(2, "manifest-value")]),
        ('titel = "題"\n', [(1, "manifest-value")]),
        ('[[categories]]\nja = "x"\n', [(1, "manifest-value")]),
        ('id = "a b"\n', [(1, "manifest-value")]),
        ("[exams.sg]\nminutes = 0\n", [(2, "manifest-value")]),
        ('articles = ["a", 3]\n', [(1, "manifest-value")]),
    ],
)
def test_mistakes(text: str, wanted: list[tuple[int, str]]) -> None:
    manifest, problems = parse_manifest(text)
    assert [(wrong.line, wrong.code) for wrong in problems] == wanted
    assert all(wrong.message for wrong in problems)
    assert manifest.exists


def test_a_value_of_the_wrong_type_is_left_out() -> None:
    manifest, _ = parse_manifest('title = 3\narticles = ["a", 3]\ncategories = 7\nexams = {a = 1}\n')
    assert (str(manifest.title), manifest.articles) == ("", ("a",))
    assert (manifest.categories, dict(manifest.exams)) == ((), {})


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schemas_are_those_in_use(name: str) -> None:
    schema = json.loads((DOCS / f"{name}.json").read_text("utf-8"))
    assert schema == load_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2000) | st.floats(allow_nan=False) | st.text("ab- 年", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "ja", "name", "count", "minutes", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def objects(name: str) -> st.SearchStrategy[dict[str, Any]]:
    keys = sorted(load_schema(name)["properties"])
    return st.dictionaries(st.sampled_from([*keys, "unknown"]), JSON, max_size=5)


@pytest.mark.parametrize("name", SCHEMAS)
def test_our_validator_agrees_with_jsonschema(name: str) -> None:
    schema: Any = load_schema(name)
    reference = jsonschema.Draft202012Validator(schema)

    @settings(max_examples=80, deadline=None)
    @given(objects(name))
    def agree(value: dict[str, Any]) -> None:
        assert (not list(mismatches(value, schema))) == reference.is_valid(value)

    agree()


def test_a_schema_cannot_promise_what_is_not_checked() -> None:
    with pytest.raises(ValueError, match="maxLength"):
        list(mismatches("x", {"maxLength": 1}))


def test_the_course_s_headers_are_as_the_schema_says() -> None:
    for file in paths.bundled_library().rglob("*.md"):
        raw = read_header(file.read_text("utf-8"), file.name)
        assert list(mismatches(raw.values, load_schema("front-matter"))) == []
