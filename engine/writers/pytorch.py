"""PyTorch: the program as a module's forward, its statements as they were.

    class Net(nn.Module):
        def forward(self, x, y, z):
            q = x + y
            f = q * z
            return f

Autograd does the rest: `f.backward()`. A line is about the gate whose value it names.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from engine.autodiff.trace import Trace
from engine.graph.structure import Node
from engine.writers.code import Code, Line, Lines, indented, joined
from engine.writers.names import TORCH, Namer, attribute, name_nodes
from engine.writers.outline import Outline, outline
from engine.writers.script import ending, layout
from engine.writers.torch_expression import Expression, applied
from engine.writers.torch_text import HINGE_LOSS, torch_text
from engine.writers.values import DRAWS, FEW, drawn, is_whole, nested

LONGEST = 60
"""An expression that would grow beyond so many characters gets a line and a name of its own."""


def write_pytorch(trace: Trace, seed: int = 0) -> Code:
    """The traced program as a PyTorch module that computes its value and its gradients again.

    `seed` is what the trace drew its parameters from.
    """
    return _TorchWriter(outline(trace), seed).write()


class TrainedModule(NamedTuple):
    """A module that is whole by itself: its lines, and what its forward is to be given."""

    lines: list[str]
    arguments: list[Node]


def trained_module(trace: Trace, starts: Mapping[str, str]) -> TrainedModule:
    """The traced program as a module for points of any number.

    `starts` are texts that give each parameter's values as an array; literals are lines of the forward.
    """
    writer = _TorchWriter(outline(trace), 0, starts)
    return TrainedModule(joined(writer.module()).text.split("\n"), writer.arguments)


class _TorchWriter:
    def __init__(self, program: Outline, seed: int, starts: Mapping[str, str] | None = None) -> None:
        self.program = program
        self.trace = program.trace
        self.output = program.graph.output
        self.seed = seed
        self.starts = starts
        self.namer = Namer(TORCH)
        named = (*program.inputs, *(node for node in program.gates if node.name is not None))
        self.names = name_nodes(named, self.output, self.namer, spelled=attribute)
        used = [node for node in program.inputs if program.readers[node.index] or node is self.output]
        self.parameters = [node for node in program.inputs if node.initializer is not None]
        given = [node for node in used if node.initializer is None]
        self.literals = [node for node in given if starts is not None and node.declared == "literal"]
        self.arguments = [node for node in given if node not in self.literals]
        self.expressions: dict[int, Expression] = {
            node.index: Expression(
                f"self.{self.names[node.index]}" if node.initializer is not None else self.names[node.index]
            )
            for node in program.inputs
        }
        self.lines: Lines = []

    def write(self) -> Code:
        module = self.module()
        body: Lines = [*self._inputs(), "", *self._run()]
        text = joined(module).text
        definitions: list[str | Lines] = [HINGE_LOSS] if "hinge_loss(" in text else []
        draws = DRAWS.format(seed=self.seed).strip()
        definitions += [draws] if "draws(" in text else []
        imports = ["from zlib import crc32", "", "import numpy as np"] if "draws(" in text else []
        functional = "F." in text or HINGE_LOSS in definitions
        imports += ["import torch", *["import torch.nn.functional as F"][: int(functional)]]
        imports += ["from torch import nn", "", "torch.set_default_dtype(torch.float64)"]
        return layout(self.program, imports, [*definitions, module], body)

    # -- the module --------------------------------------------------------------------------

    def module(self) -> Lines:
        """The class."""
        self._forward()
        lines: Lines = ["class Net(nn.Module):"]
        if self.parameters:
            lines += ["    def __init__(self):", "        super().__init__()"]
            lines += [
                Line(
                    f"        self.{self.names[node.index]} = {self._parameter(node)}", self.program.key(node)
                )
                for node in self.parameters
            ]
            lines.append("")
        arguments = ", ".join(["self", *(self.names[node.index] for node in self.arguments)])
        lines.append(f"    def forward({arguments}):")
        return lines + indented(self.lines, "        ")

    def _parameter(self, node: Node) -> str:
        if self.starts is not None:
            return f"nn.Parameter(torch.from_numpy({self.starts[node.name or '']}))"
        value = self.trace.values[node.index]
        text = drawn(node, value, self.seed)
        if text is not None and text.startswith("np."):
            start = text.replace("np.", "torch.", 1)
        elif text is not None and value.size > FEW:
            start = f"torch.from_numpy({text})"
        else:
            start = f"torch.tensor({nested(value, module='torch', indent=8)})"
        return f"nn.Parameter({start})"

    def _forward(self) -> None:
        """Each statement a line, the gates of its expression joined again as the user wrote them."""
        for node in self.literals:
            value = nested(self.trace.values[node.index], module="torch", indent=8)
            self.lines.append(
                Line(f"{self.names[node.index]} = torch.tensor({value})", self.program.key(node))
            )
        for node in self.program.constants:
            text = f"torch.tensor({nested(self.trace.values[node.index], module='torch', indent=8)})"
            self._place(node, Expression(text))
        for node in self.program.gates:
            self._place(node, applied(self.program, node, self.expressions))
        self.lines.append(f"return {self.expressions[self.output.index].text}")

    def _place(self, node: Node, expression: Expression) -> None:
        """Keep an expression for the one gate that reads it, or give it a line and a name."""
        name = self.names.get(node.index)
        if name is None and self._can_stand_in(node, expression):
            self.expressions[node.index] = expression
            return
        if name is None:
            name = self.names[node.index] = self.namer.number("t" if node.is_gate else "c")
        self.lines.append(Line(f"{name} = {expression.text}", self.program.key(node)))
        self.expressions[node.index] = Expression(name)

    def _can_stand_in(self, node: Node, expression: Expression) -> bool:
        """Whether the text may stand in its one reader's line, once."""
        if len(expression.text) > LONGEST or "\n" in expression.text:
            return False
        readers = self.program.readers[node.index]
        if len(readers) != 1:
            return node is self.output and not readers
        reader = self.program.graph.nodes[readers[0].target]
        argument = reader.record.names(len(reader.incoming))[readers[0].argument]
        text = torch_text(reader, self.program.operands(reader))
        return len(re.findall(rf"(?<![\w.]){argument}\b", text)) < 2

    # -- the run -----------------------------------------------------------------------------

    def _inputs(self) -> list[Line]:
        return [
            Line(f"{self.names[node.index]} = {self._start(node)}", self.program.key(node))
            for node in self.program.inputs
            if node.initializer is None
        ]

    def _start(self, node: Node) -> str:
        value, wanted = self.trace.values[node.index], self.trace.gradient_of[node.index] is not None
        readers = [self.program.graph.nodes[edge.target].op for edge in self.program.readers[node.index]]
        labels = not wanted and set(readers) <= {"cross_entropy", "hinge_loss"}
        text = nested(value, whole=labels and is_whole(value), module="torch")
        return f"torch.tensor({text}{', requires_grad=True' if wanted else ''})"

    def _run(self) -> list[str]:
        arguments = ", ".join(self.names[node.index] for node in self.arguments)
        output = self.names.get(self.output.index) or self.namer.take("out")
        lines = ["net = Net()", f"{output} = net({arguments})"]
        upstream = self.trace.upstream
        if self.program.wanted and self.output.differentiable:
            plain = upstream.shape == () and upstream == 1
            seed = "" if plain else f"torch.tensor({nested(upstream, module='torch')})"
            lines.append(f"{output}.backward({seed})")
        label = self.output.name or output
        pairs = {node.name or "": self._gradient(node) for node in self.program.wanted}
        return [*lines, *ending(label, f"{output}.{'detach' if self.output.shape else 'item'}()", pairs)]

    def _gradient(self, node: Node) -> str:
        name = self.names[node.index]
        where = f"net.{name}" if node.initializer is not None else name
        return f"{where}.grad" if self.program.receives[node.index] else f"torch.zeros_like({where})"
