"""Jacobians: the local gradient of a gate as one matrix, and what it would cost to keep it.

Layout, as in the lecture: one row per element of the input, one column per element of the output,

    J[i, j] = d output_j / d input_i,      downstream = J @ upstream   (both flattened, row by row).

Almost all of J is zeros for the gates in use, which is why backward multiplies by it without ever
building it. Here it is built, on request and within limits, to be looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from engine import limits as limit_table
from engine.autodiff.forward import arguments_of
from engine.autodiff.selection import SelectionOp
from engine.autodiff.trace import Trace, edge_trace
from engine.errors import InputError
from engine.graph.structure import Edge, Graph, Node
from engine.limits import Limits
from engine.ops import Elementwise
from engine.ops.op import Array
from engine.ops.shapes import broadcast, same

LAYOUT = "input x output"
"""The lecture's."""
TRANSPOSED = "output x input"
"""That of most textbooks: downstream = J.T @ upstream."""


@dataclass(frozen=True, slots=True)
class JacobianCost:
    """What the matrix would take and what the product form takes, from shapes alone.

    `explicit_bytes` is inputs * outputs numbers; `product_bytes` is the downstream gradient's own
    size, all that the product form has to produce.
    """

    inputs: int
    outputs: int
    explicit_bytes: int
    product_bytes: int

    def shape(self, layout: str = LAYOUT) -> tuple[int, int]:
        """Rows and columns of the matrix in a layout."""
        return (self.inputs, self.outputs) if layout == LAYOUT else (self.outputs, self.inputs)


@dataclass(frozen=True, slots=True, eq=False)
class Jacobian:
    """A Jacobian in full: the matrix (input x output), how much of it is not zero, its pattern.

    `pattern` is "diagonal", "dense", "sparse" or "zero", read off the matrix itself.
    """

    matrix: Array
    density: float
    pattern: str

    def in_layout(self, layout: str) -> Array:
        """The matrix in a layout."""
        return self.matrix if layout == LAYOUT else self.matrix.T


def jacobian_cost(graph: Graph, edge: Edge, dtype: npt.DTypeLike = np.float64) -> JacobianCost:
    """The price of one edge's Jacobian in bytes. Nothing of that size is allocated."""
    size = np.dtype(dtype).itemsize
    inputs, outputs = prod(edge.shape), prod(graph.nodes[edge.target].shape)
    return JacobianCost(inputs, outputs, inputs * outputs * size, inputs * size)


def jacobian(trace: Trace, edge: Edge, limits: Limits = limit_table.DEFAULT) -> Jacobian:
    """Build an edge's Jacobian, a column per output element, by sending a 1 back through each.

    Raises InputError for a label or a condition, LimitError before a matrix that is too large is allocated.
    """
    node = trace.graph.nodes[edge.target]
    derivative = node.record.derivative(edge.argument)
    if derivative is None:
        raise InputError(
            "no_gradient",
            f"no gradient passes from `{node.record.symbol}` to its argument {edge.argument}",
            span=node.span,
            hint="labels and conditions have none; ask about another edge",
            parameters={"edge": edge.id},
        )
    cost = jacobian_cost(trace.graph, edge)
    limits.check("jacobian_elements", cost.inputs * cost.outputs, node.span)
    arguments = arguments_of(trace.graph, node, trace.values)
    out = trace.values[node.index]
    matrix = np.zeros((cost.inputs, cost.outputs))
    with np.errstate(all="ignore"):
        if isinstance(derivative, Elementwise):
            local = edge_trace(node, edge, np.ones(node.shape), out, arguments).local
            matrix[_read_by(edge, node), np.arange(cost.outputs)] = np.ravel(np.asarray(local))
        else:
            operations = cost.outputs * _product_cost(trace.graph, node)
            limits.check("operations", operations, node.span, "estimated operations for a Jacobian")
            for column in range(cost.outputs):
                unit = np.zeros(cost.outputs)
                unit[column] = 1.0
                downstream = edge_trace(node, edge, unit.reshape(node.shape), out, arguments).downstream
                matrix[:, column] = np.ravel(downstream) if downstream is not None else 0.0
    return Jacobian(matrix, float(np.count_nonzero(matrix)) / matrix.size, _pattern(matrix))


def touched(trace: Trace, edge: Edge, position: tuple[int, ...]) -> Array:
    """Which output elements one input element can reach through the gate, as a mask of the output's shape."""
    mask = np.zeros(edge.shape, dtype=bool)
    mask[position] = True
    return _reached(trace.graph, trace.graph.nodes[edge.target], {edge.argument: mask})


def _reached(graph: Graph, node: Node, masks: Mapping[int, Array]) -> Array:
    """Which output elements depend on those marked in the masks, given by the argument's position.

    An elementwise gate reads the element at the same place. In others, the marked elements are NaN
    among harmless numbers, and NaN spreads to exactly what depends on it.
    """
    record, edges = node.record, [graph.edges[index] for index in node.incoming]
    if isinstance(record, SelectionOp) and record.inner is not None:
        return _reached_within(record.inner, masks)
    if record.shape in (broadcast, same):
        return np.logical_or.reduce([np.broadcast_to(mask, node.shape) for mask in masks.values()])
    if any(record.derivative(position) is None for position in masks):
        return np.ones(node.shape, dtype=bool)  # a label: the loss is one number
    arguments = [np.full(edge.shape, 0.5 if record.derivative(edge.argument) else 0.0) for edge in edges]
    for position, mask in masks.items():
        arguments[position][mask] = np.nan
    with np.errstate(all="ignore"):
        return np.isnan(record.forward(tuple(arguments), node.options))


def _reached_within(graph: Graph, masks: Mapping[int, Array]) -> Array:
    """The same through the gates inside a selection, one after the other."""
    marked = {node.index: masks[place] for place, node in enumerate(graph.inputs) if place in masks}
    for node in graph.nodes:
        edges = [graph.edges[index] for index in node.incoming]
        read = {edge.argument: marked[edge.source] for edge in edges if edge.source in marked}
        if read:
            marked[node.index] = _reached(graph, node, read)
    return marked.get(graph.output_index, np.zeros(graph.output.shape, dtype=bool))


def _read_by(edge: Edge, node: Node) -> Array:
    """For each output element of an elementwise gate, the argument's element that it reads, both flat."""
    return np.ravel(np.broadcast_to(np.arange(prod(edge.shape)).reshape(edge.shape), node.shape))


def _product_cost(graph: Graph, node: Node) -> int:
    """Operations of one product with upstream, about those of the forward pass."""
    return node.record.cost(tuple([graph.edges[index].shape for index in node.incoming]), node.shape)


def _pattern(matrix: Array) -> str:
    filled = np.count_nonzero(matrix)
    if filled == 0:
        return "zero"
    if matrix.shape[0] == matrix.shape[1] > 1 and filled == np.count_nonzero(np.diagonal(matrix)):
        return "diagonal"
    return "dense" if filled == matrix.size else "sparse"
