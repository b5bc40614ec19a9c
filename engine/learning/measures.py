"""What a network is measured by, over any set of points: its losses and its accuracy."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learning.network import Network
from engine.ops.op import Array


@dataclass(frozen=True, slots=True)
class Losses:
    """The loss and its two parts; a part that the program does not name is None."""

    total: float
    data: float | None
    regularization: float | None

    def to_plain(self) -> dict[str, float | None]:
        """The three as a map."""
        return {"total": self.total, "data": self.data, "regularization": self.regularization}


def measure(net: Network, parameters: Mapping[str, Array], X: Array, y: Array) -> tuple[Losses, float | None]:
    """The losses over these points, and the share of them whose own class has the highest score.

    The accuracy is None where the data have no classes or the program no `scores`.
    """
    inputs = {**net.constants, **parameters, "X": net.points(X), "y": net.labels(y)}
    outputs, _ = net.measuring_plan(len(y))(inputs)
    found = dict(zip(net.measured, outputs, strict=True))
    part = {name: float(found[name]) for name in ("data_loss", "regularization") if name in found}
    losses = Losses(float(outputs[0]), part.get("data_loss"), part.get("regularization"))
    if not net.classifies:
        return losses, None
    chosen, _ = classify(found["scores"])
    return losses, int(np.count_nonzero(chosen == y)) / len(y)


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
