"""Lumping a selection of gates, and statements, into gates of their own."""

from functools import cache
from random import Random

import numpy as np
import pytest

from engine import EngineError, Plan, build, limits, trace
from engine.autodiff.selection import collapse, lump_selection
from engine.autodiff.trace import Trace
from engine.graph.copies import with_copies
from engine.graph.lumping import LUMPABLE, lump
from engine.graph.structure import Graph, StatementGates

PROGRAMS = range(60)
LEAVES = "x = 0.7\nv = [0.5, -1.2, 2.0]\nw = [1.5, 0.3, -0.4]\n"
UNARY = ["tanh", "sigmoid", "relu", "softmax", "sin", "-", "log_softmax", "1 / (1 + exp(-v)) *", "square"]


def _expression(random: Random, names: list[str], depth: int) -> str:
    if depth == 0:
        return random.choice([*names, *names, "2", "0.5"])
    left, right = (_expression(random, names, depth - 1) for _ in range(2))
    forms = [f"({left} {sign} {right})" for sign in "+-*"]
    forms += [f"{random.choice(UNARY)}({left})", f"sum({left} * {right})", f"max({left}, {right})"]
    forms += [f"where({left} > {right}, {right}, {left})", f"stack([{left}, {left}])[1]"]
    return random.choice(forms)


@cache
def _graph(number: int) -> Graph:
    """A program of six statements that fit together, some of them read several times, some never."""
    random = Random(number)
    while True:
        names, source = ["x", "v", "w"], LEAVES
        for name in "abcdef":
            source += f"{name} = {_expression(random, names, random.choice([1, 2, 3]))}\n"
            names.append(name)
        used = random.sample(names, 5)
        try:
            return build(source + "loss = " + " + ".join(f"sum({name} * {name})" for name in used))
        except EngineError:
            continue


def _collapsible(graph: Graph) -> list[StatementGates]:
    """The statements with a gate that depends on something outside them."""
    origin = {node.key: node for node in graph.nodes}
    return [
        one
        for one in graph.statements
        if any(
            source.op != "constant" and source.key not in one.gates
            for key in one.gates
            for source in (graph.nodes[graph.edges[edge].source] for edge in origin[key].incoming)
        )
    ]


def _assert_same(before: Trace, after: Trace) -> None:
    """Every node that is still drawn has the value and the gradient it had."""
    index = {node.key: node.index for node in before.graph.nodes}
    for node in after.graph.nodes:
        old = index[node.key]
        np.testing.assert_allclose(after.values[node.index], before.values[old], rtol=1e-12)
        one, other = after.gradient_of[node.index], before.gradient_of[old]
        assert (one is None) == (other is None), node.key
        if one is not None:
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12, err_msg=node.key)


@pytest.mark.parametrize("number", PROGRAMS)
def test_any_statement_can_be_one_gate(number: int) -> None:
    graph = _graph(number)
    before = trace(graph)
    for statement in _collapsible(graph):
        lumped = lump_selection(graph, statement.gates, "mine")
        assert [node.members for node in lumped.nodes if node.members] == [statement.gates]
        _assert_same(before, trace(lumped))


@pytest.mark.parametrize("number", PROGRAMS)
def test_statements_can_be_lumped_together_in_any_order(number: int) -> None:
    random = Random(number)
    graph = lumped = _graph(number)
    statements = _collapsible(graph)
    chosen = random.sample(statements, random.randint(2, len(statements)))
    for statement in chosen:
        lumped = lump_selection(lumped, statement.gates, statement.name or "")
    assert {node.members for node in lumped.nodes if node.members} == {one.gates for one in chosen}
    _assert_same(trace(graph), trace(lumped))
    _assert_same(trace(with_copies(graph)), trace(with_copies(lumped)))


@pytest.mark.parametrize("number", PROGRAMS)
def test_statements_collapse_around_lumped_gates(number: int) -> None:
    graph = _graph(number)
    lumped = collapse(lump(graph, LUMPABLE), [one.node for one in graph.statements])
    _assert_same(trace(graph), trace(lumped))
    inner = {key for node in lumped.nodes for key in node.members}
    for statement in _collapsible(graph):
        assert len(statement.gates) == 1 or inner.issuperset(statement.gates)


def test_collapsing_all_at_once_is_collapsing_one_after_the_other() -> None:
    graph = build("a = x * y + 1\nb = tanh(a) * 2\nc = b + a * x", {"x": (), "y": ()})
    at_once = collapse(graph, ["a", "b", "c"])
    assert [node.record.symbol for node in at_once.nodes if node.is_gate] == ["a", "b", "c"]
    assert [node.members for node in at_once.nodes if node.is_gate] == [one.gates for one in graph.statements]
    assert [node.key for node in collapse(graph, ["b"]).nodes if node.members] == ["b"]


def test_statements_that_are_no_group_are_passed_over() -> None:
    graph = build("x = 2\none = x + 1\nalone = exp(2) * 3\nf = one * alone")
    assert collapse(graph, ["x", "one", "alone", "f", "gone"]) is graph


def test_a_lumped_gate_across_two_statements_joins_them() -> None:
    graph = build("e = exp(-(2 * x))\ns = 3 * (1 / (1 + e))", {"x": ()})
    lumped = lump(graph, ("sigmoid",))
    joined = collapse(lumped, ["e", "s"])
    assert [(node.name, len(node.members)) for node in joined.nodes if node.is_gate] == [("s", 6)]
    _assert_same(trace(graph, {"x": 0.3}), trace(joined, {"x": 0.3}))


def test_a_gate_inside_a_lumped_one_stands_for_it() -> None:
    graph = lump(build("s = 1 / (1 + exp(-(2 * x)))\nf = s * x", {"x": ()}), ("sigmoid",))
    statement = graph.statements[0]
    lumped = lump_selection(graph, statement.gates, "mine")
    assert [node.members for node in lumped.nodes if node.members] == [statement.gates]
    sigmoid = next(node.members for node in graph.nodes if node.members)
    assert lump_selection(graph, sigmoid[:1], "mine") is graph


def test_an_argument_only_compared_gets_no_gradient() -> None:
    graph = build("c = where(x > 0, 1, 2) * 3\nf = c * x", {"x": ()})
    lumped = lump_selection(graph, graph.statements[0].gates, "mine")
    assert [edge.differentiable for edge in lumped.edges] == [False, False, True]
    _assert_same(trace(graph, {"x": 2.0}), trace(lumped, {"x": 2.0}))


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
        (["c", "dead"], "many_outputs"),
        (["b", "f"], "many_outputs"),
    ],
)
def test_what_cannot_be_one_gate_is_refused(keys: list[str], code: str) -> None:
    graph = build(
        "a = exp(x)\nb = a * 2\nc = a + b\nd = sin(c)\ne = c * d + 1\ndead = d * 2\nf = e + 0*b", {"x": ()}
    )
    with pytest.raises(EngineError) as caught:
        lump_selection(graph, keys, "mine")
    assert caught.value.code == code


def test_selections_within_selections_cost_neither_depth_nor_time() -> None:
    """Each selection takes in the last one: 400 deep, two values between any two levels."""
    lines = ["p0 = 0.3; q0 = 0.2"]
    lines += [f"p{i + 1} = p{i} * q{i}; q{i + 1} = p{i} + q{i}" for i in range(100)]
    graph = build("\n".join([*lines, "p100 + q100"]), limits=limits.UNLIMITED)
    before, keys = trace(graph), [graph.output.key]
    for i in reversed(range(1, 101)):
        keys += [f"p{i}", f"q{i}"]
        graph = lump_selection(graph, keys, f"level{i}")
    after = trace(graph)
    assert len([node for node in graph.nodes if node.is_gate]) == 1
    for name, gradient in before.gradients.items():
        np.testing.assert_allclose(after.gradients[name], gradient, rtol=1e-9)


def test_a_plan_opens_selections() -> None:
    graph = build("loss = sum(tanh(x * 2) + 1)", {"x": (3,)})
    keys = [node.key for node in graph.nodes if node.op in ("tanh", "multiply")]
    lumped = lump_selection(graph, keys, "mine")
    x = np.array([0.1, 0.2, 0.3])
    _, gradients = Plan(lumped, ("loss",), ("x",), np.float64)({"x": x})
    np.testing.assert_allclose(gradients[0], trace(graph, {"x": x}).gradients["x"])
