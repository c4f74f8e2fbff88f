"""The plainest headers, read by their lines, give what the loader gives."""

import re

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgtui.articles.front_matter import _plain, split_header
from sgtui.articles.handlers import HeaderError, YamlHandler
from sgtui.articles.quick_header import quick_yaml
from sgtui.paths import bundled_library

LINES = (
    "a: b", "b: 'c'", "b: 'it''s'", "c:", "d: [a, b]", 'e: "x"', "- x", "  - y", "  f: 1", "  g:", "    h: 2",
    "    - z", "  - 3", "# c", "", "  # c", "i: 007", "j: ~", "    k: v", "- 'q'", '  - "q"', "a: c", "l: x: y",
    "m: [a", "n: http://x.y/z", "o: a #b", "p: a#b", "q:r", "    ", " s: t", "   u: v", "t: -1", "v: +1", "w: 1.5",
    "w: 1.50", "x: - a", "aa: [a, , b]", "bb: [a,]", "cc: [ ]", "dd: [a b, 'c, d']", "ee: it's", "gg: [it's, b]",
    "hh: [ -1, 2]", 'ii: [a"b, c]', "- ~", "- 5", "  -   x", "日本: 語", "ll: 日本\u3000語 ", "mm: true",
    "nn: [True, null, 1.0]", "oo: 1e5", "pp: a:", "qq: |", "  text", "rr: >-", "ss: &a b", "tt: *a", "uu: !x y",
    "vv: {a: b}", "ww: '", 'xx: "\\n"', "<<: x", "yy: a\tb", "zz: \ufeff", "ab: a\u2028b", "ac: %x", "ad: @x",
    "ae: `x`", "af: ?", "ag: ? x", "ah: -", "ai: 'a' b", "aj: 'a' # b", "ak: 999999999999999999999", "al: =",
    "am: 2026-01-02", "an: a  ", "'ao': b",
)  # fmt: skip
MARKS = (
    "'",
    '"',
    "[",
    "]",
    ",",
    ", ",
    "{",
    "#",
    " #",
    ":",
    ": ",
    "-",
    "- ",
    "\n",
    "  ",
    "?",
    "&",
    "*",
    "!",
    "\\",
    "~",
    "0",
)


def loaded(raw: str) -> object:
    handler = YamlHandler()
    try:
        values, _body = frontmatter.parse(f"---\n{raw}\n---\n", handler=handler)
        return _plain(values), [twice.key for twice in handler.duplicates]
    except HeaderError as error:
        return error.code


def compare(raw: str) -> bool:
    """Whether ``raw`` was read quickly; then it must be read as the loader reads it, types and all."""
    quick = quick_yaml(raw)
    if quick is None or re.search(r"^(?:---|\.\.\.)[ \t]*$", raw, re.MULTILINE):
        return False
    assert repr((quick, [])) == repr(loaded(raw))
    return True


@given(st.lists(st.sampled_from(LINES), max_size=7).map("\n".join))
def test_any_lines(raw: str) -> None:
    compare(raw)


@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=4).map("\n".join), st.integers(0, 60), st.sampled_from(MARKS)
)
def test_lines_with_something_put_in(raw: str, at: int, mark: str) -> None:
    compare(raw[:at] + mark + raw[at:])


@given(st.text(max_size=12))
def test_any_value(text: str) -> None:
    compare(f"a: {text}")
    compare(f"a: '{text}'")
    compare(f'a:\n  - "{text}"')
    compare(f"a: [{text}, b]")


def test_nested_lists_and_mappings() -> None:
    raw = "title: 'it''s'\ntags:\n- a\n- 'b'\n# more\nk:\n  x: 1\n  refs:\n    - 2\n  y: ~\nf: [a, 'b', 3]\ne:\n"
    assert quick_yaml(raw) == {
        "title": "it's", "tags": ["a", "b"], "k": {"x": 1, "refs": [2], "y": None}, "f": ["a", "b", 3], "e": None,
    }  # fmt: skip
    assert compare(raw)


@pytest.mark.parametrize(
    "raw", ["a: 1\na: 2", "a: &x b", "a: |\n  b", "a: b\n  c", "- a", "a: {b: c}", "a: b # c", "a:\tb"]
)
def test_anything_else_is_left_to_the_loader(raw: str) -> None:
    assert quick_yaml(raw) is None


def test_too_much_is_left_to_the_loader() -> None:
    assert quick_yaml("a:\n" + "- b\n" * 30_000) is None


def test_most_articles_of_the_course_are_read_quickly() -> None:
    raws = [split_header(file.read_text("utf-8")).raw for file in bundled_library().rglob("*.md")]
    assert sum(map(compare, raws)) > 0.9 * len(raws) > 0
