import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.typeset.inline import lowered, raised
from sgtui.typeset.math import to_unicode


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("E = mc^2", "E = mc²"),
        (r"\alpha + \beta_1", "α + β₁"),
        (r"x^{n+1}", "xⁿ⁺¹"),
        (r"x_{ij}", "xᵢⱼ"),
        (r"x^{\alpha y}", "x^(α y)"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\frac{1}{1+\frac{1}{x}}", "1/(1+1/x)"),
        (r"\sqrt{2}", "√2"),
        (r"\sqrt{x+1}", "√(x+1)"),
        (r"\sqrt[3]{x}", "∛x"),
        (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"a \leq b \times c \neq \infty", "a ≤ b × c ≠ ∞"),
        (r"\text{リスク} = \text{影響} \times \text{確率}", "リスク = 影響 × 確率"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a = b\nc = d"),
        ("10^{-3}", "10⁻³"),
        ("100", "100"),
        ("", ""),
    ],
)
def test_formulas(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


def test_what_cannot_be_read_stays() -> None:
    assert "frac" in to_unicode(r"\frac{a")
    assert to_unicode("x" * 10_000) == "x" * 10_000


@given(st.text(alphabet="\\{}^_$&%ab1 fracsqrt[]\n\x1bあ", max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_formula_is_set(source: str) -> None:
    shown = to_unicode(source)
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("text", "up", "down"), [("2", "²", "₂"), ("n", "ⁿ", "ₙ"), ("q", "^q", "_q"), ("ab", "^(ab)", "_(ab)")]
)
def test_raised_and_lowered(text: str, up: str, down: str) -> None:
    assert raised(text) == up
    assert lowered(text) == down
