"""Modular NumPy: each op a class with a forward and a backward, run in order and then in reverse.

    class Multiply:
        def forward(self, a, b):
            self.a, self.b = a, b  # saved for the way back
            return a * b

        def backward(self, upstream):
            grad_a = upstream * self.b
            grad_b = upstream * self.a
            return grad_a, grad_b

As in a modern framework's autograd function, backward answers None where no gradient passes. A
class is about no one gate; the lines of the graph that its gates make up are about them.
"""

from engine.autodiff.trace import Trace
from engine.graph.structure import Node
from engine.writers.code import Code, Line, Lines
from engine.writers.gate_class import GateClass, gate_classes
from engine.writers.names import Namer, name_nodes
from engine.writers.numpy_text import options_as_text
from engine.writers.outline import Outline, outline
from engine.writers.scalars import (
    LEAST,
    MOST,
    SILENCE,
    constant_text,
    is_tame,
    scalar_text,
    suits_python_floats,
)
from engine.writers.script import noted, numpy_script
from engine.writers.values import is_whole, nested, quoted, starting_value

FORWARD = """
# forward
for gate, inputs, output in graph:
    values[output] = gate.forward(*[values.get(name, name) for name in inputs])
"""
BACKWARD = """
# backward: the same gates in reverse; where a value fanned out, its gradients add up
gradients = {first}
"""
WALK = """\
for gate, inputs, output in reversed(graph):
    if output in gradients:
        for name, downstream in zip(inputs, gate.backward(gradients[output])):
            if downstream is not None:
                gradients[name] = gradients.get(name, 0.0) + downstream
"""


def write_modular(trace: Trace, seed: int = 0) -> Code:
    """The traced program as forward/backward classes and the graph that joins them.

    `seed` is what the trace drew its parameters from.
    """
    return _ModularWriter(outline(trace), seed).write()


class _ModularWriter:
    def __init__(self, program: Outline, seed: int) -> None:
        self.program = program
        self.trace = program.trace
        self.seed = seed
        nodes = (*program.leaves, *program.gates)
        self.names = name_nodes(nodes, program.graph.output, Namer(), spelled=str)
        self.plain = suits_python_floats(program)
        self.classes, self.kind_of = gate_classes(program)

    def write(self) -> Code:
        definitions = [kind.written() for kind in self.classes]
        silent = any(kind.makes_noise for kind in self.classes) or not is_tame(self.program)
        body: Lines = [
            *([SILENCE, ""] if silent else []),
            *self._values(),
            *self._graph(),
            *(FORWARD.rstrip().split("\n") if self.program.gates else []),
            *self._backward(),
            *self._ending(),
        ]
        return numpy_script(self.program, self.seed, definitions, body)

    def _values(self) -> Lines:
        items = [
            Line(f"    {quoted(self.names[leaf.index])}: {self._start(leaf)},", self.program.key(leaf))
            for leaf in self.program.leaves
        ]
        return ["values = {", *items, "}"] if items else ["values = {}"]

    def _start(self, leaf: Node) -> str:
        value = self.trace.values[leaf.index]
        whole = self.program.only_chooses(leaf) and is_whole(value)
        if leaf.shape:
            return starting_value(leaf, value, self.seed, whole, indent=4)
        return scalar_text(value, self.plain, whole)

    def _graph(self) -> Lines:
        if not self.program.gates:
            return []
        lines: Lines = ["", "graph = [  # gate, inputs (a constant stands for itself), output"]
        for node in self.program.gates:
            read = ", ".join(self._read(node))
            name = quoted(self.names[node.index])
            made = f"    ({self._made(node)}, [{read}], {name}),"
            lines.append(noted(made, self.trace.values[node.index], self.program.key(node)))
        return [*lines, "]"]

    def _read(self, node: Node) -> list[str]:
        """What a gate reads: names in quotes, constants as numbers."""
        sources, numbers = self.program.sources(node), self.program.numbers
        words: list[str] = []
        for argument, source in zip(node.record.names(len(sources)), sources, strict=True):
            if source.index not in numbers:
                words.append(quoted(self.names[source.index]))
                continue
            value = numbers[source.index]
            text = constant_text(self.program, node, argument, value, self.plain)
            # a class goes back through constants too, and may square them or ask for their size
            extreme = not (self.plain or LEAST < abs(value) < MOST)
            needed = (extreme or "keepdims" in node.options) and not text.startswith("np.")
            words.append(f"np.float64({text})" if needed else text)
        return words

    def _made(self, node: Node) -> str:
        """The gate's class, with those of its options in which gates of the class differ."""
        kind: GateClass = self.kind_of[node.index]
        options = options_as_text(node.options)
        return f"{kind.name}({', '.join(f'{name}={options[name]}' for name in kind.varying)})"

    def _backward(self) -> list[str]:
        output = self.program.graph.output
        if not self.program.wanted:
            return []
        first: list[str] = []
        if output.differentiable:
            upstream = self.trace.upstream
            sums = any(any(kind.broadcast) for kind in self.classes)
            plain = self.plain and not sums  # `unbroadcast` asks a gradient for its axes
            text = f"np.array({nested(upstream)})" if upstream.shape else scalar_text(upstream, plain)
            first.append(f"{quoted(self.names[output.index])}: {text}")
        for node in self.program.wanted:
            if not self.program.receives[node.index]:
                name = quoted(self.names[node.index])
                first.append(f"{name}: np.zeros_like(values[{name}])")
        walk = WALK if self.program.gates else ""
        return (BACKWARD.format(first=f"{{{', '.join(first)}}}") + walk).rstrip().split("\n")

    def _ending(self) -> list[str]:
        output = self.program.graph.output
        name = self.names[output.index]
        lines = ["", f"print({quoted(f'{output.name or name} =')}, values[{quoted(name)}])"]
        if self.program.wanted:
            wanted = ", ".join(quoted(self.names[node.index]) for node in self.program.wanted)
            lines += [f"for name in [{wanted}]:", '    print(f"grad_{name} =", gradients[name])']
        return lines
