"""Finding one graph inside another: the gates that make up an op's definition.

Both are read in one spelling, so that `x * x`, `x**2` and `square(x)` are one pattern, and so are
`1 / x`, `x**-1` and `reciprocal(x)`, `-x` and `-1 * x`, `b - a` and `-a + b`, `a > b` and `b < a`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.errors import EngineError
from engine.graph.definitions import Pattern
from engine.graph.structure import Graph, Node
from engine.ops import OPS
from engine.ops.op import Array

COMMUTATIVE = frozenset({"add", "multiply", "maximum", "minimum", "equal"})
TURNED = {"greater": "less", "greater_equal": "less_equal"}
POWERS = {2.0: "square", 0.5: "sqrt", -1.0: "reciprocal"}


@dataclass(slots=True)
class Match:
    """Where a pattern was found: its gates in the graph, and what its inputs stand for there.

    `label` is the index that a pattern of an indexed tensor was found with.
    """

    root: int
    pattern: Pattern
    gates: set[int] = field(default_factory=set[int])
    inputs: dict[str, int] = field(default_factory=dict[str, int])
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A gate in the one spelling: its op, what it reads, and the gates it is written with."""

    op: str
    sources: tuple[Node, ...]
    gates: tuple[int, ...]


class Matcher:
    """Looks for the patterns of ops in one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.readings: dict[int, Reading] = {}
        self.gates: dict[str, list[Node]] = {}
        for node in reversed(graph.nodes):
            if node.is_gate:
                self.gates.setdefault(self._reading(node).op, []).append(node)
        self.readers: list[list[int]] = [[] for _ in graph.nodes]
        for edge in graph.edges:
            self.readers[edge.source].append(edge.target)

    def find(self, name: str, patterns: Iterable[Pattern]) -> list[Match]:
        """Every occurrence of an op as any of the patterns, of which no two share a gate.

        Earlier patterns are found first, and each nearest the output first. Gates whose values are
        read from outside the occurrence are none, and neither is what the op's gate could not replace.
        """
        found: list[Match] = []
        taken: set[int] = set()
        for pattern in patterns:
            for match in self._occurrences(pattern):
                if not match.gates & taken and self._replaceable(name, match):
                    found.append(match)
                    taken |= match.gates
        return found

    def _reading(self, node: Node) -> Reading:
        """A gate of the graph in the one spelling: many patterns ask for it."""
        if node.index not in self.readings:
            self.readings[node.index] = reading(self.graph, node)
        return self.readings[node.index]

    def _occurrences(self, pattern: Pattern) -> Iterator[Match]:
        graph = pattern.graph
        for node in self.gates.get(reading(graph, graph.output).op, ()):
            match = Match(node.index, pattern)
            if self._matches(node, graph, graph.output, match) and self._private(match):
                yield match

    def _private(self, match: Match) -> bool:
        """Whether nobody outside the match reads a gate inside it."""
        inside = match.gates - {match.root}
        return self.graph.output_index not in inside and all(
            reader in match.gates for gate in inside for reader in self.readers[gate]
        )

    def _replaceable(self, name: str, match: Match) -> bool:
        """Whether the op takes the match's arguments and gives its shape, and is not there already."""
        root = self.graph.nodes[match.root]
        shapes = [
            self.graph.nodes[match.inputs[argument]].shape if argument in match.inputs else ()
            for argument in OPS[name].arguments
        ]
        try:
            return root.op != name and OPS[name].shape(tuple(shapes), match.pattern.options) == root.shape
        except EngineError:
            return False

    def _matches(self, node: Node, pattern: Graph, part: Node, match: Match) -> bool:
        """Whether the graph at `node` looks like the pattern at `part`. Patterns are small and our own."""
        if part.op == "input":
            name = part.name or ""
            return match.inputs.setdefault(name, node.index) == node.index
        if (wanted := _constant(pattern, part)) is not None:
            there = _constant(self.graph, node)
            if there is None or not np.array_equal(there, wanted):
                return False
            match.gates |= {node.index} if node.is_gate else set()
            return True
        if not node.is_gate:
            return False
        here, asked = self._reading(node), reading(pattern, part)
        if here.op != asked.op or not _same_options(node, part, match):
            return False
        orders = [here.sources, here.sources[::-1]] if here.op in COMMUTATIVE else [here.sources]
        for order in orders:
            before = set(match.gates), dict(match.inputs), match.label
            match.gates |= {*here.gates}
            if all(
                self._matches(one, pattern, other, match)
                for one, other in zip(order, asked.sources, strict=True)
            ):
                return True
            match.gates, match.inputs, match.label = before
        return False


def reading(graph: Graph, node: Node) -> Reading:
    """A gate in the one spelling."""
    sources = _sources(graph, node)
    numbers = [_number(graph, source) for source in sources]
    op, kept, gates = node.op, sources, [node.index]
    if node.op == "power" and numbers[1] in POWERS:
        op, kept = POWERS[numbers[1]], sources[:1]
    elif node.op in TURNED:
        op, kept = TURNED[node.op], sources[::-1]
    elif node.op == "multiply" and sources[0] is sources[1]:
        op, kept = "square", sources[:1]
    elif node.op == "multiply" and -1.0 in numbers:
        op, kept = "negative", [sources[1 - numbers.index(-1.0)]]
    elif node.op == "divide" and numbers[0] == 1.0:
        op, kept = "reciprocal", sources[1:]
    elif node.op == "add" and (minus := next((one for one in sources if one.op == "negative"), None)):
        plus = sources[1 - sources.index(minus)]
        op, kept = "subtract", [plus, *_sources(graph, minus)]
        gates.append(minus.index)
    elif node.op == "negative" and sources[0].op == "subtract":
        op, kept = "subtract", _sources(graph, sources[0])[::-1]
        gates.append(sources[0].index)
    left_out = [source.index for source in sources if source.is_gate and source not in kept]
    return Reading(op, tuple(kept), (*gates, *left_out))


def _sources(graph: Graph, node: Node) -> list[Node]:
    return [graph.nodes[graph.edges[edge].source] for edge in node.incoming]


def _constant(graph: Graph, node: Node) -> Array | None:
    """The value of a constant, or of a single number with a minus in front; else None."""
    if node.op == "constant":
        return node.value
    if node.op == "negative":
        source = graph.nodes[graph.edges[node.incoming[0]].source]
        if source.op == "constant" and source.value is not None and source.shape == ():
            return np.asarray(-source.value)
    return None


def _number(graph: Graph, node: Node) -> float | None:
    """The value of a constant that is a single number."""
    value = _constant(graph, node)
    return float(value) if value is not None and value.ndim == 0 else None


def _same_options(node: Node, part: Node, match: Match) -> bool:
    """Whether two gates' options agree; a size of -1 stands for any, an index for the label it becomes."""
    if part.op == "reshape":
        wanted = part.options["shape"]
        return len(node.shape) == len(wanted) and all(
            size in (-1, own) for size, own in zip(wanted, node.shape, strict=True)
        )
    if part.op != "index":
        return dict(node.options) == dict(part.options)
    entry = node.options["entries"]
    if len(entry) != 1 or not isinstance(entry[0], int) or match.label not in (None, entry[0]):
        return False
    match.label = entry[0]
    return True
