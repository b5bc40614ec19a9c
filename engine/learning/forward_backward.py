"""One minibatch on its way through a program: every named statement's value, then its gradient."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.errors import Span
from engine.graph.structure import Graph, Node
from engine.learning.network import Network
from engine.limits import DEFAULT
from engine.ops.op import Array, Shape

Kind = Literal["data", "parameter", "constant", "computed"]


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A name that the loss is computed from, or the loss itself.

    `operands` are the names it is computed from directly. `gradient` is d loss / d value, of the
    value's own shape; None for data, constants and what no gradient reaches.
    """

    name: str
    kind: Kind
    span: Span
    operands: tuple[str, ...]
    value: Array
    gradient: Array | None

    @property
    def shape(self) -> Shape:
        """The value's shape."""
        return self.value.shape


def walk(
    net: Network, parameters: dict[str, Array], gradients: dict[str, Array], X: Array, y: Array
) -> tuple[Statement, ...]:
    """Every name that leads to the loss, in the order of computation, over the minibatch X, y.

    The numbers are the plan's, in the kind of number trained; `gradients` are the parameters' own.
    Raises LimitError where they would be too many to be kept side by side.
    """
    graph = net.graph_of(len(y))
    nodes = _named(graph, net.loss)
    DEFAULT.check("total_elements", sum(int(np.prod(node.shape)) for node in nodes.values()))
    computed = [name for name, node in nodes.items() if node.is_gate]
    loss = nodes[net.loss]
    flowing = graph.leads_to((loss.index,), differentiable=True)
    reached = [name for name in computed if flowing[nodes[name].index] and nodes[name].differentiable]
    outputs = (net.loss, *[name for name in computed if name != net.loss])
    given = {**net.constants, **parameters, "X": X, "y": y}
    found, flowed = net.plan(len(y), outputs, tuple(reached))(given)
    values = given | dict(zip(outputs, found, strict=True))
    back = gradients | dict(zip(reached, flowed, strict=True))
    return tuple(
        [
            Statement(
                name=name,
                kind=_kind(name, node, net),
                span=node.span,
                operands=_operands(graph, node, nodes),
                # a plan's answers may share memory with one another
                value=np.array(values[name]).reshape(node.shape),
                gradient=np.array(back[name]).reshape(node.shape) if name in back else None,
            )
            for name, node in nodes.items()
        ]
    )


def _named(graph: Graph, loss: str) -> dict[str, Node]:
    """The names that lead to the loss, in the order of computation; a second name for a value is left out."""
    leads = graph.leads_to((graph.names[loss],))
    found: dict[int, str] = {graph.names[loss]: loss}
    for name, index in graph.names.items():
        if leads[index]:
            found.setdefault(index, name)
    return {found[index]: graph.nodes[index] for index in sorted(found)}


def _operands(graph: Graph, node: Node, nodes: dict[str, Node]) -> tuple[str, ...]:
    """The nearest names behind a node, in the order in which they stand in its statement."""
    names = {found.index: name for name, found in nodes.items()}
    waiting = [graph.edges[edge].source for edge in reversed(node.incoming)]
    found: dict[str, None] = {}
    seen: set[int] = set()
    while waiting:
        index = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        if index in names:
            found[names[index]] = None
        else:
            waiting += [graph.edges[edge].source for edge in reversed(graph.nodes[index].incoming)]
    return tuple(found)


def _kind(name: str, node: Node, net: Network) -> Kind:
    if node.is_gate:
        return "computed"
    if name in net.parameters:
        return "parameter"
    return "data" if name in ("X", "y") else "constant"
