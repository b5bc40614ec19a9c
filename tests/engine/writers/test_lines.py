"""Which line of a written program is about which node."""

from collections.abc import Iterator

import pytest
from cases import ALL, NET, NEURON, Case
from test_random import _traces
from test_running import REDRAWN

from app.examples import EXAMPLES
from engine import Trace, build, trace
from engine.autodiff.selection import lump_selection
from engine.graph.lumping import lump
from engine.writers import WRITERS
from engine.writers.code import Line, indented, joined

FIRST_GRAPH = trace("q = x + y\nf = q * z\n", {"x": -2, "y": 5, "z": -4})


def pairs(target: str, traced: Trace) -> list[tuple[str, str]]:
    """The lines that are about a node, without their remarks, each with its node's key."""
    code = WRITERS[target].write(traced)
    lines = zip(code.text.split("\n"), code.lines, strict=True)
    return [(line.partition("  #")[0].strip(), key) for line, key in lines if key is not None]


def programs() -> Iterator[Trace]:
    yield from (case.traced() for case in ALL)
    yield from REDRAWN.values()
    yield from _traces().values()
    for example in EXAMPLES:
        yield trace(example.source, example.inputs, upstream=example.upstream)


@pytest.mark.parametrize("target", WRITERS)
def test_every_line_has_a_key_of_the_drawn_graph_or_none(target: str) -> None:
    for traced in programs():
        code = WRITERS[target].write(traced)
        assert len(code.lines) == len(code.text.split("\n")), traced.graph.source
        assert set(code.lines) <= {node.key for node in traced.graph.nodes} | {None}, traced.graph.source


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_no_named_gate_is_left_out(case: Case) -> None:
    graph = case.traced().graph
    needed = graph.leads_to((graph.output_index,))
    gates = {node.key for node in graph.nodes if node.is_gate and node.name and needed[node.index]}
    for target, writer in WRITERS.items():
        assert gates <= set(writer.write(case.traced()).lines), target


def test_flat_forward_and_backward_lines_are_about_the_gate_that_runs() -> None:
    assert pairs("flat", FIRST_GRAPH) == [
        ("x = -2.0", "x"),
        ("y = 5.0", "y"),
        ("z = -4.0", "z"),
        ("q = x + y", "q"),
        ("f = q * z", "f"),
        ("grad_f = 1.0", "f"),
        ("grad_q = grad_f * z", "f"),
        ("grad_z = grad_f * q", "f"),
        ("grad_x = grad_q", "q"),
        ("grad_y = grad_q", "q"),
    ]


def test_modular_lines_of_the_graph_are_about_their_gates_and_classes_about_none() -> None:
    assert pairs("modular", FIRST_GRAPH) == [
        ('"x": -2.0,', "x"),
        ('"y": 5.0,', "y"),
        ('"z": -4.0,', "z"),
        ('(Add(), ["x", "y"], "q"),', "q"),
        ('(Multiply(), ["q", "z"], "f"),', "f"),
    ]


def test_a_line_of_pytorch_is_about_the_gate_it_names() -> None:
    assert pairs("pytorch", FIRST_GRAPH)[:2] == [("q = x + y", "q"), ("f = q * z", "f")]
    assert ("self.b1 = nn.Parameter(torch.zeros(4))", "b1") in pairs("pytorch", trace(NET))
    assert [key for _, key in pairs("pytorch", trace(NEURON))] == ["f", "w0", "x0", "w1", "x1", "w2"]


def test_a_row_of_latex_is_about_the_node_it_gives_a_value_or_gradient_to() -> None:
    keys = [key for _, key in pairs("latex", FIRST_GRAPH)]
    assert keys == ["x", "y", "z", "q", "f", "f", "q", "z", "y", "x"]


def test_an_edge_in_dot_is_about_the_gate_it_leads_to() -> None:
    lines = {line.partition(" [")[0]: key for line, key in pairs("dot", FIRST_GRAPH)}
    assert lines == {
        "n0": "x",
        "n1": "y",
        "n2": "z",
        "n3": "q",
        "n4": "f",
        "n0 -> n3": "q",
        "n1 -> n3": "q",
        "n3 -> n4": "f",
        "n2 -> n4": "f",
        "n4 -> end": "f",
    }


@pytest.mark.parametrize("target", ["flat", "modular", "latex"])
def test_all_lines_of_a_selection_are_about_the_one_gate(target: str) -> None:
    graph = build("x = 2; k = [3, 4]\nh = x * k + [1, 2]\ng = h + 1\nf = sum(g * x)")
    inner = lump_selection(graph, ["h", "g"], "inner")
    outer = lump_selection(inner, [node.key for node in inner.nodes if node.is_gate], "outer")
    assert {"x", "k", "g", "f"} < set(WRITERS[target].write(trace(inner)).lines)
    assert "h" not in WRITERS[target].write(trace(inner)).lines
    assert set(WRITERS[target].write(trace(outer)).lines) == {None, "x", "k", "f"}


def test_a_lumped_gate_is_one_line_under_its_own_key() -> None:
    lines = pairs("flat", trace(lump(build(NEURON), ("sigmoid",))))
    assert ("f = sigmoid(t4)", "f") in lines


def test_text_of_several_lines_is_about_one_node_in_all_of_them() -> None:
    code = joined(["", *indented([Line("a = [\n1,\n]", "a"), "b"], "  "), ""])
    assert code.text == "\n  a = [\n1,\n]\n  b\n"
    assert code.lines == (None, "a", "a", "a", None, None)
