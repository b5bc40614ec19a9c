"""The boundary of the k nearest neighbours over the plane, to be laid beside a net's.

Distances are those in the features the net is shown, as they are, so that both see the same thing,
and with x and y alone the nearest point is the one that is nearest on the screen. Features of very
unequal reach, such as theta beside r, make the larger one decide: `standardized` divides each by its
standard deviation over the training points first, as Hastie, Tibshirani & Friedman (2009), 13.3, do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.learning.checks import flag, whole
from engine.learning.datasets import DataSpec
from engine.learning.features import PLAIN, columns_of, featured
from engine.learning.neighbours import nearest_classes
from engine.learning.plane import EXTENT
from engine.limits import DEFAULT
from engine.ops.op import Array

SIZE = 64
SMALLEST, LARGEST = 8, 128
"""Cells along either axis: to begin with, and the range."""


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourBoundary:
    """Class and vote of every cell, (size, size), uint8, in rows from the least y; and the accuracies.

    `share` is the winners' share of the k votes in 255ths, 0 where a feature is not finite. Both are
    None for data that are not in the plane. Among the points trained on, each is its own nearest:
    with k = 1 all of them are right.
    """

    size: int
    classes: NDArray[np.uint8] | None
    share: NDArray[np.uint8] | None
    train: float
    validation: float


def neighbour_boundary(
    data: DataSpec,
    features: tuple[str, ...] = PLAIN,
    k: int = 1,
    size: int = SIZE,
    *,
    standardized: bool = False,
) -> NeighbourBoundary:
    """Ask the k nearest training points of every cell, of every training point and of every held out one.

    Raises InputError for data without classes and for a number out of range, LimitError for more
    distances than the limits allow.
    """
    if data.kind != "classes":
        raise InputError(
            "no_classes",
            f"the points of {data.name} have values, not classes to vote for",
            hint="choose data with classes",
            parameters={"data": data.name},
        )
    whole("size", size, SMALLEST, LARGEST)
    flag("standardized", standardized)
    found = featured(data, features)
    cells = size**2 if data.in_plane else 0
    places = cells + len(found.y_train) + len(found.y_validation)
    DEFAULT.check("neighbour_distances", places * len(found.y_train))
    X = found.X_train.astype(np.float64)
    scale = _spread(X) if standardized else 1.0

    def asked(points: Array) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        return nearest_classes(X / scale, found.y_train, points.astype(np.float64) / scale, k, data.classes)

    classes = share = None
    if data.in_plane:
        columns = columns_of(_centres(size), features)
        finite = np.asarray(np.isfinite(columns).all(axis=1))
        chosen, votes = asked(np.where(finite[:, None], columns, 0.0))
        classes = np.where(finite, chosen, 0).astype(np.uint8).reshape(size, size)
        share = np.rint(255 * np.where(finite, votes, 0.0)).astype(np.uint8).reshape(size, size)
    return NeighbourBoundary(
        size,
        classes,
        share,
        _accuracy(asked(found.X_train)[0], found.y_train),
        _accuracy(asked(found.X_validation)[0], found.y_validation),
    )


def _accuracy(chosen: NDArray[np.intp], y: Array) -> float:
    return int(np.count_nonzero(chosen == y)) / len(y)


def _spread(X: Array) -> Array:
    """The standard deviation of every column, 1 for one that never changes."""
    deviation = X.std(axis=0)
    return np.where(deviation > 0, deviation, 1.0)


def _centres(size: int) -> Array:
    """The centres of the cells, shape (size**2, 2), row by row from the least y."""
    low, high = EXTENT
    steps = low + (high - low) * (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(steps, steps)
    return np.column_stack((x.ravel(), y.ravel()))
