"""The trace: a graph run forward and backward with every number kept.

For each edge the three factors of the chain rule,

    downstream = upstream * local            (elementwise gates)
    downstream = J @ upstream                (gates whose local gradient is a matrix J, input x output)

and for each node its gradient, the sum of the downstreams of all its outgoing edges.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine import limits as limit_table
from engine.autodiff.forward import arguments_of, forward
from engine.autodiff.inputs import as_tensors
from engine.autodiff.notes import Note, backward_note, forward_notes, sum_note, unused_notes
from engine.errors import InputError
from engine.graph.build import build
from engine.graph.structure import Edge, Graph, Node
from engine.limits import Limits
from engine.ops import Elementwise, Operand, chosen
from engine.ops.functions import unbroadcast
from engine.ops.op import Array
from engine.ops.shapes import summed_axes, written


@dataclass(frozen=True, slots=True, eq=False)
class EdgeTrace:
    """The factors on one edge. `kind` is "elementwise", "jacobian" or "none" (no gradient passes).

    `local` has the shape of the gate's output; for a Jacobian it is None: only the product is formed.
    `summed` names the axes of upstream * local that were summed because the argument was broadcast.
    """

    kind: str
    upstream: Array | None
    local: Array | None
    downstream: Array | None
    summed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One backward step: a gate and its edges in argument order, as indices."""

    node: int
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Everything there is to see: values and gradients by node index, factors by edge index.

    A node's gradient is None where none is defined (constants, labels, conditions). `upstream` is
    the gradient the walk back started from: 1 for a scalar output.
    """

    graph: Graph
    upstream: Array
    values: tuple[Array, ...]
    gradient_of: tuple[Array | None, ...]
    edges: tuple[EdgeTrace, ...]
    backward: tuple[Step, ...]
    notes: tuple[Note, ...]

    @property
    def value(self) -> Array:
        """The output's value."""
        return self.values[self.graph.output_index]

    @property
    def gradients(self) -> dict[str, Array]:
        """The gradient of the output with respect to each input, by name."""
        return {
            node.name: np.asarray(gradient)
            for node in self.graph.inputs
            if node.name is not None and (gradient := self.gradient_of[node.index]) is not None
        }


def trace(
    source: str | Graph,
    inputs: Mapping[str, npt.ArrayLike] | None = None,
    *,
    upstream: npt.ArrayLike | None = None,
    seed: int = 0,
    limits: Limits = limit_table.DEFAULT,
    finite: bool = True,
) -> Trace:
    """Run a program forward and backward in float64, keeping every factor on every edge.

    `inputs` gives values by name; `upstream` seeds an output that is not a scalar, and has its
    shape; `seed` feeds the initializers; with `finite=False` inputs may hold NaN and infinity.
    Raises EngineError for whatever is wrong with the request.
    Non-finite results are answers, explained in `notes`.
    """
    given = as_tensors(inputs or {}, limits, finite)
    shapes = {name: value.shape for name, value in given.items()}
    graph = source if isinstance(source, Graph) else build(source, shapes, limits)
    with np.errstate(all="ignore"):
        values = forward(graph, {**graph.initial_values(seed), **given})
        first = _seed(graph, upstream, limits, finite)
        notes = [*unused_notes(graph, given), *forward_notes(graph, values)]
        return _backward(graph, values, first, notes)


def _seed(graph: Graph, upstream: npt.ArrayLike | None, limits: Limits, finite: bool) -> Array:
    """The gradient to start from: 1 for a scalar output, the caller's for any other."""
    shape = graph.output.shape
    if upstream is None:
        if shape != ():
            raise InputError(
                "output_not_scalar",
                f"the output has shape {written(shape)}; a gradient starts from a single number",
                span=graph.output.span,
                hint="end with a scalar, for instance with `sum(...)`, or give an upstream of the same shape",
                parameters={"shape": list(shape)},
            )
        return np.ones(())
    given = as_tensors({"upstream": upstream}, limits, finite)["upstream"]
    if given.shape != shape:
        raise InputError(
            "upstream_shape",
            f"upstream has shape {written(given.shape)}, but the output has {written(shape)}",
            hint="give upstream the output's shape",
            parameters={"shape": list(given.shape), "expected": list(shape)},
        )
    return given


def _backward(graph: Graph, values: list[Array], first: Array, notes: list[Note]) -> Trace:
    gradients: list[Array | None] = [
        np.zeros(node.shape) if node.differentiable else None for node in graph.nodes
    ]
    if graph.output.differentiable:
        gradients[graph.output_index] = first
    edges: list[EdgeTrace] = [EdgeTrace("none", None, None, None)] * len(graph.edges)
    steps: list[Step] = []
    reached = graph.leads_to((graph.output_index,), differentiable=True)
    for node in reversed(graph.nodes):
        upstream = gradients[node.index]
        if not node.is_gate or not reached[node.index] or upstream is None:
            continue
        arguments = arguments_of(graph, node, values)
        operands = tuple([Operand(argument.shape) for argument in arguments])
        for index in node.incoming:
            edge = graph.edges[index]
            if not edge.differentiable:
                continue
            edges[index] = edge_trace(node, edge, upstream, values[node.index], arguments, operands)
            downstream = edges[index].downstream
            assert downstream is not None
            before = gradients[edge.source]
            assert before is not None
            total = gradients[edge.source] = before + downstream
            if note := backward_note(node, upstream, edges[index].local, downstream):
                notes.append(note)
            if note := sum_note(graph.nodes[edge.source], before, downstream, total):
                notes.append(note)
        steps.append(Step(node.index, node.incoming))
    return Trace(graph, first, tuple(values), tuple(gradients), tuple(edges), tuple(steps), tuple(notes))


def edge_trace(
    node: Node,
    edge: Edge,
    upstream: Array,
    out: Array,
    arguments: tuple[Array, ...],
    operands: tuple[Operand, ...] | None = None,
) -> EdgeTrace:
    """upstream x local = downstream on one edge. Adding 0.0 turns -0.0 into 0.0 and copies views.

    `operands` are the arguments' shapes, for who asks about several edges of one gate.
    """
    op = node.record
    derivative = op.derivative(edge.argument)
    assert derivative is not None
    if operands is None:
        operands = tuple([Operand(argument.shape) for argument in arguments])
    text = chosen(derivative.numpy, operands, node.options)
    if isinstance(derivative, Elementwise):
        factor = op.backward(text, None, out, arguments, node.options)
        stretched = factor if factor.shape == out.shape else np.broadcast_to(factor, out.shape)
        local: Array = np.array(stretched, dtype=np.float64)
        downstream = np.asarray(unbroadcast(upstream * local, edge.shape))
        return EdgeTrace("elementwise", upstream, local, downstream + 0.0, summed_axes(out.shape, edge.shape))
    product = op.backward(text, upstream, out, arguments, node.options)
    return EdgeTrace("jacobian", upstream, None, np.asarray(product) + 0.0)
