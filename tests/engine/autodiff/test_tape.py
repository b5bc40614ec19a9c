"""The tape: the trace's numbers, from Python's own floats."""

import random

import numpy as np
import pytest

from engine import EngineError, build, limits, trace
from engine.autodiff.tape import SUPPORTED, Tape

EVERY_OP = (
    "a = x + y; b = a - 2*x; c = b * y; d = c / (1 + y**2); e = d ** 3; g = -e; h = exp(g)\n"
    "i = log(1 + h); j = log1p(h) + expm1(i); k = sqrt(1 + j**2); l = square(k) + reciprocal(k)\n"
    "m = abs(l) + sin(m0) + cos(m0)\n"
    "n = tan(0.1 * m) + tanh(m) + sigmoid(m); o = relu(n) + relu(-n)\n"
    "f = maximum(o, x) + minimum(o, y) + x**y"
)


@pytest.mark.parametrize(
    ("source", "inputs"),
    [
        ("1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))", {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0}),
        (EVERY_OP, {"x": 1.3, "y": 0.7, "m0": 0.4}),
        ("x*x", {"x": 3.0}),
        ("max(x, y)", {"x": 1.0, "y": 1.0}),
        ("x ** y", {"x": -2.0, "y": 3.0}),
        ("relu(x) + abs(x)", {"x": 0.0}),
        ("relu(x) + relu(y) + max(x, y) + min(x, y)", {"x": -2.0, "y": 3.0}),
        ("1 / (1 + exp(-x))", {"x": -1000.0}),
        ("x ** 2.5", {"x": -2.0}),
        ("1 / x", {"x": 0.0}),
        ("x * 1e308 * 10", {"x": 5.0}),
        ("where(x > 0, gelu(x), clip(x, 0, 1))", {"x": 0.5}),
        ("a = 2\nx * a", {"x": 1.0}),
    ],
)
def test_same_numbers_as_the_trace(source, inputs) -> None:
    graph = build(source, dict.fromkeys(inputs, ()))
    records, traced = Tape(graph)(inputs), trace(graph, inputs)
    for name, gradient in traced.gradients.items():
        np.testing.assert_allclose(records.gradients[name], gradient, rtol=1e-13)
    np.testing.assert_allclose(records.values, [float(value) for value in traced.values], rtol=1e-14)
    held = [
        *records.values,
        *records.gradient_of,
        *(part for factors in records.edges for part in factors or ()),
    ]
    assert {type(number) for number in held} == {float}
    for record, edge in zip(records.edges, traced.edges, strict=True):
        if edge.kind == "none":
            assert record is None
        else:
            expected = [float(part) for part in (edge.upstream, edge.local, edge.downstream)]  # type: ignore[arg-type]
            np.testing.assert_allclose(record, expected, rtol=1e-13)


def test_every_supported_op_is_used_above() -> None:
    graph = build(EVERY_OP, dict.fromkeys(("x", "y", "m0"), ()))
    assert {node.op for node in graph.nodes if node.is_gate} == SUPPORTED


def test_random_graphs() -> None:
    rng = random.Random(1)
    names = ["x", "y"]
    lines: list[str] = []
    for index in range(300):
        left, right = rng.choice(names), rng.choice(names)
        form = rng.choice(["{a} + {b}", "{a} * 0.5 - {b}", "tanh({a}) * {b}", "sigmoid({a} - {b})"])
        lines.append(f"v{index} = {form.format(a=left, b=right)}")
        names.append(f"v{index}")
    graph = build("\n".join([*lines, "+".join(names[-5:])]), {"x": (), "y": ()}, limits.UNLIMITED)
    records, traced = Tape(graph)({"x": 0.3, "y": -0.8}), trace(graph, {"x": 0.3, "y": -0.8})
    for name in ("x", "y"):
        np.testing.assert_allclose(records.gradients[name], traced.gradients[name], rtol=1e-10)


def test_tensors_are_refused() -> None:
    with pytest.raises(EngineError) as caught:
        Tape(build("sum(exp(x) * [1, 2])", {"x": ()}))
    assert caught.value.code == "not_scalar"


def test_an_input_without_a_value_is_named() -> None:
    with pytest.raises(EngineError) as caught:
        Tape(build("x * y", {"x": (), "y": ()}))({"x": 1.0})
    assert caught.value.code == "missing_input"
