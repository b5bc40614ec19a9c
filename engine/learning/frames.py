"""What there is to see of a training run after a slice: losses, accuracy and the decision boundary."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.learning.features import columns_of, featured
from engine.learning.measures import Losses, classify, measure
from engine.learning.network import Network, network
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.stopping import Stopped

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

    `accuracy` and `boundary` need classes and a program with `scores`, a boundary also points in the
    plane. `learning_rate` is that of the
    next update, as the schedule has it. `stopped` says that the spec's condition is met, and
    `finished` why the run cannot go on; None as long as it can. Losses may be infinite or NaN where
    the program is.
    """

    step: int
    epoch: int
    losses: Split[Losses]
    accuracy: Split[float | None]
    boundary: Boundary | None
    learning_rate: float
    stopped: Stopped | None = None
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
            "learning_rate": self.learning_rate,
            "stopped": None if self.stopped is None else self.stopped.to_plain(),
        }


def frame(
    spec: TrainingSpec,
    state: TrainingState,
    stopped: Stopped | None = None,
    finished: TrainingError | None = None,
) -> Frame:
    """Measure a state: three forward passes, over the training points, the validation points, the grid."""
    net = network(spec)
    data = featured(spec.data, spec.features)
    with np.errstate(all="ignore"):
        train_losses, train_accuracy = measure(net, state.parameters, data.X_train, data.y_train)
        validation_losses, validation_accuracy = measure(
            net, state.parameters, data.X_validation, data.y_validation
        )
        boundary = _boundary(spec, net, state) if net.classifies and spec.data.in_plane else None
    return Frame(
        step=state.step,
        epoch=state.epoch,
        losses=Split(train_losses, validation_losses),
        accuracy=Split(train_accuracy, validation_accuracy),
        boundary=boundary,
        learning_rate=spec.rate(state.epoch, state.position, spec.updates_per_epoch),
        stopped=stopped,
        finished=finished,
    )


def _boundary(spec: TrainingSpec, net: Network, state: TrainingState) -> Boundary:
    X = net.points(columns_of(_centres(), spec.features))
    inputs = {**net.constants, **state.parameters, "X": X}
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
