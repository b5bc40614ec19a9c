"""What a network answers at one place of the plane: every score, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.learning.evaluation import evaluate
from engine.learning.features import columns_of
from engine.learning.measures import choose, shares
from engine.learning.network import Network
from engine.learning.spec import TrainingSpec
from engine.ops.op import Array


@dataclass(frozen=True, slots=True)
class Place:
    """The answer at (x, y): `scores` as the network gives them, one per class or a single one.

    `shares` are the softmax shares of all classes, `chosen` the class with the highest score; both
    None where the network answers a value. They may be non-finite, as the scores may.
    """

    x: float
    y: float
    scores: tuple[float, ...]
    shares: tuple[float, ...] | None
    chosen: int | None

    def to_plain(self) -> dict[str, object]:
        """The fields as a map."""
        return {
            "x": self.x,
            "y": self.y,
            "scores": list(self.scores),
            "shares": None if self.shares is None else list(self.shares),
            "chosen": self.chosen,
        }


def place(
    spec: TrainingSpec, net: Network, parameters: Mapping[str, Array], at: tuple[float, float]
) -> Place | None:
    """The answer at one place; None where the points are not of the plane or the program has no scores."""
    if not (net.has_scores and spec.data.in_plane):
        return None
    # a point as the data have it: in single precision
    point = np.array([at], dtype=np.float32)
    X = net.points(columns_of(point, spec.features))
    (scores,) = evaluate(net, parameters, X, ("scores",))
    return Place(
        x=at[0],
        y=at[1],
        scores=tuple(scores.ravel().tolist()),
        shares=tuple(shares(scores)[:, 0].tolist()) if net.classifies else None,
        chosen=int(choose(scores)[0]) if net.classifies else None,
    )
