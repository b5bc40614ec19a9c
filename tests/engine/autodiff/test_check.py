"""The gradient check: agreement, noise, kinks."""

from dataclasses import replace

import pytest

from engine import trace
from engine.autodiff.check import check_gradients
from engine.errors import LimitError


@pytest.mark.parametrize(
    ("source", "inputs"),
    [
        ("f = (x + y) * z", {"x": -2, "y": 5, "z": -4}),
        ("1 / (1 + exp(-(w*x + b)))", {"w": 2, "x": -1, "b": 0.5}),
        ("sum(tanh(X @ W)**2)", {"X": [[1, 2], [3, 4]], "W": [[0.1, -0.2], [0.3, 0.05]]}),
    ],
)
def test_agrees(source, inputs) -> None:
    checks = check_gradients(trace(source, inputs))
    assert {check.verdict for check in checks.values()} == {"agrees"}
    assert max(check.relative_error for check in checks.values()) < 1e-6


def test_saturation_is_no_mistake() -> None:
    checks = check_gradients(trace("sigmoid(x) + 1000", {"x": 30}))
    assert checks["x"].verdict == "agrees"
    assert checks["x"].relative_error > 1e-3


@pytest.mark.parametrize(
    ("source", "x"),
    [
        ("exp(x)", 500.0),
        ("sin(x)", 1e6),
        ("sin(1000 * x)", 0.3),
        ("(x + 1e8) - 1e8", 2.0),
        ("log(exp(x))", 20.0),
        ("x**2", 1e-9),
        ("1 / x", 1e-5),
        ("sqrt(x)", 1e-4),
        ("tanh(50 * x)", 0.01),
        ("x**3", 1e60),
    ],
)
def test_a_steep_or_cancelling_function_is_no_mistake(source: str, x: float) -> None:
    right = trace(source, {"x": x})
    assert check_gradients(right)["x"].verdict == "agrees"
    wrong = replace(right, gradient_of=tuple(None if g is None else g * 2 for g in right.gradient_of))
    assert check_gradients(wrong)["x"].verdict != "agrees"


def test_a_kink_is_told_apart() -> None:
    assert check_gradients(trace("relu(x)", {"x": 0}))["x"].verdict == "kink"
    assert check_gradients(trace("abs(x) + x", {"x": 1}))["x"].verdict == "agrees"
    assert check_gradients(trace("leaky_relu(x)", {"x": 0}))["x"].verdict == "kink"


@pytest.mark.parametrize(
    "source", ["x**3", "softplus(x) * x", "log(x * x + 1)", "sin(300 * x)", "1e-9 * x * x"]
)
@pytest.mark.parametrize("share", [1e-2, 1e-3, 1e-4])
def test_a_wrong_gradient_differs_however_small_the_steps(source: str, share: float) -> None:
    right = trace(source, {"x": 0.3})
    wrong = tuple(None if g is None else g * (1 + share) for g in right.gradient_of)
    assert check_gradients(right)["x"].verdict == "agrees"
    assert check_gradients(replace(right, gradient_of=wrong))["x"].verdict == "differs"


@pytest.mark.parametrize(
    "source",
    ["x = -0.58; gelu(10 * x)", "x = -15; gelu(x)", "x = 1e-8; x**7", "x = -0.737; softplus(1000 * x)"],
)
def test_a_tail_is_no_mistake(source: str) -> None:
    assert check_gradients(trace(source))["x"].verdict == "agrees"


def test_a_kink_between_small_slopes_is_a_kink() -> None:
    assert check_gradients(trace("1e-8 * relu(x)", {"x": 0}))["x"].verdict == "kink"


def test_infinity_is_not_judged() -> None:
    assert check_gradients(trace("1 / x", {"x": 0}))["x"].verdict == "not_finite"


def test_price_is_two_passes_a_number_and_is_limited() -> None:
    checks = check_gradients(trace("sum(x)", {"x": [1, 2, 3]}))
    assert checks["x"].forward_passes == 6
    with pytest.raises(LimitError):
        check_gradients(trace("sum(x)", {"x": [1.0] * 50_000}))
