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
from engine.learning.datasets import DataSpec, sample
from engine.learning.spec import TrainingSpec
from engine.limits import TRAINING
from engine.ops import OPS
from engine.ops.op import Array, Shape

FEATURES = 2
"""Columns of `X`: a point's two coordinates."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A program that has been checked against its data.

    `measured` names the outputs worth charting, the loss first. `constants` are the inputs the
    program declares by literals: fixed while it trains. `labels_are_numbers` says that `y` is
    calculated with, not only used to pick a class.
    """

    graph: Graph
    dtype: str
    loss: str
    measured: tuple[str, ...]
    parameters: dict[str, Shape]
    constants: dict[str, Array]
    has_scores: bool
    labels_are_numbers: bool

    def initial_parameters(self, seed: int) -> dict[str, Array]:
        """The parameters as the program's initializers draw them."""
        values = self.graph.initial_values(seed)
        return {name: values[name].astype(self.dtype) for name in self.parameters}

    def gradient_plan(self, rows: int) -> Plan:
        """For a minibatch of so many points: the loss, and its gradient for every parameter."""
        return _plan(self.graph.source, rows, (self.loss,), tuple(self.parameters), self.dtype)

    def measuring_plan(self, rows: int) -> Plan:
        """Forward only: every measured output."""
        return _plan(self.graph.source, rows, self.measured, (), self.dtype)

    def scores_plan(self, rows: int) -> Plan:
        """Forward only: the scores, without labels."""
        return _plan(self.graph.source, rows, ("scores",), (), self.dtype)

    def points(self, X: Array) -> Array:
        """Points as the plans take them."""
        return X.astype(self.dtype, copy=False)

    def labels(self, y: Array) -> Array:
        """Labels as the plans take them: whole numbers, unless the program calculates with them."""
        return y.astype(self.dtype, copy=False) if self.labels_are_numbers else y


def network(spec: TrainingSpec) -> Network:
    """Check a spec's program against its data.

    Raises EngineError for a program that does not build for these data, lacks `X`, parameters or a
    scalar loss, or whose scores are not one column per class.
    """
    return _network(spec.program, spec.data, spec.batch_size, spec.dtype)


@lru_cache(maxsize=64)
def _network(source: str, data: DataSpec, batch_size: int, dtype: str) -> Network:
    graph = _graph(source, batch_size)
    loss = _loss(graph)
    _require_points(graph, loss)
    parameters = _parameters(graph, loss)
    has_scores = _check_scores(graph, batch_size, data.classes)
    _check_other_sizes(source, data, batch_size)
    _check_labels(source, data)
    scalars = [n for n in ("data_loss", "regularization") if (node := graph.named(n)) and node.shape == ()]
    name = loss.name or ""
    y = graph.named("y")
    return Network(
        graph=graph,
        dtype=dtype,
        loss=name,
        measured=(name, *scalars, *(["scores"] if has_scores else [])),
        parameters=parameters,
        constants={
            node.name or "": node.value.astype(dtype) for node in graph.inputs if node.value is not None
        },
        has_scores=has_scores,
        labels_are_numbers=y is not None and not _only_picks(graph, y),
    )


@lru_cache(maxsize=64)
def _graph(source: str, rows: int) -> Graph:
    return build(source, {"X": (rows, FEATURES), "y": (rows,)}, TRAINING)


@lru_cache(maxsize=128)
def _plan(source: str, rows: int, outputs: tuple[str, ...], wrt: tuple[str, ...], dtype: str) -> Plan:
    return Plan(_graph(source, rows), outputs, wrt, dtype)


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


def _check_scores(graph: Graph, rows: int, classes: int) -> bool:
    """Whether the program has scores; two classes may share one column, positive for class 1."""
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
    if scores.shape == (rows, classes) or (classes == 2 and scores.shape in ((rows,), (rows, 1))):
        return True
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


def _check_other_sizes(source: str, data: DataSpec, batch_size: int) -> None:
    """Build the graph for every other number of points it will meet, so that no slice is surprised."""
    train, validation = len(sample(data).y_train), len(sample(data).y_validation)
    for rows in sorted({data.classes, train % batch_size or batch_size, train, validation}):
        try:
            _graph(source, rows)
        except ShapeError as error:
            raise InputError(
                "depends_on_batch_size",
                f"the program fits a minibatch of {batch_size} points but not one of {rows}: {error.detail}",
                span=error.span,
                hint="write it so that it works for any number of rows in `X`",
                parameters={"batch_size": batch_size, "rows": rows},
            ) from error


def _check_labels(source: str, spec: DataSpec) -> None:
    """Run one point of each class through the trace, which checks labels where plans do not."""
    data = sample(spec)
    first = [int(np.flatnonzero(data.y_train == label)[0]) for label in range(spec.classes)]
    trace(_graph(source, spec.classes), {"X": data.X_train[first], "y": data.y_train[first]})


def _only_picks(graph: Graph, y: Node) -> bool:
    """Whether `y` goes only where an op takes labels: arguments that carry no gradient."""
    return all(
        OPS[graph.nodes[edge.target].op].derivatives[edge.argument] is None
        for edge in graph.edges
        if edge.source == y.index
    )


def _leads(graph: Graph, source: Node, target: Node) -> bool:
    return bool(graph.leads_to((target.index,))[source.index])
