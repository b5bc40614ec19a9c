"""What there is to see of a training, live and in streams alike.

Bytes are bytes in MessagePack and base64 in JSON.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.data import DataFacts
from app.schemas.problem import Problem
from app.schemas.tensors import Number

Bytes = Annotated[Any, Field(json_schema_extra={"type": "string", "format": "binary"})]


Unit = Annotated[int, Field(ge=0, le=2**31)]


class HiddenWatch(Request):
    """Which layer's space is shown, and by which two units; null for the two principal components."""

    layer: str = Field(description="A hidden layer, `X` or `scores`.")
    units: Annotated[list[Unit], Field(min_length=2, max_length=2)] | None = None


class PartsRequest(Request):
    """Which optional parts frames carry."""

    units: bool = Field(default=False, description="Maps of every unit over the plane.")
    values: bool = Field(default=False, description="All parameters and gradients.")
    hidden: HiddenWatch | None = Field(default=None, description="The space of a layer.")
    chosen: bool = Field(default=False, description="The class that each point is taken for.")
    place: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="The (x, y) whose scores are wanted."
    )


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


class LayerFacts(Answer):
    """A hidden layer: a named statement of the program with a row of units for each point."""

    name: str
    units: int
    activation: str | None = Field(description="The elementwise gate that makes it, null where another does.")


class ParameterShape(Answer):
    """A trained parameter."""

    name: str
    shape: list[int]


class NetworkReady(Answer):
    """The network of a training."""

    parameters: int = Field(description="How many numbers are trained.")
    shapes: list[ParameterShape] = Field(description="The trained parameters, in order.")
    features: list[str] = Field(description="The columns of X.")
    layers: list[LayerFacts] = Field(description="The hidden layers, first to last.")


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


class Confusion(Answer):
    """How many points of each class (row) were taken for each class (column)."""

    train: list[list[int]]
    validation: list[list[int]]


class ParameterStatistics(Answer):
    """Sizes in the L2 norm: of a parameter, of its gradient over the next minibatch, of its last update."""

    name: str
    norm: Number
    gradient_norm: Number
    update_ratio: Number | None = Field(
        description="|last update| / |parameter|; null before any update of the slice, and of a zero."
    )


class LayerStatistics(Answer):
    """What a hidden layer lets through on the way back, over all training points."""

    name: str
    dead: int | None = Field(
        description="Units whose activation lets no gradient through at any point; null without one."
    )
    passes: Number | None = Field(description="Mean size of the activation's local gradient.")


class LayerMaps(Answer):
    """Maps of a layer's units: value = scale * map / 127, not finite where the map is -128."""

    name: str
    scale: Bytes = Field(description="float32, one for each unit that has a map: the first 256 at most.")
    maps: Bytes = Field(description="int8, unit by unit, row by row from the least y, x running fastest.")


class UnitMaps(Answer):
    """What every unit answers over a square grid of the plane: X, the hidden layers, scores."""

    size: int
    layers: list[LayerMaps]


class ParameterValues(Answer):
    """A parameter and its gradient over the next minibatch, float32, row by row."""

    name: str
    shape: list[int]
    values: Bytes
    gradients: Bytes


class UnitGradients(Answer):
    """Root mean square over the next minibatch of d loss / d unit, float32, one for each unit."""

    name: str
    gradients: Bytes


class Values(Answer):
    """All trained numbers, and what reaches each unit on the way back."""

    parameters: list[ParameterValues]
    units: list[UnitGradients]


class Warp(Answer):
    """Where a layer puts the points, and how it bends the plane: pairs of float32."""

    layer: str
    kind: Literal["units", "principal"] = Field(description="Two units, or the two principal components.")
    units: tuple[int, int] | None
    share: float = Field(description="The share of the layer's variance that the two axes show.")
    size: int = Field(description="Lines of the grid along either axis; 0 for data out of the plane.")
    grid: Bytes = Field(description="Where its crossings go, row by row from the least y.")
    train: Bytes
    validation: Bytes


class Chosen(Answer):
    """The class each point is taken for, uint8, in the order of the points in `ready`."""

    train: Bytes
    validation: Bytes


class Place(Answer):
    """What the network answers at one place of the plane."""

    x: float
    y: float
    scores: list[Number] = Field(description="One per class, or a single one.")
    shares: list[Number] | None = Field(description="The softmax share of each class; null for values.")
    chosen: int | None = Field(description="The class with the highest score; null for values.")


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
    confusion: Confusion | None
    boundary: Boundary | None
    parameters: list[ParameterStatistics] = Field(description="In the program's order.")
    layers: list[LayerStatistics] = Field(description="The hidden layers, first to last.")
    learning_rate: float = Field(description="Of the next update, as the schedule has it.")
    units: UnitMaps | None = Field(description="Where asked for, and the points are of the plane.")
    values: Values | None = Field(description="Where asked for.")
    warp: Warp | None = Field(description="Where asked for, and the program has such a layer.")
    chosen: Chosen | None = Field(description="Where asked for, and the program classifies.")
    place: Place | None = Field(description="Where asked for, and the points are of the plane.")
    stopped: Stopped | None = Field(description="That the condition to stop is met.")
    fingerprint: str = Field(description="Of the state, in hexadecimal digits: equal states have the same.")
    finished: Problem | None = Field(description="Why the training cannot go on.")
