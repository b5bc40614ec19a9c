"""The decision boundary: which class the network chooses everywhere in the plane."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learning.evaluation import evaluate
from engine.learning.measures import classify
from engine.learning.network import Network
from engine.learning.plane import cell_centres
from engine.learning.spec import TrainingSpec
from engine.ops.op import Array

GRID = 64
"""Cells of the boundary along either axis."""


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


def boundary(spec: TrainingSpec, net: Network, parameters: Mapping[str, Array]) -> Boundary | None:
    """The boundary; None where nothing is classified or the points are not of the plane."""
    if not (net.classifies and spec.data.in_plane):
        return None
    (scores,) = evaluate(net, parameters, cell_centres(spec, net, GRID), ("scores",))
    classes, confidence = classify(scores)
    return Boundary(
        size=GRID,
        classes=classes.astype(np.uint8).reshape(GRID, GRID),
        confidence=np.rint(255 * confidence).astype(np.uint8).reshape(GRID, GRID),
    )
