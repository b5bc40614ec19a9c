"""What a program consists of once it is to be written down, whatever the language."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine import limits
from engine.autodiff.selection import opened
from engine.autodiff.trace import Trace, trace
from engine.graph.structure import Edge, Graph, Node
from engine.ops import Operand, chosen
from engine.ops.op import Array


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A traced program, sorted for writing.

    `inputs` are all of them, `constants` only tensors and `gates` only what the output needs.
    `numbers` are the scalar constants, by node index: they are written where they are used, their
    signs included, so that `-2 * x` is one gate. `receives` says to which nodes a gradient comes
    back, `readers` lists for each node the edges that leave it. `drawn` gives for each part of a
    selection the key of the one gate that was drawn.
    """

    trace: Trace
    inputs: tuple[Node, ...]
    constants: tuple[Node, ...]
    gates: tuple[Node, ...]
    numbers: dict[int, float]
    receives: tuple[bool, ...]
    readers: tuple[tuple[Edge, ...], ...]
    drawn: dict[str, str]

    @property
    def graph(self) -> Graph:
        """The program's graph."""
        return self.trace.graph

    @property
    def leaves(self) -> tuple[Node, ...]:
        """Everything that has a value before the first gate runs."""
        return (*self.inputs, *self.constants)

    @property
    def wanted(self) -> tuple[Node, ...]:
        """The inputs that have a gradient, be it zero."""
        return tuple(node for node in self.inputs if self.trace.gradient_of[node.index] is not None)

    def key(self, node: Node) -> str:
        """The node's key in the graph as it was drawn."""
        return self.drawn.get(node.key, node.key)

    def sources(self, node: Node) -> tuple[Node, ...]:
        """The nodes that a gate reads, in argument order."""
        nodes, edges = self.graph.nodes, self.graph.edges
        return tuple([nodes[edges[edge].source] for edge in node.incoming])

    def operands(self, node: Node) -> tuple[Operand, ...]:
        """What is known of a gate's arguments without running it."""
        return tuple([Operand(source.shape, self._constant(source)) for source in self.sources(node)])

    def _constant(self, node: Node) -> Array | None:
        if node.index in self.numbers:
            return np.asarray(self.numbers[node.index])
        return node.value if node.op == "constant" else None

    def backward(self) -> Iterator[tuple[Node, tuple[Edge, ...]]]:
        """The walk back: each gate a gradient reaches, with the edges on which it hands one on."""
        for node in reversed(self.gates):
            if self.receives[node.index]:
                edges = [self.graph.edges[index] for index in node.incoming]
                yield node, tuple([edge for edge in edges if edge.differentiable])

    def contributions(self, node: Node) -> int:
        """How many gradients come back to a node, to be added up."""
        return sum(edge.differentiable and self.receives[edge.target] for edge in self.readers[node.index])

    def only_chooses(self, node: Node) -> bool:
        """Whether a value is read only where no gradient passes: as labels or as a condition."""
        edges = self.readers[node.index]
        return bool(edges) and all(
            self.graph.nodes[edge.target].record.derivative(edge.argument) is None for edge in edges
        )

    def forward_text(self, node: Node) -> str:
        """A gate's NumPy text. A copy is written as a second name: nothing is changed in place."""
        return "x" if node.op == "copy" else chosen(node.record.numpy, self.operands(node), node.options)

    def only_a_condition(self, node: Node) -> bool:
        """Whether a comparison is read by `where` alone, so that True and False will do."""
        edges = self.readers[node.index]
        return bool(edges) and all(
            self.graph.nodes[edge.target].op == "where" and edge.argument == 0 for edge in edges
        )


def outline(traced: Trace) -> Outline:
    """Sort a traced program for writing, every selection that was lumped into one gate taken apart."""
    traced, drawn = _opened(traced)
    graph = traced.graph
    needed = graph.leads_to((graph.output_index,))
    nodes = [node for node in graph.nodes if needed[node.index]]
    readers: list[list[Edge]] = [[] for _ in graph.nodes]
    for node in nodes:
        for index in node.incoming:
            readers[graph.edges[index].source].append(graph.edges[index])
    numbers = _numbers(graph, nodes)
    starts = (graph.output_index,) if graph.output.differentiable else ()
    return Outline(
        traced,
        graph.inputs,
        tuple([node for node in nodes if node.op == "constant" and node.index not in numbers]),
        tuple([node for node in nodes if node.is_gate and node.index not in numbers]),
        numbers,
        tuple(graph.leads_to(starts, differentiable=True).tolist()),
        tuple([tuple(edges) for edges in readers]),
        drawn,
    )


def _numbers(graph: Graph, nodes: list[Node]) -> dict[int, float]:
    """Scalar constants, and those with a minus in front."""
    numbers: dict[int, float] = {}
    for node in nodes:
        if node.index == graph.output_index or node.name is not None or node.shape:
            continue
        if node.op == "constant" and node.value is not None:
            numbers[node.index] = float(node.value)
        elif node.op == "negative":
            source = graph.edges[node.incoming[0]].source
            if source in numbers:
                numbers[node.index] = -numbers[source]
    return numbers


def _opened(traced: Trace) -> tuple[Trace, dict[str, str]]:
    """The same program with every selection taken apart, and the key each part was drawn under."""
    graph, drawn = opened(traced.graph)
    if graph is traced.graph:
        return traced, drawn
    inputs = {node.name or "": traced.values[node.index] for node in traced.graph.inputs}
    upstream = traced.upstream
    return trace(graph, inputs, upstream=upstream, limits=limits.UNLIMITED, finite=False), drawn
