"""What there is to choose from: ops, examples, limits, data sets."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.base import Answer
from app.schemas.tensors import Tensor


class Derivative(Answer):
    """How a gate differentiates with respect to one argument."""

    argument: str
    local_kind: Literal["elementwise", "jacobian", "none"]
    formula: str | None = Field(description="The local gradient, in LaTeX; null for labels and conditions.")
    numpy: str | None = Field(description="The local factor, or its product with upstream, in NumPy.")


class OpEntry(Answer):
    """One op of the language, from the op table."""

    name: str
    symbol: str = Field(description="What the gate shows.")
    operator: str | None = Field(description="The operator that means the same, such as + for add.")
    signature: str = Field(description="How it is written in a program.")
    callable: bool = Field(description="Whether the name may be called; its name is then reserved.")
    arguments: list[str]
    doc: str
    source: str = Field(description="Where the formula comes from.")
    formula: str = Field(description="LaTeX; each argument stands in braces by its name.")
    pattern: str | None = Field(description="How it routes gradients.")
    kinks: list[str] = Field(description="What is taken where there is no derivative.")
    derivatives: list[Derivative]
    numpy: str
    torch: str


class InitializerEntry(Answer):
    """One way to declare a parameter: its shape in the call, its values from the seed."""

    name: str
    signature: str
    doc: str
    source: str


class Ops(Answer):
    """The op table and the initializers: every function the language knows."""

    ops: list[OpEntry]
    initializers: list[InitializerEntry]
    patterns: dict[str, str] = Field(description="What each pattern does to the gradient that arrives.")
    lumpable: list[str] = Field(description="Ops whose gates can be lumped into one.")


class Example(Answer):
    """A program worth opening, and what to look at in it."""

    id: str
    title: str
    row: str = Field(description="The row of the lecture it shows.")
    source: str
    inputs: dict[str, Tensor]
    upstream: Tensor | None
    look: str


class Examples(Answer):
    """The gallery."""

    examples: list[Example]


class LimitEntry(Answer):
    """One limit: what it counts and how much is allowed."""

    name: str
    allowed: float
    doc: str


class Limits(Answer):
    """The table of limits."""

    limits: list[LimitEntry]


class DataSetEntry(Answer):
    """One data set, and where its controls start."""

    name: str
    title: str
    doc: str
    source: str
    noise_unit: str = Field(description="What the noise is measured in.")
    class_range: tuple[int, int] = Field(description="Fewest and most classes.")
    classes: int
    samples: int
    noise: float


class OptimizerEntry(Answer):
    """One optimizer, and the learning rate it starts with."""

    name: str
    title: str
    doc: str
    formula: str = Field(description="LaTeX.")
    source: str
    learning_rate: float


class DataSets(Answer):
    """The data sets, and the names of what else a training is made of."""

    datasets: list[DataSetEntry]
    optimizers: list[OptimizerEntry]
    activations: list[str] = Field(description="What the layer builder can put between layers.")
    extent: tuple[float, float] = Field(description="The square that boundaries are drawn over, both axes.")


class PointsQuery(BaseModel):
    """How to sample a data set; what is left out is its own default."""

    # not strict as other requests are: the numbers of a query are texts
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    classes: int | None = None
    samples: int | None = None
    noise: float | None = None
    seed: int | None = None


class Points(Answer):
    """Labelled points."""

    x: list[float]
    y: list[float]
    label: list[int]


class SampledPoints(Answer):
    """A data set's points as a training with the same settings would use them."""

    name: str
    classes: int
    samples: int
    noise: float
    seed: int
    train: Points
    validation: Points


class Health(Answer):
    """That the server answers, and with what it computes."""

    status: Literal["ok"]
    version: str
    workers: int
    sessions: int
