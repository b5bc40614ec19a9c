"""What runs in a worker: plain arguments in, encoded answers out."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from app.encoding import Plain, to_json
from app.graph_answer import TraceAnswer
from app.shapes_answer import shapes_answer
from engine import build, trace
from engine.autodiff.check import check_gradients
from engine.autodiff.differences import lumping_notes
from engine.autodiff.selection import collapse, lump_selection
from engine.autodiff.trace import Trace
from engine.graph.copies import with_copies
from engine.graph.lumping import lump, occurrences, take_apart
from engine.graph.structure import Graph
from engine.limits import DEFAULT
from engine.writers import WRITERS

Array = NDArray[np.float64]

WITHOUT_VALUES = DEFAULT.raised(tensor_elements=2**62, total_elements=inf, operations=inf)
"""Limits where only shapes are inferred: nothing of their size is allocated.

Sizes stay those of an address space: 30 outer products of one another would have sizes of a billion digits.
"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A program with its values, and how its graph is to be drawn."""

    source: str
    inputs: Mapping[str, Array]
    upstream: Array | None
    seed: int
    apart: tuple[str, ...]
    lump: tuple[str, ...]
    selections: tuple[tuple[str, tuple[str, ...]], ...]
    collapse: frozenset[str]
    copies: bool = False
    output: str | None = None

    def plain(self) -> Graph:
        """The graph, gates taken apart but none lumped."""
        graph = build(self.source, {name: value.shape for name, value in self.inputs.items()})
        return take_apart(graph, self.apart) if self.apart else graph

    def lumped(self, graph: Graph) -> Graph:
        """The same graph with ops, selections and statements lumped."""
        graph = lump(graph, self.lump)
        for name, keys in self.selections:
            graph = lump_selection(graph, keys, name)
        return collapse(graph, self.collapse)

    def shown(self, graph: Graph) -> Graph:
        """The same graph with its copy gates, and backward starting where it was asked to."""
        graph = with_copies(graph) if self.copies else graph
        return graph if self.output is None else graph.with_output(self.output)

    def trace(self, graph: Graph) -> Trace:
        """Run one of these graphs."""
        return trace(graph, self.inputs, upstream=self.upstream, seed=self.seed)


@dataclass(frozen=True, slots=True)
class GraphTask:
    """A graph request whose fields are checked."""

    drawing: Drawing
    check: bool
    jacobians: bool | frozenset[str]
    layout: str
    touch: tuple[str, tuple[int, ...]] | None
    full: frozenset[str]


def trace_graph(task: GraphTask) -> bytes:
    """The answer to a graph request, as JSON."""
    return to_json(traced_graph(task))


def traced_graph(task: GraphTask) -> dict[str, Plain]:
    """The answer to a graph request."""
    drawing = task.drawing
    plain = drawing.plain()
    lumped = drawing.lumped(plain)
    graph = drawing.shown(lumped)
    start = perf_counter()
    traced = drawing.trace(graph)
    seconds = perf_counter() - start
    notes = traced.notes
    if lumped is not plain:
        notes = (*notes, *lumping_notes(drawing.trace(drawing.shown(plain)), traced))
    answer = TraceAnswer(traced, notes, task.full, task.jacobians, task.layout)
    written = answer.write() | {"lumpable": [{"op": op, "gates": gates} for op, gates in occurrences(lumped)]}
    if task.check:
        start = perf_counter()
        checks = check_gradients(traced)
        written["check"] = answer.write_check(checks)
        written["check_cost"] = {
            "forward_passes": sum(check.forward_passes for check in checks.values()),
            "forward_seconds": perf_counter() - start,
            "backward_passes": 1,
            "backward_seconds": seconds,
        }
    if task.touch is not None:
        written["touched"] = answer.write_touched(*task.touch)
    return written


def write_code(drawing: Drawing, target: str) -> bytes:
    """The program in the form asked for, as JSON. Selections and statements are written out gate by gate."""
    graph = drawing.shown(drawing.lumped(drawing.plain()))
    code = WRITERS[target].write(drawing.trace(graph), drawing.seed)
    return to_json({"code": code.text, "lines": code.lines})


@dataclass(frozen=True, slots=True)
class ShapesTask:
    """A graph request with shapes in place of inputs."""

    source: str
    shapes: Mapping[str, tuple[int, ...]]
    dtype: str
    layout: str


def infer_shapes(task: ShapesTask) -> bytes:
    """The answer from shapes alone, as JSON."""
    return to_json(shapes_answer(build(task.source, task.shapes, WITHOUT_VALUES), task.dtype, task.layout))
