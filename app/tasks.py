"""What runs in a worker: plain arguments in, encoded answers out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from math import inf
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.encoding import Plain, nested, to_json
from app.graph_answer import TraceAnswer
from app.shapes_answer import shapes_answer
from engine import build, trace
from engine.autodiff.check import check_gradients
from engine.autodiff.differences import lumping_notes
from engine.autodiff.selection import lump_selection
from engine.autodiff.trace import Trace
from engine.graph.copies import with_copies
from engine.graph.lumping import lump, take_apart
from engine.graph.structure import Graph
from engine.learning import DataSpec, sample
from engine.limits import DEFAULT
from engine.writers import WRITERS

Array = NDArray[np.float64]

WITHOUT_VALUES = DEFAULT.raised(tensor_elements=inf, total_elements=inf, operations=inf)
"""Limits where only shapes are inferred: nothing of their size is ever allocated."""


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
    copies: bool = False

    def plain(self) -> Graph:
        """The graph, gates taken apart but none lumped."""
        graph = build(self.source, {name: value.shape for name, value in self.inputs.items()})
        return take_apart(graph, self.apart) if self.apart else graph

    def drawn(self) -> Graph:
        """The graph as it is to be shown."""
        graph = lump(self.plain(), self.lump)
        for name, keys in self.selections:
            graph = lump_selection(graph, keys, name)
        return with_copies(graph) if self.copies else graph

    def trace(self, graph: Graph) -> Trace:
        """Run one of these graphs."""
        return trace(graph, self.inputs, upstream=self.upstream, seed=self.seed)


@dataclass(frozen=True, slots=True)
class GraphTask:
    """A graph request whose fields are checked."""

    drawing: Drawing
    check: bool
    jacobians: bool
    layout: str
    touch: tuple[str, tuple[int, ...]] | None
    full: frozenset[str]


def trace_graph(task: GraphTask) -> bytes:
    """The answer to a graph request, as JSON."""
    drawing = task.drawing
    graph = drawing.drawn()
    start = perf_counter()
    traced = drawing.trace(graph)
    seconds = perf_counter() - start
    notes = traced.notes
    if drawing.lump or drawing.selections:
        notes = (*notes, *lumping_notes(drawing.trace(drawing.plain()), traced))
    answer = TraceAnswer(traced, notes, task.full, task.layout if task.jacobians else None)
    written = answer.write()
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
    return to_json(written)


def write_code(drawing: Drawing, target: str) -> bytes:
    """The program in the form asked for, as JSON. Selections are written out gate by gate."""
    drawing = replace(drawing, selections=())
    return to_json({"code": WRITERS[target].write(drawing.trace(drawing.drawn()), drawing.seed)})


@dataclass(frozen=True, slots=True)
class ShapesTask:
    """A graph request with shapes in place of inputs."""

    source: str
    shapes: Mapping[str, tuple[int, ...]]
    dtype: str


def infer_shapes(task: ShapesTask) -> bytes:
    """The answer from shapes alone, as JSON."""
    return to_json(shapes_answer(build(task.source, task.shapes, WITHOUT_VALUES), task.dtype))


def sample_points(name: str, asked: Mapping[str, Any]) -> bytes:
    """A data set's points, as JSON; what is not asked for is the data set's own default."""
    spec = replace(DataSpec.default(name), **asked)
    data = sample(spec)
    return to_json(
        {
            **asdict(spec),
            "train": _points(data.X_train, data.y_train),
            "validation": _points(data.X_validation, data.y_validation),
        }
    )


def _points(X: NDArray[np.float32], y: NDArray[np.int64]) -> dict[str, Plain]:
    return {"x": nested(X[:, 0]), "y": nested(X[:, 1]), "label": nested(y)}
