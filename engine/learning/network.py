"""A program seen as a network: what training asks of it, and the plans that run it.

A program trains when it uses `X`, declares parameters by initializers and ends in a scalar. The
names `loss`, `scores`, `data_loss` and `regularization` are read where they are present; without
a `loss`, the last statement is what is minimized.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.autodiff.plan import Plan
from engine.autodiff.trace import trace
from engine.errors import InputError, ShapeError
from engine.graph.build import build
from engine.graph.structure import Graph, Node
from engine.learning.datasets import Data, DataSpec, sample
from engine.learning.features import count_columns, featured
from engine.learning.spec import TrainingSpec
from engine.limits import TRAINING
from engine.ops import OPS
from engine.ops.losses import require_labels
from engine.ops.op import Array, Shape


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A program that has been checked against its data.

    `graph` is that of a minibatch of `rows` points; it also builds for `other_rows`, a different number
    where the data have one. `columns` are those of `X`. `measured` names the outputs worth charting,
    the loss first. `constants` are the inputs the program declares by literals: fixed while it
    trains. `classifies` says that the scores choose a class, not a value; `labels_are_numbers` that
    `y` is calculated with, not only used to pick a class.
    """

    graph: Graph
    rows: int
    other_rows: int
    columns: int
    dtype: str
    loss: str
    measured: tuple[str, ...]
    parameters: dict[str, Shape]
    constants: dict[str, Array]
    has_scores: bool
    classifies: bool
    labels_are_numbers: bool

    def initial_parameters(self, seed: int) -> dict[str, Array]:
        """The parameters as the program's initializers draw them."""
        values = self.graph.initial_values(seed)
        return {name: values[name].astype(self.dtype) for name in self.parameters}

    def graph_of(self, rows: int) -> Graph:
        """The graph for so many points; nodes and edges have the same indices whatever their number."""
        return _graph(self.graph.source, (rows, self.columns))

    def plan(
        self,
        rows: int,
        outputs: tuple[str, ...],
        wrt: tuple[str, ...] = (),
        local_edges: tuple[int, ...] = (),
    ) -> Plan:
        """The plan for so many points: named outputs, then local gradients; and gradients of the first."""
        points = (rows, self.columns)
        return _plan(self.graph.source, points, outputs, wrt, self.dtype, local_edges)

    def gradient_plan(self, rows: int) -> Plan:
        """For a minibatch of so many points: the loss, and its gradient for every parameter."""
        return self.plan(rows, (self.loss,), tuple(self.parameters))

    def loss_plan(self, rows: int) -> Plan:
        """Forward only: the loss alone."""
        return self.plan(rows, (self.loss,))

    def cost(self, rows: int) -> int:
        """An estimate of the floating-point operations of one forward pass over so many points."""
        return self.graph_of(rows).cost

    def points(self, X: Array) -> Array:
        """Points as the plans take them."""
        return X.astype(self.dtype, copy=False)

    def labels(self, y: Array) -> Array:
        """Labels as the plans take them: whole numbers, unless the program calculates with them."""
        return y.astype(self.dtype, copy=False) if self.labels_are_numbers else y


def network(spec: TrainingSpec) -> Network:
    """Check a spec's program against its data.

    Raises EngineError for a program that does not build for these data, lacks `X`, parameters or a
    scalar loss, whose scores are not one column per class, or one number per point where the data
    are values, and for a condition to stop that watches an accuracy there is none of.
    """
    found = _network(spec.program, spec.data, spec.features, spec.batch_size, spec.dtype)
    if spec.stop is not None and spec.stop.of_accuracy and not found.classifies:
        raise InputError(
            "no_accuracy",
            "the condition to stop watches an accuracy, but nothing here is classified",
            hint="watch a loss, or name what the network answers for each class: `scores = ...`",
            parameters={"metric": spec.stop.metric},
        )
    return found


@lru_cache(maxsize=64)
def _network(source: str, data: DataSpec, features: tuple[str, ...], batch_size: int, dtype: str) -> Network:
    columns = count_columns(data, features)
    graph = _graph(source, (batch_size, columns))
    loss = _loss(graph)
    _require_points(graph, loss)
    parameters = _parameters(graph, loss)
    kind = data.kind
    has_scores = _check_scores(graph, batch_size, data.classes if kind == "classes" else None)
    probes = _label_probes(data)
    other_rows = _check_other_sizes(source, data, columns, batch_size, len(probes))
    _check_labels(source, featured(data, features), probes)
    scalars = [n for n in ("data_loss", "regularization") if (node := graph.named(n)) and node.shape == ()]
    name = loss.name or ""
    y = graph.named("y")
    return Network(
        graph=graph,
        rows=batch_size,
        other_rows=other_rows,
        columns=columns,
        dtype=dtype,
        loss=name,
        measured=(name, *scalars, *(["scores"] if has_scores else [])),
        parameters=parameters,
        constants={
            node.name or "": node.value.astype(dtype) for node in graph.inputs if node.value is not None
        },
        has_scores=has_scores,
        classifies=has_scores and kind == "classes",
        labels_are_numbers=y is not None and not _only_picks(graph, y),
    )


@lru_cache(maxsize=256)
def _graph(source: str, points: tuple[int, int]) -> Graph:
    return build(source, {"X": points, "y": points[:1]}, TRAINING)


@lru_cache(maxsize=512)
def _plan(
    source: str,
    points: tuple[int, int],
    outputs: tuple[str, ...],
    wrt: tuple[str, ...],
    dtype: str,
    local_edges: tuple[int, ...],
) -> Plan:
    return Plan(_graph(source, points), outputs, wrt, dtype, local_edges)


def _require_points(graph: Graph, loss: Node) -> None:
    X = graph.named("X")
    if X is None or X.op != "input" or X.initializer is not None or not _leads(graph, X, loss):
        raise InputError(
            "no_points",
            "the loss does not depend on `X`, so there is nothing to learn from",
            hint="use `X`, the points, one per row: as in `scores = X @ W + b`",
        )


def _loss(graph: Graph) -> Node:
    node = graph.named("loss") or graph.output
    if node.shape != ():
        raise InputError(
            "loss_not_scalar",
            f"the loss has shape {node.shape}; only a single number can be minimized",
            span=node.span,
            hint="average it over the examples or sum it: end with `loss = sum(...)` or `loss = mean(...)`",
            parameters={"shape": list(node.shape)},
        )
    if node.name is None:
        raise InputError(
            "loss_without_name",
            "the last statement has no name",
            span=node.span,
            hint="name what is to be minimized: `loss = ...`",
        )
    return node


def _parameters(graph: Graph, loss: Node) -> dict[str, Shape]:
    parameters = {node.name or "": node.shape for node in graph.parameters}
    if not any(_leads(graph, node, loss) for node in graph.parameters):
        raise InputError(
            "no_parameters",
            "the loss depends on no parameter, so there is nothing to train",
            span=loss.span,
            hint="declare one with an initializer: as in `W = he(2, 3)`",
        )
    TRAINING.check("parameters", sum(int(np.prod(shape)) for shape in parameters.values()))
    return parameters


def _check_scores(graph: Graph, rows: int, classes: int | None) -> bool:
    """Whether the program has scores; two classes may share one column, positive for class 1.

    Without classes, the scores are the values predicted: one number per point.
    """
    scores = graph.named("scores")
    if scores is None:
        return False
    y = graph.named("y")
    if y is not None and _leads(graph, y, scores):
        raise InputError(
            "scores_see_labels",
            "`scores` is computed from the labels `y`, which a new point does not have",
            span=scores.span,
            hint="compute `scores` from `X` and the parameters alone",
        )
    if scores.shape == (rows, classes) or (classes in (2, None) and scores.shape in ((rows,), (rows, 1))):
        return True
    if classes is None:
        raise InputError(
            "wrong_scores_shape",
            f"`scores` has shape {scores.shape}; {rows} points with a value each need {(rows,)}",
            span=scores.span,
            hint="give every point one number: as in `scores = (X @ W + b)[:, 0]` with one column in W",
            parameters={"shape": list(scores.shape), "expected": [rows]},
        )
    if len(scores.shape) == 2 and scores.shape[0] == rows:
        raise InputError(
            "wrong_class_count",
            f"`scores` has {scores.shape[1]} columns, but the data have {classes} classes",
            span=scores.span,
            hint=f"make the last layer {classes} wide, or choose data with {scores.shape[1]} classes",
            parameters={"columns": scores.shape[1], "classes": classes},
        )
    raise InputError(
        "wrong_scores_shape",
        f"`scores` has shape {scores.shape}; {rows} points with {classes} classes need {(rows, classes)}",
        span=scores.span,
        hint="give every point a row and every class a column",
        parameters={"shape": list(scores.shape), "expected": [rows, classes]},
    )


def _check_other_sizes(source: str, data: DataSpec, columns: int, batch_size: int, probes: int) -> int:
    """Build the graph for every other number of points it will meet, so that no slice is surprised.

    Answers the largest of them that differs from the minibatch's.
    """
    train, validation = len(sample(data).y_train), len(sample(data).y_validation)
    sizes = sorted({probes, train % batch_size or batch_size, train, validation})
    for rows in sizes:
        try:
            _graph(source, (rows, columns))
        except ShapeError as error:
            raise InputError(
                "depends_on_batch_size",
                f"the program fits a minibatch of {batch_size} points but not one of {rows}: {error.detail}",
                span=error.span,
                hint="write it so that it works for any number of rows in `X`",
                parameters={"batch_size": batch_size, "rows": rows},
            ) from error
    return max([rows for rows in sizes if rows != batch_size], default=batch_size)


def _label_probes(spec: DataSpec) -> list[int]:
    """One training point of each class; where the data are values, the first few."""
    data = sample(spec)
    if data.kind == "values":
        return list(range(min(len(data.y_train), 4)))
    return [int(np.flatnonzero(data.y_train == label)[0]) for label in range(spec.classes)]


def _check_labels(source: str, data: Data, probes: list[int]) -> None:
    """Run some points through the trace, which checks labels where plans do not."""
    X, y = data.X_train[probes], data.y_train[probes]
    trace(_graph(source, X.shape), {"X": X, "y": y})


def _only_picks(graph: Graph, y: Node) -> bool:
    """Whether `y` goes only where an op takes labels, to pick a class by."""
    return all(
        OPS[graph.nodes[edge.target].op].check is require_labels
        for edge in graph.edges
        if edge.source == y.index
    )


def _leads(graph: Graph, source: Node, target: Node) -> bool:
    return bool(graph.leads_to((target.index,))[source.index])
