"""A selection of gates lumped under a name of the user's own.

Any connected selection with one output can be one gate: its forward pass runs the gates inside, its
derivative with respect to an argument is backpropagation through them. Where every gate inside is
elementwise, so is the whole, and the local gradient is what a gradient of ones comes back as.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.autodiff.forward import arguments_of, forward
from engine.autodiff.trace import edge_trace
from engine.errors import InputError, quoted
from engine.graph.rebuild import Draft, inserted, members, rebuilt
from engine.graph.structure import Graph, Node
from engine.ops import Derivative, Elementwise, Op, Product
from engine.ops.op import Array, Options, Shape


@dataclass(frozen=True, slots=True)
class SelectionOp(Op):
    """The record of a selection: a graph of its own, with inputs x0, x1, ...

    `differentiable` are the positions of the arguments that a gradient comes back to.
    """

    inner: Graph | None = None
    differentiable: frozenset[int] = frozenset()
    elementwise: bool = False

    def derivative(self, position: int) -> Derivative:
        """The text names the argument; `backward` differentiates the graph inside."""
        if position not in self.differentiable:
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
        graph, wanted = _graph(self), int(text)
        values = forward(graph, dict(zip(self.arguments, arguments, strict=True)))
        return _pulled_back(graph, values, np.ones(out.shape) if upstream is None else upstream, wanted)


def _pulled_back(graph: Graph, values: list[Array], upstream: Array, wanted: int) -> Array:
    """The gradient of one input, from upstream at the output; only paths that lead there are walked."""
    depends = graph.depends_on(wanted)
    gradients = {graph.output_index: upstream}
    for node in reversed(graph.nodes):
        if node.index not in gradients:
            continue
        arguments = arguments_of(graph, node, values)
        for index in node.incoming:
            edge = graph.edges[index]
            if edge.differentiable and depends[edge.source]:
                traced = edge_trace(node, edge, gradients[node.index], values[node.index], arguments)
                downstream = traced.downstream
                assert downstream is not None
                gradients[edge.source] = gradients.get(edge.source, 0.0) + downstream
    return gradients[wanted]


def _graph(op: SelectionOp) -> Graph:
    assert op.inner is not None
    return op.inner


def lump_selection(graph: Graph, keys: Collection[str], name: str) -> Graph:
    """Lump the gates of those keys into one gate called `name`.

    The key of a gate that was lumped before stands for the gate it is now part of; a selection that is
    part of a single lumped gate leaves the graph as it is. Raises InputError when a key is unknown or
    not a gate, when nothing enters the selection, or when more than one value leaves it (as one does
    wherever a path leaves and comes back).
    """
    if not keys:
        raise _refused("empty_selection", "the selection is empty")
    drawn = _drawn_gates(graph)
    for key in keys:
        if key not in drawn:
            raise _refused("not_a_gate", f"{quoted(key)} is not a gate of this graph")
    inside = {drawn[key] for key in keys}
    if _is_lumped(graph, inside):
        return graph
    exits = _exits(graph, inside)
    if len(exits) != 1:
        raise _refused("many_outputs", f"{len(exits)} values leave the selection; one gate has one output")
    if not _entering(graph, inside):
        raise _refused("no_input", "the selection depends on nothing outside it")
    return _lumped(graph, {max(inside): (name, inside)})


def collapse(graph: Graph, keys: Collection[str]) -> Graph:
    """Lump each statement whose value is held by one of those keys into one gate of its name.

    Statements of a single gate, and those that depend on nothing outside them, stay as they are. Two
    statements that a gate lumped before reaches into become one gate, of the later one's name.
    """
    drawn = _drawn_gates(graph)
    groups: dict[int, tuple[str, set[int]]] = {}
    for statement in graph.statements:
        if statement.node in keys and len(statement.gates) > 1:
            inside = {drawn[key] for key in statement.gates}
            for root in [root for root, (_, other) in groups.items() if other & inside]:
                inside |= groups.pop(root)[1]
            if _entering(graph, inside) and not _is_lumped(graph, inside):
                groups[max(inside)] = (statement.name or "expression", inside)
    return _lumped(graph, groups) if groups else graph


def opened(graph: Graph) -> tuple[Graph, dict[str, str]]:
    """The graph with every selection taken apart again, and for each part the key it was drawn under."""
    if all(node.lumped is None for node in graph.nodes):
        return graph, {}
    drafts: list[Draft] = []
    drawn: dict[str, str] = {}
    for node in graph.nodes:
        unchanged = _unchanged(graph, node)
        if not isinstance(node.lumped, SelectionOp):
            drafts.append(unchanged)
            continue
        arguments = dict(zip(node.lumped.arguments, unchanged.sources, strict=True))
        parts = inserted(node, _graph(node.lumped), arguments)
        drawn |= {part.node.key: node.key for part in parts}
        drafts += parts
    return rebuilt(graph, drafts), drawn


def _drawn_gates(graph: Graph) -> dict[str, int]:
    """The index of each gate by its key, and by the keys of the gates it stands for."""
    return {key: node.index for node in graph.nodes if node.is_gate for key in (node.key, *node.members)}


def _is_lumped(graph: Graph, inside: set[int]) -> bool:
    return len(inside) == 1 and bool(graph.nodes[min(inside)].members)


def _entering(graph: Graph, inside: set[int]) -> list[int]:
    """The nodes outside whose values the selection reads, in the order in which it does."""
    read = [
        graph.edges[edge].source
        for index in sorted(inside)
        for edge in graph.nodes[index].incoming
        if graph.edges[edge].source not in inside
    ]
    return [index for index in dict.fromkeys(read) if graph.nodes[index].op != "constant"]


def _exits(graph: Graph, inside: set[int]) -> set[int]:
    """The gates of a selection whose values leave it: read from outside, or by nobody at all."""
    read_inside = {edge.source for edge in graph.edges if edge.target in inside}
    read_outside = {edge.source for edge in graph.edges if edge.target not in inside}
    return {
        index
        for index in inside
        if index in read_outside or index not in read_inside or index == graph.output_index
    }


def _lumped(graph: Graph, groups: Mapping[int, tuple[str, set[int]]]) -> Graph:
    """The graph with one gate in place of each group, given by the group's last gate, its only exit."""
    taken = {index for _, inside in groups.values() for index in inside}
    drafts: list[Draft] = []
    for node in graph.nodes:
        if node.index in groups:
            name, inside = groups[node.index]
            sources = _entering(graph, inside)
            record = _record(node, _inner_graph(graph, inside, sources), name)
            kept = members(graph, inside)
            gate = replace(node, op="selection", options={}, lumped=record, members=kept)
            drafts.append(Draft(gate, node.index, [("node", source) for source in sources]))
        elif node.index not in taken:
            drafts.append(_unchanged(graph, node))
    return rebuilt(graph, drafts)


def _inner_graph(graph: Graph, inside: set[int], sources: list[int]) -> Graph:
    """The selection as a graph of its own, with an input for each value that enters.

    Selections inside it are opened: gates within gates would have to call each other, as deep as they lie.
    """
    drafts: list[Draft] = []
    for position, source in enumerate(sources):
        name = f"x{position}"
        node = graph.nodes[source]
        leaf = Node(
            0, name, "input", node.shape, node.span, name, declared="free", differentiable=node.differentiable
        )
        drafts.append(Draft(leaf, source, []))
    read = {graph.edges[edge].source for index in inside for edge in graph.nodes[index].incoming}
    drafts += [_unchanged(graph, graph.nodes[index]) for index in sorted((read | inside) - set(sources))]
    inner = replace(graph, output_index=max(inside), names={}, unused=(), statements=())
    return opened(rebuilt(inner, drafts))[0]


def _unchanged(graph: Graph, node: Node) -> Draft:
    return Draft(node, node.index, [("node", graph.edges[edge].source) for edge in node.incoming])


def _record(root: Node, inner: Graph, name: str) -> SelectionOp:
    arguments = tuple([node.name or "" for node in inner.inputs])
    reached = inner.leads_to((inner.output_index,), differentiable=True)

    def shape(shapes: tuple[Shape, ...], options: Options) -> Shape:
        return root.shape

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
        shape=shape,
        cost=cost,
        inner=inner,
        differentiable=frozenset(
            [at for at, node in enumerate(inner.inputs) if node.differentiable and reached[node.index]]
        ),
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
