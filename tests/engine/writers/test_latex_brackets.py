"""Brackets in LaTeX, where they are needed and nowhere else."""

import pytest

from engine.writers.latex_brackets import factor, placed


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{a} + {b}", "-2 + (-3)"),
        (r"\frac{a}{b}", r"\frac{-2}{-3}"),
        (r"-\frac{a}{{b}^2}", r"-\frac{-2}{{(-3)}^2}"),
        ("{a}^{b}", "{(-2)}^{-3}"),
        (r"\max({a}, {b})", r"\max(-2, -3)"),
        (r"\ln {a}", r"\ln (-2)"),
        ("[{a} > 0]", "[-2 > 0]"),
        (r"{b} \cdot {a}^{{b} - 1}", r"-3 \cdot {(-2)}^{-4}"),
    ],
)
def test_negative_numbers_stand_in_brackets(template: str, expected: str) -> None:
    assert placed(template, {"a": "-2", "b": "-3"}) == expected


def test_a_sum_as_a_factor_stands_in_brackets() -> None:
    assert factor("1 - s^2") == r"\left(1 - s^2\right)"
    assert factor(r"(1 - s) \cdot s") == r"(1 - s) \cdot s"
    assert factor("-2") == "(-2)"
    assert factor(r"\cos x") == r"\cos x"


@pytest.mark.parametrize(
    ("template", "words", "expected"),
    [
        ("{a} + {b}", ("x - y", "x - y"), r"x - y + \left(x - y\right)"),
        ("{a} - {b}", (r"x \cdot y", r"x \cdot y"), r"x \cdot y - x \cdot y"),
        (r"{a} \cdot {b}", (r"x \cdot y", r"x \cdot y"), r"x \cdot y \cdot \left(x \cdot y\right)"),
        (r"{a} \cdot {b}", ("x + y", r"\frac{x}{y}"), r"\left(x + y\right) \cdot \frac{x}{y}"),
        (r"\frac{a}{b}", ("x + y", "x - y"), r"\frac{x + y}{x - y}"),
        ("{a}^{b}", ("x + y", "x + y"), r"{\left(x + y\right)}^{x + y}"),
        ("{a}^{b}", (r"\frac{x}{y}", "2"), r"{\left(\frac{x}{y}\right)}^{2}"),
        (r"\ln {a}", ("x + y",), r"\ln \left(x + y\right)"),
        (r"\ln {a}", (r"\frac{x}{y}",), r"\ln \frac{x}{y}"),
        (r"{a} \cdot {b}", (r"\sin x", r"\ln (-2)"), r"\left(\sin x\right) \cdot \ln (-2)"),
        (r"\sum {a}", (r"\max(0, x)",), r"\sum \max(0, x)"),
        (r"\max({a}, {b})", ("x - y", "0"), r"\max(x - y, 0)"),
        ("[{a} > 0]", ("x - y",), "[x - y > 0]"),
        (r"\lvert {a} \rvert", ("x - y",), r"\lvert x - y \rvert"),
        (
            r"{a} \cdot {b}",
            (r"\lvert x - y \rvert", r"\text{größe}"),
            r"\lvert x - y \rvert \cdot \text{größe}",
        ),
        ("{a} + {b}", (r"x \text{ if } y", r"\ldots"), r"\left(x \text{ if } y\right) + (\ldots)"),
        (r"{a}^\top", (r"X \, Y",), r"{\left(X \, Y\right)}^\top"),
        ("{y_i} {a}", ("x",), "{y_i} x"),
    ],
)
def test_what_holds_together_less_tightly_stands_in_brackets(
    template: str, words: tuple[str, ...], expected: str
) -> None:
    assert placed(template, dict(zip("ab", words, strict=False))) == expected
