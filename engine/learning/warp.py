"""The space a layer sees: where it puts the points, and how it bends the plane they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.learning.evaluation import evaluate
from engine.learning.features import featured
from engine.learning.hidden import hidden_layers
from engine.learning.network import Network
from engine.learning.plane import crossings
from engine.learning.spec import TrainingSpec
from engine.learning.views import HiddenView
from engine.ops.op import Array

SIZE = 21
"""Lines of the plane's grid along either axis."""

LARGEST = 1e150
"""Positions beyond it count as not finite: their squares would not fit."""

MOST_UNITS = 512
"""Units of a layer whose principal components are sought; a wider one is shown by its two busiest units."""


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """A layer's positions in two dimensions, float32 pairs.

    kind "units":      (h_i, h_j) of the `units` i and j
    kind "principal":  (h - mean) @ (v1, v2), the principal components over the training points

    `share` is the share of the layer's variance over the training points that the two axes show.
    `grid` has a row for each crossing of the plane's grid, row by row from the least y; where the
    points are not of the plane it is empty and `size` 0. The larger part of each component is
    positive, by its largest entry, so that the same state always gives the same picture.

    Source: Pearson (1901), "On lines and planes of closest fit to systems of points in space".
    """

    layer: str
    kind: Literal["units", "principal"]
    units: tuple[int, int] | None
    share: float
    size: int
    grid: Array
    train: Array
    validation: Array

    def to_plain(self) -> dict[str, object]:
        """The fields as a map, positions as bytes."""
        return {
            "layer": self.layer,
            "kind": self.kind,
            "units": None if self.units is None else list(self.units),
            "share": self.share,
            "size": self.size,
            "grid": self.grid.astype("<f4").tobytes(),
            "train": self.train.astype("<f4").tobytes(),
            "validation": self.validation.astype("<f4").tobytes(),
        }


def layer_units(net: Network) -> dict[str, int]:
    """How many units each layer that can be viewed has: `X`, the hidden ones, `scores`."""
    units = {"X": net.columns} | {layer.name: layer.units for layer in hidden_layers(net)}
    scores = net.graph.named("scores")
    if scores is not None and net.has_scores:
        units["scores"] = prod(scores.shape[1:])
    return units


def warp(spec: TrainingSpec, net: Network, parameters: Mapping[str, Array], view: HiddenView) -> Warp | None:
    """The positions in the layer viewed; None where the program has no such layer or unit."""
    width = layer_units(net).get(view.layer, 0)
    if max(view.units or (0,)) >= width:
        return None

    def positions(X: Array) -> NDArray[np.float64]:
        found = (X,) if view.layer == "X" else evaluate(net, parameters, X, (view.layer,))
        return found[0].reshape(len(X), -1).astype(np.float64)

    data = featured(spec.data, spec.features)
    train = positions(net.points(data.X_train))
    axes = _axes(train, view.units)
    in_plane = spec.data.in_plane
    return Warp(
        layer=view.layer,
        kind="principal" if axes.units is None else "units",
        units=axes.units,
        share=axes.share,
        size=SIZE if in_plane else 0,
        grid=axes.of(positions(crossings(spec, net, SIZE))) if in_plane else np.empty((0, 2)),
        train=axes.of(train),
        validation=axes.of(positions(net.points(data.X_validation))),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Axes:
    """Two units, or a mean and two directions, and the share of the variance they show."""

    units: tuple[int, int] | None
    share: float
    mean: NDArray[np.float64] | None = None
    directions: NDArray[np.float64] | None = None

    def of(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        """The positions along these axes, shape (n, 2)."""
        if self.units is not None:
            return positions[:, self.units]
        assert self.mean is not None
        assert self.directions is not None
        return (positions - self.mean) @ self.directions


def _axes(positions: NDArray[np.float64], units: tuple[int, int] | None) -> _Axes:
    """The axes asked for, or the best ones, found from the points at which every unit is finite."""
    width = positions.shape[1]
    known = positions[(np.abs(positions) < LARGEST).all(axis=1)]
    centred = known - known.mean(axis=0) if len(known) else np.zeros((1, width))
    # divided by the largest, so that squares neither overflow nor vanish
    scaled = centred / (float(np.abs(centred).max()) or 1.0)
    variances = np.square(scaled).sum(axis=0)
    if units is None and width > MOST_UNITS:
        first, second = np.argsort(-variances, kind="stable")[:2].tolist()
        units = (first, second)
    elif units is None and (width <= 2 or len(known) == 0):
        units = (0, min(width - 1, 1))
    if units is not None:
        return _Axes(units, _share(variances[list(set(units))], variances))
    found, vectors = np.linalg.eigh(scaled.T @ scaled)
    # ascending: the last two, the last one first
    directions = vectors[:, :-3:-1]
    largest = directions[np.abs(directions).argmax(axis=0), [0, 1]]
    directions = directions * np.where(largest < 0, -1.0, 1.0)
    spread = np.maximum(found, 0)
    return _Axes(None, _share(spread[-2:], spread), known.mean(axis=0), directions)


def _share(shown: NDArray[np.float64], all_of_it: NDArray[np.float64]) -> float:
    """The share of the variance shown; where nothing varies, nothing is hidden."""
    total = float(all_of_it.sum())
    return float(shown.sum()) / total if total > 0 else 1.0
