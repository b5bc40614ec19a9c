"""Lumping gates into one, taking them apart again, choosing the output."""

import numpy as np
import pytest

from engine import EngineError, build, trace
from engine.graph.lumping import CROSS_ENTROPY, DEFINITIONS, lump, occurrences, take_apart

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


def test_occurrences_are_what_lump_would_make_one_gate() -> None:
    graph = build("s = 1/(1+exp(-x))\nr = max(0, s)\nf = r * r + 1/x", {"x": ()})
    names = [name for name, _ in occurrences(graph)]
    assert names == ["sigmoid", "relu", "square", "reciprocal", "reciprocal"]
    for name in names:
        lumped = lump(graph, (name,))
        drawn = {node.members for node in lumped.nodes if node.members}
        assert drawn == {gates for one, gates in occurrences(graph) if one == name}


def test_what_is_lumped_occurs_no_more() -> None:
    graph = lump(build(LECTURE, dict.fromkeys(AT, ())), ("sigmoid",))
    assert occurrences(graph) == []


def test_a_gate_lumped_twice_names_the_gates_as_written() -> None:
    graph = build("f = x * (1 / (1 + exp(-x)))", {"x": ()})
    written = [node.key for node in graph.nodes if node.is_gate]
    twice = lump(lump(graph, ("sigmoid",)), ("silu",))
    assert [node.members for node in twice.nodes if node.is_gate] == [tuple(written)]


def test_statements_name_the_gates_they_are_written_as() -> None:
    graph = build("x = 2\ns = sigmoid(x) + 1\nf = s\n(s * x)", {})
    assert [(one.name, one.node, len(one.gates)) for one in graph.statements] == [
        ("x", "x", 0),
        ("s", "s", 2),
        ("f", "s", 0),
        (None, graph.output.key, 1),
    ]
    assert [graph.source[slice(*one.span)] for one in graph.statements] == graph.source.split("\n")
    apart = take_apart(graph, ("sigmoid",))
    assert [len(one.gates) for one in apart.statements] == [0, 5, 0, 1]
    assert {key for one in apart.statements for key in one.gates} == {
        node.key for node in apart.nodes if node.is_gate
    }
    assert lump(apart, ("sigmoid",)).statements == apart.statements


def test_backward_can_start_from_any_input_or_gate() -> None:
    graph = build("q = x + y\nf = q * z\ndead = q * 2", dict.fromkeys("xyz", ()))
    traced = trace(graph.with_output("q"), {"x": -2, "y": 5, "z": -4})
    assert traced.value == 3
    assert traced.gradients == {"x": 1, "y": 1, "z": 0}
    assert traced.notes == ()
    assert trace(graph.with_output("z"), {"x": -2, "y": 5, "z": -4}).gradients == {"x": 0, "y": 0, "z": 1}


@pytest.mark.parametrize("key", ["nothing", "f:constant"])
def test_backward_cannot_start_from_anything_else(key: str) -> None:
    with pytest.raises(EngineError) as caught:
        build("f = 2 * x", {"x": ()}).with_output(key)
    assert caught.value.code == "unknown_output"
    assert caught.value.hint
