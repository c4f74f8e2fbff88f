"""Headers of every dialect, broken ones included."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.articles.fields import date_in_path, front_matter
from sgtui.articles.front_matter import MAX_CHARACTERS, RawHeader, read_header, split_header
from sgtui.articles.handlers import MAX_ALIASES
from sgtui.articles.model import FrontMatter
from sgtui.articles.values import date_of, difficulty_of, flag_of, number_of, texts_of

DATA = Path(__file__).parents[2] / "data/articles"


def read(text: str, path: str = "a.md") -> FrontMatter:
    raw = read_header(text, path)
    return front_matter(raw, path)[0]


def codes(text: str, path: str = "a.md") -> list[tuple[int, str]]:
    raw = read_header(text, path)
    found = (*raw.problems, *front_matter(raw, path)[1])
    for wrong in found:
        assert "{" not in wrong.message  # every placeholder is filled
    return [(wrong.line, wrong.code) for wrong in found]


def yaml(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", "本文"))


def dialects() -> list[tuple[str, str, dict[str, str]]]:
    """Cases of dialects.md: a title, a header, and lines ``field = value`` of what it means."""
    cases = []
    for part in (DATA / "dialects.md").read_text("utf-8").split("\n=== ")[1:]:
        name, _, rest = part.partition("\n")
        header, _, wanted = rest.partition("\n>>>\n")
        expected = dict(line.split(" = ", 1) for line in wanted.strip().split("\n"))
        cases.append((name.strip(), header.lstrip("\n"), expected))
    return cases


@pytest.mark.parametrize(("name", "text", "wanted"), dialects(), ids=[case[0] for case in dialects()])
def test_dialect(name: str, text: str, wanted: dict[str, str]) -> None:
    path = wanted.pop("path", "folder/a.md")
    found = read(text, path)
    shown = {}
    for field in wanted:
        value = getattr(found, field)
        shown[field] = ", ".join(value) if isinstance(value, tuple) else str(value)
    assert shown == wanted


def test_the_home_dialect_as_it_is_written() -> None:
    found = read((DATA / "home.md").read_text("utf-8"))
    assert found.title == "バックアップと復旧"
    assert (found.exam, found.type, found.syllabus, found.difficulty) == ("sg", "method", ("security-ops",), "beginner")
    assert found.published == date(2026, 2, 28)
    assert found.extra["image"] == "~/data/cover.png"
    assert found.body_line == 20


class TestWhereTheHeaderEnds:
    @pytest.mark.parametrize("end", ["---", "...", "---  "])
    def test_terminators(self, end: str) -> None:
        header = split_header(f"---\ntitle: 題\n{end}\n本文\n")
        assert (header.raw, header.body, header.body_line) == ("title: 題\n", "本文\n", 4)

    def test_toml(self) -> None:
        header = split_header('+++\ntitle = "題"\n+++\n本文')
        assert (header.language, header.body, header.body_line) == ("toml", "本文", 4)

    def test_a_rule_above_prose_is_no_header(self) -> None:
        for text in ("---\n\n本文です。\n\n---\n続き", "---\n本文だけ", "----\ntitle: 題\n----\n"):
            header = split_header(text)
            assert (header.language, header.body) == ("", text)

    def test_an_empty_header(self) -> None:
        header = split_header("---\n---\n# 題\n")
        assert (header.language, header.body, header.body_line) == ("yaml", "# 題\n", 3)

    def test_blank_lines_above(self) -> None:
        header = split_header("\n\n---\ntitle: 題\n---\n本文")
        assert (header.line, header.body_line, header.body) == (4, 6, "本文")

    def test_never_closed_ends_at_the_first_blank_line(self) -> None:
        text = "---\ntitle: 題\ntags: [a]\n\n本文\n"
        assert read(text).title == "題"
        assert split_header(text).body == "\n本文\n"
        assert codes(text) == [(1, "header-unclosed")]


class TestBrokenHeaders:
    def test_a_colon_in_a_title_costs_nothing_but_a_warning_of_its_line(self) -> None:
        text = yaml("title: 暗号: 基礎から", "level: 初級", "date: 2026-01-02")
        found = read(text)
        assert (found.title, found.difficulty, found.published) == ("暗号: 基礎から", "beginner", date(2026, 1, 2))
        assert codes(text) == [(2, "header-invalid")]

    def test_the_line_is_the_file_s(self) -> None:
        assert codes(yaml("title: 題", "tags: [a, b", "draft: true"))[0][0] in (3, 4)
        assert codes('+++\ntitle = "題"\ndate = \n+++\n') == [(3, "header-invalid")]

    def test_toml_that_stops_at_the_end(self) -> None:
        assert codes('+++\ntitle = "題\n+++\n') == [(2, "header-invalid")]

    def test_not_a_mapping(self) -> None:
        assert codes("---\n# 注\n- a\n- b\n---\n") == [(2, "header-not-mapping")]

    def test_duplicate_keys_the_later_holds(self) -> None:
        text = yaml("title: 一", "tags: [a]", "title: 二")
        assert read(text).title == "二"
        assert codes(text) == [(4, "header-duplicate-key")]

    def test_a_merged_key_may_be_overridden(self) -> None:
        text = yaml("base: &b {title: 一}", "<<: *b", "title: 二")
        assert read(text).title == "二"
        assert codes(text) == []

    @pytest.mark.parametrize(
        "bomb",
        [
            "a: " + "[" * 100_000,
            "a: " + "{" * 50_000,
            "a:\n  " + "- " * 50_000 + "x",
            "? " * 50_000 + "x",
            "\n".join(f"{' ' * depth}k{depth}:" for depth in range(300)),
        ],
        ids=["lists", "maps", "dashes", "keys", "indents"],
    )
    def test_too_deep(self, bomb: str) -> None:
        assert [code for _, code in codes(yaml("title: 題", bomb))] in (["header-too-deep"], ["header-invalid"])
        assert read(yaml("title: 題", bomb)).title == "題"

    def test_deep_toml(self) -> None:
        assert codes(f"+++\na = {'[' * 5000}{']' * 5000}\n+++\n")[0][1] in ("header-too-deep", "header-invalid")

    def test_billion_laughs(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 9)]
        assert [code for _, code in codes(yaml(*lines))] == ["header-too-many-aliases"]

    def test_few_aliases_that_grow_too_much(self) -> None:
        lines = ["a0: &a0 [" + ", ".join(["x"] * 3000) + "]"]
        lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, MAX_ALIASES // 2 - 1)]
        assert [code for _, code in codes(yaml("title: 題", *lines))] == ["header-too-many-values"]

    def test_a_list_that_holds_itself(self) -> None:
        assert [code for _, code in codes(yaml("a: &a [*a]"))] == ["header-too-deep"]

    def test_too_long(self) -> None:
        text = yaml("title: 題", "x: " + "あ" * MAX_CHARACTERS)
        assert read(text).title == "題"
        assert [code for _, code in codes(text)] == ["header-too-long"]

    def test_a_long_header_is_read(self) -> None:
        text = yaml("title: 題", *(f"key{n}: {'値' * 20}" for n in range(1000)))
        assert len(text) > 25_000
        assert codes(text) == []

    @pytest.mark.parametrize(
        "value", ["!!python/object/apply:os.system ['true']", "!include x", "!!int x", "!!set {a}"]
    )
    def test_tags_run_nothing(self, value: str) -> None:
        found = read(yaml(f"odd: {value}", "title: 題"))
        assert found.title == "題"


class TestFields:
    def test_values_of_a_wrong_type_are_passed_over(self) -> None:
        text = yaml("title: [一, 二]", "tags: {a: b}", "order: 速い", "date: いつか", "knowledge: 3", "draft: 多分")
        found = read(text)
        assert (found.title, found.tags, found.order, found.published, found.draft) == ("一", (), None, None, False)
        assert codes(text) == [(5, "date-unreadable"), (4, "number-unreadable")]

    def test_an_unknown_difficulty_is_reported_where_it_stands(self) -> None:
        assert codes(yaml("knowledge:", "  difficulty: 魔王級")) == [(3, "difficulty-unknown")]

    def test_the_next_spelling_is_asked(self) -> None:
        assert read(yaml("difficulty: ???", "level: 2")).difficulty == "beginner"

    def test_published_is_a_date_or_a_flag(self) -> None:
        assert read(yaml("published: false")).draft
        assert read(yaml("published: true")).published is None
        assert read(yaml("published: 2026-05-06")).published == date(2026, 5, 6)
        assert codes(yaml("published: no")) == []

    def test_a_day_that_does_not_exist_is_only_that(self) -> None:
        text = yaml("title: 題", "date: 2026-02-30")
        assert read(text).title == "題"
        assert codes(text) == [(3, "date-unreadable")]

    def test_nothing_is_lost_that_nobody_knows(self) -> None:
        found = read(yaml("version: 1.10", "code: 007", "on: yes", "deep: {a: [1, 2.5, null]}"))
        assert found.extra == {"version": "1.10", "code": "007", "on": "yes", "deep": {"a": [1, 2.5, None]}}


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2026-02-28", "2026-02-28"),
        ("2026/2/8", "2026-02-08"),
        ("2026.2.8", "2026-02-08"),
        ("2026年2月8日", "2026-02-08"),
        ("２０２６年２月８日", "2026-02-08"),
        ("2026年2月", "2026-02-01"),
        ("2026-02-28T23:30:00+09:00", "2026-02-28"),
        ("2026-02-28 10:00", "2026-02-28"),
        (20260228, "2026-02-28"),
        ("Feb 8, 2026", "2026-02-08"),
        ("8 February 2026", "2026-02-08"),
        ("Sun, 08 Feb 2026 10:00:00 GMT", "2026-02-08"),
        (["2026-01-02", "x"], "2026-01-02"),
        ("2026-13-01", "None"),
        ("123456789", "None"),
        ("まだ", "None"),
        (True, "None"),
    ],
)
def test_dates(value: Any, wanted: str) -> None:
    assert str(date_of(value)) == wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("posts/2026-02-28-title.md", "2026-02-28"),
        ("2026/02/28/title.md", "2026-02-28"),
        ("2026-02-28-title/index.md", "2026-02-28"),
        ("posts/2026-2-8_x.md", "2026-02-08"),
        ("posts/12026-02-28.md", "None"),
        ("posts/2026-99-28-x.md", "None"),
        ("posts/title.md", "None"),
    ],
)
def test_dates_in_paths(path: str, wanted: str) -> None:
    assert str(date_in_path(path)) == wanted


def test_words_for_difficulty() -> None:
    words = {
        "初級": "beginner",
        "Beginner ": "beginner",
        "１": "beginner",
        "★★★": "intermediate",
        "中級編": "intermediate",
    }
    words |= {"上級者": "advanced", "5": "advanced", "EXPERT": "advanced", "★★☆": "beginner", "第5章": "None"}
    assert {word: str(difficulty_of(word)) for word in words} == words


def test_lists_of_names() -> None:
    assert texts_of("a, b、c，d") == ("a", "b", "c", "d")
    assert texts_of("#暗号 #鍵　長い") == ("暗号", "鍵", "長い")
    assert texts_of(["a", 3, {"name": "c"}, None, ["d"], "a"]) == ("a", "3", "c", "d")
    assert texts_of("one tag, two words") == ("one tag", "two words")
    assert texts_of(None) == ()


def test_numbers_and_flags() -> None:
    assert [number_of(value) for value in (3, "3", "３", "1e2", "inf", "nan", True, None, [2])] == [
        3.0, 3.0, 3.0, 100.0, None, None, None, None, 2.0,
    ]  # fmt: skip
    assert [flag_of(value) for value in (True, "Yes", "off", 1, 0, "maybe", None)] == [
        True, True, False, True, False, None, None,
    ]  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = """title tags category categories difficulty level knowledge order date draft id metadata prerequisites
published lastmod excerpt taxonomies asOf"""
KEYS = st.sampled_from(NAMES.split())


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_any_values(values: dict[str, Any]) -> None:
    found, problems = front_matter(RawHeader(values), "a.md")
    assert all(found.tags)
    assert found.difficulty in (None, "beginner", "intermediate", "advanced")
    assert isinstance(found.order, float | None)
    assert all(wrong.message for wrong in problems)


LINES = ("---", "+++", "...", "title: 題", "a: [", "- x", "a = 1", "", "b: &x 1", "c: *x", "\t", "  d: e", "'")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    raw = read_header(text, "a.md")
    assert text.endswith(raw.header.body)
    assert raw.header.body_line == text[: len(text) - len(raw.header.body)].count("\n") + 1
    front_matter(raw, "a.md")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_in_a_header(text: str) -> None:
    raw = read_header(f"---\ntitle: 題\n{text}\n---\n本文", "a.md")
    front_matter(raw, "a.md")
