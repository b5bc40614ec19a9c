"""Patterns in gradient flow: what a gate does to the gradient that arrives at it."""

from engine.graph.structure import Graph, Node

MEANING = {
    "distributor": "hands the upstream gradient on, as it is but for a minus, to every argument",
    "swap": "hands each argument the upstream gradient times the other argument's value",
    "router": "hands the upstream gradient to the argument that won, and nothing to the others",
    "adder": "adds up the gradients that come back over its copies",
    "scale": "hands the upstream gradient on, times a constant",
    "saturating": "weakens the upstream gradient, down to nothing far from zero",
    "mix": "mixes the elements of the upstream gradient with the other factor's weights",
}


def pattern(graph: Graph, node: Node) -> str | None:
    """The pattern a gate shows, or None. Multiplying or dividing by a constant only scales."""
    if not node.is_gate or not node.differentiable:
        return None
    sources = [graph.nodes[graph.edges[edge].source] for edge in node.incoming]
    if node.op == "multiply" and not all(source.differentiable for source in sources):
        return "scale"
    if node.op == "divide" and not sources[1].differentiable:
        return "scale"
    return node.record.pattern
