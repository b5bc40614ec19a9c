r"""LaTeX of one gate and of one edge: the op's own formula with the program's names in place.

An argument without a name is written out, as in e^{-(w_0 \cdot x_0 + b)}. Of a long expression the
nearest gates are, and what lies further back is left out: (\ldots) + x.
"""

import re

from engine.graph.structure import Edge, Graph, Node
from engine.writers.latex_brackets import placed
from engine.writers.latex_text import latex_name, latex_number, latex_value, upright
from engine.writers.numpy_text import entries_as_text

GATES = 12
"""So many gates are written in one formula, itself included: the lecture's sigmoid neuron has eight."""
LEFT_OUT = r"\ldots"


class Formulas:
    """The LaTeX of one graph's gates and edges; what several of them need is worked out once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._arguments: dict[int, dict[str, str]] = {}
        self._read: dict[int, str | None] = {}
        self._templates: dict[int, str] = {}

    def node(self, node: Node) -> str | None:
        """What a gate computes, such as `x + y`; None for inputs and constants."""
        return placed(self._template(node), self._words(node)) if node.is_gate else None

    def edge(self, edge: Edge) -> str | None:
        """The local gradient on an edge, or what a matrix makes of upstream; None where none passes."""
        node = self.graph.nodes[edge.target]
        derivative = node.record.derivative(edge.argument)
        if derivative is None or not edge.differentiable:
            return None
        if "{" not in derivative.latex:
            return derivative.latex
        words = self._words(node) | {"upstream": r"\mathrm{upstream}", "out": self._output(node)}
        return placed(_spelled(derivative.latex, node), words)

    def _words(self, root: Node) -> dict[str, str]:
        """What stands for each argument of a gate: a name, a number, or an expression."""
        if root.index not in self._arguments:
            self._arguments[root.index] = self._written(root)
        return self._arguments[root.index]

    def _written(self, root: Node) -> dict[str, str]:
        gates, times = [root], [1]
        read: list[dict[str, str | int]] = []
        for gate, count in zip(gates, times, strict=True):  # both grow as they are walked
            template = self._template(gate)
            arguments: dict[str, str | int] = {}
            sources = _sources(self.graph, gate)
            for name, source in zip(gate.record.names(len(gate.incoming)), sources, strict=True):
                word, again = self._word(source), count * template.count(f"{{{name}}}")
                if word is None and sum(times) + again <= GATES:
                    arguments[name] = len(gates)
                    gates.append(source)
                    times.append(again)
                else:
                    arguments[name] = word or LEFT_OUT
            read.append(arguments)
        words: list[dict[str, str]] = [{} for _ in gates]
        for position, arguments in reversed(list(enumerate(read))):
            words[position] = options_as_latex(gates[position])
            for name, word in arguments.items():
                if isinstance(word, int):
                    word = placed(self._template(gates[word]), words[word])
                words[position][name] = word
        return words[0]

    def _word(self, node: Node) -> str | None:
        """A name, or a constant's value; None for a gate without a name."""
        if node.index not in self._read:
            self._read[node.index] = _name_or_value(self.graph, node)
        return self._read[node.index]

    def _template(self, node: Node) -> str:
        if node.index not in self._templates:
            self._templates[node.index] = gate_template(self.graph, node)
        return self._templates[node.index]

    def _output(self, node: Node) -> str:
        """A gate's output in its own local gradient: its name, or its formula if that is one op's."""
        plain = all(self._word(source) is not None for source in _sources(self.graph, node))
        return self._word(node) or (self.node(node) if plain else None) or r"\mathrm{output}"


def gate_template(graph: Graph, node: Node) -> str:
    """The op's formula, with what it leaves to the gate: the axis, the entries, all arguments."""
    template, options = _spelled(node.record.latex, node), node.options
    if node.op == "index":
        return template.replace(r"\cdot", entries_as_text(options["entries"]))
    if node.record.variadic:
        listed = ", ".join(f"{{{name}}}" for name in node.record.names(len(node.incoming)))
        return template.replace("{x0}, {x1}", listed)
    if node.op == "multiply" and all(source.shape for source in _sources(graph, node)):
        return template.replace(r"\cdot", r"\odot")
    if "keepdims" in options and options["axis"] is not None:
        return _along_axis(template, options["axis"])
    return template


def options_as_latex(node: Node) -> dict[str, str]:
    """Those of a gate's options that are numbers, such as the slope of a leaky ReLU."""
    return {
        name: latex_number(float(value))
        for name, value in node.options.items()
        if isinstance(value, float | int)
    }


def _name_or_value(graph: Graph, node: Node) -> str | None:
    """A name, or a constant's value; None for a gate without a name. `-2` is a number, not a gate."""
    if node.name is not None:
        return latex_name(node.name)
    sources = _sources(graph, node)
    if node.op == "negative" and sources[0].op == "constant" and sources[0].name is None:
        constant = sources[0].value
        return None if constant is None else latex_value(-constant)
    return None if node.value is None else latex_value(node.value) or r"\mathrm{constant}"


def _sources(graph: Graph, node: Node) -> list[Node]:
    return [graph.nodes[graph.edges[index].source] for index in node.incoming]


def _spelled(template: str, node: Node) -> str:
    """A template in which the name of a user's own selection is set as names are."""
    symbol = node.record.symbol
    return template if node.lumped is None else template.replace(rf"\mathrm{{{symbol}}}", upright(symbol))


def _along_axis(template: str, axis: object) -> str:
    """A reduction's formula with the axis it works along."""
    where = rf"_{{\text{{axis }} {axis}}}"
    if r"\sum" in template:
        return template.replace(r"\sum", rf"\sum{where}")
    if template.startswith(r"\lVert"):
        return template + where
    return re.sub(r"^(\\mathrm\{\w+\}|\\\w+)", lambda match: match[1] + where, template)
