"""Making a new graph out of another's nodes, some left out, some put in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.graph.structure import Edge, Graph, Node


@dataclass(frozen=True, slots=True)
class Draft:
    """A node of the graph to be: what it is like, which old node it stands for, what it reads.

    A source is ("node", old index) or ("draft", mark) for a node that only the new graph has.
    """

    node: Node
    old: int | None
    sources: Sequence[tuple[str, int]]
    mark: int | None = None


def members(graph: Graph, gates: Iterable[int]) -> tuple[str, ...]:
    """The keys of the gates that one gate in place of all these stands for, lumped ones opened."""
    inside = [graph.nodes[index] for index in sorted(gates)]
    return tuple([key for node in inside for key in node.members or (node.key,)])


def inserted(node: Node, inner: Graph, arguments: Mapping[str, tuple[str, int]]) -> list[Draft]:
    """The gates of a graph of its own, in place of one gate; the last keeps the gate's name and key.

    `arguments` says for each input of that graph, by name, what the gate reads there.
    """
    drafts: list[Draft] = []
    known: dict[int, tuple[str, int]] = {}
    for part in inner.nodes:
        if part.op == "input":
            known[part.index] = arguments[part.name or ""]
            continue
        sources = [known[inner.edges[edge].source] for edge in part.incoming]
        known[part.index] = ("draft", id(part))
        if part.index == inner.output_index:
            own = replace(part, key=node.key, name=node.name, span=node.span)
            drafts.append(Draft(own, node.index, sources, id(part)))
        else:
            own = replace(part, key=f"{node.key}:{part.key}", span=node.span)
            drafts.append(Draft(own, None, sources, id(part)))
    return drafts


def rebuilt(graph: Graph, drafts: Sequence[Draft]) -> Graph:
    """The graph of the drafts, in their order. Constants that nobody reads any more are left out."""
    read = {source for draft in drafts for source in draft.sources}
    read_before = {edge.source for edge in graph.edges}
    place: dict[tuple[str, int], int] = {}
    nodes: list[Node] = []
    edges: list[Edge] = []
    for draft in drafts:
        constant = draft.node.op == "constant" and draft.old in read_before
        if constant and ("node", draft.old) not in read:
            continue
        index = len(nodes)
        incoming: list[int] = []
        differentiable = draft.node.op == "input" and draft.node.differentiable
        for argument, source in enumerate(draft.sources):
            origin = nodes[place[source]]
            carries = draft.node.record.derivative(argument) is not None and origin.differentiable
            differentiable |= carries
            incoming.append(len(edges))
            key = f"{draft.node.key}<{argument}"
            edges.append(Edge(len(edges), key, origin.index, index, argument, origin.shape, carries))
        nodes.append(
            replace(draft.node, index=index, incoming=tuple(incoming), differentiable=differentiable)
        )
        if draft.old is not None:
            place["node", draft.old] = index
        if draft.mark is not None:
            place["draft", draft.mark] = index
    return replace(
        graph,
        nodes=tuple(nodes),
        edges=tuple(edges),
        output_index=place["node", graph.output_index],
        names={name: place["node", old] for name, old in graph.names.items() if ("node", old) in place},
    )
