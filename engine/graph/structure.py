"""The graph as data: frozen records, ordered edges, ids that follow from the program alone."""

from dataclasses import dataclass, field, replace
from operator import index as whole
from typing import Literal as Choice

import numpy as np

from engine.errors import InputError, Span, quoted
from engine.graph.initializers import Initializer
from engine.ops import OPS, Op
from engine.ops.op import Array, Options, Shape

Declared = Choice["literal", "initializer", "free"]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An input, a constant or a gate.

    `op` is "input", "constant" or a name in the op table. `key` stays the same under edits
    elsewhere in the program. `value` is set for constants and for inputs declared by a literal.
    `incoming` lists the gate's edges in argument order, as indices. `differentiable` says whether
    a gradient arrives here: constants, labels and conditions have none. A lumped gate lists the
    keys of the gates it stands for in `members`; if it stands for a selection, `lumped` is its record.
    """

    index: int
    key: str
    op: str
    shape: Shape
    span: Span
    name: str | None = None
    options: Options = field(default_factory=dict[str, bool | int | float | tuple[int, ...] | None])
    incoming: tuple[int, ...] = ()
    value: Array | None = None
    initializer: Initializer | None = None
    declared: Declared | None = None
    differentiable: bool = True
    members: tuple[str, ...] = ()
    lumped: Op | None = None

    @property
    def id(self) -> str:
        """The node's id in answers, unique within the graph."""
        return f"n{self.index}"

    @property
    def record(self) -> Op:
        """The gate's record: from the op table, or its own if it stands for a selection."""
        return self.lumped or OPS[self.op]

    @property
    def is_gate(self) -> bool:
        """Whether this node computes something."""
        return self.op not in ("input", "constant")


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """A wire from a node to the argument of a gate. `x*x` has two, told apart by `argument`."""

    index: int
    key: str
    source: int
    target: int
    argument: int
    shape: Shape
    differentiable: bool

    @property
    def id(self) -> str:
        """The edge's id in answers, unique within the graph."""
        return f"e{self.index}"


@dataclass(frozen=True, slots=True)
class StatementGates:
    """One statement of the program: the node that holds its value and the gates it was written as.

    Nodes are given by key, gates in order of computation; lumping leaves them as they were written.
    """

    name: str | None
    span: Span
    node: str
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A program's nodes in an order in which they can be computed, its edges, its output.

    `unused` names statements that the output does not depend on; `cost` is an estimate of the
    floating-point operations of one forward pass.
    """

    source: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    output_index: int
    names: dict[str, int]
    unused: tuple[str, ...]
    cost: int
    statements: tuple[StatementGates, ...] = ()

    @property
    def output(self) -> Node:
        """The node of the last statement."""
        return self.nodes[self.output_index]

    @property
    def inputs(self) -> tuple[Node, ...]:
        """Every input, in node order."""
        return tuple(node for node in self.nodes if node.op == "input")

    @property
    def parameters(self) -> tuple[Node, ...]:
        """The inputs declared by an initializer: what training changes."""
        return tuple(node for node in self.inputs if node.initializer is not None)

    def named(self, name: str) -> Node | None:
        """The node a name stands for at the end of the program, or None."""
        return self.nodes[self.names[name]] if name in self.names else None

    def with_output(self, key: str) -> "Graph":
        """The same graph with backward starting from the input or gate of that key.

        Statements that this leaves out are no oversight, so none is called unused. Raises InputError
        when there is no such node.
        """
        index = next((node.index for node in self.nodes if node.key == key and node.op != "constant"), None)
        if index is None:
            raise InputError(
                "unknown_output",
                f"there is no input or gate {quoted(key)} for backward to start from",
                hint="take the key of a node from an answer to the same program, drawn the same way",
                parameters={"key": key[:60]},
            )
        return replace(self, output_index=index, unused=())

    def initial_values(self, seed: int = 0) -> dict[str, Array]:
        """Values for the inputs the program itself declares: literals, and draws from the seed.

        Raises InputError for a seed that is not a whole number from 0.
        """
        try:
            suits = whole(seed) >= 0
        except TypeError:
            suits = False
        if not suits:
            raise InputError(
                "bad_seed",
                f"the seed is a whole number from 0, not {quoted(seed)}",
                hint="any other number draws other values",
                parameters={"seed": str(seed)},
            )
        values: dict[str, Array] = {}
        for node in self.inputs:
            assert node.name is not None
            if node.value is not None:
                values[node.name] = node.value
            elif node.initializer is not None:
                values[node.name] = node.initializer.draw(node.name, seed)
        return values

    def leads_to(
        self, targets: tuple[int, ...], differentiable: bool = False
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """For each node, whether any of `targets` is computed from it (a node leads to itself).

        With `differentiable`, only along edges that carry a gradient: not through a condition.
        """
        reached = np.zeros(len(self.nodes), dtype=bool)
        reached[list(targets)] = True
        for node in reversed(self.nodes):
            if reached[node.index]:
                for index in node.incoming:
                    edge = self.edges[index]
                    reached[edge.source] |= edge.differentiable or not differentiable
        return reached

    def depends_on(self, *sources: int) -> list[bool]:
        """For each node, whether it is or depends on one of `sources`, along edges that carry a gradient."""
        depends = [False] * len(self.nodes)
        for source in sources:
            depends[source] = True
        for node in self.nodes[min(sources, default=0) :]:
            depends[node.index] |= any(
                self.edges[index].differentiable and depends[self.edges[index].source]
                for index in node.incoming
            )
        return depends
