"""What there is to see of a training run after a slice: losses, accuracy and the decision boundary."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.learning.datasets import sample
from engine.learning.network import Network, network
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.ops.op import Array

EXTENT = (-1.25, 1.25)
"""The stretch of either axis that the boundary covers: the data's square and a margin."""

GRID = 64
"""Cells of the boundary along either axis."""

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
class Boundary:
    """The decision over a grid of cells: the class and, in 255ths, its probability; uint8, (size, size).

    Row 0 has the least y, column 0 the least x; a cell stands for its centre.
    """

    size: int
    classes: NDArray[np.uint8]
    confidence: NDArray[np.uint8]

    def to_plain(self) -> dict[str, object]:
        """The grids as bytes, row by row."""
        return {
            "size": self.size,
            "classes": self.classes.tobytes(),
            "confidence": self.confidence.tobytes(),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A training run as it stands: measured over all points, not over the last minibatch.

    `accuracy` and `boundary` need a program with `scores`. `finished` is why the run cannot go on,
    None as long as it can. Losses may be infinite or NaN where the program is.
    """

    step: int
    epoch: int
    losses: Split[Losses]
    accuracy: Split[float | None]
    boundary: Boundary | None
    finished: TrainingError | None = None

    def to_plain(self) -> dict[str, object]:
        """Maps, numbers and bytes alone, but for `finished`, which whoever answers words as a problem."""
        return {
            "step": self.step,
            "epoch": self.epoch,
            "losses": {
                "train": self.losses.train.to_plain(),
                "validation": self.losses.validation.to_plain(),
            },
            "accuracy": {"train": self.accuracy.train, "validation": self.accuracy.validation},
            "boundary": None if self.boundary is None else self.boundary.to_plain(),
        }


def frame(spec: TrainingSpec, state: TrainingState, finished: TrainingError | None = None) -> Frame:
    """Measure a state: three forward passes, over the training points, the validation points, the grid."""
    net = network(spec)
    data = sample(spec.data)
    with np.errstate(all="ignore"):
        train_losses, train_accuracy = _measure(net, state, data.X_train, data.y_train)
        validation_losses, validation_accuracy = _measure(net, state, data.X_validation, data.y_validation)
        boundary = _boundary(net, state) if net.has_scores else None
    return Frame(
        step=state.step,
        epoch=state.epoch,
        losses=Split(train_losses, validation_losses),
        accuracy=Split(train_accuracy, validation_accuracy),
        boundary=boundary,
        finished=finished,
    )


def classify(scores: Array) -> tuple[NDArray[np.intp], Array]:
    """The class with the highest score, and its softmax probability.

    p = e^s_max / sum_j e^s_j;  a single column s counts as the two scores 0 and s.
    Scores are (n, C), (n, 1) or (n,). Where a score is not a number, the probability is 0.
    """
    if scores.ndim == 1 or scores.shape[1] == 1:
        column = scores.reshape(-1, 1)
        scores = np.concatenate((np.zeros_like(column), column), axis=1)
    highest = np.max(scores, axis=1, keepdims=True)
    probability = 1 / np.sum(np.exp(scores - highest), axis=1)
    return np.argmax(scores, axis=1), np.nan_to_num(probability, nan=0.0)


def _measure(net: Network, state: TrainingState, X: Array, y: Array) -> tuple[Losses, float | None]:
    inputs = {**net.constants, **state.parameters, "X": net.points(X), "y": net.labels(y)}
    outputs, _ = net.measuring_plan(len(y))(inputs)
    found = dict(zip(net.measured, outputs, strict=True))
    part = {name: float(found[name]) for name in ("data_loss", "regularization") if name in found}
    losses = Losses(float(outputs[0]), part.get("data_loss"), part.get("regularization"))
    if not net.has_scores:
        return losses, None
    chosen, _ = classify(found["scores"])
    return losses, int(np.count_nonzero(chosen == y)) / len(y)


def _boundary(net: Network, state: TrainingState) -> Boundary:
    inputs = {**net.constants, **state.parameters, "X": net.points(_centres())}
    (scores,), _ = net.scores_plan(GRID * GRID)(inputs)
    classes, confidence = classify(scores)
    return Boundary(
        size=GRID,
        classes=classes.astype(np.uint8).reshape(GRID, GRID),
        confidence=np.rint(255 * confidence).astype(np.uint8).reshape(GRID, GRID),
    )


@lru_cache(maxsize=1)
def _centres() -> NDArray[np.float64]:
    """The centres of the boundary's cells, shape (GRID**2, 2), row by row from the least y."""
    low, high = EXTENT
    steps = low + (high - low) * (np.arange(GRID) + 0.5) / GRID
    x, y = np.meshgrid(steps, steps)
    return np.column_stack((x.ravel(), y.ravel()))
