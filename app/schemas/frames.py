"""What there is to see of a training, live and in streams alike.

Bytes are bytes in MessagePack and base64 in JSON.
"""

from typing import Annotated, Any

from pydantic import Field

from app.schemas.base import Answer
from app.schemas.data import DataFacts
from app.schemas.problem import Problem
from app.schemas.tensors import Number

Bytes = Annotated[Any, Field(json_schema_extra={"type": "string", "format": "binary"})]


class PackedPoints(Answer):
    """Points as bytes: coordinates and values little-endian float32, labels uint8; empty without any."""

    x: Bytes
    y: Bytes
    label: Bytes
    value: Bytes


class PackedSplit(Answer):
    """The points trained on and the points held out."""

    train: PackedPoints
    validation: PackedPoints


class DataReady(Answer):
    """The points of a training and what they are."""

    points: PackedSplit
    data: DataFacts
    classes: int
    extent: tuple[float, float]


class NetworkReady(Answer):
    """The network of a training."""

    parameters: int = Field(description="How many numbers are trained.")


class Losses(Answer):
    """The loss and its two parts; a part the program does not name is null."""

    total: Number
    data: Number | None
    regularization: Number | None


class SplitLosses(Answer):
    """Losses over the points trained on and the points held out."""

    train: Losses
    validation: Losses


class Accuracy(Answer):
    """Share of points whose highest score is their own class's; null without `scores`."""

    train: Number | None
    validation: Number | None


class Boundary(Answer):
    """The decision over a square grid, row by row from the least y, x running fastest."""

    size: int
    classes: Bytes = Field(description="The class of each cell, uint8.")
    confidence: Bytes = Field(description="The softmax share of that class, 0..255, uint8.")


class Stopped(Answer):
    """That the condition to stop is met: the training may go on under another one."""

    reason: str
    metric: str
    when: str
    value: Number = Field(description="The metric at the end of that epoch.")
    epoch: int


class Frame(Answer):
    """Where a training stands."""

    step: int
    epoch: int
    losses: SplitLosses
    accuracy: Accuracy
    boundary: Boundary | None
    learning_rate: float = Field(description="Of the next update, as the schedule has it.")
    stopped: Stopped | None = Field(description="That the condition to stop is met.")
    finished: Problem | None = Field(description="Why the training cannot go on.")
