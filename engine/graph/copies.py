"""Fan-out drawn as copy gates: a value used twice is copied, and its copies' gradients add up."""

from dataclasses import replace

from engine.graph.structure import Edge, Graph, Node


def with_copies(graph: Graph) -> Graph:
    """The same graph with a copy gate after every value that more than one gradient comes back to.

    Values and gradients stay as they were; what changes is that the sum is made at a gate of its own.
    """
    uses = [0] * len(graph.nodes)
    for edge in graph.edges:
        uses[edge.source] += edge.differentiable
    nodes: list[Node] = []
    edges: list[Edge] = []
    place: dict[int, int] = {}
    """Old index of a node: new index of the node that its readers read."""
    own: dict[int, int] = {}
    for node in graph.nodes:
        incoming: list[int] = []
        for old in node.incoming:
            edge = graph.edges[old]
            source = place[edge.source] if edge.differentiable else own[edge.source]
            incoming.append(len(edges))
            edges.append(replace(edge, index=len(edges), source=source, target=len(nodes)))
        own[node.index] = place[node.index] = len(nodes)
        nodes.append(replace(node, index=len(nodes), incoming=tuple(incoming)))
        if uses[node.index] > 1:
            key = f"{node.key}:copy"
            wire = Edge(len(edges), f"{key}<0", len(nodes) - 1, len(nodes), 0, node.shape, True)
            place[node.index] = len(nodes)
            nodes.append(Node(len(nodes), key, "copy", node.shape, node.span, incoming=(wire.index,)))
            edges.append(wire)
    return replace(
        graph,
        nodes=tuple(nodes),
        edges=tuple(edges),
        output_index=own[graph.output_index],
        names={name: own[index] for name, index in graph.names.items()},
    )
