"""What stands beside a net: nearest neighbours, the one layer of a linear net."""

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.data import DataRequest
from app.schemas.frames import Accuracy, Bytes
from app.schemas.tensors import Number
from app.schemas.trainings import TrainingRequest
from engine.learning.neighbour_boundary import SIZE


class NeighboursRequest(Request):
    """Which points vote, and where they are asked."""

    data: DataRequest = DataRequest()
    features: list[str] = Field(default=["x", "y"], description="What distances are measured in.")
    k: int = Field(default=1, description="How many of the nearest points trained on vote.")
    size: int = Field(default=SIZE, description="Cells along either axis.")
    standardized: bool = Field(
        default=False,
        description="Whether each feature is divided by its standard deviation first. As they are, the "
        "nearest point is the nearest on the screen for x and y, and a net sees the same features.",
    )


class NeighbourBoundary(Answer):
    """The vote over a square grid, row by row from the least y, x running fastest, as in a frame."""

    size: int
    classes: Bytes = Field(description="The class of each cell, uint8.")
    share: Bytes = Field(description="Its share of the k votes, 0..255, uint8.")


class NeighboursAnswer(Answer):
    """The boundary of the k nearest neighbours, and how often they are right.

    Each point trained on is its own nearest, so with k = 1 they are always right about those.
    """

    k: int
    extent: tuple[float, float]
    boundary: NeighbourBoundary | None = Field(description="Null for data that are not in the plane.")
    accuracy: Accuracy
    standardized: bool


class CollapseRequest(Request):
    """A network that is linear in X."""

    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a frame's state; null is the start.")


class CollapseAnswer(Answer):
    """The one layer that does what the network does: scores = X @ weights + bias."""

    weights: list[list[Number]] = Field(description="A row for every feature, a column for every score.")
    bias: list[Number]
    formula: list[str] = Field(
        description="How it follows from the network's parameters, `W3 = W1 @ W2`; I is the identity. "
        "Empty where it would be too long to read."
    )
    difference: Number = Field(
        description="The largest difference from the network's own scores over all training points."
    )
    largest: Number = Field(description="The largest of those scores.")
    features: list[str] = Field(description="What the rows of the weights belong to; empty for own columns.")
