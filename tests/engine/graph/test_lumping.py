"""Lumping gates into one, taking them apart again, choosing the output."""

import numpy as np
import pytest

from engine import EngineError, build, trace
from engine.graph.definitions import DEFINITIONS, OVER_ALL
from engine.graph.lumping import LUMPABLE, lump, occurrences, take_apart
from engine.graph.structure import Graph

LECTURE = "f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))"
AT = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}
OPTIONS = [{"axis": None, "keepdims": False}, {"axis": -1, "keepdims": True}, {"axis": 1, "keepdims": False}]
CASES = list(
    dict.fromkeys(
        (name, text.format(classes=[0, 1, 2], slope=0.1, alpha=1.0, **options))
        for name, texts in DEFINITIONS.items()
        for text in (*texts, *OVER_ALL.get(name, ()))
        for options in OPTIONS
    )
)
VECTOR = np.array([0.5, -1.2, 2.0])
BATCH = np.array([VECTOR, VECTOR[::-1] ** 2])


def _inputs(name: str, text: str) -> dict[str, np.ndarray]:
    """A vector, and for what works along an axis or over examples a matrix."""
    if name == "cross_entropy":
        batch = "reshape" in text or "axis=1" in text
        scores, y = (BATCH, np.array([2.0, 0.0])) if batch else (VECTOR, np.array(1.0))
        return {"scores": scores, "y": y} if "y" in text else {"scores": VECTOR}
    return {"x": BATCH if "axis" in text else VECTOR, "a": VECTOR, "b": np.array([0.1, 0.2, 0.3])}


@pytest.mark.parametrize(("name", "definition"), CASES, ids=[text for _, text in CASES])
def test_a_definition_becomes_one_gate_with_the_same_numbers(name: str, definition: str) -> None:
    if name == "cross_entropy" and "axis=1" in definition and "y" not in definition:
        definition = definition.replace("axis=1", "axis=0")  # the scores of one example have one axis
    inputs = _inputs(name, definition)
    graph = build(f"out = {definition}", {key: value.shape for key, value in inputs.items()})
    lumped = lump(graph, (name,))
    assert [(node.op, node.name) for node in lumped.nodes if node.is_gate] == [(name, "out")]
    _assert_same(graph, lumped, inputs)
    _assert_same(graph, take_apart(lumped, (name,)), inputs)


def _assert_same(graph: Graph, redrawn: Graph, inputs: dict[str, np.ndarray]) -> None:
    upstream = np.linspace(0.5, 1.5, int(np.prod(graph.output.shape))).reshape(graph.output.shape)
    before, after = trace(graph, inputs, upstream=upstream), trace(redrawn, inputs, upstream=upstream)
    np.testing.assert_allclose(after.value, before.value, rtol=1e-12)
    assert after.gradients.keys() == before.gradients.keys()
    for key, gradient in before.gradients.items():
        np.testing.assert_allclose(after.gradients[key], gradient, rtol=1e-10, atol=1e-14)


OTHER_SPELLINGS = [
    ("sigmoid", "1 / (exp(-1 * x) + 1)"),
    ("sigmoid", "(1 + exp(-x))**-1"),
    ("sigmoid", "reciprocal(1 + exp(x * -1))"),
    ("tanh", "e = exp(2 * x)\n(e - 1) / (1 + e)"),
    ("softmax", "e = exp(x)\ne / sum(e)"),
    ("softmax", "z = x - max(x)\ne = exp(z)\ne / sum(e)"),
    ("logsumexp", "m = max(x)\nm + log(sum(exp(x - m)))"),
    ("cross_entropy", "p = softmax(x)\n-log(p[-1])"),
    ("cross_entropy", "-x[1] + log(sum(exp(x)))"),
    ("cross_entropy", "-(x[1] - logsumexp(x))"),
    ("cross_entropy", "z = x - max(x)\np = exp(z) / sum(exp(z))\n-log(p[2])"),
    ("norm", "sum(x * x)**0.5"),
    ("norm", "sqrt(sum(x**2))"),
    ("mse", "mean((x - [1, 2, 3])**2)"),
    ("leaky_relu", "where(x > 0, x, x * 0.3)"),
    ("relu", "where(0 < x, x, 0)"),
    ("relu", "(0 < x) * x"),
    ("relu", "where(0 > x, 0, x)"),
    ("elu", "where(0 > x, exp(x) - 1, x)"),
    ("std", "sqrt(var(x))"),
    ("std", "c = x - mean(x)\nsqrt(mean(c * c))"),
    ("var", "c = x - mean(x)\nmean(c * c)"),
]


@pytest.mark.parametrize(("name", "program"), OTHER_SPELLINGS)
def test_other_spellings_of_the_same_gates(name: str, program: str) -> None:
    graph = build(program, {"x": (3,)})
    lumped = lump(graph, (name,))
    assert [node.op for node in lumped.nodes if node.is_gate] == [name]
    _assert_same(graph, lumped, {"x": VECTOR})


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("mse", "mean((x - 1)**2)"),
        ("softmax", "exp(x) / sum(exp(x), axis=0)"),
        ("relu", "max(1, x)"),
        ("cross_entropy", "-log(softmax(X)[0])"),
        ("cross_entropy", "-log(softmax(x)[0:1])"),
        ("norm", "norm(x)"),
    ],
)
def test_what_only_looks_alike_stays(name: str, program: str) -> None:
    graph = build(program, {"x": (3,), "X": (2, 3)})
    assert lump(graph, (name,)) is graph


@pytest.mark.parametrize(
    "program",
    [
        "softmax(X, axis=0)",
        "softmax(X, axis=None)",
        "log_softmax(X, axis=(0, 1))",
        "logsumexp(X, axis=0, keepdims=True)",
        "norm(X, axis=1)",
        "std(X, axis=0)",
        "elu(X, alpha=0.5)",
        "leaky_relu(X, slope=0.2)",
        "cross_entropy(X, [2, 0])",
    ],
)
def test_a_gate_taken_apart_keeps_its_options(program: str) -> None:
    graph = build(program, {"X": (2, 3)})
    apart = take_apart(graph, LUMPABLE)
    assert graph.output.op not in {node.op for node in apart.nodes}
    _assert_same(graph, apart, {"X": BATCH})
    _assert_same(graph, lump(apart, LUMPABLE), {"X": BATCH})


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


@pytest.mark.parametrize("axis", [(1, -2), (-1, 0, 1), (0, -3, 2)])
def test_axes_counted_from_both_ends(axis: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 2, 2))
    graph = build(f"f = sum(log(sum(exp(x), axis={axis})) * sqrt(var(x, axis={axis})))", {"x": x.shape})
    lumped = lump(graph, LUMPABLE)
    assert {"logsumexp", "std"} <= {node.op for node in lumped.nodes}
    assert [name for name, _ in occurrences(graph)] == ["logsumexp", "std"]
    _assert_same(graph, lumped, {"x": x})


def test_every_occurrence_is_lumped() -> None:
    graph = lump(build("1/(1+exp(-x)) * (1/(1+exp(-(2*x))))", {"x": ()}), ("sigmoid",))
    assert [node.op for node in graph.nodes if node.is_gate] == ["sigmoid", "multiply", "sigmoid", "multiply"]


def test_an_op_without_a_definition_is_refused() -> None:
    with pytest.raises(EngineError) as caught:
        lump(build("x", {"x": ()}), ("exp",))
    assert caught.value.code == "cannot_lump"
    with pytest.raises(EngineError, match="cannot be taken apart"):
        take_apart(build("x", {"x": ()}), ("exp",))


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
