"""Finding one graph inside another: the gates that make up an op's definition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.graph.structure import Graph, Node

COMMUTATIVE = frozenset({"add", "multiply", "maximum", "minimum"})


@dataclass(slots=True)
class Match:
    """Where a pattern was found: its gates in the graph, and what its inputs stand for there.

    `label` is the index that a pattern of an indexed tensor was found with.
    """

    root: int
    gates: set[int] = field(default_factory=set[int])
    inputs: dict[str, int] = field(default_factory=dict[str, int])
    label: int | None = None


class Matcher:
    """Looks for patterns in one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.gates: dict[str, list[Node]] = {}
        for node in reversed(graph.nodes):
            if node.is_gate:
                self.gates.setdefault(node.op, []).append(node)
        self.readers: list[list[int]] = [[] for _ in graph.nodes]
        for edge in graph.edges:
            self.readers[edge.source].append(edge.target)

    def find(self, patterns: Iterable[tuple[Graph, int | None]]) -> list[Match]:
        """Every occurrence of any of the patterns, of which no two share a gate.

        A pattern comes with the number of axes its output must have, if that matters. Earlier patterns
        are found first, and each nearest the output first. Gates whose values are read from outside
        the occurrence are none.
        """
        found: list[Match] = []
        taken: set[int] = set()
        for pattern, rank in patterns:
            for match in self._occurrences(pattern, rank):
                if not match.gates & taken:
                    found.append(match)
                    taken |= match.gates
        return found

    def _occurrences(self, pattern: Graph, rank: int | None) -> Iterator[Match]:
        if any(part.is_gate and part.op not in self.gates for part in pattern.nodes):
            return
        for node in self.gates[pattern.output.op]:
            match = Match(node.index)
            found = rank in (None, len(node.shape)) and self._matches(node, pattern, pattern.output, match)
            if found and self._private(match):
                yield match

    def _private(self, match: Match) -> bool:
        """Whether nobody outside the match reads a gate inside it."""
        inside = match.gates - {match.root}
        return self.graph.output_index not in inside and all(
            reader in match.gates for gate in inside for reader in self.readers[gate]
        )

    def _matches(self, node: Node, pattern: Graph, part: Node, match: Match) -> bool:
        """Whether the graph at `node` looks like the pattern at `part`. Patterns are small and our own."""
        if part.op == "input":
            name = part.name or ""
            return match.inputs.setdefault(name, node.index) == node.index
        if part.op == "constant":
            same = (
                node.value is not None and part.value is not None and np.array_equal(node.value, part.value)
            )
            return node.op == "constant" and same
        if node.op != part.op or len(node.incoming) != len(part.incoming):
            return False
        if not _same_options(node, part, match):
            return False
        sources = [self.graph.nodes[self.graph.edges[edge].source] for edge in node.incoming]
        parts = [pattern.nodes[pattern.edges[edge].source] for edge in part.incoming]
        orders = [sources, sources[::-1]] if node.op in COMMUTATIVE else [sources]
        for order in orders:
            before = set(match.gates), dict(match.inputs), match.label
            match.gates.add(node.index)
            if all(
                self._matches(one, pattern, other, match) for one, other in zip(order, parts, strict=True)
            ):
                return True
            match.gates, match.inputs, match.label = before
        return False


def _same_options(node: Node, part: Node, match: Match) -> bool:
    if node.op == "index":
        entry = node.options["entries"]
        if len(entry) != 1 or not isinstance(entry[0], int):
            return False
        match.label = entry[0]
        return entry[0] >= 0
    return dict(node.options) == dict(part.options)
