"""Jacobians: the local gradient of a gate as one matrix, and what it would cost to keep it.

Layout, as in the lecture: one row per element of the input, one column per element of the output,

    J[i, j] = d output_j / d input_i,      downstream = J @ upstream   (both flattened, row by row).

Almost all of J is zeros for the gates in use, which is why backward multiplies by it without ever
building it. Here it is built, on request and within limits, to be looked at.
"""

from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from engine import limits as limit_table
from engine.autodiff.forward import arguments_of
from engine.autodiff.trace import Trace, edge_trace
from engine.graph.structure import Edge, Graph
from engine.limits import Limits
from engine.ops import Elementwise
from engine.ops.op import Array

LAYOUT = "input x output"


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


@dataclass(frozen=True, slots=True, eq=False)
class Jacobian:
    """A Jacobian in full: the matrix (input x output), how much of it is not zero, its pattern.

    `pattern` is "diagonal", "dense", "sparse" or "zero", read off the matrix itself.
    """

    matrix: Array
    density: float
    pattern: str


def jacobian_cost(graph: Graph, edge: Edge, dtype: npt.DTypeLike = np.float64) -> JacobianCost:
    """The price of one edge's Jacobian in bytes. Nothing of that size is allocated."""
    size = np.dtype(dtype).itemsize
    inputs, outputs = prod(edge.shape), prod(graph.nodes[edge.target].shape)
    return JacobianCost(inputs, outputs, inputs * outputs * size, inputs * size)


def jacobian(trace: Trace, edge: Edge, limits: Limits = limit_table.DEFAULT) -> Jacobian:
    """Build an edge's Jacobian, a column per output element, by sending a 1 back through each.

    Raises LimitError before the matrix is allocated when it is too large.
    """
    node = trace.graph.nodes[edge.target]
    cost = jacobian_cost(trace.graph, edge)
    limits.check("jacobian_elements", cost.inputs * cost.outputs, node.span)
    arguments = arguments_of(trace.graph, node, trace.values)
    out = trace.values[node.index]
    matrix = np.zeros((cost.inputs, cost.outputs))
    with np.errstate(all="ignore"):
        if isinstance(node.record.derivative(edge.argument), Elementwise) and edge.shape == node.shape:
            local = edge_trace(node, edge, np.ones(node.shape), out, arguments).local
            np.fill_diagonal(matrix, local)
        else:
            for column in range(cost.outputs):
                unit = np.zeros(cost.outputs)
                unit[column] = 1.0
                downstream = edge_trace(node, edge, unit.reshape(node.shape), out, arguments).downstream
                matrix[:, column] = np.ravel(downstream) if downstream is not None else 0.0
    return Jacobian(matrix, float(np.count_nonzero(matrix)) / matrix.size, _pattern(matrix))


def touched(trace: Trace, edge: Edge, position: tuple[int, ...]) -> Array:
    """Which output elements one input element can reach through the gate, as a mask of the output's shape.

    The element is replaced by NaN, which spreads to exactly what depends on it.
    """
    node = trace.graph.nodes[edge.target]
    arguments = list(arguments_of(trace.graph, node, trace.values))
    poisoned = np.array(arguments[edge.argument], dtype=np.float64)
    poisoned[position] = np.nan
    arguments[edge.argument] = poisoned
    with np.errstate(all="ignore"):
        out = node.record.forward(tuple(arguments), node.options)
    return np.isnan(out) & ~np.isnan(trace.values[node.index])


def _pattern(matrix: Array) -> str:
    filled = np.count_nonzero(matrix)
    if filled == 0:
        return "zero"
    if matrix.shape[0] == matrix.shape[1] > 1 and filled == np.count_nonzero(np.diagonal(matrix)):
        return "diagonal"
    return "dense" if filled == matrix.size else "sparse"
