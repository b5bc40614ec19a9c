"""The plan: a graph written out once as flat NumPy code, then run as often as you like.

Where the trace keeps every number for eyes, the plan keeps none: it strings together the very
texts of the op table, forward lines first, then backward lines in reverse, leaves out whatever
neither a wanted output nor a wanted gradient needs, and compiles the result into one function.
Compiling is what makes it fast: a step costs its NumPy calls and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from engine.autodiff.plan_writer import PlanWriter
from engine.autodiff.selection import opened
from engine.errors import InputError, quoted
from engine.graph.structure import Graph, Node
from engine.ops.op import Array

Outputs = tuple[Array, ...]
Gradients = tuple[Array, ...]


class Plan:
    """A graph ready to run: named outputs, and the gradient of the first with respect to `wrt`.

    Shapes are those the graph was built with. With an empty `wrt` the plan only goes forward. The
    outputs are followed by the local gradients of `local_edges`, elementwise edges by index: each has
    its gate's shape or broadcasts to it, and may be booleans for 0 and 1.
    `plan(inputs)` takes arrays of the plan's dtype by name (labels may be integers) and returns
    the outputs in order and the gradients in order; a gradient may share memory with another one,
    so neither is to be written to. What it is given is not checked again: arrays of another shape and
    labels that are no classes are the caller's to refuse. Raises InputError for a name that the program
    lacks and for a first output that is not a scalar although gradients are wanted. Callers silence
    NumPy's warnings.
    """

    def __init__(
        self,
        graph: Graph,
        outputs: Sequence[str] = (),
        wrt: Sequence[str] = (),
        dtype: npt.DTypeLike = np.float32,
        local_edges: Sequence[int] = (),
    ) -> None:
        graph, _ = opened(graph)
        self.graph = graph
        self.outputs = tuple(outputs)
        self.wrt = tuple(wrt)
        output_nodes = [_find(graph, name) for name in outputs] or [graph.output]
        wrt_nodes = [_find(graph, name) for name in wrt]
        if wrt and output_nodes[0].shape != ():
            raise InputError(
                "output_not_scalar",
                f"{quoted(outputs[0]) if outputs else 'the output'} is not a single number: no gradient",
                span=output_nodes[0].span,
                hint="end with a scalar loss",
            )
        edges = [graph.edges[index] for index in local_edges]
        writer = PlanWriter(graph, output_nodes, wrt_nodes, np.dtype(dtype), edges)
        self.source = writer.write()
        self.inputs = writer.input_names
        self._run: Callable[..., tuple[Outputs, Gradients]] = writer.compile(self.source)

    def __call__(self, inputs: Mapping[str, Array]) -> tuple[Outputs, Gradients]:
        """Run the plan."""
        return self._run(*[inputs[name] for name in self.inputs])


def _find(graph: Graph, name: str) -> Node:
    node = graph.named(name)
    if node is None:
        raise InputError(
            "unknown_name",
            f"the program has no {quoted(name)}",
            hint="give a statement that name",
            parameters={"name": name},
        )
    return node
