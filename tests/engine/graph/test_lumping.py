"""Lumping gates into one, taking them apart again, lumping a selection."""

import numpy as np
import pytest

from engine import EngineError, build, trace
from engine.autodiff.selection import lump_selection
from engine.graph.lumping import CROSS_ENTROPY, DEFINITIONS, lump, take_apart

LECTURE = "f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))"
AT = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}
CASES = [
    (name, text) for name, texts in (*DEFINITIONS.items(), ("cross_entropy", CROSS_ENTROPY)) for text in texts
]


@pytest.mark.parametrize(("name", "definition"), CASES, ids=[text for _, text in CASES])
def test_a_definition_becomes_one_gate_with_the_same_numbers(name: str, definition: str) -> None:
    vector = np.array([0.5, -1.2, 2.0])
    x = np.array([vector, vector**2]) if "axis=1" in definition else vector
    inputs = {"x": x, "a": vector, "b": np.array([0.1, 0.2, 0.3])}
    graph = build(f"out = {definition}", {key: value.shape for key, value in inputs.items()})
    lumped = lump(graph, (name,))
    assert [(node.op, node.name) for node in lumped.nodes if node.is_gate] == [(name, "out")]
    upstream = np.linspace(0.5, 1.5, int(np.prod(graph.output.shape))).reshape(graph.output.shape)
    before, after = trace(graph, inputs, upstream=upstream), trace(lumped, inputs, upstream=upstream)
    np.testing.assert_allclose(after.value, before.value, rtol=1e-12)
    for key, gradient in before.gradients.items():
        np.testing.assert_allclose(after.gradients[key], gradient, rtol=1e-10, atol=1e-14)


def test_the_lectures_sigmoid_both_ways() -> None:
    graph = build(LECTURE, dict.fromkeys(AT, ()))
    lumped = lump(graph, ("sigmoid",))
    traced = trace(lumped, AT)
    local = traced.edges[lumped.output.incoming[0]].local
    assert local == pytest.approx(0.1966, abs=5e-5)
    assert traced.gradients["w2"] == pytest.approx(0.1966, abs=5e-5)
    apart = trace(take_apart(lumped, ("sigmoid",)), AT)
    assert apart.gradients == trace(graph, AT).gradients


def test_a_value_read_from_outside_keeps_its_gates() -> None:
    graph = build("e = exp(-x)\ns = 1 / (1 + e)\nf = s + e", {"x": ()})
    assert [node.op for node in lump(graph, ("sigmoid",)).nodes] == [node.op for node in graph.nodes]


def test_every_occurrence_is_lumped() -> None:
    graph = lump(build("1/(1+exp(-x)) * (1/(1+exp(-(2*x))))", {"x": ()}), ("sigmoid",))
    assert [node.op for node in graph.nodes if node.is_gate] == ["sigmoid", "multiply", "sigmoid", "multiply"]


def test_an_op_without_a_definition_is_refused() -> None:
    with pytest.raises(EngineError) as caught:
        lump(build("x", {"x": ()}), ("exp",))
    assert caught.value.code == "cannot_lump"


@pytest.mark.parametrize("keys", [["b", "c"], ["a", "b", "c"]])
def test_a_selection_becomes_one_gate(keys: list[str]) -> None:
    source, inputs = "a = exp(x)\nb = a * y\nc = a + b\nf = sum(c)", {"x": [1.0, 2.0], "y": [0.5, -1.0]}
    graph = build(source, {"x": (2,), "y": (2,)})
    lumped = lump_selection(graph, keys, "mine")
    gate = next(node for node in lumped.nodes if node.op == "selection")
    assert gate.record.symbol == "mine"
    assert gate.members == tuple(keys)
    before, after = trace(graph, inputs), trace(lumped, inputs)
    assert after.value == before.value
    for key in inputs:
        np.testing.assert_allclose(after.gradients[key], before.gradients[key], rtol=1e-14)
    assert {after.edges[edge].kind for edge in gate.incoming} == {"elementwise"}


def test_a_selection_with_a_sum_inside_is_a_jacobian() -> None:
    graph = build("a = x * 2\nf = sum(a)", {"x": (3,)})
    traced = trace(lump_selection(graph, ["a", "f"], "mine"), {"x": [1, 2, 3]})
    assert [edge.kind for edge in traced.edges] == ["jacobian"]
    np.testing.assert_array_equal(traced.gradients["x"], [2, 2, 2])


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (["a", "c"], "many_outputs"),
        (["x"], "not_a_gate"),
        (["nothing"], "not_a_gate"),
        ([], "empty_selection"),
        (["c", "e"], "many_outputs"),
        (["c", "dead"], "not_convex"),
    ],
)
def test_what_cannot_be_one_gate_is_refused(keys: list[str], code: str) -> None:
    graph = build(
        "a = exp(x)\nb = a * 2\nc = a + b\nd = sin(c)\ne = c * d + 1\ndead = d * 2\nf = e + 0*b", {"x": ()}
    )
    with pytest.raises(EngineError) as caught:
        lump_selection(graph, keys, "mine")
    assert caught.value.code == code
