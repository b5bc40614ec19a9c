"""Whether a network sees each point by itself, so that any points may be taken together."""

from engine.graph.structure import Node
from engine.learning.network import Network
from engine.ops import activations, arithmetic, elementary, selection

ELEMENTWISE = frozenset(
    op.name for module in (arithmetic, elementary, activations, selection) for op in module.TABLE
)
"""Gates that work on each element by itself."""


def is_independent(net: Network, names: tuple[str, ...]) -> bool:
    """Whether row i of each of these statements follows from row i of `X`, as far as its gates show.

    A mean over the minibatch, as in batch normalization, mixes points; so does a transposed layer.
    """
    graph, X = net.graph, net.graph.names["X"]
    leads = graph.leads_to(tuple([graph.names[name] for name in names]))
    rows = {X}
    for node in graph.nodes:
        sources = [graph.nodes[graph.edges[edge].source] for edge in node.incoming]
        from_points = [source.index in rows for source in sources]
        if leads[node.index] and any(from_points):
            if not _keeps_rows(node, sources, from_points):
                return False
            rows.add(node.index)
    return True


def _keeps_rows(node: Node, sources: list[Node], from_points: list[bool]) -> bool:
    """Whether a gate leaves a point's row to that point; arguments from points have a row for each."""
    across = all(len(source.shape) == 2 for source in sources)
    match node.op:
        case "matmul":
            return from_points == [True, False] and len(sources[0].shape) == 2
        case "index":
            first = node.options["entries"][0]
            return isinstance(first, slice) and first == slice(None)
        case "concatenate":
            return all(from_points) and across and node.options["axis"] in (1, -1)
        case op if op in ELEMENTWISE:
            axes = {len(source.shape) for source, rows in zip(sources, from_points, strict=True) if rows}
            return axes == {len(node.shape)}
        case _:
            # a reduction or a softmax along the units; along no axis named, or any other, it mixes points
            return across and node.options.get("axis") in (1, -1)
