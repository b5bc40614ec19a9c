"""What a network is measured by, over any set of points: its losses and what it takes for what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.learning.network import Network
from engine.ops.op import Array

Confusion = NDArray[np.int64]
"""How many points of each class (row) were taken for each class (column), shape (C, C)."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Split(Generic[T]):
    """One value for the points trained on and one for the points held out."""

    train: T
    validation: T


@dataclass(frozen=True, slots=True)
class Losses:
    """The loss and its two parts; a part that the program does not name is None."""

    total: float
    data: float | None
    regularization: float | None

    def to_plain(self) -> dict[str, float | None]:
        """The three as a map."""
        return {"total": self.total, "data": self.data, "regularization": self.regularization}


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was measured; `local` are gradients asked for.

    `confusion`, and `chosen`, the class each point is taken for, are None without classes or `scores`.
    """

    losses: Losses
    confusion: Confusion | None
    chosen: NDArray[np.intp] | None = None
    local: tuple[Array, ...] = ()

    @property
    def accuracy(self) -> float | None:
        """The share of points whose own class has the highest score: the confusion's diagonal."""
        if self.confusion is None:
            return None
        return int(np.trace(self.confusion)) / int(self.confusion.sum())


def measure(
    net: Network,
    parameters: Mapping[str, Array],
    X: Array,
    y: Array,
    classes: int,
    local_edges: tuple[int, ...] = (),
) -> Measured:
    """The losses over these points, the confusion of their classes, the local gradients of some edges."""
    inputs = {**net.constants, **parameters, "X": net.points(X), "y": net.labels(y)}
    outputs, _ = net.plan(len(y), net.measured, (), local_edges)(inputs)
    found = dict(zip(net.measured, outputs, strict=False))
    part = {name: float(found[name]) for name in ("data_loss", "regularization") if name in found}
    losses = Losses(float(outputs[0]), part.get("data_loss"), part.get("regularization"))
    chosen = choose(found["scores"]) if net.classifies else None
    confusion = None if chosen is None else _confusion(y, chosen, classes)
    return Measured(losses, confusion, chosen, outputs[len(net.measured) :])


def choose(scores: Array) -> NDArray[np.intp]:
    """The class with the highest score, for scores of shape (n, C), (n, 1) or (n,)."""
    if _is_one_column(scores):
        # not the sign alone: a score that is not a number is the highest, as for argmax
        return (~(scores.ravel() <= 0)).astype(np.intp)
    return np.argmax(_by_class(scores), axis=0)


def classify(scores: Array) -> tuple[NDArray[np.intp], Array]:
    """The class with the highest score, and its softmax probability.

    p = e^s_max / sum_j e^s_j;  a single column s counts as the two scores 0 and s.
    Scores are (n, C), (n, 1) or (n,). Where a score is not a number, the probability is 0.
    """
    if _is_one_column(scores):
        probability = 1 / (1 + np.exp(-np.abs(scores.ravel())))
        return choose(scores), np.nan_to_num(probability, nan=0.0)
    rows = _by_class(scores)
    highest = np.max(rows, axis=0)
    probability = 1 / np.sum(np.exp(rows - highest), axis=0)
    return np.argmax(rows, axis=0), np.nan_to_num(probability, nan=0.0)


def shares(scores: Array) -> NDArray[np.float64]:
    """The softmax share of every class, shape (C, n), for scores of shape (n, C), (n, 1) or (n,).

    p_i = e^(s_i - s_max) / sum_j e^(s_j - s_max);  a single column s counts as the two scores 0 and s.
    """
    rows = scores.T.astype(np.float64)
    if _is_one_column(scores):
        rows = np.stack((np.zeros(len(scores)), rows.ravel()))
    powers = np.exp(rows - np.max(rows, axis=0))
    return powers / np.sum(powers, axis=0)


def _is_one_column(scores: Array) -> bool:
    return scores.ndim == 1 or scores.shape[1] == 1


def _by_class(scores: Array) -> Array:
    """The scores with a row for each class: NumPy reduces few long rows much faster than many short ones."""
    return np.ascontiguousarray(scores.T)


def _confusion(y: Array, chosen: NDArray[np.intp], classes: int) -> Confusion:
    counts = np.bincount(y * classes + chosen, minlength=classes**2)
    return counts.reshape(classes, classes)
