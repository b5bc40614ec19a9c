r"""LaTeX: one aligned line per gate, in symbols and with numbers in place, forward and backward.

    q &= x + y = -2 + 5 = 3 \\
    \frac{\partial f}{\partial q} &= \frac{\partial f}{\partial f} \cdot z = 1 \cdot (-4) = -4

Going back, each line is about the node whose gradient it gives: upstream times local, one term for
each gate that its value went into. The text needs amsmath; KaTeX understands it too.
"""

import re

from engine.autodiff.trace import Trace
from engine.graph.structure import Edge, Node
from engine.ops import Elementwise
from engine.ops.op import Shape
from engine.writers.code import Code, Line, Lines, joined
from engine.writers.formula import gate_template, options_as_latex
from engine.writers.latex_brackets import factor, placed
from engine.writers.latex_text import equals, latex_name, latex_number, latex_value, upright
from engine.writers.names import Namer, name_nodes
from engine.writers.outline import Outline, outline

FEW_TERMS = 3
"""Up to so many terms stand on one line, with their numbers."""


def write_latex(trace: Trace, seed: int = 0) -> Code:
    """The traced program and its backward pass as two aligned blocks of LaTeX."""
    return _LatexWriter(outline(trace)).write()


class _LatexWriter:
    def __init__(self, program: Outline) -> None:
        self.program = program
        self.trace = program.trace
        self.output = program.graph.output
        nodes = (*program.leaves, *program.gates)
        labels = name_nodes(nodes, self.output, Namer(), spelled=str)
        self.names: dict[int, str] = {}
        taken: set[str] = set()
        for index, label in labels.items():
            name = latex_name(label)
            self.names[index] = upright(label) if name in taken else name
            taken.add(self.names[index])

    def write(self) -> Code:
        forward = [self._leaf(leaf) for leaf in self.program.leaves]
        forward += [self._gate(gate) for gate in self.program.gates]
        blocks: Lines = ["% forward", *_aligned(forward)]
        backward = self._backward()
        if backward:
            blocks += ["", "% backward: upstream times local is downstream", *_aligned(backward)]
        return joined([*blocks, ""])

    # -- forward -----------------------------------------------------------------------------

    def _leaf(self, leaf: Node) -> Line:
        text = f"{self.names[leaf.index]} &{equals(self.trace.values[leaf.index])}"
        return Line(text, self.program.key(leaf))

    def _gate(self, node: Node) -> Line:
        template, value = gate_template(self.program.graph, node), self.trace.values[node.index]
        symbols, numbers = placed(template, self._symbols(node)), self._numbers(node)
        in_place = placed(template, numbers) if numbers else latex_value(value)
        middle = f" = {in_place}" if in_place != latex_value(value) else ""
        text = f"{self.names[node.index]} &= {symbols}{middle} {equals(value)}"
        return Line(text, self.program.key(node))

    def _symbols(self, node: Node) -> dict[str, str]:
        """What stands for each argument: its name, or a constant's number."""
        sources = self.program.sources(node)
        words = {
            name: self._symbol(source)
            for name, source in zip(node.record.names(len(sources)), sources, strict=True)
        }
        words |= options_as_latex(node)
        return words | {"out": self.names[node.index], "upstream": self._gradient(node)}

    def _symbol(self, node: Node) -> str:
        if node.index in self.program.numbers:
            return latex_number(self.program.numbers[node.index])
        return self.names[node.index]

    def _numbers(self, node: Node) -> dict[str, str] | None:
        """The arguments' values, where they are single numbers (or small, in a sum or product)."""
        sources = self.program.sources(node)
        values = [latex_value(self.trace.values[source.index]) for source in sources]
        linear = node.op in ("add", "subtract", "multiply", "matmul", "negative", "relu")
        if None in values or not (linear or all(source.shape == () for source in sources)):
            return None
        if all(source.index in self.program.numbers for source in sources):
            return None
        words = dict(zip(node.record.names(len(sources)), map(str, values), strict=True))
        return self._symbols(node) | words

    # -- backward ----------------------------------------------------------------------------

    def _backward(self) -> list[Line]:
        """A line for each node that receives a gradient, in the order in which they are complete."""
        if not self.output.differentiable:
            return []
        terms: dict[int, list[tuple[Node, Edge]]] = {}
        for node, edges in self.program.backward():
            for edge in edges:
                terms.setdefault(edge.source, []).append((node, edge))
        nodes = [self.program.graph.nodes[index] for index in sorted(terms, reverse=True)]
        first = f"{self._gradient(self.output)} &{equals(self.trace.upstream)}"
        return [
            Line(first, self.program.key(self.output)),
            *(Line(self._sum(node, terms[node.index]), self.program.key(node)) for node in nodes),
        ]

    def _sum(self, node: Node, terms: list[tuple[Node, Edge]]) -> str:
        """The gradients that come back to a node, added up."""
        symbols = [self._term(gate, edge) for gate, edge in terms]
        gradient = self.trace.gradient_of[node.index]
        assert gradient is not None
        numbers = [self._term_in_numbers(gate, edge) for gate, edge in terms]
        line = f"{self._gradient(node)} &= "
        if len(terms) > FEW_TERMS:
            return line + " \\\\\n  &\\quad + ".join(symbols) + f" {equals(gradient)}"
        in_place = "" if None in numbers else f" = {_added(list(map(str, numbers)))}"
        return f"{line}{' + '.join(symbols)}{in_place} {equals(gradient)}"

    def _term(self, node: Node, edge: Edge) -> str:
        """upstream times local, or what a matrix makes of upstream."""
        derivative = node.record.derivative(edge.argument)
        assert derivative is not None
        formula = placed(derivative.latex, self._symbols(node))
        if not isinstance(derivative, Elementwise):
            return formula
        dot = r"\odot" if node.shape and not re.fullmatch(r"-?[\d.]+", formula) else r"\cdot"
        return f"{_summed(node.shape, edge.shape)}{self._gradient(node)} {dot} {factor(formula)}"

    def _term_in_numbers(self, node: Node, edge: Edge) -> str | None:
        factors = self.trace.edges[edge.index]
        if node.shape or factors.upstream is None or factors.local is None:
            return None
        upstream, local = latex_number(float(factors.upstream)), latex_number(float(factors.local))
        return rf"{upstream} \cdot {factor(local)}"

    def _gradient(self, node: Node) -> str:
        return rf"\frac{{\partial {self.names[self.output.index]}}}{{\partial {self.names[node.index]}}}"


def _added(terms: list[str]) -> str:
    """Products of numbers, added up; those behind a plus have no sign of their own."""
    rest = (re.sub(r"^-\S+", lambda match: f"({match[0]})", term) for term in terms[1:])
    return " + ".join([terms[0], *rest])


def _summed(made: Shape, wanted: Shape) -> str:
    """A sign for the sum over the axes along which an argument was stretched."""
    if made == wanted:
        return ""
    extra = len(made) - len(wanted)
    axes = [*range(extra), *(at + extra for at, size in enumerate(wanted) if size != made[at + extra])]
    where = "" if wanted == () else rf"_{{\text{{axis }} {', '.join(map(str, axes))}}}"
    return rf"\textstyle\sum{where} "


def _aligned(lines: list[Line]) -> Lines:
    rows = [Line(rf"{line.text} \\", line.key) for line in lines[:-1]]
    return [r"\begin{align*}", *rows, *lines[-1:], r"\end{align*}"]
