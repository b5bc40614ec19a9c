"""The plan: the trace's numbers, from flat code."""

import gc
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import program_for

from engine import EngineError, Plan, build, trace

NET = """
W1 = he(2, 8); b1 = normal(8)
W2 = he(8, 3); b2 = normal(3)
h1 = tanh(X @ W1 + b1)
scores = h1 @ W2 + b2 + X @ V
data_loss = cross_entropy(scores, y)
regularization = 0.01 * (sum(W1**2) + sum(W2**2) + sum(b1))
loss = data_loss + regularization
"""
CASES = json.loads((Path(__file__).parents[2] / "golden" / "ops.json").read_text())["cases"]


def data(dtype=np.float64) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    return {
        "X": rng.normal(size=(5, 2)).astype(dtype),
        "y": np.array([0, 1, 2, 1, 0]),
        "V": np.ones((2, 3), dtype),
    }


def test_outputs_and_gradients_equal_the_traces() -> None:
    given = data()
    graph = build(NET, {name: value.shape for name, value in given.items()})
    inputs = {**graph.initial_values(5), **given}
    wrt = ("W1", "b1", "W2", "b2", "V", "X")
    outputs, gradients = Plan(graph, ("loss", "data_loss", "scores"), wrt, np.float64)(inputs)
    traced = trace(graph, inputs)
    assert outputs[0] == pytest.approx(float(traced.value), rel=1e-14)
    assert outputs[0] == pytest.approx(float(outputs[1]) + 0.01 * _penalty(inputs), rel=1e-12)
    assert outputs[2].shape == (5, 3)
    for name, gradient in zip(wrt, gradients, strict=True):
        np.testing.assert_allclose(gradient, traced.gradients[name], rtol=1e-12, atol=1e-15)


def _penalty(inputs) -> float:
    return float(np.sum(inputs["W1"] ** 2) + np.sum(inputs["W2"] ** 2) + np.sum(inputs["b1"]))


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['op']}" for i, case in enumerate(CASES)])
def test_every_op_runs_in_a_plan(case) -> None:
    arguments = {f"p{i}": np.array(value, dtype=float) for i, value in enumerate(case["arguments"])}
    source = f"out = {program_for(case['op'], len(arguments), case['options'])}\nloss = sum(out * seed)"
    inputs = {**arguments, "seed": np.array(case["upstream"])}
    graph = build(source, {name: value.shape for name, value in inputs.items()})
    wrt = [f"p{i}" for i, gradient in enumerate(case["gradients"]) if gradient is not None]
    with np.errstate(all="ignore"):
        outputs, gradients = Plan(graph, ("loss", "out"), wrt, np.float64)(inputs)
    np.testing.assert_allclose(outputs[1], case["value"], rtol=1e-12, atol=1e-14)
    for name, gradient in zip(wrt, gradients, strict=True):
        expected = case["gradients"][int(name[1:])]
        np.testing.assert_allclose(gradient, expected, rtol=1e-10, atol=1e-12)


def test_single_precision_stays_single() -> None:
    given = data(np.float32)
    graph = build(NET, {name: value.shape for name, value in given.items()})
    inputs = {name: value.astype(np.float32) for name, value in graph.initial_values(5).items()} | given
    outputs, gradients = Plan(graph, ("loss", "scores"), ("W1", "b1", "V"), np.float32)(inputs)
    assert {array.dtype for array in (*outputs, *gradients)} == {np.dtype(np.float32)}


HARD = (
    "loss = sum(((x > 0) + (x < 1)) * x) - sum((x > 0) - (x > 1))",
    "loss = sum(((x > 0) @ (x > -1)) * x) + sum(softmax(x > 0) * x) + sum(-(x > 0) * exp(x > 0))",
    "loss = sum(where((x > 0) * (x < 1) == 1, x, 2))",
    "loss = sum(relu(x)) + 0.5 * sum(relu(x + 1))",
    "loss = s * relu(s) + where(s > 0, s, 1) + clip(s, 0, 9)",
    "loss = sum(where(x > 0, 1, 2) * x) + sum(2**x) + sum(x**0)",
    "loss = sum(stack([1, s]) * clip(1, x, [2, 3]))",
    "loss = s - s + s / 4 + (s.T * 2).T",
    "loss = sum(x / 0) + sum(where(1 >= 3, x, 2)) + where(1 < 3, s, 2)",
    "h = cos(x)\nloss = h @ x",
    "h = cos(x)\nloss = x @ h",
    "loss = sum(stack([2.5])) + 4 * (3 > 2)",
)
"""Comparisons as numbers, booleans and constants that a gradient meets alone, factors that are inputs."""


@pytest.mark.parametrize("source", HARD)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_numbers_precision_and_inputs_are_kept(source: str, dtype: type) -> None:
    inputs = {"x": np.array([0.5, -0.25], dtype), "s": np.array(1.5, dtype)}
    graph = build(source, {name: value.shape for name, value in inputs.items()})
    inputs = {node.name: inputs[node.name] for node in graph.inputs}
    before = {name: value.copy() for name, value in inputs.items()}
    expected = trace(graph, inputs)
    with np.errstate(all="ignore"):
        (value,), gradients = Plan(graph, ("loss",), tuple(inputs), dtype)(inputs)
    assert {array.dtype for array in (value, *gradients)} == {np.dtype(dtype)}
    rtol = 1e-12 if dtype is np.float64 else 1e-6
    np.testing.assert_allclose(value, expected.value, rtol=rtol)
    for name, gradient in zip(inputs, gradients, strict=True):
        np.testing.assert_allclose(gradient, expected.gradients.get(name, 0 * before[name]), rtol=rtol)
        np.testing.assert_array_equal(inputs[name], before[name])


def test_a_forward_plan_needs_only_what_its_outputs_need() -> None:
    plan = Plan(build(NET, {"X": (5, 2), "y": (5,), "V": (2, 3)}), ("scores",))
    assert "y" not in plan.inputs
    assert "cross_entropy" not in plan.source


def test_an_input_that_does_not_matter_has_gradient_zero() -> None:
    _, gradients = Plan(
        build("loss = 2 * x + 0 * sum(w)", {"x": (), "w": (2,)}), ("loss",), ("x", "w"), np.float64
    )({"x": np.array(1.0), "w": np.ones(2)})
    assert gradients[0] == 2
    np.testing.assert_array_equal(gradients[1], [0, 0])


def test_constants_are_folded_even_when_they_overflow() -> None:
    plan = Plan(build("loss = x * (1/0) + 9**9**9", {"x": ()}), ("loss",), ("x",), np.float64)
    with np.errstate(all="ignore"):
        outputs, gradients = plan({"x": np.array(1.0)})
    assert outputs[0] == np.inf
    assert gradients[0] == np.inf


FORMS = (
    "{a} + {b}",
    "{a} - 0.5 * {b}",
    "{a} * {b}",
    "{a} @ {b}",
    "{a} @ {b} + v",
    "relu({a} @ {b} + v)",
    "tanh({a} @ {b})",
    "relu({a})",
    "exp(-{a} * {a})",
    "-{a}",
    "{a}.T",
    "relu({a}.T)",
    "{a} + sum({b}, axis=0)",
    "relu({a} + sum(relu({b}), axis=1, keepdims=True))",
    "tanh({a}) * sum({b})",
    "reshape({a}, 9)[0:3] + {b}",
    "concatenate([{a}[0:1], {b}[1:]])",
    "{a} + ([1, 2, 3] + [4, 5, 6])",
    "softmax({a}) + mean({b}, axis=0)",
    "max({a}, {b})",
)


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.sampled_from(FORMS), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=8
    )
)
def test_any_program_gives_the_traces_numbers(steps) -> None:
    names, lines = ["A", "B"], []
    for index, (form, first, second) in enumerate(steps):
        lines.append(f"h{index} = {form.format(a=names[first % len(names)], b=names[second % len(names)])}")
        names.append(f"h{index}")
    lines.append("loss = " + " + ".join(f"sum(tanh({name}))" for name in names[-2:]))
    rng = np.random.default_rng(0)
    inputs = {"A": rng.normal(size=(3, 3)), "B": rng.normal(size=(3, 3)), "v": rng.normal(size=3)}
    graph = build("\n".join(lines), {name: value.shape for name, value in inputs.items()})
    used = [node.name for node in graph.inputs]
    inputs = {name: value for name, value in inputs.items() if name in used}
    before = {name: value.copy() for name, value in inputs.items()}
    outputs, gradients = Plan(graph, ("loss", names[-1]), used, np.float64)(inputs)
    traced = trace(graph, inputs)
    np.testing.assert_allclose(outputs[0], traced.value, rtol=1e-12)
    for name, gradient in zip(used, gradients, strict=True):
        np.testing.assert_allclose(gradient, traced.gradients[name], rtol=1e-9, atol=1e-12)
        np.testing.assert_array_equal(inputs[name], before[name])


def test_runs_leave_no_cyclic_garbage() -> None:
    given = data()
    graph = build(NET, {name: value.shape for name, value in given.items()})
    plan = Plan(graph, ("loss",), ("W1", "W2"), np.float64)
    inputs = {**graph.initial_values(5), **given}
    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            plan(inputs)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_mistakes() -> None:
    graph = build("scores = x * 2", {"x": (3,)})
    with pytest.raises(EngineError) as caught:
        Plan(graph, ("scores",), ("x",))
    assert caught.value.code == "output_not_scalar"
    with pytest.raises(EngineError) as caught:
        Plan(graph, ("loss",))
    assert caught.value.code == "unknown_name"


@pytest.mark.parametrize(
    "gate", ["relu", "leaky_relu", "elu", "gelu", "silu", "softplus", "sigmoid", "tanh", "sqrt"]
)
def test_local_gradients_asked_for_are_the_traces(gate: str) -> None:
    graph = build(f"h = {gate}(X @ W + 2)\nloss = sum(h * h)", {"X": (6, 2), "W": (2, 5)})
    rng = np.random.default_rng(1)
    given = {"X": rng.uniform(size=(6, 2)), "W": rng.uniform(-1, 1, size=(2, 5))}
    reference = trace(graph, given)
    edges = graph.named("h").incoming
    for wrt in ((), ("W", "h")):
        outputs, gradients = Plan(graph, ("loss", "h"), wrt, np.float64, edges)(given)
        assert len(outputs) == 3
        np.testing.assert_allclose(outputs[0], reference.value)
        np.testing.assert_allclose(outputs[2], reference.edges[edges[0]].local)
        for name, gradient in zip(wrt, gradients, strict=True):
            np.testing.assert_allclose(gradient, reference.gradient_of[graph.names[name]])
