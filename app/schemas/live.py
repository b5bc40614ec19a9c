"""The live training protocol, version 1: what a client may say, and what the server says."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.data import DataFacts
from app.schemas.problem import Problem
from app.schemas.tensors import Number
from app.schemas.trainings import TrainingRequest


class Configure(Request):
    """First message of a session, and any later change; parameters whose name and shape stay are kept."""

    type: Literal["configure"]
    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a frame's state, to go on from there.")
    restart: bool = Field(default=False, description="Draw all parameters anew.")


class Play(Request):
    """Train on."""

    type: Literal["play"]


class Pause(Request):
    """Stop before the next update."""

    type: Literal["pause"]


class Step(Request):
    """Pause, then make one update or finish one epoch."""

    type: Literal["step"]
    unit: Literal["update", "epoch"]


class Rewind(Request):
    """Go back; step 0 is the very same start."""

    type: Literal["rewind"]
    step: Annotated[int, Field(ge=0)]


class Speed(Request):
    """How fast to train; null means as fast as it goes."""

    type: Literal["speed"]
    updates_per_second: Annotated[float, Field(gt=0, le=1e6)] | None


class Drawn(Request):
    """The frame of that step is on the screen: the next may come."""

    type: Literal["drawn"]
    step: Annotated[int, Field(ge=0)]


ClientMessage = Annotated[
    Configure | Play | Pause | Step | Rewind | Speed | Drawn, Field(discriminator="type")
]
"""What a client may send, as JSON text."""

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


class Ready(Answer):
    """The answer to configure: the points and the size of the network."""

    version: Literal[1]
    type: Literal["ready"]
    points: PackedSplit
    data: DataFacts
    classes: int
    extent: tuple[float, float]
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


class FrameMessage(Answer):
    """Where the training stands."""

    version: Literal[1]
    type: Literal["frame"]
    step: int
    epoch: int
    playing: bool
    losses: SplitLosses
    accuracy: Accuracy
    boundary: Boundary | None
    learning_rate: float = Field(description="Of the next update, as the schedule has it.")
    updates_per_second: float
    state: Bytes = Field(description="MessagePack of everything: hand it back in configure to go on.")
    stopped: Stopped | None = Field(description="That the condition to stop is met.")
    finished: Problem | None = Field(description="Why the training cannot go on.")


class Status(Answer):
    """Whether the training plays, after play, pause, step, or when it stopped by itself."""

    version: Literal[1]
    type: Literal["status"]
    playing: bool
    step: int


class ProblemMessage(Answer):
    """What was wrong with a message or a training; the session lives on."""

    version: Literal[1]
    type: Literal["problem"]
    problem: Problem


ServerMessage = Annotated[Ready | FrameMessage | Status | ProblemMessage, Field(discriminator="type")]
"""What the server sends, as binary MessagePack."""
