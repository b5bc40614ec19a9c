"""The hidden layers of a network, found in its program however it is wired."""

from dataclasses import dataclass
from functools import lru_cache

from engine.graph.structure import Graph, Node
from engine.learning.network import Network
from engine.ops import Elementwise
from engine.ops.arithmetic import TABLE as ARITHMETIC

PLAIN = frozenset(op.name for op in ARITHMETIC)
"""Gates that calculate with a value without being what makes a layer nonlinear."""


@dataclass(frozen=True, slots=True)
class HiddenLayer:
    """A statement whose value is one row of units for each point.

    `activation` is the op of the gate that makes it, where that works on each element of one value
    (`relu(z)`, `maximum(z, 0)`), else None: a sum of two such gates, as in a residual connection, has
    no one activation. `local_edge` is the edge into that gate, by index, which carries the
    activation's local gradient.
    """

    name: str
    units: int
    activation: str | None
    local_edge: int | None


@lru_cache(maxsize=64)
def hidden_layers(net: Network) -> tuple[HiddenLayer, ...]:
    """The named statements of shape (rows, units) on the way from `X` to `scores`, first to last.

    Each is computed from `X` and at least one parameter and leads to `scores`, which is left out; where
    a program has no scores, to the loss, and is not computed from the labels, which a point of the
    plane does not have. A second name for the same value is no second layer.
    """
    graph = net.graph
    end = graph.named("scores") if net.has_scores else graph.named(net.loss)
    assert end is not None
    leads = graph.leads_to((end.index,))
    from_points, from_labels = _computed_from(graph, ("X",)), _computed_from(graph, ("y",))
    from_parameters = _computed_from(graph, tuple(net.parameters))
    # (rows, units) for any number of rows: a product such as `X.T @ X` only happens to look like it
    others = net.graph_of(net.other_rows).nodes
    found: dict[int, HiddenLayer] = {}
    for name, index in graph.names.items():
        node = graph.nodes[index]
        shaped = len(node.shape) == 2 and node.shape[0] == net.rows
        shaped = shaped and others[index].shape == (net.other_rows, node.shape[1])
        inside = leads[index] and index != end.index and index not in from_labels
        if shaped and inside and index in from_points and index in from_parameters:
            found.setdefault(index, _layer(graph, name, node))
    return tuple([found[index] for index in sorted(found)])


def _layer(graph: Graph, name: str, node: Node) -> HiddenLayer:
    edge = _activated(graph, node)
    return HiddenLayer(name, node.shape[1], None if edge is None else node.op, edge)


def _activated(graph: Graph, node: Node) -> int | None:
    """The edge of the one value that an elementwise gate works on; None where it is no activation."""
    edges = [graph.edges[index] for index in node.incoming]
    computed = [edge for edge in edges if graph.nodes[edge.source].value is None]
    if node.op in PLAIN or len(computed) != 1 or computed[0].shape != node.shape:
        return None
    if not isinstance(node.record.derivative(computed[0].argument), Elementwise):
        return None
    return computed[0].index if computed[0].differentiable else None


def _computed_from(graph: Graph, names: tuple[str, ...]) -> set[int]:
    """Every node computed from one of these inputs, and the inputs themselves."""
    found = {graph.names[name] for name in names if name in graph.names}
    for edge in graph.edges:
        if edge.source in found:
            found.add(edge.target)
    return found
