"""DOT: the lecture's drawing."""

import re

import pytest
from cases import ALL, NEURON, Case

from engine import build, trace
from engine.graph.lumping import lump
from engine.writers import WRITERS


def dot(source: str, inputs=None, **settings) -> str:
    return WRITERS["dot"].write(trace(source, inputs, **settings)).text


def test_the_lectures_first_graph() -> None:
    text = dot("q = x + y\nf = q * z\n", {"x": -2, "y": 5, "z": -4})
    assert text.startswith("digraph program {\n  rankdir=LR\n  ordering=in\n")
    value, gradient = '<font color="#0072B2">', '<font color="#D55E00">'
    assert f"n0 -> n3 [label=<{value}-2</font><br/>{gradient}-4</font>>]" in text
    assert f"n4 -> end [label=<{value}-12</font><br/>{gradient}1</font>>]" in text
    assert "n3 [label=<+<br/><b>q</b>>, shape=ellipse]" in text


def test_two_edges_of_one_value_are_two() -> None:
    assert dot("x = 3\nf = x * x\n").count("n0 -> n1 ") == 2


def test_inputs_constants_and_gates_are_told_apart() -> None:
    text = dot("x = 3\nf = 2 * x\n")
    shapes = dict(re.findall(r"  (n\d) \[label=.*, shape=(\w+)", text))
    assert shapes == {"n0": "box", "n1": "plaintext", "n2": "ellipse"}


def test_a_lumped_gate_has_two_outlines() -> None:
    text = WRITERS["dot"].write(trace(lump(build(NEURON), ("sigmoid",)))).text
    assert "[label=<σ<br/><b>f</b>>, shape=box, peripheries=2]" in text


def test_constants_have_no_gradient_and_tensors_are_shapes() -> None:
    text = dot("X = he(4, 5)\nf = sum(0.5 * X)")
    assert '[label=<<font color="#0072B2">0.5</font>>]' in text
    assert "4 × 5" in text


def test_signs_of_markup_are_escaped() -> None:
    assert "[label=<&lt;>, " in dot("x = 3\nf = where(x < 4, x, 0)")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_every_node_and_edge_is_there(case: Case) -> None:
    graph = case.traced().graph
    text = WRITERS["dot"].write(case.traced()).text
    assert len(re.findall(r"^  n\d+ \[", text, re.MULTILINE)) == len(graph.nodes)
    assert len(re.findall(r"^  n\d+ -> n\d+ \[", text, re.MULTILINE)) == len(graph.edges)
    assert text.count("<") == text.count(">") - text.count("->")
