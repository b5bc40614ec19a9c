"""Features: what a network is shown of a point (x, y), such as its radius, in place of x and y.

    (x, y) to (r, theta): circles that no straight line separates become separable

A feature is one of the table `FEATURES` or a program of one's own in the language, whose last
statement is the column: `x^3`, `sin(3 * r)`, `a = 2; exp(-a * r)`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from engine.autodiff.plan import Plan
from engine.errors import EngineError, InputError
from engine.graph.build import build
from engine.graph.structure import Graph
from engine.learning.datasets import Data, DataSpec, sample
from engine.limits import DEFAULT, TRAINING
from engine.ops import Elementwise
from engine.ops.op import Array

PLAIN = ("x", "y")
"""The point itself."""

COORDINATES = ("x", "y", "r", "theta")
"""What a feature of one's own may be calculated from."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: column(x, y), float64, all of shape (n,)."""

    name: str
    title: str
    doc: str
    column: Callable[[Array, Array], Array]


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        feature.name: feature
        for feature in (
            Feature("x", "x", "How far right.", lambda x, y: x),
            Feature("y", "y", "How far up.", lambda x, y: y),
            Feature("x^2", "x²", "The square of x: curves a boundary.", lambda x, y: x**2),
            Feature("y^2", "y²", "The square of y: curves a boundary.", lambda x, y: y**2),
            Feature("x*y", "x y", "Its sign tells opposite quadrants apart.", lambda x, y: x * y),
            Feature("sin(x)", "sin x", "The sine of x.", lambda x, y: np.sin(x)),
            Feature("sin(y)", "sin y", "The sine of y.", lambda x, y: np.sin(y)),
            Feature("r", "r", "The distance from the centre.", lambda x, y: np.hypot(x, y)),
            Feature(
                "theta",
                "θ",
                "The angle from the x axis, in radians from -pi to pi.",
                lambda x, y: np.arctan2(y, x),
            ),
        )
    }
)


def count_columns(data: DataSpec, features: Sequence[str]) -> int:
    """How many columns `X` has: one for each feature, or those of data that are not in the plane."""
    return len(features) if data.in_plane else data.columns


def column_names(data: DataSpec, features: Sequence[str]) -> list[str]:
    """What each column of `X` is: a feature, or of data that are not in the plane the column itself."""
    return list(features) if data.in_plane else [f"X[:, {column}]" for column in range(data.columns)]


@lru_cache(maxsize=32)
def featured(spec: DataSpec, features: tuple[str, ...] = PLAIN) -> Data:
    """The data a network is shown: the features of every point, float32.

    Data that are not in the plane are features already and stay as they are. Raises InputError for
    features of such data, for a feature that is not one number per point, and for one that is not
    finite at some point, naming it; LimitError for too many.
    """
    require_features(features)
    data = sample(spec)
    if features == PLAIN:
        return data
    if not spec.in_plane:
        raise InputError(
            "no_coordinates",
            f"the points of {spec.name} have no x and y to calculate features from",
            hint="leave the features out: these data have columns of their own",
            parameters={"data": spec.name},
        )
    return replace(
        data,
        X_train=_finite(data.X_train, features),
        X_validation=_finite(data.X_validation, features),
        X_test=_finite(data.X_test, features),
    )


def columns_of(points: Array, features: Sequence[str]) -> Array:
    """The features of points, shape (n, 2) to (n, features), float64; they may be non-finite."""
    x, y = points.astype(np.float64).T
    with np.errstate(all="ignore"):
        return np.column_stack([_column(feature, x, y) for feature in features])


def require_features(features: Sequence[str]) -> None:
    """Raise EngineError unless these are few enough and each is in the table or a program that fits."""
    if not features:
        raise InputError(
            "no_features", "there are no features to learn from", hint="choose one at least, such as `x`"
        )
    DEFAULT.check("features", len(features))
    for feature in features:
        if feature not in FEATURES:
            _formula(feature, 2)


def _column(feature: str, x: Array, y: Array) -> Array:
    if feature in FEATURES:
        return FEATURES[feature].column(x, y)
    if not len(x):
        return x
    plan = _formula(feature, len(x))
    given = {name: FEATURES[name].column(x, y) for name in COORDINATES}
    constants = {node.name or "": node.value for node in plan.graph.inputs if node.value is not None}
    ((column,), _) = plan({**given, **constants})
    return column


@lru_cache(maxsize=64)
def _formula(feature: str, rows: int) -> Plan:
    """The plan of a feature of one's own for so many points; raises InputError with a span within it."""
    DEFAULT.check("feature_characters", len(feature))
    try:
        graph = build(feature, dict.fromkeys(COORDINATES, (rows,)), TRAINING)
        _require_point_by_point(graph, rows)
    except EngineError as error:
        raise InputError(
            "bad_feature",
            f"in the feature `{feature}`: {error.detail}",
            span=error.span,
            hint=error.hint,
            parameters={"feature": feature, "code": error.code},
        ) from error
    return Plan(graph, dtype=np.float64)


def _require_point_by_point(graph: Graph, rows: int) -> None:
    """Raise InputError unless each point's column follows from that point alone."""
    for node in graph.nodes:
        arguments = range(len(node.incoming))
        if node.initializer is not None:
            raise InputError(
                "parameter_in_feature",
                f"`{node.name}` is drawn at random, but a feature is not trained",
                span=node.span,
                hint="write a number in its place",
            )
        if node.is_gate and not all(
            isinstance(node.record.derivative(argument), Elementwise | None) for argument in arguments
        ):
            raise InputError(
                "not_point_by_point",
                f"`{node.op}` mixes points, but a feature is calculated for each point by itself",
                span=node.span,
                hint="use functions of single numbers, such as `exp(-r)`",
                parameters={"op": node.op},
            )
    if graph.output.shape != (rows,):
        raise InputError(
            "not_a_column",
            "it is the same for all points" if graph.output.shape == () else "it is not one number per point",
            span=graph.output.span,
            hint="calculate it from x, y, r or theta",
        )


def _finite(points: Array, features: Sequence[str]) -> Array:
    with np.errstate(over="ignore"):
        columns = columns_of(points, features).astype(np.float32)
    bad = np.argwhere(~np.isfinite(columns))
    if len(bad):
        row, column = bad[0].tolist()
        x, y = points[row].tolist()
        raise InputError(
            "feature_not_finite",
            f"the feature `{features[column]}` is {columns[row, column]:g} at the point ({x:g}, {y:g})",
            hint="choose a feature that is a finite number wherever there are points",
            parameters={"feature": features[column], "x": x, "y": y},
        )
    columns.setflags(write=False)
    return columns
