"""What one gate computes and what one edge's local gradient is, in LaTeX."""

import pytest
from cases import ALL, NET, NEURON, Case

from engine import build, limits
from engine.autodiff.selection import lump_selection
from engine.graph.copies import with_copies
from engine.graph.structure import Graph
from engine.writers.formula import Formulas

WEIGHTED_SUM = r"w_{0} \cdot x_{0} + w_{1} \cdot x_{1} + w_{2}"


def gates(graph: Graph) -> dict[str, str]:
    """Each gate's formula by its op, the last one of each."""
    return {node.op: Formulas(graph).node(node) or "" for node in graph.nodes if node.is_gate}


def locals_of(graph: Graph, op: str) -> list[str | None]:
    node = next(node for node in graph.nodes if node.op == op)
    return [Formulas(graph).edge(graph.edges[edge]) for edge in node.incoming]


def test_gates_without_a_name_are_written_out() -> None:
    graph = build(NEURON)
    assert gates(graph) == {
        "multiply": r"w_{1} \cdot x_{1}",
        "add": rf"1 + e^{{-\left({WEIGHTED_SUM}\right)}}",
        "negative": rf"-\left({WEIGHTED_SUM}\right)",
        "exp": rf"e^{{-\left({WEIGHTED_SUM}\right)}}",
        "divide": rf"\frac{{1}}{{1 + e^{{-\left({WEIGHTED_SUM}\right)}}}}",
    }
    assert locals_of(graph, "multiply") == ["x_{0}", "w_{0}"]
    assert locals_of(graph, "add") == ["1", "1"]
    assert locals_of(graph, "exp") == [r"\mathrm{output}"]
    denominator = rf"\left(1 + e^{{-\left({WEIGHTED_SUM}\right)}}\right)"
    assert locals_of(graph, "divide") == [None, rf"-\frac{{1}}{{{{{denominator}}}^2}}"]


def test_names_stand_for_what_they_name() -> None:
    graph = build(NET)
    named = {node.name: Formulas(graph).node(node) for node in graph.nodes if node.is_gate and node.name}
    assert named["h1"] == r"\max(0, X \, W_{1} + b_{1})"
    assert named["scores"] == r"h_{1} \, W_{2} + b_{2}"
    assert named["regularization"] == r"0.001 \cdot \left(\sum {W_{1}}^{2} + \sum {W_{2}}^{2}\right)"
    assert locals_of(graph, "relu") == [r"[X \, W_{1} + b_{1} > 0]"]
    assert locals_of(graph, "matmul") == [
        r"\mathrm{upstream} \, {W_{1}}^\top",
        r"X^\top \, \mathrm{upstream}",
    ]


def test_inputs_and_constants_have_no_formula() -> None:
    graph = build("x = 2\nf = 3 * x")
    assert [Formulas(graph).node(node) for node in graph.nodes] == [None, None, r"3 \cdot x"]
    assert locals_of(graph, "multiply") == [None, "3"]


def test_the_output_in_its_own_local_gradient() -> None:
    assert locals_of(build("x = 2\nf = exp(x)"), "exp") == ["f"]
    assert locals_of(build("x = 2\nf = 1 + exp(x)"), "exp") == ["e^{x}"]
    assert locals_of(build("x = 2\nf = 1 + tanh(2 * x)"), "tanh") == [r"1 - {\mathrm{output}}^2"]


def test_options_and_entries_are_filled_in() -> None:
    graph = build("x = [[1, 2], [3, 4]]\nf = leaky_relu(x[0, 1], slope=0.3) * sum(sum(x, axis=0))")
    found = gates(graph)
    assert found["leaky_relu"] == r"\max(0.3 x_{[0, 1]}, x_{[0, 1]})"
    assert found["sum"] == r"\sum \left(\sum_{\text{axis } 0} x\right)"
    assert locals_of(graph, "leaky_relu") == [r"[x_{[0, 1]} > 0] + 0.3 [x_{[0, 1]} \le 0]"]


def test_constants_are_written_out_where_they_are_small() -> None:
    assert gates(build("x = 2\nf = x**-2"))["power"] == "x^{-2}"
    assert gates(build("x = [1, 2]\nf = x - [3, 4]"))["subtract"] == (
        r"x - \begin{bmatrix} 3 & 4 \end{bmatrix}"
    )
    assert gates(build("x = [1, 2, 3, 4, 5, 6, 7]\nf = x - [1, 2, 3, 4, 5, 6, 7]"))["subtract"] == (
        r"x - \mathrm{constant}"
    )


def test_a_copy_is_what_is_copied() -> None:
    graph = with_copies(build("x = 2\nf = x * x"))
    assert gates(graph) == {"copy": "x", "multiply": r"x \cdot x"}


def test_a_selection_goes_by_its_name() -> None:
    graph = build("x = 2; k = 3\nh = x * k\nf = h + 1")
    graph = lump_selection(graph, ["h", "f"], "my_größe")
    assert gates(graph) == {"selection": r"\text{my\_größe}(x, k)"}
    assert locals_of(graph, "selection") == [
        r"\partial\,\text{my\_größe} / \partial\,x",
        r"\partial\,\text{my\_größe} / \partial\,k",
    ]


def test_of_a_long_expression_the_nearest_gates_are_written() -> None:
    wide = build("x = 2\nf = " + " + ".join(["x"] * 40))
    assert Formulas(wide).node(wide.output) == r"(\ldots)" + " + x" * 12
    deep = build("x = 2\nf = " + "exp(" * 40 + "x" + ")" * 40)
    assert Formulas(deep).node(deep.output) == "e^{" * 12 + r"\ldots" + "}" * 12


@pytest.mark.parametrize(
    "source",
    [
        "x = 1.5\nf = " + "sin(" * 1_500 + "x" + ")" * 1_500,
        "x = 1.5\nf = " + "elu(" * 1_500 + "x" + ")" * 1_500,
        "x = 1.5\nf = " + " + ".join(["x"] * 1_500),
    ],
    ids=["deep", "repeating its argument", "wide"],
)
def test_a_formula_is_short_however_large_the_graph(source: str) -> None:
    graph = build(source, limits=limits.UNLIMITED)
    assert max(len(Formulas(graph).node(node) or "") for node in graph.nodes) < 500
    assert max(len(Formulas(graph).edge(edge) or "") for edge in graph.edges) < 500


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_every_brace_is_closed(case: Case) -> None:
    graph = case.traced().graph
    texts = [Formulas(graph).node(node) for node in graph.nodes]
    texts += [Formulas(graph).edge(edge) for edge in graph.edges]
    for text in filter(None, texts):
        depth = 0
        for character in text.replace(r"\{", "").replace(r"\}", ""):
            depth += (character == "{") - (character == "}")
            assert depth >= 0, text
        assert depth == 0, text
        assert text.count(r"\left(") == text.count(r"\right)"), text
