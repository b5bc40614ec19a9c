"""A selection of gates lumped under a name of the user's own.

Any connected selection with one output can be one gate: its forward pass runs the gates inside, its
derivative with respect to an argument is backpropagation through them. Where every gate inside is
elementwise, so is the whole, and the local gradient is what a gradient of ones comes back as.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from engine.autodiff.forward import forward
from engine.autodiff.trace import trace
from engine.errors import InputError
from engine.graph.rebuild import Draft, rebuilt
from engine.graph.structure import Graph, Node
from engine.ops import Derivative, Elementwise, Op, Product
from engine.ops.op import Array, Options, Shape


@dataclass(frozen=True, slots=True)
class SelectionOp(Op):
    """The record of a selection: a graph of its own, with inputs x0, x1, ..."""

    inner: Graph | None = None
    elementwise: bool = False

    def derivative(self, position: int) -> Derivative:
        """The text names the argument; `backward` differentiates the graph inside."""
        if not _graph(self).inputs[position].differentiable:
            return None
        latex = rf"\partial\,\mathrm{{{self.symbol}}} / \partial\,{{x{position}}}"
        return Elementwise(str(position), latex) if self.elementwise else Product(str(position), latex)

    def forward(self, arguments: tuple[Array, ...], options: Options) -> Array:
        """Run the gates inside."""
        graph = _graph(self)
        return forward(graph, dict(zip(self.arguments, arguments, strict=True)))[graph.output_index]

    def backward(
        self, text: str, upstream: Array | None, out: Array, arguments: tuple[Array, ...], options: Options
    ) -> Array:
        """Backpropagate through the gates inside, to the argument that `text` names."""
        seed = np.ones(out.shape) if upstream is None else upstream
        inner = trace(
            _graph(self), dict(zip(self.arguments, arguments, strict=True)), upstream=seed, finite=False
        )
        return inner.gradients[self.arguments[int(text)]]


def _graph(op: SelectionOp) -> Graph:
    assert op.inner is not None
    return op.inner


def lump_selection(graph: Graph, keys: Collection[str], name: str) -> Graph:
    """Lump the gates of those keys into one gate called `name`.

    Raises InputError when a key is unknown or not a gate, when more than one value leaves the
    selection, or when a path leaves it and comes back.
    """
    inside = _gates(graph, keys)
    root = _only_exit(graph, inside)
    sources: list[int] = []
    for index in sorted(inside):
        for edge in graph.nodes[index].incoming:
            source = graph.edges[edge].source
            constant = graph.nodes[source].op == "constant"
            if source not in inside and source not in sources and not constant:
                sources.append(source)
    if not sources:
        raise _refused("no_input", "the selection depends on nothing outside it")
    if any(graph.leads_to((source,))[list(inside)].any() for source in sources):
        raise _refused("not_convex", "a path leaves the selection and comes back into it")
    inner = _inner_graph(graph, inside, sources, root)
    record = _record(graph, inner, name, root)
    gate = replace(
        graph.nodes[root],
        op="selection",
        options={},
        lumped=record,
        members=tuple(graph.nodes[index].key for index in sorted(inside)),
    )
    drafts: list[Draft] = []
    for node in graph.nodes:
        if node.index == root:
            drafts.append(Draft(gate, root, [("node", source) for source in sources]))
        elif node.index not in inside:
            drafts.append(
                Draft(node, node.index, [("node", graph.edges[edge].source) for edge in node.incoming])
            )
    return rebuilt(graph, drafts)


def _gates(graph: Graph, keys: Collection[str]) -> set[int]:
    by_key = {node.key: node for node in graph.nodes}
    for key in keys:
        if key not in by_key or not by_key[key].is_gate:
            raise _refused("not_a_gate", f"`{key}` is not a gate of this graph")
    if not keys:
        raise _refused("empty_selection", "the selection is empty")
    return {by_key[key].index for key in keys}


def _only_exit(graph: Graph, inside: set[int]) -> int:
    """The one gate of the selection that anything outside reads."""
    exits = {edge.source for edge in graph.edges if edge.source in inside and edge.target not in inside}
    exits |= {graph.output_index} & inside
    if len(exits) != 1:
        raise _refused("many_outputs", f"{len(exits)} values leave the selection; one gate has one output")
    return exits.pop()


def _inner_graph(graph: Graph, inside: set[int], sources: list[int], root: int) -> Graph:
    """The selection as a graph of its own, with an input for each value that enters."""
    drafts: list[Draft] = []
    for position, source in enumerate(sources):
        name = f"x{position}"
        node = graph.nodes[source]
        leaf = Node(
            0, name, "input", node.shape, node.span, name, declared="free", differentiable=node.differentiable
        )
        drafts.append(Draft(leaf, source, []))
    for node in graph.nodes:
        read = node.op == "constant" and any(
            edge.source == node.index and edge.target in inside for edge in graph.edges
        )
        if read or node.index in inside:
            drafts.append(
                Draft(node, node.index, [("node", graph.edges[edge].source) for edge in node.incoming])
            )
    inner = replace(graph, output_index=root, names={}, unused=())
    return rebuilt(inner, drafts)


def _record(graph: Graph, inner: Graph, name: str, root: int) -> SelectionOp:
    arguments = tuple([node.name or "" for node in inner.inputs])
    shape = graph.nodes[root].shape

    def shape_rule(shapes: tuple[Shape, ...], options: Options) -> Shape:
        return shape

    def cost(shapes: tuple[Shape, ...], out: Shape) -> int:
        return inner.cost

    return SelectionOp(
        name="selection",
        symbol=name,
        arguments=arguments,
        doc=f"{len(inner.nodes) - len(inner.inputs)} gates lumped into one.",
        source="the user's own selection",
        numpy=f"{name}({', '.join(arguments)})",
        torch=f"{name}({', '.join(arguments)})",
        latex=rf"\mathrm{{{name}}}({', '.join(f'{{{argument}}}' for argument in arguments)})",
        derivatives=(),
        shape=shape_rule,
        cost=cost,
        inner=inner,
        elementwise=_is_elementwise(inner),
    )


def _is_elementwise(graph: Graph) -> bool:
    """Whether each output element depends on one element of each argument, at the same place."""
    gates = [node for node in graph.nodes if node.is_gate]
    alike = all(node.shape == graph.output.shape for node in (*gates, *graph.inputs))
    return alike and all(
        isinstance(gate.record.derivative(position), Elementwise | None)
        for gate in gates
        for position in range(len(gate.incoming))
    )


def _refused(code: str, detail: str) -> InputError:
    return InputError(code, detail, hint="select connected gates of which only one is read from outside")
