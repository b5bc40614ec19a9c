"""The loss as a landscape, and the paths of optimizers down it."""

from typing import Annotated, Literal

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.data import Seed
from app.schemas.problem import Problem
from app.schemas.tensors import Number
from app.schemas.trainings import OptimizerRequest, ScheduleRequest, TrainingRequest
from engine.learning.landscape import SIZE

Point = tuple[float, float]


class RunnerRequest(Request):
    """An optimizer that is to walk down."""

    label: str = Field(max_length=60)
    optimizer: OptimizerRequest = OptimizerRequest()
    schedule: ScheduleRequest | None = Field(default=None, description="Null is the spec's own.")


class LandscapeRequest(Request):
    """Which landscape, from where, and who walks down it."""

    spec: TrainingRequest
    state: str | None = Field(
        default=None, description="Base64 of a frame's state, whose parameters all paths start from."
    )
    optimizers: list[RunnerRequest] = Field(default=[])
    updates: int = Field(default=200, description="Updates each optimizer makes.")
    every: int = Field(default=2, description="Updates between two positions of a path.")
    size: int = Field(default=SIZE, description="Grid points along either direction.")
    directions: Literal["paths", "random"] = Field(
        default="paths",
        description="For programs of more than two trained numbers: the first two principal directions of "
        "the paths, or random ones scaled to each unit's weights. Without optimizers they are random.",
    )
    seed: Seed = Field(default=0, description="Draws directions.")
    start: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        default=None,
        description="For programs with two trained numbers: their values where all paths start, "
        "in place of the state's or the program's own.",
    )


class LandscapeAxis(Answer):
    """One direction of a landscape."""

    name: str = Field(description="The trained number along it, such as `w[0]`, or `direction 1`.")
    shares: dict[str, float] = Field(description="What share of it each parameter makes up.")


class LandscapePath(Answer):
    """The path of one optimizer, projected where the landscape is."""

    label: str
    updates: list[int] = Field(description="After how many updates each point was reached.")
    points: list[Point]
    losses: list[Number] = Field(description="At the true positions, not at their projections.")
    shown_share: float | None = Field(
        description="Share of the squared movement that lies in the directions shown; null without any."
    )
    stopped_at: int | None = Field(description="By which update the path left or could not go on.")
    exit: Point | None = Field(description="Where the path crosses the edge on its way out.")
    problem: Problem | None = Field(description="Why the path ends early.")


class LandscapeAnswer(Answer):
    """The loss over all training points, regularization included, at every point of a grid."""

    kind: Literal["exact", "projected"] = Field(
        description="Exact where the program has two trained numbers; otherwise over two directions of many."
    )
    directions: Literal["axes", "paths", "random"]
    origin: Literal["zero", "start"] = Field(description="What a = b = 0 stands for.")
    axes: tuple[LandscapeAxis, LandscapeAxis]
    a: list[float] = Field(description="The grid's lines along the first direction.")
    b: list[float] = Field(description="The grid's lines along the second direction.")
    loss: list[list[Number]] = Field(description="loss[j][i] is the loss at a[i], b[j].")
    start: Point
    start_loss: Number
    paths: list[LandscapePath]


class ValleyData(Answer):
    """The data of a training request, where they are not its defaults."""

    name: str
    classes: int
    samples: int
    noise: float


class ValleySpec(Answer):
    """A training request, where it is not its defaults."""

    program: str
    data: ValleyData
    features: list[str]
    batch_size: int


class ValleyOptimizer(Answer):
    """An optimizer's name and rate."""

    name: str
    learning_rate: float


class ValleyRunner(Answer):
    """One of a landscape request's optimizers."""

    label: str
    optimizer: ValleyOptimizer


class Valley(Answer):
    """A program with two trained numbers, and what to ask its landscape for."""

    name: str
    title: str
    doc: str
    source: str
    spec: ValleySpec
    optimizers: list[ValleyRunner]
    updates: int
    every: int


class Valleys(Answer):
    """Landscapes worth walking down."""

    valleys: list[Valley]
