"""Flat NumPy: the program gate by gate, then the same gates backward.

    q = x + y
    f = q * z
    grad_f = 1.0
    grad_q = grad_f * z
    grad_z = grad_f * q

Each line is staged as in the lecture, upstream * local, and needs nothing but the lines above it. A
line of the way back is about the gate whose local gradient it applies.
"""

import numpy as np

from engine.autodiff.trace import Trace
from engine.graph.structure import Edge, Node
from engine.ops.arithmetic import COMPARISONS
from engine.ops.filling import filled
from engine.ops.op import Array
from engine.writers.code import Code, Line, Lines
from engine.writers.names import NUMPY, Namer, name_nodes
from engine.writers.numpy_text import (
    argument_words,
    fitted,
    local_text,
    multiplied,
    options_as_text,
    tidied,
    unbroadcast_text,
)
from engine.writers.outline import Outline, outline
from engine.writers.scalars import SILENCE, is_tame, scalar_text, suits_python_floats
from engine.writers.script import ending, noted, numpy_script
from engine.writers.values import is_whole, nested, starting_value


def write_flat(trace: Trace, seed: int = 0) -> Code:
    """The traced program as flat NumPy that computes its value and its gradients again.

    `seed` is what the trace drew its parameters from.
    """
    return _FlatWriter(outline(trace), seed).write()


class _FlatWriter:
    def __init__(self, program: Outline, seed: int, taken: frozenset[str] = frozenset()) -> None:
        self.program = program
        self.trace = program.trace
        self.output = program.graph.output
        self.seed = seed
        namer = Namer(NUMPY | taken)
        nodes = (*program.leaves, *program.gates)
        self.names = name_nodes(nodes, self.output, namer)
        self.gradients = {
            node.index: namer.take(f"grad_{self.names[node.index]}")
            for node in nodes
            if self.trace.gradient_of[node.index] is not None
        }
        self.saved = {
            node.index: namer.take(f"saved_{self.names[node.index]}")
            for node in program.gates
            if node.record.saved is not None
        }
        self.plain = suits_python_floats(program)
        self.received: dict[int, Array] = {}

    def write(self) -> Code:
        settings = [] if is_tame(self.program) else [SILENCE, ""]
        name = self.names[self.output.index]
        pairs = {node.name or "": self.gradients[node.index] for node in self.program.wanted}
        body: Lines = [
            *settings,
            *self._inputs(),
            *self._forward(),
            *self._backward(),
            *ending(self.output.name or name, name, pairs),
        ]
        return numpy_script(self.program, self.seed, [], body)

    def body(self) -> list[str]:
        """Literals, constants and gates without remarks: shapes here are those of a few rows only."""
        leaves = [
            node for node in self.program.leaves if node.initializer is None and node.declared != "free"
        ]
        lines = [f"{self.names[leaf.index]} = {self._start(leaf)}" for leaf in leaves]
        gates = [
            line.text.partition("  # ")[0].rstrip() for line in self._forward() if isinstance(line, Line)
        ]
        return [*lines, *gates]

    # -- inputs and forward ------------------------------------------------------------------

    def _inputs(self) -> Lines:
        lines = [
            Line(f"{self.names[leaf.index]} = {self._start(leaf)}", self.program.key(leaf))
            for leaf in self.program.leaves
        ]
        return ["# inputs", *lines] if lines else []

    def _start(self, leaf: Node) -> str:
        value = self.trace.values[leaf.index]
        whole = self.program.only_chooses(leaf) and is_whole(value)
        if leaf.shape:
            return starting_value(leaf, value, self.seed, whole)
        return scalar_text(value, self.plain, whole)

    def _forward(self) -> Lines:
        lines: list[Line] = []
        for node in self.program.gates:
            op, name, key = node.record, self.names[node.index], self.program.key(node)
            if op.saved is not None:
                lines.append(Line(f"{self.saved[node.index]} = {self._filled(node, op.saved)}", key))
            text = self._filled(node, self.program.forward_text(node))
            if node.op in COMPARISONS and not self.program.only_a_condition(node):
                text = f"1.0 * ({text})"
            lines.append(noted(f"{name} = {text}", self.trace.values[node.index], key))
        return ["", "# forward", *lines] if lines else []

    def _filled(self, node: Node, text: str, upstream: str = "") -> str:
        words = argument_words(self.program, node, self.names, self.plain, text)
        words |= options_as_text(node.options)
        words |= {"out": self.names[node.index], "upstream": upstream}
        words |= {"saved": self.saved[node.index]} if node.index in self.saved else {}
        return tidied(filled(fitted(text, node.options, None), words))

    # -- backward ----------------------------------------------------------------------------

    def _backward(self) -> Lines:
        lines: list[Line] = []
        if self.output.differentiable:
            upstream = self.trace.upstream
            first = f"np.array({nested(upstream)})" if upstream.shape else scalar_text(upstream, self.plain)
            lines.append(
                Line(f"{self.gradients[self.output.index]} = {first}", self.program.key(self.output))
            )
        for node, edges in self.program.backward():
            lines += [self._downstream(node, edge) for edge in edges]
        for node in self.program.wanted:
            if not self.program.receives[node.index]:
                zero = f"np.zeros_like({self.names[node.index]})" if node.shape else "0.0"
                text = f"{self.gradients[node.index]} = {zero}  # the output does not depend on it"
                lines.append(Line(text, self.program.key(node)))
        heading = ["", "# backward: upstream * local = downstream, the last gate first"]
        if any(" += " in line.text for line in lines):
            heading.append("# (where a value fanned out, its gradients add up)")
        return [*heading, *lines] if lines else []

    def _downstream(self, node: Node, edge: Edge) -> Line:
        """What goes down one edge."""
        upstream, target = self.gradients[node.index], self.gradients[edge.source]
        text, is_factor = local_text(self.program, node, edge)
        text = self._filled(node, text, upstream)
        if is_factor:
            text = unbroadcast_text(multiplied(upstream, text), node.shape, edge.shape)
        elif edge.shape == () and text.startswith(("spread(", "np.reshape(")):
            text += "[()]"
        first = edge.source not in self.received
        total = self._received(edge.source, self.trace.edges[edge.index].downstream)
        shared = edge.shape != () and not _is_new(text)
        if first and shared and self.program.contributions(self.program.graph.nodes[edge.source]) > 1:
            text += ".copy()"
        return noted(f"{target} {'=' if first else '+='} {text}", total, self.program.key(node))

    def _received(self, index: int, downstream: Array | None) -> Array:
        """What a node has received so far, this gradient included."""
        assert downstream is not None
        with np.errstate(all="ignore"):
            total = self.received[index] + downstream if index in self.received else downstream
        self.received[index] = total
        return total


def _is_new(text: str) -> bool:
    """Whether a text makes an array of its own, that may be added to in place."""
    fresh = ("-", "np.sum(", "np.outer(", "np.take(", "np.full_like(", "scatter(")
    return " * " in text or " @ " in text or text.startswith(fresh)


class ForwardText:
    """The forward lines alone, for any number of rows: the body of a function of X, and y where it is read.

    `parameters` are what an initializer declares, to be defined outside; literals are lines of the body.
    `taken` are names that stand for something else where the function will be.
    """

    def __init__(self, trace: Trace, taken: frozenset[str] = frozenset()) -> None:
        self._writer = _FlatWriter(outline(trace), 0, taken)
        program = self._writer.program
        self.parameters = [node for node in program.inputs if node.initializer is not None]
        free = [node for node in program.inputs if node.declared == "free"]
        self.arguments = [node for node in free if program.readers[node.index]]
        self.output = self.name(program.graph.output)

    def name(self, node: Node) -> str:
        """What a node is called."""
        return self._writer.names[node.index]

    def lines(self) -> list[str]:
        """Literals and constants, then a line per gate."""
        return self._writer.body()
