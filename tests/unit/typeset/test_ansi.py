import re

from hypothesis import given
from hypothesis import strategies as st

from sgtui.typeset.ansi import to_text
from sgtui.typeset.model import Line, Span
from tests.unit.typeset.setting import ARTICLE, lines, settled


def test_without_colour_it_is_the_text() -> None:
    line = Line((Span("■ ", "heading.2"), Span("節", "heading.2 strong"), Span("   ")), 7)
    assert to_text(line) == "■ 節"


def test_styles_become_sgr_and_end_on_the_line() -> None:
    assert to_text(Line((Span("太", "strong"), Span("字")), 4), color=True) == "\x1b[1m太\x1b[0m字"
    assert to_text(Line((Span("x", "code code.keyword.type"),), 1), color=True) == "\x1b[36;35mx\x1b[0m"
    assert to_text(Line((Span("x", "no.such.name"),), 1), color=True) == "x"


def test_an_empty_line_is_empty() -> None:
    assert to_text(Line((), 0), color=True) == ""
    assert to_text(Line((Span("  ", "strong"),), 2), color=True) == ""


@given(st.text(alphabet=st.characters(), max_size=30))
def test_no_control_character_of_the_text_passes(text: str) -> None:
    shown = to_text(Line((Span(text, "strong"),), 0), color=True)
    assert not re.search(r"[\x00-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown).count("\x1b") == 0


def test_a_page_with_and_without_colour_says_the_same() -> None:
    for line in lines(settled(ARTICLE, 50)):
        assert re.sub(r"\x1b\[[0-9;]*m", "", to_text(line, color=True)) == to_text(line)
