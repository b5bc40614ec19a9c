"""The layer builder, a training whole, and its minibatches."""

from typing import Annotated

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.data import DataRequest, Seed
from app.schemas.graph import GraphAnswer, Key, Selection
from app.schemas.tensors import AnyTensor
from engine.learning.clipping import ClipSpec
from engine.learning.optimizers import OptimizerSpec
from engine.learning.schedules import ScheduleSpec
from engine.learning.stopping import StopSpec


class LayersRequest(Request):
    """What a network is made of, whatever its data."""

    hidden: list[int] = Field(default=[16], description="Units in each hidden layer.")
    activation: str | list[str] = Field(
        default="relu", description="One for all hidden layers, or one for each."
    )
    bias: bool = True
    initializer: str | None = Field(
        default=None, description="Null is each activation's own: He for those like ReLU, Xavier for others."
    )
    scale: float = Field(
        default=0.1, ge=0, description="Standard deviation of normal, bound of uniform initial values."
    )
    loss: str = "cross_entropy"
    regularizer: str = "l2"
    regularization: float = Field(
        default=0.001, ge=0, description="Times the sum of squared weights, or of their sizes for l1."
    )
    regularization_l1: float = Field(
        default=0.001, ge=0, description="Of elastic: times the sum of the weights' sizes."
    )
    exempt_biases: bool = Field(default=True, description="Whether biases are left out of the regularizer.")


class ProgramRequest(LayersRequest):
    """A network, layer by layer."""

    features: int = Field(default=2, ge=1)
    classes: int = Field(default=2, ge=1, description="1 for data with a value to predict.")


class ProgramAnswer(Answer):
    """The network as a program in the language."""

    program: str


class OptimizerRequest(Request):
    """How parameters follow their gradients; a rule ignores the numbers it has no use for."""

    name: str = OptimizerSpec().name
    learning_rate: float = OptimizerSpec().learning_rate
    momentum: float = OptimizerSpec().momentum
    beta1: float = OptimizerSpec().beta1
    beta2: float = OptimizerSpec().beta2
    epsilon: float = OptimizerSpec().epsilon
    alpha: float = Field(default=OptimizerSpec().alpha, description="Of rmsprop: the share kept.")
    weight_decay: float = Field(
        default=OptimizerSpec().weight_decay,
        description="Added to the gradient times the parameter; adamw shrinks the parameter itself.",
    )
    exempt_biases: bool = Field(
        default=OptimizerSpec().exempt_biases,
        description="Whether weight decay leaves parameters of fewer than two axes alone.",
    )


class ScheduleRequest(Request):
    """How the learning rate changes; a schedule ignores the numbers it has no use for."""

    name: str = ScheduleSpec().name
    epochs: float = Field(
        default=ScheduleSpec().epochs,
        description="How long a step lasts, or the fall to gamma, to a half (1/t), to the floor (cosine).",
    )
    gamma: float = Field(default=ScheduleSpec().gamma, description="The share left after so many epochs.")
    floor: float = Field(default=ScheduleSpec().floor, description="The share left where the cosine ends.")
    warmup: float = Field(default=ScheduleSpec().warmup, description="Epochs of linear rise beforehand.")


class ClipRequest(Request):
    """A bound on the gradient: of its norm, or of every element."""

    by: str = ClipSpec().by
    limit: float = ClipSpec().limit


class StopRequest(Request):
    """A condition, looked at when an epoch ends, on which the training stops by itself."""

    metric: str = StopSpec().metric
    when: str = StopSpec().when
    value: float = Field(default=StopSpec().value, description="Of at_most and at_least.")
    patience: int = Field(
        default=StopSpec().patience,
        description="Of no_improvement: epochs without any, counted from the last change of the settings.",
    )


class TrainingRequest(Request):
    """A training whole: program, data, optimizer."""

    program: str
    data: DataRequest = DataRequest()
    optimizer: OptimizerRequest = OptimizerRequest()
    batch_size: int = 32
    seed: Seed = 0
    schedule: ScheduleRequest = ScheduleRequest()
    clip: ClipRequest | None = None
    stop: StopRequest | None = None
    features: list[str] = Field(
        default=["x", "y"],
        description="Columns of X: names of features, or programs of x, y, r and theta. "
        "Data that are not in the plane keep columns of their own.",
    )


class BatchRequest(Request):
    """Which minibatch of a training to open, and how its graph is drawn.

    Without an epoch and a position it is the next one of the state; without a state, of the start.
    """

    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a frame's state.")
    epoch: Annotated[int, Field(ge=0)] | None = None
    position: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="Points of the epoch that come before the minibatch."
    )
    lump: list[str | Selection] = Field(default=[], description="As for a graph.")
    copies: bool = Field(default=False, description="Draw fan-out as copy gates.")
    full: list[str] = Field(
        default=[], description="Ids of nodes and edges whose tensors are answered whole, however large."
    )
    inputs: bool = Field(
        default=False, description="Whether to answer every input whole, to ask for the same graph again."
    )


class OpenedBatch(Answer):
    """Where a minibatch stands in its training."""

    epoch: int
    position: int
    points: list[int] = Field(description="Which training points it holds, counted from 0.")


class BatchAnswer(GraphAnswer):
    """The program with the minibatch and the state's parameters in it, traced."""

    source: str
    batch: OpenedBatch
    loss: Key | None = Field(
        description="What is minimized, as `output` of a graph request; null for the program's output."
    )
    inputs: dict[str, AnyTensor] | None = Field(
        default=None, description="X, y and the parameters, whole; only when asked for."
    )
